import { addDays, dateInShanghai, newId, type Id } from '@wennuan/basics';
import { clerk } from '../modules/catalogue/index.ts';
import { systemActor } from '../platform/actor.ts';
import { days, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import { FIRST, ONLINE, SECOND, takeIn, type Given } from './charity.gifts.ts';
import type { Demo } from './index.ts';
import { pictureOf } from './pictures.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

/** Half-days before the end at which the first charity sale is planned. */
const BEGINS_BEFORE = 64;
const LAST_BEGIN_BEFORE = 12;

/** Charity sales: one that is over with its money in the fund, one at a station, one online behind a filed campaign. */
export function charityScripts(demo: Demo): Script[] {
  return [
    {
      // After the stations of the same group have opened.
      group: 'shop',
      order: 1,
      startsIn: Math.max(0, demo.halves.length - BEGINS_BEFORE),
      tell: () => firstSale(demo),
    },
    {
      group: 'shop',
      order: 2,
      startsIn: Math.max(0, demo.halves.length - LAST_BEGIN_BEFORE),
      tell: () => runningSales(demo),
    },
  ];
}

async function* firstSale(demo: Demo): Story {
  await openReceiver(demo);
  const [station] = await stationsOf(demo);
  const [fund] = await demo.database.read(systemActor('demo'), (tx) =>
    demo.fund.listFunds(tx, { kind: 'special' }),
  );
  if (!station || !fund) return;
  const opensOn = dateInShanghai(demo.clock.now());
  const closesOn = addDays(opensOn, 2);
  const saleId = await openSale(demo, {
    name: '旧物新暖·冬衣义卖',
    purpose: '卖出邻居捐的手工和旧书，给社区独居老人添冬衣。',
    target: { kind: 'fund', id: fund.id },
    placeIds: [station],
    isOnline: false,
    days: { opensOn, closesOn },
    given: FIRST,
  });
  await sellSome(demo, saleId, { placeId: station, rounds: 6, step: 3 });
  yield days(3);
  for (const tick of demo.ticks) if (tick.name === 'charity_sale.run') await tick.run();
  yield days(2);
  await settle(demo, saleId);
}

async function* runningSales(demo: Demo): Story {
  const [station, other] = await stationsOf(demo);
  const [fund] = await demo.database.read(systemActor('demo'), (tx) =>
    demo.fund.listFunds(tx, { kind: 'mutual_aid' }),
  );
  if (!station || !other || !fund) return;
  const opensOn = dateInShanghai(demo.clock.now());
  const closesOn = addDays(demo.halves.at(-1)!.date, 10);
  const atStation = await openSale(demo, {
    name: '一杯一联迎新春义卖',
    purpose: '所得进入社区互助基金，帮助本社区遇到急难的邻居。',
    target: { kind: 'fund', id: fund.id },
    placeIds: [station],
    isOnline: false,
    days: { opensOn, closesOn },
    given: SECOND,
  });
  await sellSome(demo, atStation, { placeId: station, rounds: 3, step: 2 });
  const online = await openSale(demo, {
    name: '巧手剪纸义卖',
    purpose: '和募捐活动一起，为老旧住房改造筹款。',
    target: { kind: 'campaign', id: demo.money.campaigns.homes.id },
    placeIds: [station, other],
    isOnline: true,
    days: { opensOn, closesOn },
    given: ONLINE,
  });
  await sellSome(demo, online, { placeId: other, rounds: 2, step: 1 });
  yield days(1);
}

/** The federation's own number, put on file by one and agreed to by another. */
async function openReceiver(demo: Demo): Promise<void> {
  const federation = demo.staff.get('federation')!;
  await demo.charitySale.handlers.setReceiver(
    callOf(federation, { body: { paymentNumber: '19900000YM', formId: newId() } }),
  );
  demo.moment();
  await demo.database.write(demo.staff.get('approver')!, 'shop.decide_merchant', async (tx) => {
    const row = await tx.db
      .selectFrom('merchant')
      .select('id')
      .where('payment_number', '=', '19900000YM')
      .executeTakeFirstOrThrow();
    await demo.catalogue.decideMerchant(tx, { merchantId: row.id, agree: true });
  });
}

async function stationsOf(demo: Demo): Promise<Id[]> {
  const points = await demo.database.read(systemActor('demo'), (tx) =>
    demo.place.servicePoints(tx),
  );
  return [...points.values()].filter((point) => point.kind === 'station').map((one) => one.id);
}

interface Plan {
  name: string;
  purpose: string;
  target: { kind: 'fund' | 'campaign'; id: Id };
  placeIds: Id[];
  isOnline: boolean;
  days: { opensOn: string; closesOn: string };
  given: readonly Given[];
}

/** Planned with both papers, agreed to by two, filled with what neighbours gave, opened. */
async function openSale(demo: Demo, { days: span, given, ...plan }: Plan): Promise<Id> {
  const { charitySale } = demo;
  const federation = demo.staff.get('federation')!;
  const paper = async () =>
    (await demo.attachment.add(federation, pictureOf(demo.things, 'paper'))).id;
  const asClerk = <T>(work: Parameters<typeof demo.database.write<T>>[2]) =>
    demo.database.write(clerk(federation), 'charity_sale.plan', work);
  const saleId = await asClerk((tx) => charitySale.plan(tx, { ...plan, ...span, formId: newId() }));
  const papers = { agreementId: await paper(), planId: await paper() };
  await asClerk((tx) => charitySale.addPapers(tx, { saleId, ...papers }));
  demo.moment();
  const lots = await takeIn(demo, given, plan.placeIds);
  for (const [index, lotId] of lots.entries()) {
    const { title, priceYuan, leftover } = given[index]!;
    const thing = { lotId, title, detail: '', priceYuan, leftover, pictureId: null };
    await asClerk((tx) => charitySale.addThing(tx, { saleId, ...thing, formId: newId() }));
  }
  await asClerk((tx) => charitySale.submit(tx, saleId));
  for (const name of ['approver', 'approver2'])
    await demo.database.write(demo.staff.get(name)!, 'charity_sale.decide', (tx) =>
      charitySale.decide(tx, { saleId, decision: 'approve', note: '' }),
    );
  await asClerk((tx) => charitySale.open(tx, saleId));
  return saleId;
}

/** Some sales at a till, paid in cash; of the first a piece comes back. */
async function sellSome(
  demo: Demo,
  saleId: Id,
  { placeId, rounds, step }: { placeId: Id; rounds: number; step: number },
): Promise<void> {
  const orders = await demo.database.write(
    systemActor('demo'),
    'demo.charity_sales',
    async (tx) => {
      const rows = await tx.db
        .selectFrom('charity_sale_thing')
        .select('variant_id')
        .where('sale_id', '=', saleId)
        .orderBy('added_at')
        .execute();
      const commands = [];
      for (let round = 0; round < rounds; round += 1) {
        const lines = rows.map((row, index) => ({
          variantId: row.variant_id,
          quantity: 1 + ((round * step + index) % 3),
        }));
        const basket = { placeId, accountId: null, lines };
        const { goodsFen } = await demo.sale.price(tx, basket);
        commands.push({
          key: newId(),
          channel: 'till' as const,
          kind: 'counter' as const,
          basket,
          payments: [{ means: 'cash' as const, amountFen: goodsFen, reference: '' }],
          at: tx.now,
          handedOver: true,
        });
      }
      const outcomes = await demo.sale.record(tx, commands);
      tx.touched('charity_sale', saleId);
      return outcomes.flatMap((one) => (one.status === 'recorded' ? [one.orderId] : []));
    },
  );
  demo.moment();
  await demo.database.write(systemActor('demo'), 'demo.charity_refund', async (tx) => {
    const line = await tx.db
      .selectFrom('sale_line')
      .select('id')
      .where('order_id', '=', orders[0]!)
      .orderBy('position')
      .executeTakeFirstOrThrow();
    tx.touched('sale_order', orders[0]!);
    await demo.sale.refund(tx, [
      {
        key: newId(),
        orderId: orders[0]!,
        lines: [{ lineId: line.id, quantity: 1 }],
        reason: '买重了',
        restock: true,
        at: tx.now,
      },
    ]);
  });
}

/** The accountant notes that all of it is in the account. */
async function settle(demo: Demo, saleId: Id): Promise<void> {
  const accountant = demo.staff.get('accountant')!;
  await demo.charitySale.handlers.settle(
    callOf(accountant, {
      params: { saleId },
      body: { bankReference: 'HDYM00001', paidOn: dateInShanghai(demo.clock.now()) },
    }),
  );
}
