import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { BatchLineState, BatchState } from './payout.ts';

export interface BatchRow {
  id: Id;
  serial: number;
  number: string;
  state: BatchState;
  layout: string;
  madeAt: Date;
  madeBy: Id;
  exportedAt: Date | null;
  exportedBy: Id | null;
}

export interface BatchLineRow {
  batchId: Id;
  place: number;
  lineId: Id;
  attempt: number;
  payeeAccountId: Id;
  amountFen: number;
  state: BatchLineState;
  bankReference: string | null;
  /** Why the bank rejected it, sealed with the batch's key: the line itself keeps its last reason only. */
  reasonSealed: Buffer | null;
  answeredAt: Date | null;
}

interface Chosen {
  ids?: readonly Id[];
  formId?: Id;
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Batches, newest first. */
export async function listBatches(tx: Scoped, chosen: Chosen): Promise<BatchRow[]> {
  let query = tx.db.selectFrom('payment_batch').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    state: row.state as BatchState,
    layout: row.layout,
    madeAt: row.made_at,
    madeBy: row.made_by,
    exportedAt: row.exported_at,
    exportedBy: row.exported_by,
  }));
}

/** Adds a batch and answers its number. */
export async function insertBatch(
  tx: Writing,
  row: { id: Id; layout: string; formId: Id },
  lines: readonly Pick<
    BatchLineRow,
    'place' | 'lineId' | 'attempt' | 'payeeAccountId' | 'amountFen'
  >[],
): Promise<void> {
  await tx.db
    .insertInto('payment_batch')
    .values({
      id: row.id,
      layout: row.layout,
      form_id: row.formId,
      made_at: tx.now,
      made_by: tx.actor.accountId!,
    })
    .execute();
  await tx.db
    .insertInto('payment_batch_line')
    .values(
      lines.map((line) => ({
        batch_id: row.id,
        place: line.place,
        line_id: line.lineId,
        attempt: line.attempt,
        payee_account_id: line.payeeAccountId,
        amount_fen: line.amountFen,
      })),
    )
    .execute();
}

export async function listBatchLines(
  tx: Scoped,
  chosen: { batchIds?: readonly Id[]; lineIds?: readonly Id[]; states?: readonly BatchLineState[] },
): Promise<BatchLineRow[]> {
  let query = tx.db
    .selectFrom('payment_batch_line')
    .selectAll()
    .orderBy('batch_id')
    .orderBy('place');
  if (chosen.batchIds) query = query.where('batch_id', '=', anyOf(chosen.batchIds));
  if (chosen.lineIds) query = query.where('line_id', '=', anyOf(chosen.lineIds));
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  const rows = await query.execute();
  return rows.map((row) => ({
    batchId: row.batch_id,
    place: row.place,
    lineId: row.line_id,
    attempt: row.attempt,
    payeeAccountId: row.payee_account_id,
    amountFen: Number(row.amount_fen),
    state: row.state as BatchLineState,
    bankReference: row.bank_reference,
    reasonSealed: row.reason_sealed,
    answeredAt: row.answered_at,
  }));
}

/** Moves a locked batch on. */
export async function moveBatch(
  tx: Writing,
  id: Id,
  to:
    | { state: 'exported'; sha256: Buffer }
    | { state: 'answered' }
    | { state: 'void'; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('payment_batch')
    .set({
      state: to.state,
      ...(to.state === 'exported' && {
        exported_at: tx.now,
        exported_by: tx.actor.accountId,
        file_sha256: to.sha256,
      }),
      ...(to.state === 'void' && { void_reason: to.reason }),
    })
    .where('id', '=', id)
    .execute();
}

/** What the bank said, or that it said nothing, of lines of a locked batch. */
export async function answerBatchLines(
  tx: Writing,
  batchId: Id,
  answers: readonly {
    lineId: Id;
    state: BatchLineState;
    bankReference: string | null;
    reasonSealed?: Buffer | null;
  }[],
): Promise<void> {
  if (answers.length === 0) return;
  await sql`update payment_batch_line b
    set state = a.state, bank_reference = a.reference, reason_sealed = decode(a.reason, 'hex'),
      answered_at = ${tx.now}
    from unnest(${answers.map((one) => one.lineId)}::uuid[], ${answers.map((one) => one.state)}::text[],
      ${answers.map((one) => one.bankReference)}::text[],
      ${answers.map((one) => one.reasonSealed?.toString('hex') ?? null)}::text[])
      as a(line_id, state, reference, reason)
    where b.batch_id = ${batchId} and b.line_id = a.line_id`.execute(tx.db);
}

export interface BatchSums {
  lines: number;
  totalFen: number;
  confirmedFen: number;
  confirmedCount: number;
  rejectedCount: number;
  unknownCount: number;
  waitingCount: number;
}

/** Counts and sums of batches, by batch. */
export async function sumBatches(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, BatchSums>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Record<string, number> & { batch_id: Id }>`
    select batch_id, count(*)::int as lines, sum(amount_fen)::bigint as total,
      coalesce(sum(amount_fen) filter (where state = 'confirmed'), 0)::bigint as confirmed,
      (count(*) filter (where state = 'confirmed'))::int as confirmed_count,
      (count(*) filter (where state = 'rejected'))::int as rejected_count,
      (count(*) filter (where state = 'unknown'))::int as unknown_count,
      (count(*) filter (where state = 'waiting'))::int as waiting_count
    from payment_batch_line where batch_id = any(${ids}::uuid[]) group by 1`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.batch_id,
      {
        lines: Number(row['lines']),
        totalFen: Number(row['total']),
        confirmedFen: Number(row['confirmed']),
        confirmedCount: Number(row['confirmed_count']),
        rejectedCount: Number(row['rejected_count']),
        unknownCount: Number(row['unknown_count']),
        waitingCount: Number(row['waiting_count']),
      },
    ]),
  );
}
