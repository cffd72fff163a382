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

/**
 * A page of rows that bear a running number, newest first: `list` reads those below `before` (all, on the first page),
 * `limit` of them, which is one more than are shown. A cursor that is no number begins below everything.
 */
export async function pageBySerial<Row extends { serial: number }>(
  asked: { after?: string | undefined; limit: number },
  list: (part: { before: number | undefined; limit: number }) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const before = asked.after === undefined ? undefined : Number(asked.after) || 0;
  const rows = await list({ before, limit: asked.limit + 1 });
  return cutPage(rows, asked.limit, (last) => last.serial);
}
