import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Decision } from './approval.ts';
import {
  cancelApprovals,
  decideApproval,
  openApprovals,
  readApprovals,
  type ApprovalNeeds,
  type OpenCommand,
} from './approval.service.ts';

export type { ApprovalNeeds, ApprovalStep, ApprovalView, OpenCommand } from './approval.service.ts';
export type { ApprovalState, Decision } from './approval.ts';
export { stepsOf, wordsOf } from './approval.view.ts';
export type Approval = ReturnType<typeof createApproval>;

/** The one approval mechanism: two deciders who are not the proposer, more above a limit, relatives aside. */
export function createApproval(needs: ApprovalNeeds) {
  return {
    /** Opens approvals; answers their ids and how many must agree. */
    open: (tx: Writing, commands: readonly OpenCommand[]) => openApprovals(needs, tx, commands),
    /** Records the actor's word; answers the subject and the state after it. */
    decide: (tx: Writing, command: { approvalId: Id; decision: Decision; note: string }) =>
      decideApproval(needs, tx, command),
    /** Ends open approvals because what they were about was taken back. */
    cancel: (tx: Writing, approvalIds: readonly Id[]) => cancelApprovals(tx, approvalIds),
    /** Approvals with their steps, and why the reader may not decide. */
    read: (tx: Scoped, approvalIds: readonly Id[]) => readApprovals(needs, tx, approvalIds),
  };
}
