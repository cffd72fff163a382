import { newId, seededRandom, type Id, type Random } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import type { Payment, SaleCommand } from '../src/modules/sale/index.ts';
import { systemActor } from '../src/platform/actor.ts';
import { testShop, type TestShop } from './shop.ts';

const BATCH = 100;
const VOUCHERS = 20;
const VOUCHER_FEN = 4_000;
const RESTING_MONTHS = 2;

/** What a run came to: each pair must be equal, and nothing broken. */
export interface RandomTold {
  orders: number;
  refunds: number;
  fundFen: number;
  expectedFen: number;
  sold: number;
  expectedSold: number;
  voucherFen: number;
  expectedVoucherFen: number;
  broken: unknown[];
}

/** An order as the naive model keeps it: one merchant's lines with what of each is still bought. */
interface Known {
  orderId: Id;
  lines: { id: Id; variantId: Id; quantity: number; left: number; amountFen: number; part: Id }[];
}

/**
 * Sells at random, paid in cash and with vouchers held by a till, gives back at random, and closes a month four
 * times in between; then holds funds, stock and vouchers against a model that only multiplies and adds.
 */
export async function randomOrders(size: { orders: number; seed: number }): Promise<RandomTold> {
  const shop = await testShop();
  const random = seededRandom(size.seed);
  try {
    const vouchers = await issueVouchers(shop);
    const known: Known[] = [];
    let refunds = 0;
    const stops = new Set([0.2, 0.5, 0.7].map((part) => Math.floor((size.orders * part) / BATCH)));
    for (let batch = 0; batch * BATCH < size.orders; batch += 1) {
      known.push(...(await sellBatch(shop, { random, vouchers })));
      refunds += await giveBackSome(shop, { random, known });
      if (stops.has(batch)) await settle(shop);
    }
    for (let month = 0; month < RESTING_MONTHS; month += 1) {
      // Something is sold at every place, so that what is carried has something to be taken from.
      known.push(
        ...(await sellBatch(shop, { random, vouchers: { ...vouchers, left: new Map() } })),
      );
      await settle(shop);
    }
    return { orders: known.length, refunds, ...(await judge(shop, { known, vouchers })) };
  } finally {
    await shop.close();
  }
}

interface Vouchers {
  tillId: Id;
  ids: Id[];
  /** By the till's own books: what of each may still be taken out of its hold. */
  left: Map<Id, number>;
}

async function issueVouchers(shop: TestShop): Promise<Vouchers> {
  const { personId } = await shop.person({ name: '和平', group: 'none' });
  const tillId = newId();
  const ids = await shop.write(async (tx) => {
    const outcomes = await shop.benefit.issue(
      tx,
      Array.from({ length: VOUCHERS }, () => ({
        kind: 'voucher' as const,
        subject: { kind: 'test', id: newId() },
        personId,
        accountId: null,
        areaId: shop.areaId(),
        fundId: shop.fundId,
        amount: VOUCHER_FEN,
        label: '生活代金券',
        days: 365,
      })),
    );
    return outcomes.map((outcome) => outcome.entitlementId!);
  });
  await shop.write((tx) =>
    shop.benefit.holdFor(tx, { entitlementIds: ids, placeId: shop.stations[0]!.id, tillId }),
  );
  return { tillId, ids, left: new Map(ids.map((id) => [id, VOUCHER_FEN])) };
}

const below = (random: Random, bound: number) => Math.floor(random() * bound);

async function sellBatch(
  shop: TestShop,
  { random, vouchers }: { random: Random; vouchers: Vouchers },
): Promise<Known[]> {
  const all = Object.values(shop.goods);
  return await shop.write(async (tx) => {
    const commands: SaleCommand[] = [];
    for (let count = 0; count < BATCH; count += 1) {
      const wanted = all.filter(() => below(random, 2) === 0);
      const lines = (wanted.length > 0 ? wanted : [all[0]!]).map(({ variantId, itemId }) => ({
        variantId,
        quantity:
          itemId === shop.goods.tofu.itemId ? 1 + below(random, 1_500) : 1 + below(random, 4),
      }));
      const placeId = shop.stations[count % 2]!.id;
      const basket = { placeId, accountId: null, lines };
      const paid = paidFor(shop, lines);
      const payments = payWith(random, vouchers, {
        ...paid,
        mayVoucher: placeId === shop.stations[0]!.id,
      });
      commands.push({
        key: newId(),
        channel: 'till',
        kind: 'counter',
        basket,
        payments,
        at: tx.now,
        handedOver: true,
      });
    }
    const outcomes = await shop.sale.record(tx, commands);
    const orderIds = outcomes.map((outcome) => {
      if (outcome.status !== 'recorded') throw new Error(JSON.stringify(outcome));
      return outcome.orderId;
    });
    const rows = await tx.db
      .selectFrom('sale_line')
      .selectAll()
      .where('order_id', 'in', orderIds)
      .orderBy('position')
      .execute();
    const byOrder = Map.groupBy(rows, (row) => row.order_id);
    return orderIds.map((orderId) => ({
      orderId,
      lines: byOrder.get(orderId)!.map((row) => ({
        id: row.id,
        variantId: row.variant_id,
        quantity: row.quantity,
        left: row.quantity,
        amountFen: row.amount_fen,
        part: row.part_id,
      })),
    }));
  });
}

/** What lines cost, by the plainest reckoning: prices as `testShop` has them, in fen for so many pieces. */
function paidFor(shop: TestShop, lines: readonly { variantId: Id; quantity: number }[]) {
  const { rice, oil, milk, tofu } = shop.goods;
  const prices = new Map([
    [rice.variantId, { merchant: 1, fen: 2_333, per: 1 }],
    [oil.variantId, { merchant: 1, fen: 7_990, per: 1 }],
    [milk.variantId, { merchant: 0, fen: 1_250, per: 1 }],
    [tofu.variantId, { merchant: 0, fen: 399, per: 500 }],
  ]);
  const costs = lines.map(({ variantId, quantity }) => {
    const { merchant, fen, per } = prices.get(variantId)!;
    return { merchant, fen: Math.floor((quantity * fen) / per + 0.5) };
  });
  const sum = (of: typeof costs) => of.reduce((total, one) => total + one.fen, 0);
  const { merchant } = costs[0]!;
  const first = {
    merchantId: shop.merchants[merchant]!,
    goodsFen: sum(costs.filter((one) => one.merchant === merchant)),
  };
  return { goodsFen: sum(costs), first };
}

/** Now and then a voucher pays a part of what the first merchant gets; the rest is cash. */
function payWith(
  random: Random,
  vouchers: Vouchers,
  due: { goodsFen: number; first: { merchantId: Id; goodsFen: number }; mayVoucher: boolean },
): Payment[] {
  const id = vouchers.ids[below(random, vouchers.ids.length)]!;
  const left = vouchers.left.get(id) ?? 0;
  const wished = due.mayVoucher && below(random, 4) === 0 ? 1 + below(random, 300) : 0;
  const fen = Math.min(wished, left, due.first.goodsFen - 1);
  if (fen <= 0) return [{ means: 'cash', amountFen: due.goodsFen, reference: '' }];
  vouchers.left.set(id, left - fen);
  return [
    {
      means: 'voucher',
      amountFen: fen,
      reference: '',
      entitlementId: id,
      merchantId: due.first.merchantId,
      proof: { tillId: vouchers.tillId },
    },
    { means: 'cash', amountFen: due.goodsFen - fen, reference: '' },
  ];
}

/** Gives back pieces of some earlier orders: of this month, and of closed ones. */
async function giveBackSome(
  shop: TestShop,
  { random, known }: { random: Random; known: readonly Known[] },
): Promise<number> {
  let refunds = 0;
  for (let tries = 0; tries < BATCH / 10; tries += 1) {
    const order = known[below(random, known.length)]!;
    const line = order.lines[below(random, order.lines.length)]!;
    if (line.left === 0 || line.amountFen === 0) continue;
    const quantity = 1 + below(random, line.left);
    const before = remaining(line);
    const after = remaining({ ...line, left: line.left - quantity });
    if (before === after) continue;
    line.left -= quantity;
    refunds += 1;
    await shop.write((tx) =>
      shop.sale.refund(tx, [
        {
          key: newId(),
          orderId: order.orderId,
          lines: [{ lineId: line.id, quantity }],
          reason: '随机退货',
          restock: true,
          at: tx.now,
        },
      ]),
    );
  }
  return refunds;
}

/** Half up by adding a half and cutting off: what is left of a line is worth. */
const remaining = (line: { amountFen: number; left: number; quantity: number }) =>
  Math.floor((line.amountFen * line.left) / line.quantity + 0.5);

/** Closes the month that is over, and takes in every merchant's share. */
async function settle(shop: TestShop): Promise<void> {
  const now = shop.clock.now();
  const month = now.toISOString().slice(0, 7);
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 5, 2));
  shop.clock.set(next.toISOString());
  const rows = await shop.write(async (tx) =>
    shop.settlement.list(tx, await shop.settlement.freeze(tx, month)),
  );
  for (const row of rows.filter((one) => one.share_state === 'due'))
    await shop.write((tx) =>
      shop.settlement.payShare(tx, {
        settlementId: row.id,
        bankReference: row.number,
        paidOn: shop.clock.now().toISOString().slice(0, 10),
      }),
    );
}

async function judge(
  shop: TestShop,
  { known, vouchers }: { known: readonly Known[]; vouchers: Vouchers },
): Promise<Omit<RandomTold, 'orders' | 'refunds'>> {
  const sharesOf = (order: Known) =>
    [...Map.groupBy(order.lines, (line) => line.part).values()].reduce((total, lines) => {
      const goodsFen = lines.reduce((sum, line) => sum + remaining(line), 0);
      return total + Math.floor((goodsFen * 2 + 50) / 100);
    }, 0);
  const expectedFen = known.reduce((sum, order) => sum + sharesOf(order), 0);
  const expectedSold = known
    .flatMap((order) => order.lines)
    .reduce((sum, line) => sum + line.left, 0);
  return await shop.database.read(systemActor('judge'), async (tx) => {
    const funds = await shop.fund.listFunds(tx, {
      kind: 'mutual_aid',
      areaIds: shop.stations.map((one) => one.areaId),
    });
    const sum = async (ids: readonly Id[]) =>
      (await balances(tx.sql, [...ids])).reduce((total, row) => total + row.balance, 0);
    const stocks = await tx.db.selectFrom('goods_stock').select('id').execute();
    const { paid } = await tx.db
      .selectFrom('sale_payment')
      .select((build) => [
        build.fn.sum<number>('amount_fen').as('paid'),
        build.fn.sum<number>('refunded_fen').as('back'),
      ])
      .where('means', '=', 'voucher')
      .executeTakeFirstOrThrow()
      .then((row) => ({ paid: Number(row.paid ?? 0) - Number(row.back ?? 0) }));
    return {
      fundFen: await sum(funds.map((fund) => fund.id)),
      expectedFen,
      sold: shop.plenty * stocks.length - (await sum(stocks.map((stock) => stock.id))),
      expectedSold,
      voucherFen: VOUCHERS * VOUCHER_FEN - (await sum(vouchers.ids)),
      expectedVoucherFen: paid,
      broken: await check(tx.sql),
    };
  });
}
