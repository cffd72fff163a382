import { gunzipSync } from 'node:zlib';

/** One record of a file: the line it begins in, counted from 1, and its cells. */
export interface TableLine {
  line: number;
  cells: string[];
}

/** Why a file is no table at all. */
export type TableFault =
  | 'file_empty'
  | 'file_too_large'
  | 'file_is_sheet'
  | 'encoding_unknown'
  | 'quote_open'
  | 'line_too_long';

export interface Table {
  /** Null when the file was read to its end. */
  fault: TableFault | null;
  /** Where the fault is, if it is in a line. */
  faultLine: number | null;
  encoding: Encoding | null;
  lines: TableLine[];
}

export type Encoding = 'utf-8' | 'utf-16le' | 'gb18030';

/** What a file may be once it is unpacked. */
const BYTES_MOST = 256 * 1024 * 1024;
/** Signs and cells of one record that no statement has. */
const RECORD_MOST = 1_000_000;
const CELLS_MOST = 2_000;
/** Line ends in one record; each makes the record be parted again. */
const BREAKS_MOST = 100;
const BACKTICK = '`';
/** The first bytes of files packed with gzip, of .xlsx and of .xls. */
const GZIP = Buffer.from([0x1f, 0x8b]);
const SHEETS = [Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0])];

/**
 * Reads a file of separated values as people and platforms make them: UTF-8 with or without its mark,
 * UTF-16, GB18030, packed with gzip or not; comma, tab or semicolon; quoted cells with line ends inside;
 * and the bill of WeChat Pay, whose cells begin with a backtick and are not quoted.
 */
export function readTable(packed: Buffer): Table {
  const bytes = unpack(packed);
  if (bytes === null) return broken('file_too_large');
  if (SHEETS.some((mark) => bytes.subarray(0, mark.length).equals(mark)))
    return broken('file_is_sheet');
  const decoded = decode(bytes);
  if (decoded === null) return broken('encoding_unknown');
  const { text, encoding } = decoded;
  if (text.trim() === '') return broken('file_empty');
  const reader = new RecordReader(text, separatorOf(text));
  const lines = reader.all();
  const fault =
    reader.longLine !== null
      ? 'line_too_long'
      : reader.openQuoteLine !== null
        ? 'quote_open'
        : null;
  return { fault, faultLine: reader.longLine ?? reader.openQuoteLine, encoding, lines };
}

function broken(fault: TableFault): Table {
  return { fault, faultLine: null, encoding: null, lines: [] };
}

function unpack(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, 2).equals(GZIP)) return bytes.length > BYTES_MOST ? null : bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: BYTES_MOST });
  } catch {
    return null;
  }
}

function decode(bytes: Buffer): { text: string; encoding: Encoding } | null {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe;
  const tries: Encoding[] = marked ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of tries) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      continue;
    }
  }
  return null;
}

/** The separator that the first lines use most. */
function separatorOf(text: string): string {
  const head = text.split('\n', 5).join('\n');
  const count = (separator: string) => head.split(separator).length;
  return [',', '\t', ';', '，'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Walks through a text record by record. */
class RecordReader {
  openQuoteLine: number | null = null;
  /** A line that no statement has; nothing is read beyond it. */
  longLine: number | null = null;
  readonly #text: string;
  readonly #separator: string;
  #at = 0;
  #line = 1;
  /** Cells of the last record that was not written with backticks: how many a bill's record has. */
  #width = 0;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
  }

  all(): TableLine[] {
    const lines: TableLine[] = [];
    while (this.#at < this.#text.length && this.longLine === null) {
      const line = this.#line;
      const from = this.#at;
      const isBill = this.#text[this.#at] === BACKTICK;
      const cells = isBill ? this.#billRecord() : this.#record();
      if (!isBill) this.#width = cells.length;
      if (this.#at - from > RECORD_MOST || cells.length > CELLS_MOST) this.longLine = line;
      if (cells.some((cell) => cell.trim() !== '')) lines.push({ line, cells });
    }
    return lines;
  }

  /** A record of a bill: cells are parted by comma and backtick, so that a comma inside one is its own. */
  #billRecord(): string[] {
    const begun = this.#line;
    let record = this.#restOfLine();
    for (;;) {
      const cells = record.slice(1).split(`${this.#separator}${BACKTICK}`);
      const next = this.#text[this.#at];
      // A line end inside a cell: the record goes on where a line begins with no backtick.
      if (cells.length >= this.#width || next === undefined || next === BACKTICK) return cells;
      if (this.#line - begun > BREAKS_MOST) {
        this.longLine = begun;
        return cells;
      }
      record += `\n${this.#restOfLine()}`;
    }
  }

  #restOfLine(): string {
    const found = this.#text.indexOf('\n', this.#at);
    const end = found === -1 ? this.#text.length : found;
    const line = this.#text.slice(this.#at, this.#text[end - 1] === '\r' ? end - 1 : end);
    this.#at = end + 1;
    this.#line += 1;
    return line;
  }

  #record(): string[] {
    const cells: string[] = [];
    for (;;) {
      cells.push(this.#cell());
      if (cells.length > CELLS_MOST) return cells;
      const end = this.#text[this.#at];
      this.#at += 1;
      if (end === this.#separator) continue;
      if (end === '\r' && this.#text[this.#at] === '\n') this.#at += 1;
      this.#line += 1;
      return cells;
    }
  }

  /** One cell; afterwards the reader stands at what ended it. */
  #cell(): string {
    let cell = '';
    if (this.#text[this.#at] === '"') cell = this.#quoted();
    const from = this.#at;
    while (this.#at < this.#text.length && !this.#ends(this.#text[this.#at]!)) this.#at += 1;
    // Some write a quoted cell and go on after it; what they wrote is kept.
    return cell + this.#text.slice(from, this.#at);
  }

  #ends(sign: string): boolean {
    return sign === this.#separator || sign === '\n' || sign === '\r';
  }

  #quoted(): string {
    const begun = this.#line;
    let cell = '';
    this.#at += 1;
    for (;;) {
      const quote = this.#text.indexOf('"', this.#at);
      if (quote === -1) {
        this.openQuoteLine ??= begun;
        this.#at = this.#text.length;
        return cell;
      }
      const part = this.#text.slice(this.#at, quote);
      cell += part;
      this.#line += part.split('\n').length - 1;
      this.#at = quote + 1;
      if (this.#text[this.#at] !== '"') return cell;
      cell += '"';
      this.#at += 1;
    }
  }
}
