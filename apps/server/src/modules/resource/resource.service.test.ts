import { isRefusal } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { balances, leavesFrom } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helpRecord } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
let giver: Actor;
beforeAll(async () => {
  loop = await testLoop();
  giver = await loop.resident();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const offer = (change: Record<string, unknown> = {}) =>
  loop.resource.handlers.offer(
    loop.call(giver, {
      body: {
        kind: 'hours',
        title: '修灯换灯泡',
        quantity: 120,
        note: '周末可以',
        expiresOn: null,
        areaCode: '410103001001',
        ...change,
      },
    }),
  );
const list = async (actor: Actor, query: Record<string, unknown> = {}) =>
  (await loop.resource.handlers.list(loop.call(actor, { query: { limit: 50, ...query } }))).items;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (thrown: unknown) => (isRefusal(thrown) ? thrown.code : Promise.reject(thrown)),
  );
async function verifiedNeed() {
  const asker = await loop.resident();
  const { id } = await loop.file(asker, {
    kind: 'help_request',
    title: '家里修灯',
    amountYuan: null,
  });
  await loop.move(loop.staff.worker, id, helpRecord());
  return { id, asker };
}

describe('the register', () => {
  it('shows offers of the area, the note opened, and ranks them for a need with reasons', async () => {
    const lamp = await offer();
    const books = await offer({ kind: 'goods', title: '旧书', quantity: 10 });
    routes.resource.offer.output.parse(lamp);
    expect(lamp.note).toBe('周末可以');
    const { id } = await verifiedNeed();
    const ranked = await list(loop.staff.worker, { needId: id });
    expect(ranked[0]).toMatchObject({ id: lamp.id });
    expect(ranked[0]!.reasons).toEqual(['都提到“修灯”', '同一社区']);
    expect(ranked.map((one) => one.id)).toContain(books.id);
    expect(await list(loop.staff.elsewhere)).toEqual([]);
  });

  it('shows an offer without area to every community', async () => {
    const everywhere = await offer({ areaCode: null, title: '全区都可以' });
    expect((await list(loop.staff.elsewhere)).map(({ id }) => id)).toContain(everywhere.id);
  });

  it('promises nothing twice, also to two workers at once', async () => {
    const one = await offer({ title: '只有一份' });
    const needs = [await verifiedNeed(), await verifiedNeed()];
    const match = { move: 'match', way: 'offer', offerId: one.id };
    const results = await Promise.all([
      codeOf(loop.move(loop.staff.worker, needs[0]!.id, match)),
      codeOf(loop.move(loop.staff.worker2, needs[1]!.id, match)),
    ]);
    expect(results.toSorted()).toEqual(['done', 'offer_not_open']);
  });

  it('sets an offer free when its need does without it', async () => {
    const one = await offer({ title: '会空出来的' });
    const { id, asker } = await verifiedNeed();
    await loop.move(loop.staff.worker, id, { move: 'match', way: 'offer', offerId: one.id });
    await loop.move(asker, id, { move: 'withdraw' });
    await loop.settle();
    const [again] = (await list(loop.staff.worker)).filter((found) => found.id === one.id);
    expect(again).toMatchObject({ state: 'open', needId: null });
  });

  it('takes an offer back from its giver only, and the need is searched for again', async () => {
    const one = await offer({ title: '要收回的' });
    const { id, asker } = await verifiedNeed();
    await loop.move(loop.staff.worker, id, { move: 'match', way: 'offer', offerId: one.id });
    const withdraw = (actor: Actor) =>
      loop.resource.handlers.withdraw(loop.call(actor, { params: { offerId: one.id } }));
    expect(await codeOf(withdraw(asker))).toBe('not_found');
    await withdraw(giver);
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('verified');
    expect(await codeOf(withdraw(giver))).toBe('offer_not_open');
  });

  it('ends open offers past their last day', async () => {
    const one = await offer({ title: '到期的', expiresOn: '2026-11-24' });
    expect(await codeOf(offer({ expiresOn: '2026-11-22' }))).toBe('input_invalid');
    loop.clock.advance({ days: 2 });
    await loop.resource.ticks[0]!.run();
    const [found] = (await list(loop.staff.worker)).filter(({ id }) => id === one.id);
    expect(found!.state).toBe('expired');
  });
});

describe('a hand-over', () => {
  it('is posted: giver → the need’s account → handed over, in minutes, once', async () => {
    const one = await offer({ title: '两小时', quantity: 90 });
    const { id, asker } = await verifiedNeed();
    const { worker } = loop.staff;
    await loop.move(worker, id, { move: 'match', way: 'offer', offerId: one.id });
    await loop.move(worker, id, { move: 'start' });
    await loop.settle();
    // On its way, the lock does not end any more.
    loop.clock.advance({ days: 4 });
    await loop.resource.ticks[0]!.run();
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [one.id] });
    await loop.settle();
    const leaves = await loop.database.read(systemActor('test'), (tx) =>
      leavesFrom(tx.sql, 0, 100),
    );
    const own = leaves.filter(({ transfer }) => transfer.document.id === one.id);
    expect(own.map(({ transfer, unit }) => [transfer.amount, unit])).toEqual([
      [90, 'minute'],
      [90, 'minute'],
    ]);
    const inner = own[0]!.transfer.to;
    expect(own[1]!.transfer.from).toBe(inner);
    const [balance] = await loop.database.read(systemActor('test'), (tx) =>
      balances(tx.sql, [inner]),
    );
    expect(balance).toMatchObject({ inflow: 90, balance: 0 });
    expect((await loop.read(asker, id)).clock!.stage).toBe('feed_back');
  });
});
