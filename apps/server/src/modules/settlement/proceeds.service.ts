import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { BANK_ACCOUNT } from '../fund/index.ts';
import { accountOf } from '../sale/index.ts';
import { postAll } from './pay.service.ts';
import { insertProceeds, lockProceeds } from './proceeds.store.ts';
import { entriesOf, type Posting } from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';

/** A charity sale that is over, and whose account everything goes to. */
export interface ProceedsCommand {
  saleId: Id;
  targetId: Id;
  plannedBy: Id | null;
  bankReference: string;
  paidOn: string;
}

/**
 * Settles a charity sale: all of its proceeds are in the federation's own account, and every order's own entry moves from
 * what was due at its station to the named fund or campaign. Once: refuses `settled_already`, `nothing_to_settle`,
 * `planner_may_not_settle`, `bank_reference_taken`, a day in the future. System login; one posting, call it last.
 */
export async function settleProceeds(
  needs: SettlementNeeds,
  tx: Writing,
  command: ProceedsCommand,
): Promise<void> {
  const { saleId, targetId, plannedBy, bankReference, paidOn } = command;
  if (plannedBy !== null && plannedBy === tx.actor.accountId)
    throw new Refusal('planner_may_not_settle');
  if (paidOn > dateInShanghai(tx.now)) throw new Refusal('input_invalid', {}, 'paidOn');
  const postings = await lockProceeds(tx, saleId);
  const sums = sumProceeds(postings);
  if (sums.netFen === 0) throw new Refusal('nothing_to_settle');
  const taken = await insertProceeds(tx, {
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
  if (taken === 'sale') throw new Refusal('settled_already');
  if (taken === 'reference') throw new Refusal('bank_reference_taken', {}, 'bankReference');
  tx.touched('charity_sale', saleId, 'settled');
  await postAll(needs, tx, movements(tx, postings, { ...command, netFen: sums.netFen }));
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

function movements(
  tx: Writing,
  postings: readonly Posting[],
  { saleId, targetId, netFen }: ProceedsCommand & { netFen: number },
): TransferCommand[] {
  const common = {
    document: { kind: 'charity_sale', id: saleId },
    actor: tx.actor.accountId,
  };
  const received = {
    ...common,
    key: `proceeds_received:${saleId}`,
    from: BANK_ACCOUNT,
    to: accountOf('receivable', saleId),
    amount: netFen,
    reason: 'proceeds_received',
  };
  const given = [...Map.groupBy(postings, (one) => one.placeId)].flatMap(([placeId, mine]) =>
    entriesOf(mine).map((entry) => ({
      ...common,
      key: `proceeds_given:${entry.transferId}`,
      from: accountOf('due', saleId, placeId),
      to: targetId,
      amount: entry.leftFen,
      of: entry.transferId,
      reason: 'proceeds_given',
    })),
  );
  return [received, ...given];
}
