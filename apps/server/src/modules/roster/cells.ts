import { fieldOfHeader, packedText } from '@wennuan/linkage';
import type { SheetCell } from '../../platform/sheet-reader.ts';

/** A row as it came: its cells, and the area that stands above it where the table has no column for it. */
export interface KeptRow {
  cells: SheetCell[];
  under: string | null;
}

type PackedCell = SheetCell | { date: string | null };

/** A row as the vault keeps it; a date keeps its kind. */
export function packRow(cells: readonly SheetCell[], under: string | null = null): string {
  let end = cells.length;
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--;
  const packed = cells
    .slice(0, end)
    .map((cell): PackedCell => (cell instanceof Date ? { date: cell.toJSON() } : cell));
  return JSON.stringify(under === null ? packed : { under, cells: packed });
}

/** A kept row, as it came. */
export function unpackRow(text: string): KeptRow {
  const kept = JSON.parse(text) as PackedCell[] | { under: string; cells: PackedCell[] };
  const { under, cells } = Array.isArray(kept) ? { under: null, cells: kept } : kept;
  return {
    under,
    cells: cells.map((cell) =>
      cell !== null && typeof cell === 'object' && 'date' in cell
        ? new Date(cell.date ?? Number.NaN)
        : cell,
    ),
  };
}

/**
 * What two rows must have in common to be one entry: the filled cells by column name, in the order of names; a count of
 * lines aside. Moving columns or a number typed as text makes no other row of it.
 */
export function rowText({ cells, under }: KeptRow, headers: readonly string[]): string {
  const pairs = under === null ? [] : [`\u0001=${packedText(under)}`];
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
