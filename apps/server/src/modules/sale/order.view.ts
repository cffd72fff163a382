import type { Id } from '@wennuan/basics';
import type { Language, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { charityLabel, type CharitySale } from '../catalogue/index.ts';
import { listDeliveries } from './delivery.store.ts';
import { carrierNames, openAddresses, type DeliveryAddress } from './delivery.view.ts';
import { listRefunds, sharesLeft, type OrderRow } from './order.store.ts';
import { shareApart } from './money.ts';
import { shareWords, type PricedBasket } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { readInside, type Inside, type PartRow } from './sale.store.ts';
import { choices, planVouchers } from './voucher.service.ts';

export type OrderView = z.output<typeof shapes.saleOrder>;

/** Orders as the buyer (`own`) or the station reads them, in the order given. System login. */
export async function orderViews(
  needs: SaleNeeds,
  tx: Scoped,
  { rows, own }: { rows: readonly OrderRow[]; own: boolean },
): Promise<OrderView[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const inside = await readInside(tx, ids);
  const partIds = inside.parts.map((part) => part.id);
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.place_id),
  );
  const sellers = await needs.catalogue.sellers(
    tx,
    inside.parts.map((part) => part.merchant_id),
  );
  const given = await needs.given(tx, partIds);
  const fundIds = [...new Set([...given.values()].map((one) => one.fundId))];
  const funds = fundIds.length > 0 ? await needs.fund.listFunds(tx, { ids: fundIds }) : [];
  const known = {
    left: await sharesLeft(tx, partIds),
    given,
    funds: new Map(funds.map((fund) => [fund.id, fund])),
    nameOf: (id: Id) => sellers.get(id)?.name ?? '',
  };
  const charity = await needs.catalogue.charitySales(
    tx,
    inside.parts.flatMap((part) => part.charity_sale_id ?? []),
  );
  const charityOf = (part: PartRow) =>
    (part.charity_sale_id && charity.get(part.charity_sale_id)) || null;
  const labels = own ? await labelsOf(needs, tx, inside) : new Map<Id, string>();
  const refunds = Map.groupBy(await listRefunds(tx, ids), (one) => one.order_id);
  const brought = await bringing(needs, tx, rows, own);
  return rows.map((row) => {
    const parts = inside.parts.filter((part) => part.order_id === row.id);
    const place = places.get(row.place_id)!;
    return {
      ...headOf(row),
      shareWords: shareWords(
        parts.map((part) => ({ shareFen: part.promise_fen, charity: charityOf(part) })),
        tx.actor.language,
      ),
      ...(own
        ? paymentsView(row, inside, labels)
        : { voucherFen: null, moneyFen: null, payments: [] }),
      placeName: place.name,
      area: needs.place.ref(place.areaId),
      merchantNames: parts.map((part) => known.nameOf(part.merchant_id)),
      pickUpCode: own && ['paid', 'ready'].includes(row.state) ? row.pick_up_code : null,
      ...brought.get(row.id)!,
      lines: linesOf(inside, row.id),
      shares: parts.map((part) => ({
        ...shareOfPart(part, row, known),
        ...charityShare(charityOf(part), tx.actor.language),
        voucherShareFen: own ? apartOf(part, inside, known) : null,
      })),
      refunds: (refunds.get(row.id) ?? []).map((one) => ({
        number: one.number,
        at: one.at.toISOString(),
        amountFen: one.amount_fen,
        reason: one.reason,
      })),
    };
  });
}

function headOf(row: OrderRow) {
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    number: row.number,
    channel: row.channel as OrderView['channel'],
    kind: row.kind as OrderView['kind'],
    state: row.state as OrderView['state'],
    goodsFen: row.goods_fen,
    shareFen: row.promise_fen,
    refundedFen: row.refunded_fen,
    placedAt: row.placed_at.toISOString(),
    payUntil: row.state === 'waiting' ? instant(row.pay_until) : null,
    paidAt: instant(row.paid_at),
    collectedAt: instant(row.collected_at),
  };
}

/** What each voucher is called by its owner. */
async function labelsOf(needs: SaleNeeds, tx: Scoped, inside: Inside): Promise<Map<Id, string>> {
  const ids = inside.payments.flatMap((payment) => payment.entitlement_id ?? []);
  return ids.length === 0 ? new Map() : await needs.benefit.labels(tx, ids);
}

/** Each part of what an order was or is to be paid with; the buyer's eyes only. */
function paymentsView(row: OrderRow, inside: Inside, labels: ReadonlyMap<Id, string>) {
  const mine = inside.payments.filter((payment) => payment.order_id === row.id);
  return {
    voucherFen: row.voucher_fen,
    moneyFen: row.goods_fen - row.voucher_fen,
    payments: mine.map((payment) => ({
      means: payment.means as OrderView['payments'][number]['means'],
      label: payment.entitlement_id === null ? null : (labels.get(payment.entitlement_id) ?? null),
      amountFen: payment.amount_fen,
      refundedFen: payment.refunded_fen,
    })),
  };
}

/** Of a part's share that is left, what stands against what vouchers still pay of it. */
function apartOf(part: PartRow, inside: Inside, known: Known): number {
  const voucherFen = inside.payments
    .filter((one) => one.order_id === part.order_id && one.merchant_id === part.merchant_id)
    .filter((one) => one.entitlement_id !== null)
    .reduce((sum, one) => sum + one.amount_fen - one.refunded_fen, 0);
  const goodsFen = part.goods_fen - part.refunded_fen;
  return shareApart(known.left.get(part.id) ?? 0, { voucherFen, goodsFen });
}

/** A cart beside one's own vouchers: what each could pay, what those chosen pay, what is left in money. System login. */
export async function planView(
  needs: SaleNeeds,
  tx: Scoped,
  { accountId, priced, vouchers }: { accountId: Id; priced: PricedBasket; vouchers: readonly Id[] },
): Promise<z.output<typeof shapes.voucherPlan>> {
  const found = await choices(needs, tx, { accountId, priced });
  const chosen = needs.benefit.chooseOwned(
    found.map(({ one }) => one),
    vouchers,
  );
  const plan = planVouchers(needs, priced, chosen);
  const { voucherFen, moneyFen, voucherShareFen } = plan;
  const paysFen = (id: Id) =>
    plan.parts
      .flatMap((part) => part.vouchers)
      .filter(({ one }) => one.id === id)
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
  return {
    voucherFen,
    moneyFen,
    voucherShareFen,
    vouchers: found.map(({ one: { goods: _goods, held, ...one }, payableFen }) => ({
      ...one,
      payableFen,
      paysFen: paysFen(one.id),
      held: held && { ...held, since: held.since.toISOString() },
    })),
  };
}

function linesOf(inside: Inside, orderId: Id): OrderView['lines'] {
  return inside.lines
    .filter((line) => line.order_id === orderId)
    .map((line) => ({
      id: line.id,
      title: line.title,
      unit: line.unit,
      quantity: line.quantity,
      amountFen: line.amount_fen,
      shareFen: line.promise_left_fen,
      refundedQuantity: line.refunded_quantity,
      refundedFen: line.refunded_fen,
    }));
}

interface Known {
  left: ReadonlyMap<Id, number>;
  given: ReadonlyMap<Id, { fundId: Id; on: string }>;
  funds: ReadonlyMap<Id, { name: string; code: string }>;
  nameOf(id: Id): string;
}

/** What a part of a charity sale says of itself: its target's name stands where a fund's would. */
function charityShare(sale: CharitySale | null, language: Language) {
  return sale
    ? { charity: charityLabel(sale, language), fundName: sale.targetName }
    : { charity: null };
}

/** Where one merchant's share of an order is now. */
function shareOfPart(
  part: PartRow,
  row: OrderRow,
  known: Known,
): Omit<OrderView['shares'][number], 'voucherShareFen' | 'charity'> {
  const given = known.given.get(part.id);
  const fund = given && known.funds.get(given.fundId);
  const left = known.left.get(part.id) ?? 0;
  const state =
    row.paid_at === null ? 'waiting' : left === 0 ? 'returned' : given ? 'given' : 'due';
  return {
    merchantName: known.nameOf(part.merchant_id),
    shareFen: state === 'waiting' ? part.promise_fen : left,
    state,
    fundName: fund?.name ?? null,
    fundCode: fund?.code ?? null,
    givenOn: state === 'given' ? given!.on : null,
  };
}

/** What of bringing it the buyer reads, and the station without where to; and who fetched it for her. */
async function bringing(
  needs: SaleNeeds,
  tx: Scoped,
  rows: readonly OrderRow[],
  own: boolean,
): Promise<Map<Id, Pick<OrderView, 'delivery' | 'pickUpNote'>>> {
  const brought = rows.filter((row) => row.kind === 'delivery');
  const known = await listDeliveries(tx, { ids: brought.map((row) => row.id) });
  const byOrder = new Map(known.map((one) => [one.order_id, one]));
  const names = await carrierNames(needs, tx, known);
  const addresses = own ? await openAddresses(needs, tx, brought) : new Map<Id, DeliveryAddress>();
  const noted = own ? rows.filter((row) => row.pick_up_note_sealed !== null) : [];
  const boxes = await needs.vault.findBoxes(
    tx,
    noted.flatMap((row) => row.account_id ?? []),
  );
  return new Map(
    rows.map((row) => {
      const found = byOrder.get(row.id);
      const to = addresses.get(row.id);
      const note = noted.includes(row) ? boxes.get(row.account_id!) : undefined;
      const delivery = row.kind === 'delivery' && {
        address: to?.address ?? null,
        telephone: to?.telephone ?? null,
        note: to?.note ?? null,
        state: (found?.state as NonNullable<OrderView['delivery']>['state'] | undefined) ?? null,
        carrierName: (found?.by_account_id && names.get(found.by_account_id)) || null,
      };
      const pickUpNote = note?.open(row.pick_up_note_sealed!) ?? null;
      return [row.id, { delivery: delivery || null, pickUpNote }];
    }),
  );
}
