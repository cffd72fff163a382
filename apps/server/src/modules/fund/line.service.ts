import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { freeBudget } from './budget.service.ts';
import type { FundNeeds } from './fund.needs.ts';
import { freeLines } from './line.holds.ts';
import { moveLines, type LineRow } from './line.store.ts';
import { endProposals, lockLines, payLines, type PaidLine } from './payment.service.ts';
import { tellEvents, tellProposer } from './proposal.tell.ts';

/**
 * Puts approved lines, or rejected ones for their second and last try, into a batch for the bank. Refuses
 * `not_found`, a line that is not agreed to, already on its way or ended, and a third try (`line_tried_twice`).
 */
export async function sendLines(tx: Writing, lineIds: readonly Id[]): Promise<LineRow[]> {
  const { lines } = await lockLines(tx, lineIds);
  const sent = lineIds.map((id) => {
    const line = lines.get(id);
    if (!line) throw new Refusal('not_found');
    if (line.state === 'paid') throw new Refusal('payment_already_made');
    if (line.state === 'in_batch') throw new Refusal('line_in_batch');
    if (line.state === 'proposed') throw new Refusal('proposal_not_approved');
    if (line.state !== 'approved' && line.state !== 'rejected')
      throw new Refusal('approval_closed');
    if (line.tries >= 2) throw new Refusal('line_tried_twice');
    return line;
  });
  await moveLines(tx, lineIds, { state: 'in_batch', tried: true, reasonSealed: null });
  return sent;
}

/** Takes lines out of a batch that was never sent; they are approved, or rejected once, as before. */
export async function takeLinesBack(tx: Writing, lineIds: readonly Id[]): Promise<void> {
  const { lines } = await lockLines(tx, lineIds);
  const waiting = [...lines.values()].filter((line) => line.state === 'in_batch');
  const [first, second] = [1, 2].map((tries) =>
    waiting.filter((line) => line.tries === tries).map((line) => line.id),
  );
  await moveLines(tx, first!, { state: 'approved', untried: true });
  await moveLines(tx, second!, { state: 'rejected', untried: true });
}

/**
 * Notes that the bank rejected lines that were sent to it. They go on holding their amounts: each may be
 * sent once again, or withdrawn. Tells the proposer and `fund.line_rejected`.
 */
export async function rejectLines(
  needs: FundNeeds,
  tx: Writing,
  commands: readonly { lineId: Id; reason: string }[],
): Promise<void> {
  if (commands.length === 0) return;
  const { lines, proposals } = await lockLines(
    tx,
    commands.map((command) => command.lineId),
  );
  const boxes = await needs.vault.boxes(tx, [...proposals.keys()]);
  const told = [];
  for (const { lineId, reason } of commands) {
    const line = lines.get(lineId);
    if (line?.state !== 'in_batch') throw new Refusal('line_not_in_batch');
    const proposal = proposals.get(line.proposalId)!;
    await moveLines(tx, [lineId], {
      state: 'rejected',
      reasonSealed: boxes.get(proposal.id)!.seal(reason),
    });
    tx.touched('proposal', proposal.id, 'line_rejected');
    told.push({ proposal, line });
  }
  await tellEvents(needs, tx, 'fund.line_rejected', told);
  for (const group of Map.groupBy(told, ({ proposal }) => proposal.id).values())
    await tellProposer(needs, tx, group[0]!.proposal, {
      title: `${group[0]!.proposal.number} 有 ${group.length} 笔被银行退回`,
      body: '请核对收款账户；更正后可再付一次。',
    });
}

/**
 * Records that the accountant paid one line outside of a batch. Refuses what `payLines` refuses, and a line
 * whose answer the bank owes (`line_in_batch`): it might be paid twice.
 */
export async function payByHand(needs: FundNeeds, tx: Writing, command: PaidLine): Promise<void> {
  const { lines } = await lockLines(tx, [command.lineId]);
  if (lines.get(command.lineId)?.state === 'in_batch') throw new Refusal('line_in_batch');
  await payLines(needs, tx, [command]);
}

/** Withdraws lines that are not on their way and not paid; their amounts are free again. */
export async function withdrawLines(
  needs: FundNeeds,
  tx: Writing,
  command: { lineIds: readonly Id[]; reason: string },
): Promise<void> {
  const { lines, proposals } = await lockLines(tx, command.lineIds);
  const boxes = await needs.vault.boxes(tx, [...proposals.keys()]);
  const ended = command.lineIds.map((id) => {
    const line = lines.get(id);
    if (!line) throw new Refusal('not_found');
    if (line.state === 'paid') throw new Refusal('payment_already_made');
    if (line.state === 'in_batch') throw new Refusal('line_in_batch');
    if (line.state !== 'approved' && line.state !== 'rejected')
      throw new Refusal('approval_closed');
    return { line, proposal: proposals.get(line.proposalId)! };
  });
  for (const [proposalId, group] of Map.groupBy(ended, ({ proposal }) => proposal.id)) {
    await moveLines(
      tx,
      group.map(({ line }) => line.id),
      { state: 'withdrawn', reasonSealed: boxes.get(proposalId)!.seal(command.reason) },
    );
    tx.touched('proposal', proposalId, command.reason);
  }
  await endProposals(needs, tx, [...proposals.values()]);
  await freeBudget(
    tx,
    ended.map(({ line, proposal }) => ({ proposal, lines: [line] })),
  );
  await tellEvents(needs, tx, 'fund.line_withdrawn', ended);
  await freeLines(tx, command.lineIds);
}
