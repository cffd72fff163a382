/** One record of a text with separators; `line` is where it begins, from 1. */
export interface TextLine {
  line: number;
  cells: string[];
}

const DELIMITERS = [',', '\t', ';', '|', '，'];
/** A cell longer than this is a quotation mark that was never closed. */
const CELL_MOST = 100_000;

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
 */
export function* splitLines(chunks: Iterable<string>, delimiter: string): Generator<TextLine> {
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begun = 1;
  let state: 'plain' | 'quoted' | 'closing' = 'plain';
  let wasReturn = false;
  for (const chunk of chunks) {
    for (const character of chunk) {
      const isEnd = character === '\n' && wasReturn;
      wasReturn = character === '\r';
      if (isEnd) continue;
      const isBreak = character === '\n' || character === '\r';
      if (isBreak) line += 1;
      if (state === 'quoted' && cell.length < CELL_MOST) {
        if (character === '"') state = 'closing';
        else cell += isBreak ? '\n' : character;
        continue;
      }
      if (state === 'closing' && character === '"') {
        cell += '"';
        state = 'quoted';
        continue;
      }
      if (character === '"' && cell === '' && state === 'plain') {
        state = 'quoted';
      } else if (character === delimiter || isBreak) {
        cells.push(cell);
        cell = '';
        state = 'plain';
        if (!isBreak) continue;
        yield { line: begun, cells };
        cells = [];
        begun = line;
      } else {
        cell += character;
        state = 'plain';
      }
    }
  }
  if (cell !== '' || cells.length > 0) yield { line: begun, cells: [...cells, cell] };
}
