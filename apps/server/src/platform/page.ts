/** What was read for a page of a list, cut to its length, and where the next one begins. */
export interface Page<Row> {
  shown: Row[];
  /** The cursor of the next page; null on the last. */
  next: string | null;
}

/**
 * Cuts rows that were read with one more than `limit`: the one too many says that there is a next page, which
 * begins after the last row shown. `cursorOf` makes of it what the client hands back.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string | number,
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, next: last === undefined ? null : String(cursorOf(last)) };
}
