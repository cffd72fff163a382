import { newId, seededRandom, type Id } from '@wennuan/basics';
import { check, openAccounts, post, trace } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { callOf, testThings, type TestThings } from '../../../test-support/things.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let things: TestThings;
let federation: Actor;
let worker: Actor;
beforeAll(async () => {
  things = await testThings();
  federation = things.actors.federation!;
  worker = things.actors.worker!;
});
afterAll(() => things.close());

const handlers = () => things.goods.handlers;
const send = (
  actor: Actor,
  lotId: Id,
  quantity: number,
  from = things.store.id,
  to = things.counter.id,
) =>
  handlers().transfer(
    callOf(actor, {
      body: { fromPlaceId: from, toPlaceId: to, lines: [{ lotId, quantity }], formId: newId() },
    }),
  );

describe('a transfer', () => {
  it('is on the way until taken in; what is missing needs a reason and is lost', async () => {
    const lotId = await things.bring(things.items.rice, 100);
    const sent = await send(federation, lotId, 40);
    expect(await things.held(federation, things.items.rice)).toMatchObject({ quantity: 60 });
    const stock = await handlers().stock(callOf(worker, { query: { itemId: things.items.rice } }));
    expect(stock.items[0]!.onTheWay).toBe(40);
    const take = (received: number, reason: string) =>
      handlers().receiveTransfer(
        callOf(worker, {
          params: { transferId: sent.id },
          body: { lines: [{ lotId, received }], reason },
        }),
      );
    expect(await refusalOf(take(41, ''))).toBe('pieces_too_many');
    expect(await refusalOf(take(38, ''))).toBe('reason_required');
    const taken = await take(38, '路上破了两袋');
    expect(taken).toMatchObject({ state: 'received', differenceReason: '路上破了两袋' });
    expect(await refusalOf(take(38, '再来一次'))).toBe('transfer_received');
    expect(await things.held(worker, things.items.rice, things.counter.id)).toMatchObject({
      quantity: 38,
    });
    await things.events.settle();
    const way = await handlers().lotTrace(callOf(federation, { params: { lotId } }));
    expect(way).toMatchObject({ arrived: 100, writtenOff: 2 });
    expect(way.resting.reduce((sum, one) => sum + one.quantity, 0)).toBe(98);
  });

  it('is sent once by one form, also twice at the same moment', async () => {
    const lotId = await things.bring(things.items.oil, 10);
    const body = {
      fromPlaceId: things.store.id,
      toPlaceId: things.counter.id,
      lines: [{ lotId, quantity: 3 }],
      formId: newId(),
    };
    const [one, two] = await Promise.all([
      handlers().transfer(callOf(federation, { body })),
      handlers().transfer(callOf(federation, { body })),
    ]);
    expect(one.id).toBe(two.id);
    expect(await things.held(federation, things.items.oil)).toMatchObject({ quantity: 7 });
  });

  it('is refused from a place of another area, to the same place, and of more than there is', async () => {
    const lotId = await things.bring(things.items.quilt, 5);
    expect(await refusalOf(send(worker, lotId, 1))).toBe('place_not_yours');
    expect(await refusalOf(send(federation, lotId, 1, things.store.id, things.store.id))).toBe(
      'same_place',
    );
    expect(await refusalOf(send(federation, lotId, 6))).toBe('stock_too_low');
  });
});

describe('a write-off', () => {
  it('holds the pieces and wants a second person', async () => {
    const itemId = await things.addItem('牛奶', '箱');
    const lotId = await things.bring(itemId, 10, { placeId: things.counter.id });
    const proposed = await handlers().proposeWriteOff(
      callOf(worker, {
        body: {
          placeId: things.counter.id,
          lotId,
          quantity: 4,
          cause: 'damaged',
          note: '包装破损',
          attachmentIds: [],
          formId: newId(),
        },
      }),
    );
    expect(await things.held(worker, itemId, things.counter.id)).toEqual({
      quantity: 10,
      available: 6,
    });
    const decide = (actor: Actor) =>
      handlers().decideWriteOff(
        callOf(actor, { params: { writeOffId: proposed.id }, body: { agree: true } }),
      );
    expect(await refusalOf(decide(worker))).toBe('second_person_required');
    expect(await refusalOf(decide(things.actors['worker-elsewhere']!))).toBe('place_not_yours');
    expect(await decide(things.actors.worker2!)).toMatchObject({
      state: 'booked',
      decidedBy: 'worker2',
    });
    expect(await refusalOf(decide(things.actors.worker2!))).toBe('approval_closed');
    expect(await things.held(worker, itemId, things.counter.id)).toEqual({
      quantity: 6,
      available: 6,
    });
  });
});

describe('a stock-take', () => {
  it('counts against the moment, while things move, and books differences with a second person only', async () => {
    const itemId = await things.addItem('面粉', '袋');
    const placeId = things.counter.id;
    const lotId = await things.bring(itemId, 50, { placeId });
    const { id: countId } = await handlers().openCount(callOf(worker, { body: { placeId } }));
    expect(await refusalOf(handlers().openCount(callOf(worker, { body: { placeId } })))).toBe(
      'count_open',
    );
    const count = (counted: number, reason: string) =>
      handlers().countLot(
        callOf(worker, { params: { countId }, body: { lotId, counted, reason } }),
      );
    const view = await count(47, '');
    expect(view.lines.find((line) => line.lot.id === lotId)).toMatchObject({
      expected: 50,
      counted: 47,
    });
    // Ten leave after the counting: they are in neither number.
    await send(worker, lotId, 10, placeId, things.store.id);
    const finish = () => handlers().finishCount(callOf(worker, { params: { countId } }));
    expect(await refusalOf(finish())).toBe('reason_required');
    await count(37, '少三袋');
    const finished = await finish();
    expect(finished).toMatchObject({ state: 'submitted', mayBook: false });
    const book = (actor: Actor) => handlers().bookCount(callOf(actor, { params: { countId } }));
    expect(await refusalOf(book(worker))).toBe('second_person_required');
    expect(await book(things.actors.worker2!)).toMatchObject({ state: 'booked' });
    expect(await things.held(worker, itemId, placeId)).toMatchObject({ quantity: 37 });
  });
});

describe('kits', () => {
  it('are packed in one posting, 700 boxes, and the parts are traced into them', async () => {
    const water = await things.addItem('饮用水', '瓶');
    const torch = await things.addItem('手电筒', '支');
    const box = await things.addItem('应急包', '个', {
      parts: [
        { itemId: water, quantity: 4 },
        { itemId: torch, quantity: 1 },
      ],
    });
    const lot = await things.bring(water, 2_800, { expiresOn: '2027-06-01', unitValueFen: 200 });
    await things.bring(torch, 699);
    const pack = (count: number) =>
      handlers().assemble(
        callOf(federation, {
          body: { placeId: things.store.id, itemId: box, count, formId: newId() },
        }),
      );
    expect(await refusalOf(pack(700))).toBe('stock_too_low');
    expect(await things.held(federation, water)).toMatchObject({ quantity: 2_800 });
    await things.bring(torch, 1);
    expect(await pack(700)).toMatchObject({ expiresOn: '2027-06-01', unitValueFen: 5_800 });
    expect(await things.held(federation, box)).toMatchObject({ quantity: 700 });
    await things.events.settle();
    const way = await handlers().lotTrace(callOf(federation, { params: { lotId: lot } }));
    expect(way.intoKits).toBe(2_800);
    expect(
      await refusalOf(
        handlers().assemble(
          callOf(federation, {
            body: { placeId: things.store.id, itemId: torch, count: 1, formId: newId() },
          }),
        ),
      ),
    ).toBe('not_a_kit');
  });
});

describe('goods ordered with a proposal', () => {
  it('become pieces in the posting that pays, and the trace goes on from the yuan to the bags', async () => {
    const { database, goods } = things;
    const itemId = await things.addItem('绿豆', '斤');
    const proposalId = newId();
    const order = await orderFor(proposalId, itemId);
    const paidBefore = handlers().receiveOrder(
      callOf(federation, {
        params: { orderId: order.id },
        body: {
          lines: [{ lotId: order.lines[0]!.lot.id, received: 90, batch: 'B1', expiresOn: null }],
          reason: '少十斤',
        },
      }),
    );
    expect(await refusalOf(paidBefore)).toBe('order_not_paid');
    const [channel, fund, supplier] = [newId(), newId(), newId()];
    const giftId = newId();
    await database.write(systemActor('test'), 'test.pay', async (tx) => {
      const link = `payment:${proposalId}`;
      const commands = await goods.boughtWith(tx, [{ proposalId, link }]);
      expect(commands).toMatchObject([{ amount: 100, link, reason: 'order' }]);
      await openAccounts(tx.sql, [
        { id: channel, kind: 'world', unit: 'fen', code: null },
        { id: fund, kind: 'inner', unit: 'fen', code: null },
        { id: supplier, kind: 'world', unit: 'fen', code: null },
      ]);
      const common = { document: { kind: 'test', id: giftId }, actor: null };
      const gift = { ...common, key: 'g', from: channel, to: fund, amount: 50_000, reason: 'gift' };
      const pay = {
        ...common,
        key: 'p',
        from: fund,
        to: supplier,
        amount: 50_000,
        reason: 'payout',
        link,
      };
      const outcomes = await post(tx.sql, {
        commands: [gift, pay, ...commands],
        at: tx.now,
        newId,
      });
      expect(outcomes.map((one) => one.status)).toEqual(['posted', 'posted', 'posted']);
    });
    const lotId = order.lines[0]!.lot.id;
    const take = (received: number, reason: string) =>
      handlers().receiveOrder(
        callOf(federation, {
          params: { orderId: order.id },
          body: { lines: [{ lotId, received, batch: 'B1', expiresOn: null }], reason },
        }),
      );
    expect(await refusalOf(take(90, ''))).toBe('reason_required');
    expect(await take(90, '少十斤')).toMatchObject({ state: 'received' });
    // A tenth of the money is a tenth of the beans: they wait, and what did not come is told.
    const told = await database.read(federation, async (tx) => {
      const start = { accountId: fund, from: 0, to: 5_000 };
      const way = await trace(tx.sql, { start, direction: 'forward', maxHops: 4 });
      const things = way.groups.filter(({ unit }) => unit !== 'fen');
      const units = new Map(things.map((group) => [group.accountId, group.unit]));
      return await goods.toldThings(tx, [
        ...things
          .filter(({ kind }) => kind === 'world')
          .map((group) => ({ ...group, isWorld: true })),
        ...way.resting.map((one) => ({
          ...one,
          unit: units.get(one.accountId)!,
          isWorld: false,
          entries: 0,
        })),
      ]);
    });
    expect(told).toEqual(['约 10 斤绿豆已经买好，在库或途中，等待发放。']);
    const again = await database.write(systemActor('test'), 'test.pay', (tx) =>
      goods.boughtWith(tx, [{ proposalId, link: `payment:${proposalId}` }]),
    );
    expect(again).toEqual([]);
  });

  async function orderFor(proposalId: Id, itemId: Id) {
    const { createGoods } = await import('./index.ts');
    const known = createGoods({
      ...things,
      newId,
      receivers: async () => new Map(),
      sold: async () => [],
      proposal: async () => ({
        number: 'ZC000001',
        state: 'approved',
        amountFen: 50_000,
        payeeLabel: '某粮油店',
      }),
    });
    const order = (unitValueYuan: string) =>
      known.handlers.order(
        callOf(federation, {
          body: {
            proposalId,
            placeId: things.store.id,
            lines: [{ itemId, quantity: 100, unitValueYuan }],
            formId: newId(),
          },
        }),
      );
    expect(await refusalOf(order('5.01'))).toBe('order_value_differs');
    return await order('5');
  }
});

describe('a recall', () => {
  it('keeps the lot where it is', async () => {
    const itemId = await things.addItem('火腿', '个');
    const lotId = await things.bring(itemId, 5);
    await handlers().recall(
      callOf(federation, { params: { lotId }, body: { reason: '抽检不合格' } }),
    );
    expect(await refusalOf(send(federation, lotId, 1))).toBe('lot_recalled');
  });
});

it('agrees with a naive model over random movements, and no count falls below zero', async () => {
  const random = seededRandom(20_261_123);
  const itemId = await things.addItem('罐头', '听');
  const places = [things.store.id, things.counter.id];
  const model = new Map<string, number>();
  const at = (place: Id, lot: Id) => model.get(`${place} ${lot}`) ?? 0;
  const lots: Id[] = [];
  for (let step = 0; step < 60; step += 1) {
    const place = places[Math.floor(random() * 2)]!;
    const lot = lots[Math.floor(random() * lots.length)];
    const quantity = 1 + Math.floor(random() * 12);
    if (!lot || random() < 0.25) {
      const made = await things.bring(itemId, quantity, { placeId: place });
      lots.push(made);
      model.set(`${place} ${made}`, quantity);
      continue;
    }
    const to = places.find((one) => one !== place)!;
    const there = at(place, lot);
    const result = await refusalOf(send(federation, lot, quantity, place, to));
    expect(result === 'done').toBe(there >= quantity);
    if (result !== 'done') continue;
    model.set(`${place} ${lot}`, there - quantity);
    const [newest] = (await handlers().transfers(callOf(federation))).items;
    const received = Math.max(0, quantity - Math.floor(random() * 2));
    await handlers().receiveTransfer(
      callOf(federation, {
        params: { transferId: newest!.id },
        body: { lines: [{ lotId: lot, received }], reason: '途中短少' },
      }),
    );
    model.set(`${to} ${lot}`, at(to, lot) + received);
  }
  const stock = await handlers().stock(callOf(federation, { query: { itemId } }));
  const told = new Map(
    stock.items.flatMap((item) =>
      item.lines.map((line) => [`${line.placeId} ${line.lot.id}`, line.quantity]),
    ),
  );
  expect(told).toEqual(new Map([...model].filter(([, quantity]) => quantity > 0)));
  const findings = await things.database.read(systemActor('test'), (tx) => check(tx.sql));
  expect(findings).toEqual([]);
});

it('traces pieces back to where they came from', async () => {
  const itemId = await things.addItem('毛毯', '条');
  const lotId = await things.bring(itemId, 3);
  const stock = await things.database.read(systemActor('test'), async (tx) => {
    const row = await tx.db
      .selectFrom('goods_stock')
      .select('id')
      .where('lot_id', '=', lotId)
      .executeTakeFirstOrThrow();
    return await trace(tx.sql, {
      start: { accountId: row.id, from: 0, to: 3 },
      direction: 'backward',
      maxHops: 3,
    });
  });
  expect(stock.groups.at(-1)).toMatchObject({ kind: 'world', amount: 3 });
});
