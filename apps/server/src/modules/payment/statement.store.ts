import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Id, PlainDate } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import type { Remark, StatementKind } from './statement.ts';

/** Counts and sums of a file as pages show them. */
export interface StatementSummary {
  rows: number;
  duplicateRows: number;
  gifts: number;
  giftsFen: number;
  refunds: number;
  refundsFen: number;
  feesFen: number;
  matchedFen: number;
  notes: Remark[];
}

export interface StatementRow {
  id: Id;
  name: string;
  kind: StatementKind;
  state: 'read' | 'imported';
  fromOn: PlainDate;
  untilOn: PlainDate;
  summary: StatementSummary;
  readAt: Date;
  importedAt: Date | null;
}

const columns = [
  'id',
  'name',
  'kind',
  'state',
  'from_on',
  'until_on',
  'summary',
  'read_at',
  'imported_at',
] as const;

/** What makes the same bytes the same statement. */
export function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

interface Chosen {
  ids?: readonly Id[];
  sha256?: Buffer;
  before?: Id;
  limit?: number;
}

/** Statements, newest first. */
export async function listStatements(tx: Scoped, chosen: Chosen): Promise<StatementRow[]> {
  let query = tx.db.selectFrom('payment_statement').select(columns).orderBy('id', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.sha256) query = query.where('sha256', '=', chosen.sha256);
  if (chosen.before) query = query.where('id', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind as StatementKind,
    state: row.state as StatementRow['state'],
    fromOn: row.from_on,
    untilOn: row.until_on,
    summary: row.summary as unknown as StatementSummary,
    readAt: row.read_at,
    importedAt: row.imported_at,
  }));
}

/** Keeps a file that was read, sealed. */
export async function insertStatement(
  tx: Writing,
  statement: Pick<StatementRow, 'id' | 'name' | 'kind' | 'fromOn' | 'untilOn' | 'summary'> & {
    bytes: Buffer;
    box: Box;
  },
): Promise<void> {
  await tx.db
    .insertInto('payment_statement')
    .values({
      id: statement.id,
      name: statement.name,
      kind: statement.kind,
      sha256: digestOf(statement.bytes),
      state: 'read',
      from_on: statement.fromOn,
      until_on: statement.untilOn,
      summary: JSON.stringify(statement.summary),
      file_sealed: statement.box.sealBytes(gzipSync(statement.bytes)),
      read_at: tx.now,
      read_by: tx.actor.accountId,
    })
    .execute();
}

/** The sealed bytes of statements, in the order of the ids. */
export async function readSealedFiles(
  tx: Scoped,
  ids: readonly Id[],
): Promise<{ id: Id; name: string; sealed: Buffer }[]> {
  const rows = await tx.db
    .selectFrom('payment_statement')
    .select(['id', 'name', 'file_sealed'])
    .where('id', '=', anyOf(ids))
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [{ id, name: row.name, sealed: row.file_sealed }] : [];
  });
}

/** The bytes of a sealed file. */
export function openFile(box: Box, sealed: Buffer): Buffer {
  return gunzipSync(box.openBytes(sealed));
}

export async function markImported(tx: Writing, ids: readonly Id[]): Promise<void> {
  await tx.db
    .updateTable('payment_statement')
    .set({ state: 'imported', imported_at: tx.now, imported_by: tx.actor.accountId })
    .where('id', '=', anyOf(ids))
    .where('state', '=', 'read')
    .execute();
}

/** Removes statements that were read and not imported; answers how many there were. */
export async function deleteRead(tx: Writing, id: Id): Promise<number> {
  const done = await tx.db
    .deleteFrom('payment_statement')
    .where('id', '=', id)
    .where('state', '=', 'read')
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}
