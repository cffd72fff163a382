import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ApprovalLimit, ApprovalState, Decision } from './approval.ts';

export interface ApprovalRow {
  id: Id;
  subjectKind: string;
  subjectId: Id;
  amountFen: number;
  proposerId: Id;
  personIds: Id[];
  organizationIds: Id[];
  areaId: number | null;
  approvers: number;
  state: ApprovalState;
}

export interface DecisionRow {
  approvalId: Id;
  place: number;
  accountId: Id;
  decision: Decision;
  noteSealed: Buffer | null;
  at: Date;
}

const columns = [
  'id',
  'subject_kind',
  'subject_id',
  'amount_fen',
  'proposer_id',
  'person_ids',
  'organization_ids',
  'area_id',
  'approvers',
  'state',
] as const;

export async function listLimits(tx: Scoped): Promise<ApprovalLimit[]> {
  const rows = await tx.db.selectFrom('approval_limit').selectAll().execute();
  return rows.map((row) => ({ aboveFen: Number(row.above_fen), approvers: row.approvers }));
}

export async function insertApprovals(
  tx: Writing,
  rows: readonly Omit<ApprovalRow, 'state'>[],
): Promise<void> {
  await tx.db
    .insertInto('approval')
    .values(
      rows.map((row) => ({
        id: row.id,
        subject_kind: row.subjectKind,
        subject_id: row.subjectId,
        amount_fen: row.amountFen,
        proposer_id: row.proposerId,
        person_ids: row.personIds,
        organization_ids: row.organizationIds,
        area_id: row.areaId,
        approvers: row.approvers,
        opened_at: tx.now,
      })),
    )
    .execute();
}

/** Approvals by id; `lock` holds their rows until the transaction ends. */
export async function listApprovals(
  tx: Scoped,
  ids: readonly Id[],
  lock: boolean,
): Promise<ApprovalRow[]> {
  if (ids.length === 0) return [];
  const query = tx.db.selectFrom('approval').select(columns).where('id', 'in', ids).orderBy('id');
  const rows = await (lock ? query.forNoKeyUpdate() : query).execute();
  return rows.map((row) => ({
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    amountFen: Number(row.amount_fen),
    proposerId: row.proposer_id,
    personIds: row.person_ids,
    organizationIds: row.organization_ids,
    areaId: row.area_id,
    approvers: row.approvers,
    state: row.state as ApprovalState,
  }));
}

export async function listDecisions(tx: Scoped, ids: readonly Id[]): Promise<DecisionRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectFrom('approval_decision')
    .selectAll()
    .where('approval_id', 'in', ids)
    .orderBy('approval_id')
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    approvalId: row.approval_id,
    place: row.place,
    accountId: row.account_id,
    decision: row.decision as Decision,
    noteSealed: row.note_sealed,
    at: row.at,
  }));
}

export async function insertDecision(
  tx: Writing,
  approval: ApprovalRow,
  row: Omit<DecisionRow, 'approvalId' | 'at'>,
): Promise<void> {
  await tx.db
    .insertInto('approval_decision')
    .values({
      approval_id: approval.id,
      place: row.place,
      account_id: row.accountId,
      proposer_id: approval.proposerId,
      area_id: approval.areaId,
      decision: row.decision,
      note_sealed: row.noteSealed,
      at: tx.now,
    })
    .execute();
}

export async function closeApprovals(
  tx: Writing,
  ids: readonly Id[],
  state: Exclude<ApprovalState, 'open'>,
): Promise<void> {
  await tx.db
    .updateTable('approval')
    .set({ state, closed_at: tx.now })
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .execute();
}
