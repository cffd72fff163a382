import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { isChosen } from '../../platform/database/chosen.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { PayeeKind, ProposalState, SourceKind } from './fund.ts';

export interface ProposalRow {
  id: Id;
  serial: number;
  number: string;
  state: ProposalState;
  purposeSealed: Buffer;
  amountFen: number;
  sourceKind: SourceKind;
  sourceId: Id;
  /** `list` when it names many payees, each on a line of its own. */
  payeeKind: PayeeKind | 'list';
  payeeId: Id | null;
  needId: Id | null;
  /** What it is about, as whoever proposed it knows it. */
  subjectKind: string | null;
  subjectId: Id | null;
  budgetLineId: Id | null;
  areaId: number | null;
  proposerId: Id;
  proposedAt: Date;
  approvalId: Id;
}

/** Adds a proposal and answers its number. */
export async function insertProposal(
  tx: Writing,
  row: Omit<ProposalRow, 'serial' | 'number' | 'state' | 'proposedAt'> & { formId: Id },
): Promise<string> {
  const { number } = await tx.db
    .insertInto('proposal')
    .values({
      id: row.id,
      purpose_sealed: row.purposeSealed,
      amount_fen: row.amountFen,
      source_kind: row.sourceKind,
      source_id: row.sourceId,
      payee_kind: row.payeeKind,
      payee_id: row.payeeId,
      need_id: row.needId,
      subject_kind: row.subjectKind,
      subject_id: row.subjectId,
      budget_line_id: row.budgetLineId,
      area_id: row.areaId,
      proposer_id: row.proposerId,
      proposed_at: tx.now,
      approval_id: row.approvalId,
      form_id: row.formId,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

interface Chosen {
  ids?: readonly Id[];
  approvalId?: Id;
  formId?: Id;
  needIds?: readonly Id[];
  subjectIds?: readonly Id[];
  state?: ProposalState;
  before?: { waits: number; serial: number };
  limit?: number;
  lock?: boolean;
}

/** True first for what waits for somebody: proposed, then approved, then the ended ones; newest first in each. */
const waits = sql<number>`case state when 'proposed' then 2 when 'approved' then 1 else 0 end`;

/** Proposals the reader may see, those that wait first; `lock` holds them, in order of id. */
export async function listProposals(
  tx: Scoped,
  chosen: Chosen,
): Promise<(ProposalRow & { waits: number })[]> {
  let query = tx.db
    .selectFrom('proposal')
    .selectAll()
    .select(waits.as('waits'))
    .where(
      isChosen({
        id: chosen.ids,
        approval_id: chosen.approvalId,
        form_id: chosen.formId,
        need_id: chosen.needIds,
        subject_id: chosen.subjectIds,
        state: chosen.state,
      }),
    );
  query = chosen.lock
    ? query.orderBy('id').forNoKeyUpdate()
    : query.orderBy(waits, 'desc').orderBy('serial', 'desc');
  if (chosen.before)
    query = query.where(
      sql<boolean>`(${waits}, serial) < (${chosen.before.waits}, ${chosen.before.serial})`,
    );
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    state: row.state as ProposalState,
    purposeSealed: row.purpose_sealed,
    amountFen: Number(row.amount_fen),
    sourceKind: row.source_kind as SourceKind,
    sourceId: row.source_id,
    payeeKind: row.payee_kind as ProposalRow['payeeKind'],
    payeeId: row.payee_id,
    needId: row.need_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    budgetLineId: row.budget_line_id,
    areaId: row.area_id,
    proposerId: row.proposer_id,
    proposedAt: row.proposed_at,
    approvalId: row.approval_id,
    waits: row.waits,
  }));
}

/** Moves locked proposals to another state; a reason is sealed beside them. */
export async function moveProposals(
  tx: Writing,
  ids: readonly Id[],
  to: { state: ProposalState; reasonSealed?: Buffer },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('proposal')
    .set({ state: to.state, ...(to.reasonSealed && { closed_reason_sealed: to.reasonSealed }) })
    .where('id', '=', anyOf(ids))
    .execute();
}
