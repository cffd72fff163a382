import { newId, Refusal, type Id } from '@wennuan/basics';
import type { RefusalCode } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import sharp from 'sharp';
import type { SaleCommand } from '../src/modules/sale/index.ts';
import type { Actor } from '../src/platform/actor.ts';
import { testShop, type TestShop } from './shop.ts';
import { callOf } from './things.ts';

export type TestCharity = Awaited<ReturnType<typeof testCharity>>;

/** The shop's stations, a fund, a filed campaign, the federation's own number, and ways to run charity sales. */
export async function testCharity() {
  const shop = await testShop();
  const { actors, charitySale, clock, write } = shop;
  clock.set('2026-11-24T09:00:00+08:00');
  const federation = actors.federation!;
  const approver = actors.approver!;
  const second = actors.approver2!;
  const accountant = actors.accountant!;
  const [fund] = await write((tx) =>
    shop.fund.createFunds(tx, [{ name: '暖冬专项基金', kind: 'special', areaId: null }]),
  );
  const { handlers } = charitySale;
  await handlers.setReceiver(
    callOf(federation, { body: { paymentNumber: '1990000YM01', formId: newId() } }),
  );
  const picture = await sharp({
    create: { width: 30, height: 30, channels: 3, background: '#eee' },
  })
    .jpeg()
    .toBuffer();
  const paper = async (actor: Actor) => (await shop.attachment.add(actor, picture)).id;
  const acts = saleActs(shop, { federation, fundId: fund!.id, paper });
  return {
    ...shop,
    ...acts,
    ...tillActs(shop),
    ...dayActs(shop, accountant, federation),
    charity: handlers,
    federation,
    approver,
    second,
    accountant,
    fundId: fund!.id,
    paper,
    /** The second person's word about the federation's number. */
    agreeToReceiver: async () => {
      const merchantId = await write(
        async (tx) =>
          (
            await tx.db
              .selectFrom('merchant')
              .select('id')
              .where('payment_number', '=', '1990000YM01')
              .executeTakeFirstOrThrow()
          ).id,
      );
      await shop.catalogue.handlers.decideMerchant(
        callOf(approver, { params: { merchantId }, body: { agree: true } }),
      );
    },
    async balance(id: Id): Promise<number> {
      return (await write((tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;
    },
  };
}

/** What every story of a sale needs: its page, the days it runs on, and the bank's word. */
function dayActs({ charitySale, clock, ticks }: TestShop, accountant: Actor, federation: Actor) {
  const { handlers } = charitySale;
  const to = (saleId: string, actor = federation, body?: unknown) =>
    callOf(actor, { params: { saleId }, body });
  return {
    /** A call about one sale, of the federation unless somebody else is named. */
    to,
    page: (saleId: string) => handlers.read(to(saleId)),
    settle: (saleId: string, actor = accountant, bankReference = `HD${saleId}`) =>
      handlers.settle(to(saleId, actor, { bankReference, paidOn: '2026-11-27' })),
    /** The morning of the first day. */
    begin: () => clock.set('2026-11-24T09:00:00+08:00'),
    /** The first minute after the last day. */
    endDays: () => {
      clock.set('2026-11-27T00:01:00+08:00');
      return ticks.find((tick) => tick.name === 'charity_sale.run')!.run();
    },
  };
}

interface Acts {
  federation: Actor;
  fundId: Id;
  paper(actor: Actor): Promise<Id>;
}

function saleActs(shop: TestShop, { federation, fundId, paper }: Acts) {
  const { actors, charitySale, stations } = shop;
  const { handlers } = charitySale;
  const on = (saleId: Id, actor: Actor, body?: unknown) =>
    callOf(actor, { params: { saleId }, body });
  const agree = (saleId: Id, actor: Actor, decision = 'approve', note = '') =>
    handlers.decide(on(saleId, actor, { decision, note }));
  const plan = (change: object = {}) =>
    handlers.plan(
      callOf(federation, {
        body: {
          name: '旧物新暖义卖',
          purpose: '卖出邻居捐的东西，给独居老人添冬衣。',
          target: { kind: 'fund', id: fundId },
          opensOn: '2026-11-24',
          closesOn: '2026-11-26',
          placeIds: [stations[0]!.id],
          isOnline: false,
          formId: newId(),
          ...change,
        },
      }),
    );
  const addPapers = async (saleId: Id) =>
    handlers.addPapers(
      on(saleId, federation, {
        agreementId: await paper(federation),
        planId: await paper(federation),
      }),
    );
  const addThing = (saleId: Id, lotId: Id, change: object = {}) =>
    handlers.addThing(
      on(saleId, federation, {
        lotId,
        title: '手工布老虎',
        detail: '',
        priceYuan: '20.00',
        leftover: 'stock',
        pictureId: null,
        formId: newId(),
        ...change,
      }),
    );
  return {
    plan,
    addPapers,
    addThing,
    agree,
    give: (quantity: number, change: Parameters<typeof giveThings>[2] = {}) =>
      giveThings(shop, { federation, paper, quantity }, change),
    open: (saleId: Id) => handlers.open(on(saleId, federation)),
    /** Planned, agreed to by two, opened with lots at a price. */
    async opened(
      lots: readonly { lotId: Id; priceYuan?: string; leftover?: string }[],
      change = {},
    ) {
      const sale = await plan(change);
      await addPapers(sale.id);
      for (const lot of lots) await addThing(sale.id, lot.lotId, lot);
      await handlers.submit(on(sale.id, federation));
      await agree(sale.id, actors.approver!);
      await agree(sale.id, actors.approver2!);
      return await handlers.open(on(sale.id, federation));
    },
  };
}

let givers = 0;

/** Things somebody gave, valued and taken in at a station; answers their lot and gift. */
async function giveThings(
  shop: TestShop,
  {
    federation,
    paper,
    quantity,
  }: { federation: Actor; paper(actor: Actor): Promise<Id>; quantity: number },
  change: { donor?: Actor; itemId?: Id; place?: number } = {},
): Promise<{ lotId: Id; giftId: Id }> {
  const { kindGiftHandlers: gifts } = shop.goodsModule;
  givers += 1;
  const donor = change.donor ?? (await shop.signUp(`1990002${String(givers).padStart(4, '0')}`));
  const name = {
    displayName: '王阿姨',
    hideFromPublic: false,
    hideFromRecipient: true,
    hideFromStaff: false,
  };
  const gift = await gifts.offer(
    callOf(donor, {
      body: {
        lines: [{ title: '布老虎', quantity, unit: '件', expiresOn: null }],
        purpose: '义卖也行',
        name,
        formId: newId(),
      },
    }),
  );
  const lineId = gift.lines[0]!.id;
  const params = { giftId: gift.id };
  await gifts.value(
    callOf(federation, {
      params,
      body: {
        basis: 'fair_value',
        paperNumber: 'GJ-1',
        lines: [
          { lineId, itemId: change.itemId ?? shop.goods.rice.itemId, unitValueYuan: '15.00' },
        ],
        attachmentIds: [await paper(federation)],
      },
    }),
  );
  await gifts.receive(
    callOf(federation, {
      params,
      body: {
        placeId: shop.stations[change.place ?? 0]!.id,
        lines: [{ lineId, received: quantity, batch: '' }],
        reason: '',
      },
    }),
  );
  const [lot] = await shop.write((tx) =>
    tx.db.selectFrom('goods_lot').select('id').where('source_id', '=', gift.id).execute(),
  );
  return { lotId: lot!.id, giftId: gift.id };
}

function tillActs(shop: TestShop) {
  const command = async (
    variantId: Id,
    quantity: number,
    change: Partial<SaleCommand> & { place?: number },
  ) => {
    const { place = 0, ...rest } = change;
    const basket = {
      placeId: shop.stations[place]!.id,
      accountId: null,
      lines: [{ variantId, quantity }],
    };
    return await shop.write(async (tx) => {
      const priced = await shop.sale.price(tx, basket);
      const [outcome] = await shop.sale.record(tx, [
        {
          key: newId(),
          channel: 'till',
          kind: 'counter',
          basket,
          payments: [{ means: 'cash', amountFen: priced.goodsFen, reference: '' }],
          at: shop.clock.now(),
          handedOver: true,
          ...rest,
        },
      ]);
      if (outcome!.status === 'refused')
        throw new Refusal(outcome!.code as RefusalCode, outcome!.params);
      const lines = await tx.db
        .selectFrom('sale_line')
        .select(['id', 'quantity'])
        .where('order_id', '=', outcome!.orderId)
        .execute();
      return {
        orderId: outcome!.orderId,
        goodsFen: priced.goodsFen,
        words: priced.shareWords,
        lines,
      };
    });
  };
  return {
    /** Sells pieces of a thing at a till, for cash. */
    ring: (
      variantId: Id,
      quantity: number,
      change: Partial<SaleCommand> & { place?: number } = {},
    ) => command(variantId, quantity, change),
    /** Gives pieces of an order's only line back. */
    giveBack: (order: { orderId: Id; lines: { id: Id }[] }, quantity: number, restock = true) =>
      shop.write((tx) =>
        shop.sale.refund(tx, [
          {
            key: newId(),
            orderId: order.orderId,
            lines: [{ lineId: order.lines[0]!.id, quantity }],
            reason: '不想要了',
            restock,
            at: shop.clock.now(),
          },
        ]),
      ),
  };
}
