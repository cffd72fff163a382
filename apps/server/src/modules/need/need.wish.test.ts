import { randomUUID } from 'node:crypto';
import { leavesFrom } from '@wennuan/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, wishRecord } from '../../../test-support/loop-inputs.ts';
import { testLoop, type TestLoop } from '../../../test-support/loop.ts';
import { systemActor, visitor, type Actor } from '../../platform/actor.ts';

let loop: TestLoop;
beforeAll(async () => {
  loop = await testLoop();
});
afterAll(() => loop.close());
beforeEach(() => loop.clock.set('2026-11-23T09:00:00+08:00'));

const PICTURE = randomUUID();

describe('a wish', () => {
  it('is met with a neighbour’s thing, delivered with a photo, and closed only on the asker’s word', async () => {
    const asker = await loop.resident();
    const giver = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    const offer = await loop.resource.handlers.offerForWish(
      loop.call(giver, {
        params: { needId: id },
        body: { kind: 'goods', title: '新风扇', quantity: 1, note: '', expiresOn: null },
      }),
    );
    expect(offer.state).toBe('reserved');
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('matched');
    await loop.move(worker, id, { move: 'start' });
    expect(await refusalOf(loop.move(worker, id, { move: 'deliver' }))).toBe(
      'delivery_photo_required',
    );
    expect(await refusalOf(loop.move(worker, id, { move: 'close' }))).toBe('feedback_required');
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.settle();
    const [card] = (await loop.wall()).filter(({ need_id }) => need_id === id);
    expect(card).toMatchObject({ state: 'delivered', picture_ids: [PICTURE] });
    const callBack = {
      move: 'call_back',
      met: 'yes',
      words: '很好',
      calledAt: '2026-11-23T01:00:00Z',
    };
    expect(await refusalOf(loop.move(worker, id, callBack))).toBe('second_worker_required');
    expect(
      await refusalOf(loop.move(worker, id, { move: 'confirm', met: 'yes', words: '代她说' })),
    ).toBe('move_not_yours');
    await loop.move(asker, id, { move: 'confirm', met: 'yes', words: '凉快多了，谢谢' });
    const closed = await loop.move(worker2, id, { move: 'close' });
    expect(closed.state).toBe('closed');
    expect(closed.history.map(({ move }) => move)).toEqual([
      'file',
      'verify',
      'match',
      'start',
      'deliver',
      'confirm',
      'close',
    ]);
    await loop.settle();
    const wish = await loop.need.handlers.wish(loop.call(visitor(), { params: { needId: id } }));
    expect(wish.steps.map(({ step }) => step)).toEqual(['verified', 'delivered', 'confirmed']);
    expect(wish.thanks).not.toBeNull();
    // Giver → the need's own account → handed over: the trace of a thing is that of money.
    const leaves = await loop.database.read(systemActor('test'), (tx) => leavesFrom(tx.sql, 0, 10));
    expect(leaves.map(({ unit }) => unit)).toEqual(Array(2).fill(`piece:${offer.id}`));
    expect(leaves[0]!.transfer.to).toBe(leaves[1]!.transfer.from);
  });

  it('is met with money: the item fills, the purchase is paid, the rest goes on when it ends', async () => {
    const asker = await loop.resident();
    const { worker } = loop.staff;
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    const matched = await loop.move(worker, id, { move: 'match', way: 'item', offerId: null });
    expect(matched.state).toBe('verified');
    expect(
      await refusalOf(loop.move(worker, id, { move: 'match', way: 'item', offerId: null })),
    ).toBe('move_not_possible');
    await loop.settle();
    const item = loop.items.get(id)!;
    expect(item).toMatchObject({ title: '一台风扇', targetFen: 13_900 });
    item.givenFen = 100;
    await loop.tell('donation.gift_received', {
      needId: id,
      itemId: item.itemId,
      giftId: randomUUID(),
      amountFen: 100,
    });
    Object.assign(item, { state: 'claimed', claimedUntil: new Date('2026-11-26T01:00:00Z') });
    await loop.tell('donation.claimed', { needId: id, itemId: item.itemId });
    await loop.settle();
    expect((await loop.wall()).find(({ need_id }) => need_id === id)).toMatchObject({
      state: 'claimed',
      given_fen: 100,
      ways: ['money', 'goods', 'hours'],
    });
    Object.assign(item, { state: 'complete', givenFen: 13_900, claimedUntil: null });
    await loop.tell('donation.item_complete', { needId: id, itemId: item.itemId });
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('matched');
    await loop.tell('fund.proposed', {
      needId: id,
      proposalId: PICTURE,
      amountFen: 13_900,
      number: 'BF-000001',
    });
    await loop.tell('fund.paid', {
      needId: id,
      proposalId: PICTURE,
      amountFen: 13_900,
      number: 'BF-000001',
    });
    await loop.settle();
    const view = await loop.read(worker, id);
    expect(view.state).toBe('under_way');
    expect(view.history.at(-1)!.note).toContain('¥139.00');
    // Of a wish the federation sees the card and the item, never the need.
    expect(await refusalOf(loop.read(loop.staff.federation, id))).toBe('not_found');
    await loop.move(worker, id, { move: 'deliver', attachmentIds: [PICTURE] });
    await loop.move(asker, id, { move: 'confirm', met: 'yes', words: '谢谢' });
    await loop.move(worker, id, { move: 'close' });
    await loop.settle();
    expect(item.state).toBe('closed');
  });

  it('whose promise runs out goes back to the wall with its clock going on', async () => {
    const asker = await loop.resident();
    const giver = await loop.resident();
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    const take = (actor: Actor) =>
      loop.resource.handlers.offerForWish(
        loop.call(actor, {
          params: { needId: id },
          body: { kind: 'hours', title: '两小时陪伴', quantity: 120, note: '', expiresOn: null },
        }),
      );
    const taken = await Promise.all(
      [giver, await loop.resident()].map((actor) => refusalOf(take(actor))),
    );
    expect(taken.toSorted()).toEqual(['done', 'wish_already_met']);
    await loop.settle();
    expect(await refusalOf(take(giver))).toBe('wish_already_met');
    loop.clock.set('2026-11-26T09:00:01+08:00');
    for (const tick of loop.resource.ticks) await tick.run();
    await loop.settle();
    const own = await loop.read(asker, id);
    expect(own.state).toBe('verified');
    expect(own.clock!.stage).toBe('match');
    expect((await loop.wall()).find(({ need_id }) => need_id === id)!.state).toBe('open');
  });

  it('lapses after 60 days, with a word to the asker, and is gone from the wall', async () => {
    const asker = await loop.resident();
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    loop.clock.set('2027-01-23T09:00:00+08:00');
    await loop.need.lapse();
    await loop.settle();
    expect((await loop.read(asker, id)).state).toBe('lapsed');
    expect((await loop.messagesOf(asker))[0]!.body).toContain('60 天');
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
  });

  it('is never published in words that lead to its person', async () => {
    const { worker } = loop.staff;
    const { id } = await loop.file(await loop.resident(), {});
    const tryText = (publicText: string) => loop.move(worker, id, wishRecord({ publicText }));
    for (const text of ['请打一九九零零零零一二三四', '住3号楼', '身份证 410199194912310021'])
      await expect(tryText(text)).rejects.toMatchObject({
        code: 'public_text_names_person',
        field: 'publicText',
      });
    expect(await refusalOf(loop.move(worker, id, wishRecord({ priceYuan: '501' })))).toBe(
      'wish_amount_limit',
    );
    expect(await refusalOf(loop.move(worker, id, wishRecord({ publicText: null })))).toBe(
      'reason_required',
    );
  });
});

describe('an act without money or message', () => {
  it('can be undone for ten minutes; its message waits as long', async () => {
    const asker = await loop.resident();
    const { worker, worker2 } = loop.staff;
    const { id } = await loop.file(asker, {});
    const before = await loop.messagesOf(asker);
    await loop.move(worker, id, { move: 'refuse', note: '不属于微心愿' });
    loop.clock.advance({ minutes: 5 });
    await loop.need.sendNotices();
    expect(await loop.messagesOf(asker)).toEqual(before);
    expect(await refusalOf(loop.move(worker2, id, { move: 'undo' }))).toBe('move_not_possible');
    const undone = await loop.move(worker, id, { move: 'undo' });
    expect(undone.state).toBe('submitted');
    loop.clock.advance({ minutes: 30 });
    await loop.need.sendNotices();
    expect(await loop.messagesOf(asker)).toEqual(before);
    await loop.move(worker, id, { move: 'refuse', note: '不属于微心愿' });
    loop.clock.advance({ minutes: 10, seconds: 1 });
    expect(await refusalOf(loop.move(worker, id, { move: 'undo' }))).toBe('move_not_possible');
    await loop.need.sendNotices();
    expect((await loop.messagesOf(asker))[0]!.body).toMatch(/不属于微心愿.*30 天内.*申诉/);
  });

  it('takes a published card back with the verification', async () => {
    const asker = await loop.resident();
    const id = await loop.wishOnWall(asker, loop.staff.worker);
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(true);
    const undone = await loop.move(loop.staff.worker, id, { move: 'undo' });
    await loop.settle();
    expect('verifications' in undone && undone.verifications).toEqual([]);
    expect(undone.clock!.stage).toBe('verify');
    expect((await loop.wall()).some(({ need_id }) => need_id === id)).toBe(false);
  });
});
