import type { TableLine } from './table.ts';

/** How a statement names what we look for: the first name is what problems call it. */
export interface ColumnNames<Field extends string> {
  names: Readonly<Record<Field, readonly string[]>>;
  required: readonly Field[];
}

/** Where the columns of a table are. */
export interface FoundColumns<Field extends string> {
  /** Place of the header among the table's first lines. */
  header: number;
  places: ReadonlyMap<Field, number>;
  missing: Field[];
}

/** A title without blanks, quotes, marks, and the unit in brackets. */
export function plainTitle(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\ufeff`'"*\s]/g, '')
    .replace(/[([【][^)\]】]*[)\]】]$/u, '')
    .toLowerCase();
}

/** Finds the header among the first lines of a table: the one that names most of the columns. */
export function findColumns<Field extends string>(
  head: readonly TableLine[],
  columns: ColumnNames<Field>,
): FoundColumns<Field> {
  const fieldOf = new Map<string, { field: Field; rank: number }>();
  for (const field of Object.keys(columns.names) as Field[])
    columns.names[field].forEach((name, rank) => fieldOf.set(plainTitle(name), { field, rank }));
  let best: FoundColumns<Field> = { header: 0, places: new Map(), missing: [...columns.required] };
  head.forEach(({ cells }, header) => {
    const places = new Map<Field, number>();
    const ranks = new Map<Field, number>();
    cells.forEach((cell, place) => {
      const named = fieldOf.get(plainTitle(cell));
      // Of two columns that could be meant, the one with the better name is.
      if (!named || named.rank >= (ranks.get(named.field) ?? Infinity)) return;
      places.set(named.field, place);
      ranks.set(named.field, named.rank);
    });
    if (places.size <= best.places.size) return;
    const missing = columns.required.filter((field) => !places.has(field));
    best = { header, places, missing };
  });
  return best;
}
