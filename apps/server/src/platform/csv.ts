import { Refusal } from '@wennuan/basics';

/** One record of a text with separators; `line` is where it begins, from 1. */
export interface TextLine {
  line: number;
  cells: string[];
}

const DELIMITERS = [',', '\t', ';', '|', '，'];
/** No spreadsheet has longer cells, more columns or so many line ends in one cell: such a file is no table, or lost a quotation mark. */
const CELL_MOST = 100_000;
const CELLS_MOST = 20_000;
const BREAKS_MOST = 50;

/** The separator that stands in the first lines most often and as often in each. */
export function delimiterOf(start: string): string {
  const lines = start.split(/\r?\n/).slice(0, 20);
  const counts = DELIMITERS.map((delimiter) => {
    const perLine = lines.map((line) => line.split(delimiter).length - 1).filter((n) => n > 0);
    return perLine.length * (Math.min(...perLine, 100) + 1);
  });
  const best = counts.indexOf(Math.max(...counts));
  return counts[best]! > 0 ? DELIMITERS[best]! : ',';
}

/**
 * Splits a text that comes in pieces into records (RFC 4180): quoted cells may hold separators and line ends, and two
 * quotation marks are one. A quotation mark inside a cell that does not begin with one is a character like any other.
 * Refuses `sheet_line_too_long` for what no spreadsheet could hold, and `sheet_quote_open` for a quotation mark that would
 * swallow the lines after it; so a line takes little memory whatever the file.
 */
export function* splitLines(chunks: Iterable<string>, delimiter: string): Generator<TextLine> {
  const record = new OpenRecord();
  let line = 1;
  let state: 'plain' | 'quoted' | 'closing' = 'plain';
  let wasReturn = false;
  for (const chunk of chunks) {
    for (const character of chunk) {
      const isEnd = character === '\n' && wasReturn;
      wasReturn = character === '\r';
      if (isEnd) continue;
      const isBreak = character === '\n' || character === '\r';
      if (isBreak) line += 1;
      if (state === 'quoted') {
        if (character === '"') state = 'closing';
        else if (isBreak) record.addBreak();
        else record.add(character);
        continue;
      }
      if (state === 'closing' && character === '"') {
        record.add('"');
        state = 'quoted';
        continue;
      }
      if (character === '"' && record.cell === '' && state === 'plain') {
        state = 'quoted';
      } else if (character === delimiter || isBreak) {
        record.endCell();
        state = 'plain';
        if (isBreak) yield record.take(line);
      } else {
        record.add(character);
        state = 'plain';
      }
    }
  }
  if (state === 'quoted') record.endOpen();
  if (record.cell !== '' || record.cells.length > 0) {
    record.endCell();
    yield record.take(line);
  }
}

/** The record that is being gathered, within bounds. */
class OpenRecord {
  cells: string[] = [];
  cell = '';
  #line = 1;
  #breaks = 0;

  add(character: string): void {
    this.cell += character;
    if (this.cell.length > CELL_MOST)
      throw new Refusal('sheet_line_too_long', { line: this.#line });
  }

  /** A line end inside quotation marks. */
  addBreak(): void {
    this.#breaks += 1;
    if (this.#breaks > BREAKS_MOST) throw new Refusal('sheet_quote_open', { line: this.#line });
    this.add('\n');
  }

  endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
    this.#breaks = 0;
    if (this.cells.length > CELLS_MOST)
      throw new Refusal('sheet_line_too_long', { line: this.#line });
  }

  /** The text has ended inside quotation marks. */
  endOpen(): void {
    if (this.#breaks > 0) throw new Refusal('sheet_quote_open', { line: this.#line });
  }

  /** The whole record; `next` is the line on which the next one begins. */
  take(next: number): TextLine {
    const taken = { line: this.#line, cells: this.cells };
    this.cells = [];
    this.#line = next;
    return taken;
  }
}
