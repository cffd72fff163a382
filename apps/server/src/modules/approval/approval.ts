import { Refusal, type Id } from '@wennuan/basics';

export type Decision = 'approve' | 'refuse';
export type ApprovalState = 'open' | 'approved' | 'refused' | 'cancelled';

/** From which amount on how many deciders are needed; data, kept in a table. */
export interface ApprovalLimit {
  /** The limit holds for amounts above this. */
  aboveFen: number;
  approvers: number;
}

/** An approval as its rules need it, from the locked row. */
export interface OpenApproval {
  state: ApprovalState;
  proposerId: Id;
  approvers: number;
  organizationIds: readonly Id[];
  /** Who has decided so far, in order. */
  decidedBy: readonly Id[];
}

/** Who wants to decide. */
export interface Decider {
  accountId: Id;
  organizationId: Id | null;
  /** True when she is a declared or household relative of a person concerned. */
  related: boolean;
}

/** How many must agree to an amount: the strictest limit that it is above. */
export function approversFor(limits: readonly ApprovalLimit[], amountFen: number): number {
  const matching = limits.filter((limit) => amountFen > limit.aboveFen);
  return Math.max(2, ...matching.map((limit) => limit.approvers));
}

/** Why somebody may not decide now, as a refusal code; null when she may. */
export function mayNotDecide(
  approval: OpenApproval,
  decider: Decider,
):
  | 'approval_closed'
  | 'approver_is_proposer'
  | 'approver_already_decided'
  | 'approver_related'
  | null {
  if (approval.state !== 'open') return 'approval_closed';
  if (decider.accountId === approval.proposerId) return 'approver_is_proposer';
  if (approval.decidedBy.includes(decider.accountId)) return 'approver_already_decided';
  const agent =
    decider.organizationId !== null && approval.organizationIds.includes(decider.organizationId);
  return decider.related || agent ? 'approver_related' : null;
}

/**
 * The state after one more word: one refusal ends it, enough agreements complete it. Refuses a
 * refusal without a reason.
 */
export function stateAfter(
  approval: OpenApproval,
  word: { decision: Decision; note: string },
): ApprovalState {
  if (word.decision === 'refuse') {
    if (word.note.trim() === '') throw new Refusal('reason_required', {}, 'note');
    return 'refused';
  }
  return approval.decidedBy.length + 1 >= approval.approvers ? 'approved' : 'open';
}
