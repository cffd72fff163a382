import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
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
  payeeKind: PayeeKind;
  payeeId: Id;
  needId: Id | null;
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
  id?: Id;
  approvalId?: Id;
  formId?: Id;
  needIds?: readonly Id[];
  state?: ProposalState;
  before?: { waits: number; serial: number };
  limit?: number;
  lock?: boolean;
}

/** True first for what waits for somebody: proposed, then approved, then the ended ones; newest first in each. */
const waits = sql<number>`case state when 'proposed' then 2 when 'approved' then 1 else 0 end`;

/** Proposals the reader may see, those that wait first. */
export async function listProposals(
  tx: Scoped,
  chosen: Chosen,
): Promise<(ProposalRow & { waits: number })[]> {
  let query = tx.db
    .selectFrom('proposal')
    .selectAll()
    .select(waits.as('waits'))
    .orderBy(waits, 'desc')
    .orderBy('serial', 'desc');
  if (chosen.id) query = query.where('id', '=', chosen.id);
  if (chosen.approvalId) query = query.where('approval_id', '=', chosen.approvalId);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.needIds) query = query.where('need_id', 'in', chosen.needIds);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.before)
    query = query.where(
      sql<boolean>`(${waits}, serial) < (${chosen.before.waits}, ${chosen.before.serial})`,
    );
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
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
    payeeKind: row.payee_kind as PayeeKind,
    payeeId: row.payee_id,
    needId: row.need_id,
    areaId: row.area_id,
    proposerId: row.proposer_id,
    proposedAt: row.proposed_at,
    approvalId: row.approval_id,
    waits: row.waits,
  }));
}

/** Moves a locked proposal to another state; a reason is sealed beside it. */
export async function moveProposal(
  tx: Writing,
  id: Id,
  to: { state: ProposalState; reasonSealed?: Buffer },
): Promise<void> {
  await tx.db
    .updateTable('proposal')
    .set({ state: to.state, ...(to.reasonSealed && { closed_reason_sealed: to.reasonSealed }) })
    .where('id', '=', id)
    .execute();
}
