import { isUtf8 } from 'node:buffer';
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

/**
 * A file of records, gone through once from its first to its last: only a window of its text is ever in memory. What
 * is wrong with it as a whole is known when its last record has been read.
 */
export interface Table {
  readonly encoding: Encoding | null;
  /** Its first records, where a header is looked for. */
  readonly head: readonly TableLine[];
  /** Records from a place of the head on. */
  from(place: number): Generator<TableLine>;
  /** Reads what is left; null when the file is a table to its end. */
  fault(): { code: TableFault; line: number | null } | null;
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

/** A banner, a note, an empty line: so many records may stand above a header, and it. */
const HEAD_LINES = 30;
/** So much of a file is decoded at once. */
const PIECE_BYTES = 2 * 1024 * 1024;

/**
 * Opens a file of separated values as people and platforms make them: UTF-8 with or without its mark,
 * UTF-16, GB18030, packed with gzip or not; comma, tab or semicolon; quoted cells with line ends inside;
 * and the bill of WeChat Pay, whose cells begin with a backtick and are not quoted.
 */
export function openTable(packed: Buffer): Table {
  const bytes = unpack(packed);
  if (bytes === null) return broken('file_too_large');
  if (SHEETS.some((mark) => bytes.subarray(0, mark.length).equals(mark)))
    return broken('file_is_sheet');
  const encoding = encodingOf(bytes);
  if (encoding === null) return broken('encoding_unknown');
  const reader = new RecordReader(piecesOf(bytes, encoding));
  const rest = reader.records();
  const head: TableLine[] = [];
  while (head.length < HEAD_LINES) {
    const next = rest.next();
    if (next.done) break;
    head.push(next.value);
  }
  return {
    encoding,
    head,
    *from(place) {
      yield* head.slice(place);
      for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
    },
    fault() {
      while (!rest.next().done) continue;
      return reader.fault();
    },
  };
}

function broken(code: TableFault): Table {
  return { encoding: null, head: [], *from() {}, fault: () => ({ code, line: null }) };
}

function unpack(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, 2).equals(GZIP)) return bytes.length > BYTES_MOST ? null : bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: BYTES_MOST });
  } catch {
    return null;
  }
}

/** The encoding in which every byte of a file means something. */
function encodingOf(bytes: Buffer): Encoding | null {
  const isMarked = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isMarked && isUtf8(bytes)) return 'utf-8';
  const encoding = isMarked ? 'utf-16le' : 'gb18030';
  try {
    for (const _piece of piecesOf(bytes, encoding)) continue;
    return encoding;
  } catch {
    return null;
  }
}

function* piecesOf(bytes: Buffer, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let from = 0; from < bytes.length; from += PIECE_BYTES)
    yield decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: true });
  yield decoder.decode();
}

/** The separator that the first lines use most. */
function separatorOf(text: string): string {
  const head = text.split('\n', 5).join('\n');
  const count = (separator: string) => head.split(separator).length;
  return [',', '\t', ';', '，'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** More than any record of a statement, and what is looked at behind its end. */
const IN_SIGHT = RECORD_MOST + 1_000;

/** Walks through a text record by record. */
class RecordReader {
  #openQuoteLine: number | null = null;
  /** A line that no statement has; nothing is read beyond it. */
  #longLine: number | null = null;
  #isBlank = true;
  readonly #pieces: Iterator<string>;
  #isWhole = false;
  #text = '';
  #separator = ',';
  #at = 0;
  #line = 1;
  /** Cells of the last record that was not written with backticks: how many a bill's record has. */
  #width = 0;

  constructor(pieces: Iterator<string>) {
    this.#pieces = pieces;
  }

  /** What is wrong with what was read so far. */
  fault(): { code: TableFault; line: number | null } | null {
    if (this.#isBlank) return { code: 'file_empty', line: null };
    if (this.#longLine !== null) return { code: 'line_too_long', line: this.#longLine };
    if (this.#openQuoteLine !== null) return { code: 'quote_open', line: this.#openQuoteLine };
    return null;
  }

  /** The records that are not empty. */
  *records(): Generator<TableLine> {
    this.#look();
    this.#separator = separatorOf(this.#text);
    while (this.#at < this.#text.length && this.#longLine === null) {
      const line = this.#line;
      const from = this.#at;
      const isBill = this.#text[this.#at] === BACKTICK;
      const cells = isBill ? this.#billRecord() : this.#record();
      if (!isBill) this.#width = cells.length;
      if (this.#at - from > RECORD_MOST || cells.length > CELLS_MOST) this.#longLine = line;
      else if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
      this.#look();
    }
  }

  /** Brings a whole record into sight and lets go of what was read. */
  #look(): void {
    while (!this.#isWhole && this.#text.length - this.#at < IN_SIGHT) {
      const next = this.#pieces.next();
      if (next.done) this.#isWhole = true;
      else this.#text = this.#text.slice(this.#at) + next.value;
      if (!next.done) this.#at = 0;
      if (this.#isBlank && this.#text.trim() !== '') this.#isBlank = false;
    }
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
        this.#longLine = begun;
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
        this.#openQuoteLine ??= begun;
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
