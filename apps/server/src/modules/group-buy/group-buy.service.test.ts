import { seededRandom, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupScene, type GroupScene } from '../../../test-support/group-buy.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { pickUpCodes, sellerEdge } from './group-buy.ts';
import { leaveMany } from './hold.service.ts';
import { readTicket, writeTicket } from './ticket.ts';

let scene: GroupScene;
let people: Actor[];
beforeAll(async () => {
  scene = await groupScene();
  people = [];
  for (let n = 0; n < 12; n += 1) people.push(await scene.neighbour());
});
afterAll(() => scene.close());
const system = systemActor('test');
const write = <T>(work: Parameters<typeof scene.database.write<T>>[2]) =>
  scene.database.write(system, 'test', work);

describe('a group that is reached', () => {
  test('is sold only then, at the price of its step, and what was paid above it goes back', async () => {
    const group = await scene.open();
    for (const who of people.slice(0, 5)) await scene.take(group.id, who);
    expect(await scene.money(group.id)).toEqual({ balance: 15_000, inflow: 15_000 });
    await scene.pass(1);
    expect([scene.sales.length, (await scene.state(group.id)).state]).toEqual([0, 'open']);
    await scene.pass(60 * 40);
    expect(await scene.state(group.id)).toEqual({ state: 'reached', price_fen: 2_500 });
    expect(scene.sales.map((sale) => [sale.pieces, sale.priceFen])).toEqual(
      Array.from({ length: 5 }, () => [1, 2_500]),
    );
    expect(await scene.money(group.id)).toEqual({ balance: 0, inflow: 15_000 });
    expect([...scene.seller.refunds.values()]).toEqual(Array.from({ length: 5 }, () => 500));
    expect(await scene.findings()).toEqual([]);
  });

  test('is reached at once when every piece is paid; who waits is told then, not before', async () => {
    const group = await scene.open({ limitPieces: 3, householdPieces: 3, closesAt: later(3) });
    const first = await scene.join(group.id, people[0]!, 2);
    const second = await scene.join(group.id, people[1]!, 3);
    expect([first, second]).toMatchObject([
      { outcome: 'held', pieces: 2 },
      { outcome: 'held', pieces: 1 },
    ]);
    expect(await scene.join(group.id, people[2]!)).toMatchObject({ outcome: 'waiting', ahead: 0 });
    expect(await scene.join(group.id, people[2]!)).toMatchObject({
      outcome: 'already_joined',
      state: 'waiting',
    });
    if (first.outcome !== 'held' || second.outcome !== 'held') throw new Error();
    await scene.pay(first.shareId, 6_000);
    expect((await scene.join(group.id, people[3]!)).outcome).toBe('waiting');
    await scene.pay(second.shareId, 3_000);
    expect((await scene.join(group.id, people[4]!)).outcome).toBe('sold_out');
    expect((await scene.join(group.id, people[0]!)).outcome).toBe('already_joined');
    expect((await scene.state(group.id)).state).toBe('reached');
    expect((await scene.shares(group.id)).map((share) => share.state)).toEqual([
      'paid',
      'paid',
      'sold_out',
      'sold_out',
    ]);
  });
});

describe('a group that fails', () => {
  test('is one state change; then each payment goes back, and no money stays anywhere', async () => {
    await scene.groupBuy.settle();
    const before = scene.sales.length;
    const group = await scene.open({ closesAt: later(1) });
    await scene.take(group.id, people[0]!, 2);
    const held = await scene.join(group.id, people[1]!);
    expect(held.outcome).toBe('held');
    scene.seller.isAway = true;
    await scene.pass(61);
    expect((await scene.state(group.id)).state).toBe('failed');
    expect((await scene.shares(group.id)).map((share) => share.state)).toEqual([
      'returning',
      'lapsed',
    ]);
    expect(await scene.money(group.id)).toEqual({ balance: 0, inflow: 6_000 });
    expect(await refundsOf(group.code)).toEqual([1, 0]);
    scene.seller.isAway = false;
    await scene.pass(1);
    await scene.pass(1);
    expect(await refundsOf(group.code)).toEqual([0, 1]);
    expect((await scene.shares(group.id))[0]!.state).toBe('returned');
    expect(scene.sales.length).toBe(before);
    const { rows } = await scene.owner.query<{ unit: string; sum: number }>(
      `select a.unit, sum(t.amount)::int as sum from ledger_transfer t
       join ledger_account a on a.id = t.to_id where t.document_id in
         (select id from group_share where group_id = $1) group by a.unit`,
      [group.id],
    );
    // In and out, in the unit of sellers' money: no fund of the federation ever saw it.
    expect(rows).toEqual([{ unit: 'seller_fen', sum: 12_000 }]);
    const [edge] = await scene.totals([sellerEdge(scene.offered.merchantId)]);
    if (edge) expect(edge.inflow).toBeLessThanOrEqual(edge.outflow);
    expect(await scene.findings()).toEqual([]);
  });

  test('a station may call it off; who paid gets everything back', async () => {
    const group = await scene.open({ closesAt: later(24) });
    const shareId = await scene.take(group.id, people[5]!);
    await scene.groupBuy.handlers.callOff({
      actor: scene.actors['worker']!,
      params: { groupId: group.id },
      body: { reason: '商家缺货' },
      request: { protocol: 'http', host: 'test' },
    } as never);
    await scene.pass(1);
    expect((await scene.state(group.id)).state).toBe('failed');
    expect((await scene.shares(group.id))[0]!.state).toBe('returned');
    expect([...scene.seller.refunds.values()].at(-1)).toBe(3_000);
    await scene.pay(shareId, 3_000);
    expect(await scene.money(group.id)).toEqual({ balance: 0, inflow: 3_000 });
  });
});

describe('money that comes at the wrong moment', () => {
  test('a payment twice is one; another amount is not taken; a late one has its piece when one is free', async () => {
    const group = await scene.open({ limitPieces: 3, closesAt: later(24) });
    const joined = await scene.join(group.id, people[6]!);
    if (joined.outcome !== 'held') throw new Error();
    expect(await scene.pay(joined.shareId, 2_999)).toEqual(['altered']);
    await scene.pass(11);
    expect((await scene.shares(group.id))[0]!.state).toBe('lapsed');
    expect(await scene.pay(joined.shareId, 3_000)).toEqual(['paid']);
    expect(await scene.pay(joined.shareId, 3_000)).toEqual(['already_paid']);
    expect(await scene.money(group.id)).toEqual({ balance: 3_000, inflow: 3_000 });
  });

  test('a late one goes back when others have the piece, or the household joined anew', async () => {
    const group = await scene.open({ limitPieces: 3, minimumPieces: 1, closesAt: later(24) });
    const gone = await scene.join(group.id, people[0]!, 2);
    if (gone.outcome !== 'held') throw new Error();
    await scene.pass(11);
    const again = await scene.join(group.id, people[0]!, 1);
    expect(again.outcome).toBe('held');
    expect(await scene.pay(gone.shareId, 6_000)).toEqual(['late']);
    await scene.pass(1);
    expect(await scene.money(group.id)).toEqual({ balance: 0, inflow: 6_000 });
    expect((await scene.shares(group.id)).map((share) => share.state)).toEqual([
      'returned',
      'held',
    ]);
    expect(await scene.findings()).toEqual([]);
  });

  test('a server that dies between the sale and its posting loses and doubles nothing', async () => {
    const group = await scene.open({ minimumPieces: 2, limitPieces: 2, closesAt: later(24) });
    await scene.take(group.id, people[0]!);
    await scene.take(group.id, people[1]!);
    scene.crash.beforeSale = true;
    await expect(scene.groupBuy.settle()).rejects.toThrow('the server died');
    expect(await scene.money(group.id)).toEqual({ balance: 6_000, inflow: 6_000 });
    scene.crash.beforeSale = false;
    const before = scene.sales.length;
    await Promise.all([scene.groupBuy.settle(), scene.groupBuy.settle()]);
    expect(scene.sales.length - before).toBe(2);
    expect(await scene.money(group.id)).toEqual({ balance: 0, inflow: 6_000 });
  });
});

describe('fetching', () => {
  test('by code, once, also by a neighbour with a note; who does not come is reminded once a day', async () => {
    const group = await scene.open({ minimumPieces: 2, limitPieces: 2, closesAt: later(24) });
    const own = await scene.take(group.id, people[8]!);
    await scene.take(group.id, people[9]!);
    await scene.pass(1);
    const code = pickUpCodes(scene.vault.hash).of(group, { id: own, place: 1 });
    const fetch = (text: string, note = '') =>
      write((tx) => scene.groupBuy.pickUp(tx, { code: text, note }));
    await expect(fetch(code)).rejects.toMatchObject({ code: 'group_not_arrived' });
    await write((tx) => scene.groupBuy.noteOrder(tx, { groupId: group.id, reference: 'DH-1' }));
    await write((tx) => scene.groupBuy.noteArrival(tx, group.id));
    const wrong = code.replace(/\d$/, (last) => String((Number(last) + 1) % 10));
    await expect(fetch(wrong)).rejects.toMatchObject({
      code: 'pick_up_code_unknown',
    });
    await expect(fetch('hello')).rejects.toMatchObject({ code: 'pick_up_code_unknown' });
    const handed = await fetch(code.toLowerCase(), '邻居李阿姨代取');
    expect(handed.share).toMatchObject({ state: 'picked_up', pickUpNote: '邻居李阿姨代取' });
    expect((await fetch(code)).share.pickUpNote).toBe('邻居李阿姨代取');
    const chase = () => write((tx) => scene.groupBuy.chase(tx, group.id));
    expect([await chase(), await chase()]).toEqual([1, 0]);
    await scene.pass(60 * 24);
    expect(await chase()).toBe(1);
  });

  test('a station of another street may neither see who nor hand over', async () => {
    const group = await scene.open({ minimumPieces: 1, limitPieces: 1, closesAt: later(24) });
    const own = await scene.take(group.id, people[8]!);
    const elsewhere = scene.actors['worker-elsewhere']!;
    await expect(
      scene.groupBuy.handlers.read({
        actor: elsewhere,
        params: { groupId: group.id },
        request: { protocol: 'http', host: 'test' },
      } as never),
    ).rejects.toMatchObject({ code: 'not_found' });
    const code = pickUpCodes(scene.vault.hash).of(group, { id: own, place: 1 });
    await expect(
      scene.groupBuy.handlers.handOver({ actor: elsewhere, body: { code, note: '' } } as never),
    ).rejects.toMatchObject({ code: 'place_not_yours' });
  });
});

test('a ticket that was altered, or is past its time, opens nothing', () => {
  const { hash } = scene.vault;
  const ticket = {
    groupId: people[0]!.accountId!,
    accountId: people[1]!.accountId!,
    householdKey: people[2]!.accountId!,
    expiresAt: new Date('2026-12-01T00:00:00Z'),
  };
  const text = writeTicket(hash, ticket);
  const now = new Date('2026-11-23T00:00:00Z');
  expect(readTicket(hash, text, now)).toEqual(ticket);
  const other = text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`;
  expect(readTicket(hash, other, now)).toBeNull();
  expect(readTicket(hash, text, ticket.expiresAt)).toBeNull();
  expect(readTicket(hash, 'hello', now)).toBeNull();
});

test('random joins, payments, expiries and leavers at once never oversell or leave a piece over', async () => {
  const random = seededRandom(11);
  const group = await scene.open({ limitPieces: 6, minimumPieces: 1, closesAt: later(24 * 30) });
  const held: Id[] = [];
  for (let round = 0; round < 12; round += 1) {
    const { rows: some } = await scene.owner.query<{ id: Id; account_id: Id; pieces: number }>(
      'select id, account_id, pieces from group_share where id = any($1::uuid[])',
      [held.slice(-3)],
    );
    const joins = people.map(async (who) => {
      const joined = await scene.join(group.id, who, 1 + Math.floor(random() * 2));
      if (joined.outcome === 'held') held.push(joined.shareId);
    });
    const acts = some.map(async (share) => {
      if (random() < 0.4) return await scene.pay(share.id, share.pieces * 3_000);
      return await write((tx) =>
        leaveMany(scene.needs, tx, [{ shareId: share.id, accountId: share.account_id }]),
      );
    });
    await Promise.all([...joins, ...acts]);
    await scene.pass(round % 3 === 2 ? 11 : 1);
    const { rows } = await scene.owner.query(
      `select l.held_pieces = coalesce(sum(s.pieces) filter (where s.state = 'held'), 0) as held,
         l.paid_pieces = coalesce(sum(s.pieces) filter (where s.state = 'paid'), 0) as paid,
         l.waiting = count(*) filter (where s.state = 'waiting') as waiting,
         l.waiting = 0 or l.held_pieces + l.paid_pieces = l.limit_pieces as nobody_waits
       from group_buy_shelf l join group_share s on s.group_id = l.group_id
       where l.group_id = $1 group by l.group_id`,
      [group.id],
    );
    expect(rows).toEqual([{ held: true, paid: true, waiting: true, nobody_waits: true }]);
  }
});

/** So many hours from the clock's now. */
function later(hours: number): string {
  return new Date(scene.clock.now().getTime() + hours * 3_600_000).toISOString();
}

async function refundsOf(code: string): Promise<[number, number]> {
  const page = await scene.groupBuy.handlers.page({
    actor: people[0]!,
    params: { code },
    request: { protocol: 'http', host: 'test' },
  } as never);
  return [page.refundsUnderWay, page.refundsDone];
}
