import { addDays, dateInShanghai, instantInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import {
  dayAfter,
  DAYS_TO_PAY,
  sumPostings,
  type MerchantSum,
  type Posting,
} from './settlement.ts';
import type { SettlementNeeds } from './settlement.needs.ts';
import {
  freezePostings,
  insertBatch,
  insertPutOff,
  insertSettlements,
  readMonths,
  readPostings,
} from './settlement.store.ts';

/** The month that can be closed next: the earliest with something open, when it is over; else null. */
export async function nextMonth(
  tx: Writing | Parameters<typeof readMonths>[0],
): Promise<string | null> {
  const { earliest, closed } = await readMonths(tx);
  if (earliest === null) return null;
  // What was given back of a closed month belongs to the one after it.
  const last = closed.at(-1);
  const month = last !== undefined && earliest <= last ? dayAfter(last).slice(0, 7) : earliest;
  return dateInShanghai(tx.now) >= dayAfter(month) ? month : null;
}

/**
 * Closes a month: everything its sales posted, less what was given back so far, belongs to it; each merchant
 * gets one settlement. What is given back later waits for the next. Refuses `period_not_over`,
 * `settled_already`, `nothing_to_settle`. Federation or system login; answers the batch's id.
 */
export async function freeze(needs: SettlementNeeds, tx: Writing, month: string): Promise<Id> {
  const after = dayAfter(month);
  if (dateInShanghai(tx.now) < after) throw new Refusal('period_not_over', {}, 'month');
  const { closed } = await readMonths(tx);
  if (closed.some((one) => one >= month)) throw new Refusal('settled_already', {}, 'month');
  const batchId = needs.newId();
  const batch = { id: batchId, month, frozen_at: tx.now, frozen_by: tx.actor.accountId };
  if (!(await insertBatch(tx, batch))) throw new Refusal('settled_already', {}, 'month');
  await freezePostings(tx, batchId, instantInShanghai(after));
  const postings = await readPostings(tx, { batchId });
  if (postings.length === 0) throw new Refusal('nothing_to_settle', {}, 'month');
  const sums = sumPostings(postings);
  await writeSettlements(needs, tx, { batchId, after, sums });
  await putOff(needs, tx, { batchId, sums, postings });
  tx.touched('settlement_batch', batchId);
  return batchId;
}

async function writeSettlements(
  needs: SettlementNeeds,
  tx: Writing,
  { batchId, after, sums }: { batchId: Id; after: string; sums: readonly MerchantSum[] },
): Promise<void> {
  const rows = await needs.catalogue.merchantRows(
    tx,
    sums.map((one) => one.merchantId),
  );
  const settlements = sums.map((sum) => ({
    id: needs.newId(),
    batch_id: batchId,
    merchant_id: sum.merchantId,
    orders: sum.orders,
    goods_fen: sum.goodsFen,
    share_fen: sum.shareFen,
    // Nothing to pay, but entries that go back whole: still closed by hand.
    share_state: sum.places.some((one) => one.grossFen > one.returnedFen) ? 'due' : 'none',
    due_on: addDays(after, DAYS_TO_PAY - 1),
    onboarded_by: rows.get(sum.merchantId)?.proposed_by ?? null,
    voucher_fen: sum.voucherFen,
    voucher_state: sum.voucherFen > 0 ? 'open' : 'none',
    voucher_carried_fen: sum.voucherCarriedFen,
  }));
  await insertSettlements(
    tx,
    settlements,
    sums.flatMap((sum, index) =>
      sum.places.map((place) => ({
        settlement_id: settlements[index]!.id,
        place_id: place.placeId,
        area_id: place.areaId,
        orders: place.orders,
        goods_fen: place.goodsFen,
        gross_fen: place.grossFen,
        returned_fen: place.returnedFen,
        carried_fen: place.carriedFen,
        net_fen: place.netFen,
      })),
    ),
  );
  for (const settlement of settlements) tx.touched('settlement', settlement.id);
}

/** What was given back of earlier months and is more than this one has: out of it, into the next. */
async function putOff(
  needs: SettlementNeeds,
  tx: Writing,
  {
    batchId,
    sums,
    postings,
  }: { batchId: Id; sums: readonly MerchantSum[]; postings: readonly Posting[] },
): Promise<void> {
  const left = sums.flatMap((sum) => [
    ...sum.places.map((place) => ({
      kind: 'share' as const,
      merchantId: sum.merchantId,
      placeId: place.placeId as Id | null,
      fen: place.leftOverFen,
    })),
    {
      kind: 'voucher' as const,
      merchantId: sum.merchantId,
      placeId: null,
      fen: sum.voucherLeftOverFen,
    },
  ]);
  await insertPutOff(
    tx,
    left
      .filter((one) => one.fen > 0)
      .flatMap((one) => {
        const like = postings.find(
          (row) =>
            row.isCarried &&
            row.kind === one.kind &&
            row.merchantId === one.merchantId &&
            (one.placeId === null || row.placeId === one.placeId),
        )!;
        const row = {
          kind: one.kind,
          part_id: like.partId,
          merchant_id: like.merchantId,
          place_id: like.placeId,
          area_id: like.areaId,
          goods_fen: 0,
          refund_id: like.refundId,
          at: tx.now,
        };
        return [
          { ...row, id: needs.newId(), amount_fen: one.fen, batch_id: batchId },
          { ...row, id: needs.newId(), amount_fen: -one.fen, batch_id: null },
        ];
      }),
  );
}
