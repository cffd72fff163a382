import { isUtf8 } from 'node:buffer';
import { Refusal } from '@wennuan/basics';
import { findArchiveFault } from './archive.ts';
import { delimiterOf, splitLines } from './csv.ts';
import { openBook, type WorkbookCell, type WorkbookSheet } from './workbook.ts';

/** What a cell can hold; formulas give the value that was saved with them. */
export type SheetCell = WorkbookCell;

export interface SheetLine {
  /** As the sheet shows it, from 1. */
  line: number;
  cells: SheetCell[];
}

/** One sheet of a file, read line by line each time it is asked. */
export interface SheetSource {
  name: string;
  isHidden: boolean;
  lines(): AsyncIterable<SheetLine>;
}

const COLUMNS_MOST = 1_000;
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from('PK');
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const CHUNK_BYTES = 65_536;

/**
 * The sheets of a file, whatever it is called: a workbook (.xlsx), or text with separators in UTF-8 with or
 * without BOM, UTF-16 or GB18030. Refuses `roster_password`, `roster_old_format`, `roster_too_many_cells`,
 * `roster_unreadable`, `roster_empty`.
 */
export async function openSheets(bytes: Buffer, fileName: string): Promise<SheetSource[]> {
  if (bytes.length === 0) throw new Refusal('roster_empty');
  if (bytes.subarray(0, 4).equals(OLE))
    throw new Refusal(bytes.includes(ENCRYPTED) ? 'roster_password' : 'roster_old_format');
  if (bytes.subarray(0, 2).equals(ZIP)) return await openWorkbook(bytes);
  const text = textEncoding(bytes);
  if (text === null) throw new Refusal('roster_unreadable');
  const start = new TextDecoder(text).decode(bytes.subarray(0, 200));
  if (/^\s*<(!doctype|!--|html|head|meta|style|table|\?xml)/i.test(start))
    throw new Refusal('roster_old_format');
  return [{ name: fileName, isHidden: false, lines: () => textLines(bytes, text) }];
}

async function openWorkbook(bytes: Buffer): Promise<SheetSource[]> {
  const fault = await findArchiveFault(bytes);
  if (fault) throw new Refusal(fault === 'damaged' ? 'roster_unreadable' : 'roster_too_many_cells');
  const sheets = await unlessDamaged(() => openBook(bytes));
  if (sheets === null) throw new Refusal('roster_unreadable');
  return sheets.map((sheet) => ({
    name: sheet.name,
    isHidden: sheet.isHidden,
    lines: () => workbookLines(sheet),
  }));
}

async function unlessDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    // The reader's own words are for programmers.
    throw thrown instanceof Refusal ? thrown : new Refusal('roster_unreadable');
  }
}

async function* workbookLines(sheet: WorkbookSheet): AsyncGenerator<SheetLine> {
  const rows = sheet.rows(COLUMNS_MOST);
  try {
    for (;;) {
      // Only what reading throws is about the file: what the reader of the lines throws is his own.
      const next = await unlessDamaged(() => rows.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await rows.return(undefined);
  }
}

/** The encoding of a text, null for bytes that are none. */
function textEncoding(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | null {
  const wide = wideEncoding(bytes);
  if (wide !== null) return wide;
  if (bytes.subarray(0, CHUNK_BYTES).includes(0)) return null;
  if (isUtf8(bytes)) return 'utf-8';
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return 'gb18030';
  } catch {
    return null;
  }
}

/**
 * UTF-16 by its mark or, without one, by what every table has: separators and line ends, of which one byte is nothing. It
 * must then be read without a fault and hold no other sign that nobody writes.
 */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, CHUNK_BYTES);
  if (bytes.length % 2 === 1 || !start.includes(0)) return null;
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = decodedWhole(start, encoding);
    if (text !== null && /[\n\r]/.test(text) && !UNWRITTEN.test(text)) return encoding;
  }
  return null;
}

// Controls, surrogates without a partner, private use and what no script has.
const UNWRITTEN = /[\p{Cs}\p{Co}\p{Cn}]|(?![\t\n\r])\p{Cc}/u;

function decodedWhole(bytes: Buffer, encoding: string): string | null {
  try {
    // What is cut off at the end of the piece is no fault.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

async function* textLines(bytes: Buffer, encoding: string): AsyncGenerator<SheetLine> {
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, CHUNK_BYTES));
  for (const { line, cells } of splitLines(textChunks(bytes, encoding), delimiterOf(start)))
    yield { line, cells: cells.slice(0, COLUMNS_MOST) };
}

function* textChunks(bytes: Buffer, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    yield decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
  yield decoder.decode();
}
