import { parseYuan, type PlainDate } from '@wennuan/basics';
import { openSheets, type SheetCell } from './sheet-reader.ts';

/** A line of a file, its cells by the name of their column. */
export interface TableLine<Column extends string> {
  line: number;
  cells: Partial<Record<Column, SheetCell>>;
}

/**
 * Reads the lines below the first row that has the needed columns, in whichever sheet it stands. Column
 * titles are data: several words may mean one column. Null when no row has them all.
 */
export async function readTable<Column extends string>(
  file: { bytes: Buffer; name: string },
  titles: Readonly<Record<Column, readonly string[]>>,
  needed: readonly NoInfer<Column>[],
): Promise<TableLine<Column>[] | null> {
  for (const sheet of await openSheets(file.bytes, file.name)) {
    let places: Map<Column, number> | null = null;
    const found: TableLine<Column>[] = [];
    for await (const { line, cells } of sheet.lines()) {
      if (places === null) {
        const here = placesOf(cells, titles);
        if (needed.every((column) => here.has(column))) places = here;
        continue;
      }
      if (cells.every((cell) => textOf(cell) === '')) continue;
      const entries = [...places].map(([column, place]) => [column, cells[place] ?? null]);
      found.push({ line, cells: Object.fromEntries(entries) });
    }
    if (places !== null) return found;
  }
  return null;
}

function placesOf<Column extends string>(
  cells: readonly SheetCell[],
  titles: Readonly<Record<Column, readonly string[]>>,
): Map<Column, number> {
  const places = new Map<Column, number>();
  const words = cells.map((cell) => textOf(cell).replace(/\s+/g, ''));
  for (const column of Object.keys(titles) as Column[])
    for (const title of titles[column]) {
      const place = words.indexOf(title);
      if (place === -1) continue;
      places.set(column, place);
      break;
    }
  return places;
}

/** A cell as text, without the marks that keep programs from reading it as a formula. */
export function textOf(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell)
    .replace(/^['\t]/, '')
    .trim();
}

/** An amount in fen; 0 for an empty cell or a dash, null for what is none, more than two decimals included. */
export function fenOf(cell: SheetCell | undefined): number | null {
  if (typeof cell === 'number') {
    const fen = Math.round(cell * 100);
    return Math.abs(fen / 100 - cell) < 1e-9 && fen >= 0 ? fen : null;
  }
  const text = textOf(cell).replace(/[,，¥￥\s]/g, '');
  if (text === '' || text === '-' || text === '--' || /^0+(\.0+)?$/.test(text)) return 0;
  return parseYuan(text);
}

/** A day as `2026-11-23`, from a date or from text in the usual ways; null for none. */
export function dayOf(cell: SheetCell | undefined): PlainDate | null {
  const text = textOf(cell);
  const found = /^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})/.exec(text);
  if (!found) return null;
  const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}
