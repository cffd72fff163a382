import { fieldOfHeader, packedText } from '@wennuan/linkage';
import type { SheetCell } from '../../platform/sheet-reader.ts';

/** Cells as the vault keeps them; a date keeps its kind. */
export function packCells(cells: readonly SheetCell[]): string {
  let end = cells.length;
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--;
  return JSON.stringify(
    cells.slice(0, end).map((cell) => (cell instanceof Date ? { date: cell.toJSON() } : cell)),
  );
}

/** The cells of a kept row, as they came. */
export function unpackCells(text: string): SheetCell[] {
  return (JSON.parse(text) as (SheetCell | { date: string | null })[]).map((cell) =>
    cell !== null && typeof cell === 'object' && 'date' in cell
      ? new Date(cell.date ?? Number.NaN)
      : cell,
  );
}

/**
 * What two rows must have in common to be one entry: the filled cells by column name, in the order of names; a count of
 * lines aside. Moving columns or a number typed as text makes no other row of it.
 */
export function rowText(cells: readonly SheetCell[], headers: readonly string[]): string {
  const pairs: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const header = headers[index] ?? '';
    if (fieldOfHeader(header) === 'sequence') continue;
    const text = packedText(cell);
    if (text !== '') pairs.push(`${header || index}=${text}`);
  }
  return pairs.toSorted().join('\u0000');
}

/** A cell as a page shows it. */
export function shownCell(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}
