import {
  addDays,
  dateInShanghai,
  newId,
  seededRandom,
  type Id,
  type Random,
} from '@wennuan/basics';
import { clerk } from '../modules/catalogue/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import { days, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { pictureOf } from './pictures.ts';
import { GOODS, MERCHANTS, type DemoGoods } from './shop.goods.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

/** Half-days before the end at which the stations open: a whole month of sales is settled before the end. */
const BEGINS_BEFORE = 130;
const SALES_A_DAY = 2;
const PIECES = 400;
const GRAMS = 90_000;
/** Sales from the end's last days that are orders from the phone. */
const ORDERS = 4;

interface Shop {
  stations: Id[];
  merchants: Id[];
  variants: { id: Id; step: number }[];
  random: Random;
}

/** Three stations with four merchants' goods: sales each day, a month settled, orders from the phone. */
export function shopScripts(demo: Demo): Script[] {
  const startsIn = Math.max(0, demo.halves.length - BEGINS_BEFORE);
  return [{ group: 'shop', order: 0, startsIn, tell: () => stations(demo) }];
}

async function* stations(demo: Demo): Story {
  const shop = await openShop(demo);
  const last = demo.halves.at(-1)!.date;
  const paid = new Set<Id>();
  while (dateInShanghai(demo.clock.now()) < addDays(last, -1)) {
    await sellADay(demo, shop);
    yield days(1);
    await settleMonth(demo, paid);
  }
  await orderByPhone(demo, shop);
}

async function openShop(demo: Demo): Promise<Shop> {
  const communities = [...demo.people.keys()].slice(0, 3);
  const federation = demo.staff.get('federation')!;
  const system = systemActor('demo');
  const points = await demo.database.write(system, 'demo.stations', (tx) =>
    demo.place.addServicePoints(
      tx,
      communities.map((areaId) => ({
        id: newId(),
        name: `${demo.place.area(areaId).name.replace(/社区$/, '')}慈善驿站`,
        kind: 'station' as const,
        areaId,
        address: '社区便民超市一层',
      })),
    ),
  );
  const merchants: Id[] = [];
  for (const [index, name] of MERCHANTS.entries())
    merchants.push(await openMerchant(demo, federation, { name, index }));
  const placeIds = points.map((point) => point.id);
  const variants = await putOnSale(demo, { federation, merchants, placeIds });
  return { stations: placeIds, merchants, variants, random: seededRandom(demo.seed + 55) };
}

async function openMerchant(
  demo: Demo,
  federation: Actor,
  { name, index }: { name: string; index: number },
): Promise<Id> {
  const { catalogue, organization } = demo;
  const paper = await demo.attachment.add(federation, pictureOf(demo.things, 'paper'));
  const signedOn = addDays(dateInShanghai(demo.clock.now()), -3);
  const validUntil = addDays(signedOn, 365);
  const merchantId = await demo.database.write(federation, 'shop.add_merchant', async (tx) => {
    const [made] = await organization.create(tx, [
      { name, kind: 'supplier', creditCode: null, bankAccount: `62170019900000${10 + index}` },
    ]);
    const id = await catalogue.addMerchant(tx, {
      organizationId: made!.id,
      paymentNumber: `19900000${10 + index}`,
      contactTelephone: `199000066${10 + index}`,
      formId: newId(),
    });
    await catalogue.addAgreement(tx, {
      merchantId: id,
      paperId: paper.id,
      shareBasisPoints: 200,
      signedOn,
      validFrom: signedOn,
      validUntil,
    });
    for (const kind of ['business', 'food'] as const)
      await catalogue.addLicence(tx, {
        merchantId: id,
        kind,
        number: `4101990000${index}${kind === 'food' ? 'S' : 'Y'}`,
        validUntil,
        paperId: null,
      });
    return id;
  });
  demo.moment();
  await demo.database.write(demo.staff.get('approver')!, 'shop.decide_merchant', (tx) =>
    catalogue.decideMerchant(tx, { merchantId, agree: true }),
  );
  return merchantId;
}

async function putOnSale(
  demo: Demo,
  { federation, merchants, placeIds }: { federation: Actor; merchants: Id[]; placeIds: Id[] },
): Promise<Shop['variants']> {
  const pictures = new Map<DemoGoods, Id>();
  for (const goods of GOODS.filter((one) => one.picture !== null))
    pictures.set(
      goods,
      (await demo.attachment.add(federation, pictureOf(demo.things, goods.picture!))).id,
    );
  return await demo.database.write(federation, 'shop.add_product', async (tx) => {
    const productIds: Id[] = [];
    const received: Parameters<typeof demo.goods.receive>[1][number][] = [];
    for (const goods of GOODS) {
      const { id: itemId } = await demo.goods.addItem(tx, {
        name: goods.title,
        unit: goods.unit,
        barCode: null,
        shelfDays: 180,
        imported: goods.papers !== null,
        papers: goods.papers,
        pictureId: null,
        parts: [],
      });
      productIds.push(await addProduct(demo, tx, { goods, itemId, merchants, pictures }));
      for (const placeId of placeIds)
        received.push({
          placeId,
          itemId,
          quantity: goods.perQuantity === 1 ? PIECES : GRAMS,
          batch: '',
          expiresOn: addDays(dateInShanghai(tx.now), 150),
          unitValueFen: Math.round((Number(goods.yuan) * 100) / goods.perQuantity) || 1,
          origin: 'bought',
          originLabel: MERCHANTS[goods.merchant]!,
          sourceId: null,
          formId: null,
        });
    }
    await demo.goods.receive(tx, received);
    const variants = await demo.catalogue.variants(tx, { productIds });
    return variants.map((one) => ({ id: one.id, step: one.perQuantity }));
  });
}

/** Invented: 20 for goods of a shop's own, 22 as its scale prints it for what is weighed. */
function barCodeOf(goods: DemoGoods): string {
  const number = String(GOODS.indexOf(goods) + 1).padStart(5, '0');
  return goods.perQuantity === 1 ? `2000000${number}` : `22${number}00000`;
}

function addProduct(
  demo: Demo,
  tx: Parameters<typeof demo.catalogue.addProduct>[0],
  {
    goods,
    itemId,
    merchants,
    pictures,
  }: { goods: DemoGoods; itemId: Id; merchants: readonly Id[]; pictures: Map<DemoGoods, Id> },
): Promise<Id> {
  return demo.catalogue.addProduct(tx, {
    merchantId: merchants[goods.merchant]!,
    title: goods.title,
    detail: goods.papers ? '郑欧班列进口，报关和检验检疫证明齐全。' : '',
    category: goods.category,
    needsFoodLicence: !['household', 'care', 'clothing'].includes(goods.category),
    pictureId: pictures.get(goods) ?? null,
    formId: newId(),
    variants: [
      {
        itemId,
        label: '',
        perQuantity: goods.perQuantity,
        priceYuan: goods.yuan,
        memberPriceYuan: goods.memberYuan,
        hardshipPriceYuan: goods.hardshipYuan,
        barCode: barCodeOf(goods),
      },
    ],
  });
}

const below = (random: Random, bound: number) => Math.floor(random() * bound);

/** A basket of some goods, one of them at most twice. */
function basketOf({ variants, random }: Shop) {
  const chosen = new Map<Id, number>();
  for (let count = 1 + below(random, 4); count > 0; count -= 1) {
    const { id, step } = variants[below(random, variants.length)]!;
    chosen.set(id, step * (1 + below(random, 3)));
  }
  return [...chosen].map(([variantId, quantity]) => ({ variantId, quantity }));
}

async function sellADay(demo: Demo, shop: Shop): Promise<void> {
  demo.moment();
  await demo.database.write(systemActor('demo'), 'demo.sales', async (tx) => {
    const commands = [];
    for (const placeId of shop.stations)
      for (let count = 0; count < SALES_A_DAY; count += 1) {
        if (below(shop.random, 3) === 0) continue;
        const basket = { placeId, accountId: null, lines: basketOf(shop) };
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
    for (const one of outcomes)
      if (one.status === 'recorded') tx.touched('sale_order', one.orderId);
  });
}

/** Closes a month that is over, and takes in the shares of all merchants but the last. */
async function settleMonth(demo: Demo, paid: Set<Id>): Promise<void> {
  const accountant = demo.staff.get('accountant')!;
  const today = dateInShanghai(demo.clock.now());
  if (today.slice(8) < '03' || today.slice(8) > '12') return;
  demo.moment();
  const { handlers } = demo.settlement;
  const { nextMonth, items } = await handlers.list(callOf(accountant));
  if (nextMonth !== null) {
    await handlers.freeze(callOf(accountant, { body: { month: nextMonth } }));
    return;
  }
  const next = items.filter((one) => one.shareState === 'due' && !paid.has(one.id)).slice(0, -1)[0];
  if (!next) return;
  paid.add(next.id);
  await handlers.pay(
    callOf(accountant, {
      params: { settlementId: next.id },
      body: { bankReference: `HD${next.number.slice(2)}`, paidOn: today },
    }),
  );
}

/** Orders from the phone: one fetched, two that wait to be fetched, two to be brought by neighbours, one paid by voucher. */
async function orderByPhone(demo: Demo, shop: Shop): Promise<void> {
  const [areaId] = demo.people.keys();
  const buyers = demo.people
    .get(areaId!)!
    .flatMap((one) => one.account ?? [])
    .slice(0, ORDERS);
  await volunteers(demo, shop, buyers);
  for (const [index, buyer] of buyers.entries()) {
    const orders = await order(demo, shop, { buyer, isDelivery: index >= ORDERS - 2 });
    for (const orderId of orders) await pay(demo, orderId, index === 0);
  }
  await bringOne(demo, buyers[0]!);
  await payByVoucher(demo, shop);
}

/** The first neighbour brings orders; the next one has put her name down. */
async function volunteers(demo: Demo, shop: Shop, buyers: readonly Actor[]): Promise<void> {
  const { deliveryHandlers: bring } = demo.sale;
  const placeId = shop.stations[0]!;
  for (const [buyer, name] of [
    [buyers[0]!, '王阿姨'],
    [buyers[1]!, '小李'],
  ] as const)
    await bring.volunteer(callOf(buyer, { body: { placeId, name } }));
  const [areaId] = demo.people.keys();
  const worker = [...demo.staff.values()].find(
    (one) => one.role === 'community_worker' && one.areaIds.includes(areaId!),
  )!;
  await bring.decide(
    callOf(worker, {
      params: { accountId: buyers[0]!.accountId! },
      body: { areaCode: demo.place.area(areaId!).code, accept: true },
    }),
  );
}

/** One of the two orders to the door has somebody who will fetch it; the other waits. */
async function bringOne(demo: Demo, carrier: Actor): Promise<void> {
  demo.moment();
  const { waiting } = await demo.sale.deliveryHandlers.mine(callOf(carrier));
  await demo.sale.deliveryHandlers.take(
    callOf(carrier, { params: { orderId: waiting[0]!.orderId } }),
  );
}

/** Somebody who has a voucher pays with it, and with money what it does not cover. */
async function payByVoucher(demo: Demo, shop: Shop): Promise<void> {
  const residents = [...demo.people.values()].flat().flatMap((one) => one.account ?? []);
  const owner = await demo.database.read(systemActor('demo'), async (tx) => {
    for (const resident of residents) {
      const owned = await demo.benefit.ownedBy(tx, { accountId: resident.accountId! });
      const free = owned.find((one) => one.held === null);
      if (free) return { buyer: resident, voucherId: free.id };
    }
    return null;
  });
  if (!owner) return;
  const orders = await order(demo, shop, { ...owner, isDelivery: false });
  for (const orderId of orders) {
    await demo.database.write(clerk(owner.buyer), 'mall.pay_covered', (tx) =>
      demo.sale.takeCovered(tx, orderId),
    );
    const isWaiting = await demo.database.read(systemActor('demo'), async (tx) => {
      const row = await tx.db
        .selectFrom('sale_order')
        .select('state')
        .where('id', '=', orderId)
        .executeTakeFirstOrThrow();
      return row.state === 'waiting';
    });
    if (isWaiting) await pay(demo, orderId, false);
  }
}

async function order(
  demo: Demo,
  shop: Shop,
  { buyer, isDelivery, voucherId }: { buyer: Actor; isDelivery: boolean; voucherId?: Id },
): Promise<Id[]> {
  demo.moment();
  const placeId = shop.stations[0]!;
  const lines = basketOf(shop);
  return await demo.database.write(clerk(buyer), 'mall.order', async (tx) => {
    const accountId = buyer.accountId!;
    const priced = await demo.sale.price(tx, { placeId, accountId, lines });
    const shown = priced.parts.flatMap((part) => part.lines);
    return await demo.sale.placeOrders(tx, {
      accountId,
      body: {
        key: newId(),
        placeId,
        kind: isDelivery ? 'delivery' : 'pick_up',
        lines: lines.map((line) => ({
          ...line,
          shownPriceFen: shown.find((one) => one.variantId === line.variantId)!.priceFen,
        })),
        delivery: isDelivery
          ? { address: '2 号院 3 号楼 1 单元', telephone: '19900001234', note: '' }
          : null,
        ...(voucherId && { vouchers: [voucherId] }),
      },
    });
  });
}

async function pay(demo: Demo, orderId: Id, isFetched: boolean): Promise<void> {
  const { body, signature } = await demo.sale.sandboxNotice(orderId);
  await demo.sale.takeNotice(JSON.parse(body.toString('utf8')), { body, signature });
  if (!isFetched) return;
  await demo.database.write(systemActor('demo'), 'sale.hand_over', async (tx) => {
    const row = await tx.db
      .selectFrom('sale_order')
      .select(['place_id', 'pick_up_code'])
      .where('id', '=', orderId)
      .executeTakeFirstOrThrow();
    await demo.sale.handOverOrder(tx, { placeId: row.place_id, pickUpCode: row.pick_up_code! });
  });
}
