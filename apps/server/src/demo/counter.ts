import { dateInShanghai, newId, type Id } from '@wennuan/basics';
import { clerk, obstacleOf } from '../modules/catalogue/index.ts';
import { systemActor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { workerOf } from './people.ts';

/** The supervisor's code at the demo's tills; the guide says it, too. */
const SUPERVISOR_CODE = '272727';
const VOUCHER_FEN = 6_000;
const ON_THE_SHELF = 60;
const TAKEN_ALONG = 5;

interface Sold {
  placeId: Id;
  variantId: Id;
  itemId: Id;
  priceFen: number;
  perQuantity: number;
}

/**
 * A till of the first community's station with its shift open, vouchers out of the community's fund partly spent at it, and
 * a stall that took goods and one voucher along.
 */
export async function bringCounter(demo: Demo): Promise<void> {
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  const cashier = demo.staff.get('station')!;
  const sold = await shelfOf(demo, area.id);
  if (!sold) return;
  const worker = workerOf(demo, area);
  const { handlers } = demo.counter;
  await handlers.setSupervisorCode(callOf(worker, { body: { code: SUPERVISOR_CODE } }));
  const vouchers = await issueVouchers(demo, area.id);
  const open = async (name: string) => {
    const till = await handlers.addTill(callOf(cashier, { body: { placeId: sold.placeId, name } }));
    const params = { tillId: till.id };
    await handlers.openShift(callOf(cashier, { params, body: { floatYuan: '200' } }));
    return till.id;
  };
  const till = await open('1 号台');
  await sell(demo, { till, sold, voucher: null });
  for (const voucher of vouchers.slice(0, 2)) await sell(demo, { till, sold, voucher });
  const stall = await open('集市摊位');
  await demo.database.write(clerk(cashier), 'counter.take_along', (tx) =>
    demo.benefit.holdFor(tx, {
      entitlementIds: vouchers.slice(2, 3).map((one) => one.id),
      placeId: sold.placeId,
      tillId: stall,
    }),
  );
  const lines = [{ itemId: sold.itemId, quantity: TAKEN_ALONG }];
  await handlers.takeAlong(
    callOf(cashier, { params: { tillId: stall }, body: { lines, vouchers: false } }),
  );
}

/** The station, and the first goods that may be sold there, with enough on the shelf. */
async function shelfOf(demo: Demo, areaId: number): Promise<Sold | null> {
  return await demo.database.write(systemActor('demo'), 'demo.counter', async (tx) => {
    const places = [...(await demo.place.servicePoints(tx)).values()];
    const station = places.find((one) => one.kind === 'station' && one.areaId === areaId);
    const sellers = await demo.catalogue.sellers(tx);
    const today = dateInShanghai(tx.now);
    const variant = (await demo.catalogue.variants(tx, {})).find((one) => {
      const seller = sellers.get(one.merchantId);
      const isGood = one.perQuantity === 1 && one.charitySaleId === null;
      return seller && isGood && obstacleOf(one, seller, today) === null;
    });
    if (!station || !variant) return null;
    tx.touched('service_point', station.id);
    const { itemId, id: variantId, priceFen, perQuantity } = variant;
    const free = await demo.goods.available(tx, station.id, [itemId]);
    if ((free.get(itemId) ?? 0) < ON_THE_SHELF)
      await demo.goods.receive(tx, [
        {
          placeId: station.id,
          itemId,
          quantity: ON_THE_SHELF,
          batch: '驿站',
          expiresOn: null,
          unitValueFen: Math.round(priceFen * 0.8),
          origin: 'opening',
          originLabel: '驿站上架',
          sourceId: null,
          formId: null,
        },
      ]);
    return { placeId: station.id, variantId, itemId, priceFen, perQuantity };
  });
}

/** Vouchers of neighbours with an account, those first whom a visitor of the demo can sign in as. */
async function issueVouchers(demo: Demo, areaId: number) {
  const neighbours = demo.people.get(areaId)!.filter((one) => one.account !== null);
  const chosen = neighbours.slice(0, 4);
  const fundId = (demo.money.funds.get(areaId) ?? demo.money.general).id;
  const outcomes = await demo.database.write(systemActor('demo'), 'demo.vouchers', (tx) =>
    demo.benefit.issue(
      tx,
      chosen.map(({ personId, account }) => ({
        kind: 'voucher' as const,
        subject: { kind: 'demo', id: newId() },
        personId,
        accountId: account!.accountId,
        areaId,
        fundId,
        amount: VOUCHER_FEN,
        label: '冬季生活代金券',
        days: 90,
      })),
    ),
  );
  return outcomes.flatMap(({ entitlementId }, index) =>
    entitlementId ? [{ id: entitlementId, account: chosen[index]!.account! }] : [],
  );
}

/** Two pieces over the counter: for cash, or as far as a voucher goes and the rest in cash. */
async function sell(
  demo: Demo,
  given: {
    till: Id;
    sold: Sold;
    voucher: Awaited<ReturnType<typeof issueVouchers>>[number] | null;
  },
): Promise<void> {
  const { till, sold, voucher } = given;
  const { handlers } = demo.counter;
  const cashier = demo.staff.get('station')!;
  const dueFen = sold.priceFen;
  const plain = { codePaymentId: null, entitlementId: null, scanId: null };
  const payments = [];
  let left = dueFen;
  if (voucher) {
    const params = { entitlementId: voucher.id };
    const { text } = await demo.benefit.handlers.myCode(callOf(voucher.account, { params }));
    const scanned = await handlers.scan(
      callOf(cashier, { params: { tillId: till }, body: { text, proof: '' } }),
    );
    const amountFen = Math.min(left, scanned.leftFen);
    const { entitlementId, scanId } = scanned;
    payments.push({ ...plain, means: 'voucher' as const, amountFen, entitlementId, scanId });
    left -= amountFen;
  }
  if (left > 0) payments.push({ ...plain, means: 'cash' as const, amountFen: left });
  const line = { variantId: sold.variantId, quantity: sold.perQuantity, priceFen: sold.priceFen };
  await handlers.sell(
    callOf(cashier, {
      params: { tillId: till },
      body: {
        sales: [
          {
            key: newId(),
            at: demo.clock.now().toISOString(),
            lines: [{ ...line, discountFen: 0 }],
            payments,
            isOffline: false,
            memberCode: null,
            supervisorCode: null,
            reason: '',
          },
        ],
      },
    }),
  );
}
