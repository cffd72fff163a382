import { refusalSentence } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { ApprovalView } from './approval.service.ts';

/** The steps as an answer carries them, times as ISO text; none where nothing was opened. */
export const stepsOf = (approval: ApprovalView | undefined) =>
  (approval?.steps ?? []).map((step) => ({ ...step, at: step.at?.toISOString() ?? null }));

/**
 * What two people have said, and whether the reader may decide now: `mayNotWhy` is a sentence in her language. With
 * `waits` false (not her role, not the time) she is asked nothing and told nothing.
 */
export function wordsOf(tx: Scoped, approval: ApprovalView | undefined, waits: boolean) {
  const asked = waits && approval?.state === 'open' ? approval : undefined;
  const no = asked?.mayNotWhy ?? null;
  return {
    steps: stepsOf(approval),
    mayDecide: asked !== undefined && no === null,
    mayNotWhy: no && refusalSentence(no, tx.actor.language),
  };
}
