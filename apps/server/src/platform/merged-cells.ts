import { partPieces } from './archive.ts';

/** Cells of one column that were made one: what stands in the first is what a reader sees beside each of its lines. */
export interface Merge {
  line: number;
  until: number;
  column: number;
}

const MERGES_MOST = 200_000;
/** A list of merges is longer than this in no file that a spreadsheet program wrote. */
const LETTERS_MOST = 32 * 1_048_576;
/** No cell's text can look like it: there `<` is written otherwise. */
const BEGIN = /<(?:\w+:)?mergeCells[\s>]/;
const BEGIN_LETTERS = 40;
const MERGE =
  /<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):[A-Za-z]{1,3}(\d{1,7})["']/g;

/**
 * Cells that were merged downwards, by their first lines; of those merged to the side only the first column counts. The list
 * stands behind the rows of a sheet, so the part is unpacked to its end once more, without being taken apart.
 */
export async function readMerges(bytes: Buffer, part: string): Promise<Merge[]> {
  const decoder = new TextDecoder('latin1');
  let text = '';
  let isList = false;
  for await (const piece of partPieces(bytes, part)) {
    text = (isList ? text : text.slice(-BEGIN_LETTERS)) + decoder.decode(piece);
    const at = isList ? 0 : text.search(BEGIN);
    if (at < 0) continue;
    if (!isList) text = text.slice(at);
    isList = true;
    if (text.length > LETTERS_MOST) throw new RangeError('more than any workbook has');
  }
  if (!isList) return [];
  const merges: Merge[] = [];
  for (const [, column, line, until] of text.matchAll(MERGE)) {
    if (Number(until) <= Number(line)) continue;
    merges.push({ line: Number(line), until: Number(until), column: columnOf(column!) });
    if (merges.length > MERGES_MOST) throw new RangeError('more than any workbook has');
  }
  return merges.toSorted((a, b) => a.line - b.line);
}

/** The column of a place like `AB12`, from 0. */
export function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at++) {
    const letter = place.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return Math.max(0, column - 1);
}

/** Puts what was written once for several lines into each of them; rows come in the order of their lines. */
export class MergedCells<Cell extends string | number | boolean | Date | null> {
  readonly #merges: readonly Merge[];
  readonly #open = new Map<number, { until: number; value: Cell }>();
  #next = 0;

  constructor(merges: readonly Merge[]) {
    this.#merges = merges;
  }

  /** The row with what it shares with rows above. */
  filled<Row extends { line: number; cells: Cell[] }>(row: Row): Row {
    if (this.#merges.length === 0) return row;
    for (const [column, { until, value }] of this.#open) {
      if (until < row.line) this.#open.delete(column);
      else if (isBlank(row.cells[column])) put(row.cells, column, value);
    }
    for (let merge = this.#merges[this.#next]; merge; merge = this.#merges[this.#next]) {
      if (merge.line > row.line) break;
      this.#next += 1;
      const value = row.cells[merge.column];
      if (merge.line === row.line && value !== undefined && !isBlank(value))
        this.#open.set(merge.column, { until: merge.until, value });
    }
    return row;
  }
}

function isBlank(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === '';
}

function put<Cell>(cells: (Cell | null)[], column: number, value: Cell): void {
  while (cells.length < column) cells.push(null);
  cells[column] = value;
}
