import { dateInShanghai } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import type { SettlementNeeds } from './settlement.needs.ts';
import { listPlaces, type SettlementRow } from './settlement.store.ts';

type View = z.output<typeof shapes.settlement>;

/** Settlements as the office reads them, in the order given. */
export async function settlementViews(
  needs: SettlementNeeds,
  tx: Scoped,
  rows: readonly SettlementRow[],
): Promise<View[]> {
  const ids = rows.map((row) => row.id);
  const places = Map.groupBy(await listPlaces(tx, ids), (one) => one.settlement_id);
  const all = [...places.values()].flat();
  const points = await needs.place.servicePoints(
    tx,
    all.map((one) => one.place_id),
  );
  const fundIds = all.flatMap((one) => one.fund_id ?? []);
  const funds = fundIds.length > 0 ? await needs.fund.listFunds(tx, { ids: fundIds }) : [];
  const fundNames = new Map(funds.map((fund) => [fund.id, fund.name]));
  const sellers = await needs.catalogue.sellers(
    tx,
    rows.map((row) => row.merchant_id),
  );
  const proposals = await needs.fund.proposalsById(
    tx,
    rows.flatMap((row) => row.proposal_id ?? []),
  );
  const today = dateInShanghai(tx.now);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    month: row.month,
    merchantId: row.merchant_id,
    merchantName: sellers.get(row.merchant_id)?.name ?? '',
    orders: row.orders,
    goodsFen: row.goods_fen,
    shareFen: row.share_fen,
    shareState: row.share_state as View['shareState'],
    late: row.share_state === 'due' && row.due_on < today,
    dueOn: row.due_on,
    paidOn: row.paid_on,
    bankReference: row.bank_reference,
    voucherFen: row.voucher_fen,
    voucherState: row.voucher_state as View['voucherState'],
    proposalNumber: row.proposal_id ? (proposals.get(row.proposal_id)?.row.number ?? null) : null,
    mayPay: tx.actor.accountId === null || tx.actor.accountId !== row.onboarded_by,
    places: (places.get(row.id) ?? []).map((one) => ({
      placeId: one.place_id,
      placeName: points.get(one.place_id)?.name ?? '',
      goodsFen: one.goods_fen,
      grossFen: one.gross_fen,
      returnedFen: one.returned_fen,
      carriedFen: one.carried_fen,
      netFen: one.net_fen,
      fundName: one.fund_id ? (fundNames.get(one.fund_id) ?? null) : null,
    })),
  }));
}
