import { dateInShanghai, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { BANK_ACCOUNT, bookingOf } from '../fund/index.ts';
import { accountOf } from '../sale/index.ts';
import { postAll } from './pay.service.ts';
import {
  insertProceeds,
  insertReceipt,
  listProceeds,
  listReceipts,
  lockProceeds,
  noteBooked,
} from './proceeds.store.ts';
import { entriesOf, type Posting } from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';

/** A charity sale that is over, and whose account everything goes to. */
export interface ProceedsCommand {
  saleId: Id;
  targetId: Id;
  plannedBy: Id | null;
  bankReference: string;
  paidOn: string;
  /** Less than what is still missing when its money comes in parts. */
  amountFen?: number;
}

/**
 * Notes that proceeds of a charity sale, or a part of them, are in the federation's own account. With the last part it is
 * settled: every order's own entry moves from what was due at its station to the named fund or campaign. Refuses
 * `settled_already`, `nothing_to_settle`, `proceeds_too_high`, `planner_may_not_settle`, `bank_reference_taken`, a day in the
 * future. Answers whether it is settled. System login; one posting, call it last.
 */
export async function settleProceeds(
  needs: SettlementNeeds,
  tx: Writing,
  command: ProceedsCommand,
): Promise<boolean> {
  const { saleId, targetId, plannedBy, bankReference, paidOn } = command;
  if (plannedBy !== null && plannedBy === tx.actor.accountId)
    throw new Refusal('planner_may_not_settle');
  if (paidOn > dateInShanghai(tx.now)) throw new Refusal('input_invalid', {}, 'paidOn');
  const postings = await lockProceeds(tx, saleId);
  const sums = sumProceeds(postings);
  if (sums.netFen === 0) throw new Refusal('nothing_to_settle');
  if ((await listProceeds(tx, [saleId])).length > 0) throw new Refusal('settled_already');
  const before = (await listReceipts(tx, [saleId])).reduce((sum, one) => sum + one.amountFen, 0);
  const missingFen = sums.netFen - before;
  const amountFen = command.amountFen ?? missingFen;
  if (amountFen > missingFen)
    throw new Refusal('proceeds_too_high', { missing: yuanNumber(missingFen) }, 'amountYuan');
  const receipt = { id: needs.newId(), saleId, bankReference, amountFen, paidOn };
  if (!(await insertReceipt(tx, receipt)))
    throw new Refusal('bank_reference_taken', {}, 'bankReference');
  const isLast = amountFen === missingFen;
  if (isLast)
    await insertProceeds(tx, {
      sale_id: saleId,
      target_id: targetId,
      orders: sums.orders,
      gross_fen: sums.grossFen,
      returned_fen: sums.returnedFen,
      net_fen: sums.netFen,
      bank_reference: bankReference,
      paid_on: paidOn,
      settled_at: tx.now,
      settled_by: tx.actor.accountId,
      planned_by: plannedBy,
    });
  tx.touched('charity_sale', saleId, isLast ? 'settled' : 'received');
  const { bookedOn } = (await bookingOf(tx, [paidOn]))(paidOn);
  const transferIds = await postAll(needs, tx, [
    received(tx, receipt),
    ...(isLast ? movements(tx, postings, command) : []),
  ]);
  await noteBooked(tx, receipt.id, { bookedOn, transferIds });
  return isLast;
}

/** What orders of a charity sale came to, what was given back, and what is left. Pure. */
export function sumProceeds(
  postings: readonly Pick<Posting, 'refundId' | 'amountFen' | 'partId'>[],
) {
  const sum = (rows: typeof postings) => rows.reduce((total, row) => total + row.amountFen, 0);
  const sold = postings.filter((one) => one.refundId === null);
  const grossFen = sum(sold);
  const returnedFen = -sum(postings.filter((one) => one.refundId !== null));
  return {
    orders: new Set(sold.map((one) => one.partId)).size,
    grossFen,
    returnedFen,
    netFen: grossFen - returnedFen,
  };
}

const commonOf = (tx: Writing, saleId: Id) => ({
  document: { kind: 'charity_sale', id: saleId },
  actor: tx.actor.accountId,
});

function received(
  tx: Writing,
  receipt: { id: Id; saleId: Id; amountFen: number },
): TransferCommand {
  return {
    ...commonOf(tx, receipt.saleId),
    key: `proceeds_received:${receipt.id}`,
    from: BANK_ACCOUNT,
    to: accountOf('receivable', receipt.saleId),
    amount: receipt.amountFen,
    reason: 'proceeds_received',
  };
}

function movements(
  tx: Writing,
  postings: readonly Posting[],
  { saleId, targetId }: ProceedsCommand,
): TransferCommand[] {
  return [...Map.groupBy(postings, (one) => one.placeId)].flatMap(([placeId, mine]) =>
    entriesOf(mine).map((entry) => ({
      ...commonOf(tx, saleId),
      key: `proceeds_given:${entry.transferId}`,
      from: accountOf('due', saleId, placeId),
      to: targetId,
      amount: entry.leftFen,
      of: entry.transferId,
      reason: 'proceeds_given',
    })),
  );
}
