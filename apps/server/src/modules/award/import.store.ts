import type { Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A line of a payment list that fits nobody, and why. */
export interface Gap {
  line: number;
  why: 'nobody' | 'several' | 'id_number' | 'amount' | 'twice';
}

export interface ImportRow {
  id: Id;
  at: Date;
  fileName: string;
  programmeCode: string;
  month: string;
  lines: number;
  matched: number;
  unmatched: Gap[];
}

const GAPS_AT_ONCE = 1_000;

/** Adds an import with its gaps; system login. */
export async function insertImport(
  tx: Writing,
  row: Omit<ImportRow, 'at'> & { contentHash: Buffer; departmentId: Id | null; areaId: number },
): Promise<void> {
  const where = { department_id: row.departmentId, area_id: row.areaId };
  await tx.db
    .insertInto('award_import')
    .values({
      id: row.id,
      program_code: row.programmeCode,
      month: row.month,
      ...where,
      file_name: row.fileName,
      content_hash: row.contentHash,
      line_count: row.lines,
      matched_count: row.matched,
      at: tx.now,
      by_account_id: tx.actor.accountId,
    })
    .execute();
  for (let start = 0; start < row.unmatched.length; start += GAPS_AT_ONCE)
    await tx.db
      .insertInto('award_import_gap')
      .values(
        row.unmatched
          .slice(start, start + GAPS_AT_ONCE)
          .map(({ line, why }) => ({ import_id: row.id, line, why, ...where })),
      )
      .execute();
}

/** The import of the same content, or undefined. */
export async function findImport(tx: Scoped, contentHash: Buffer): Promise<ImportRow | undefined> {
  const found = await tx.db
    .selectFrom('award_import')
    .select('id')
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return found && (await listImports(tx, [found.id]))[0];
}

/** Imports the reader may see, newest first. */
export async function listImports(tx: Scoped, ids?: readonly Id[]): Promise<ImportRow[]> {
  let query = tx.db.selectFrom('award_import').selectAll().orderBy('at', 'desc').limit(100);
  if (ids) query = query.where('id', '=', anyOf(ids));
  const rows = await query.execute();
  const gaps = await tx.db
    .selectFrom('award_import_gap')
    .select(['import_id', 'line', 'why'])
    .where('import_id', '=', anyOf(rows.map((row) => row.id)))
    .orderBy('line')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    fileName: row.file_name,
    programmeCode: row.program_code,
    month: row.month,
    lines: row.line_count,
    matched: row.matched_count,
    unmatched: gaps
      .filter((gap) => gap.import_id === row.id)
      .map((gap) => ({ line: gap.line, why: gap.why as Gap['why'] })),
  }));
}
