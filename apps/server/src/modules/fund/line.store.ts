import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { LineState, PayeeKind } from './fund.ts';

export interface LineRow {
  id: Id;
  proposalId: Id;
  place: number;
  /** The record it is about, as its proposer knows it; null for a proposal of one payee. */
  subjectId: Id | null;
  payeeKind: PayeeKind;
  payeeId: Id;
  amountFen: number;
  labelSealed: Buffer | null;
  state: LineState;
  /** How often it was sent to the bank. */
  tries: number;
  reasonSealed: Buffer | null;
  areaId: number | null;
}

export async function insertLines(
  tx: Writing,
  rows: readonly Omit<LineRow, 'state' | 'tries' | 'reasonSealed'>[],
): Promise<void> {
  await tx.db
    .insertInto('proposal_line')
    .values(
      rows.map((row) => ({
        id: row.id,
        proposal_id: row.proposalId,
        place: row.place,
        subject_id: row.subjectId,
        payee_kind: row.payeeKind,
        payee_id: row.payeeId,
        amount_fen: row.amountFen,
        label_sealed: row.labelSealed,
        area_id: row.areaId,
      })),
    )
    .execute();
}

interface Chosen {
  ids?: readonly Id[];
  proposalIds?: readonly Id[];
  /** By the record they are about. */
  subjectIds?: readonly Id[];
  states?: readonly LineState[];
  after?: number;
  limit?: number;
  lock?: boolean;
}

/** Lines the reader may see, in the order they were proposed in; `lock` holds them, in order of id. */
export async function listLines(tx: Scoped, chosen: Chosen): Promise<LineRow[]> {
  let query = tx.db.selectFrom('proposal_line').selectAll();
  query = chosen.lock
    ? query.orderBy('id').forNoKeyUpdate()
    : query.orderBy('proposal_id').orderBy('place');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.proposalIds) query = query.where('proposal_id', '=', anyOf(chosen.proposalIds));
  if (chosen.subjectIds) query = query.where('subject_id', '=', anyOf(chosen.subjectIds));
  if (chosen.states) query = query.where('state', 'in', chosen.states);
  if (chosen.after !== undefined) query = query.where('place', '>', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    proposalId: row.proposal_id,
    place: row.place,
    subjectId: row.subject_id,
    payeeKind: row.payee_kind as PayeeKind,
    payeeId: row.payee_id,
    amountFen: Number(row.amount_fen),
    labelSealed: row.label_sealed,
    state: row.state as LineState,
    tries: row.tries,
    reasonSealed: row.reason_sealed,
    areaId: row.area_id,
  }));
}

/** Moves locked lines to another state; `tried` counts one more sending to the bank, `untried` one less. */
export async function moveLines(
  tx: Writing,
  ids: readonly Id[],
  to: { state: LineState; reasonSealed?: Buffer | null; tried?: true; untried?: true },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('proposal_line')
    .set((build) => ({
      state: to.state,
      ...(to.reasonSealed !== undefined && { reason_sealed: to.reasonSealed }),
      ...(to.tried && { tries: build('tries', '+', 1) }),
      ...(to.untried && { tries: build('tries', '-', 1) }),
    }))
    .where('id', '=', anyOf(ids))
    .execute();
}

/** What the lines of proposals have come to, by proposal. */
export async function sumLines(
  tx: Scoped,
  proposalIds: readonly Id[],
): Promise<Map<Id, { count: number; paidFen: number; openCount: number; rejectedCount: number }>> {
  if (proposalIds.length === 0) return new Map();
  const { rows } = await sql<{
    proposal_id: Id;
    count: number;
    paid_fen: number;
    open_count: number;
    rejected_count: number;
  }>`
    select proposal_id, count(*)::int as count,
      coalesce(sum(amount_fen) filter (where state = 'paid'), 0)::bigint as paid_fen,
      (count(*) filter (where state in ('proposed', 'approved', 'in_batch', 'rejected')))::int as open_count,
      (count(*) filter (where state = 'rejected'))::int as rejected_count
    from proposal_line where proposal_id = any(${proposalIds}::uuid[]) group by 1`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.proposal_id,
      {
        count: row.count,
        paidFen: Number(row.paid_fen),
        openCount: row.open_count,
        rejectedCount: row.rejected_count,
      },
    ]),
  );
}
