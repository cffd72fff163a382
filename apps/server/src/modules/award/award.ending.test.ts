import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';

let scene: AidScene;
beforeAll(async () => {
  scene = await aidScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.clock.set('2026-11-23T09:00:00+08:00'));

const who = (name: string) => scene.actors[name]!;
const tick = async () => {
  for (const one of scene.award.ticks) await one.run();
};
const act = async (awardId: string, name: string, what: string, reason = '') => {
  const { version } = await scene.call('readAward', who(name), { params: { awardId } });
  return await scene.call('act', who(name), {
    params: { awardId },
    body: { version, act: what as 'stop', reason },
  });
};
const newest = async (account: Actor) =>
  (
    await scene.message.handlers.inbox({ actor: account, query: { limit: 1 } } as Parameters<
      typeof scene.message.handlers.inbox
    >[0])
  ).items[0]!;

/** Somebody who gets meals each month, since today. */
async function granted(name: string) {
  const { personId, account } = await scene.person({ name, group: 'elderly', bound: true });
  const roundId = await scene.open('M01');
  await scene.grant(roundId);
  const award = (await scene.awards(roundId)).find((one) => one.personId === personId)!;
  return { personId, account: account!, awardId: award.id };
}
const partsOf = async (awardId: string) =>
  (await scene.call('readAward', who('street'), { params: { awardId } })).periods;

test('stopping needs a person, tells her why, and her appeal goes to the street', async () => {
  const { account, awardId } = await granted('曹甲');
  expect(await refusalOf(act(awardId, 'worker', 'stop'))).toBe('reason_required');
  await act(awardId, 'worker', 'stop', '已由子女供餐');
  const message = await newest(account);
  expect(message.body).toContain('已由子女供餐');
  expect(message.body).toContain('申诉');
  scene.clock.set('2027-02-10T09:00:00+08:00');
  await tick();
  expect(await partsOf(awardId)).toHaveLength(1);
  await scene.call('appealMine', account, { params: { awardId }, body: { text: '子女已经搬走' } });
  const { items } = await scene.desk.handlers.tasks({
    actor: who('street'),
    query: { limit: 50 },
  } as Parameters<typeof scene.desk.handlers.tasks>[0]);
  expect(items.filter((task) => task.subjectId === awardId)).toMatchObject([{ kind: 'appeal' }]);
  await scene.call('decideAppeal', who('street'), {
    params: { awardId },
    body: { decision: 'overturn', answer: '情况属实，继续' },
  });
  expect((await partsOf(awardId)).map((part) => part.period)).toEqual(['2026-11', '2027-02']);
});

test('a registered death stops what is next, asks a worker, and takes nothing back', async () => {
  const { personId, awardId } = await granted('曹乙');
  const [before] = await partsOf(awardId);
  await scene.note(personId, 'died');
  await tick();
  expect((await scene.call('readAward', who('worker'), { params: { awardId } })).state).toBe(
    'halted',
  );
  scene.clock.set('2027-01-10T09:00:00+08:00');
  await tick();
  expect(await partsOf(awardId)).toEqual([before]);

  // The register was wrong: a worker says so, months go on, and the same register does not stop it again.
  await act(awardId, 'worker', 'resume', '入户见到本人，名册登记有误');
  await tick();
  expect((await partsOf(awardId)).map((part) => part.period)).toEqual(['2026-11', '2027-01']);
  expect((await act(awardId, 'worker', 'note_death')).state).toBe('died');
});

test('she gives up herself, and nobody else can for her with her account', async () => {
  const { account, awardId } = await granted('曹丙');
  const other = await granted('曹丁');
  const giveUp = (actor: Actor) =>
    scene.call('giveUpMine', actor, { params: { awardId }, body: { reason: '' } });
  expect(await refusalOf(giveUp(other.account))).toBe('not_found');
  await giveUp(account);
  const [mine] = (await scene.call('mine', account)).items;
  expect(mine).toMatchObject({ state: 'declined', nextOn: null, mayAppeal: false });
});

test('a review is asked for in time, nothing comes after it, and renewing goes on', async () => {
  const { awardId } = await granted('曹戊');
  scene.clock.set('2027-11-01T09:00:00+08:00');
  await tick();
  await tick();
  const { items } = await scene.desk.handlers.tasks({
    actor: who('worker'),
    query: { kind: 'review_award', limit: 50 },
  } as Parameters<typeof scene.desk.handlers.tasks>[0]);
  expect(items.filter((task) => task.subjectId === awardId)).toHaveLength(1);
  expect(items.find((task) => task.subjectId === awardId)!.title).toBe('曹* · 每月助餐');
  scene.clock.set('2028-01-05T09:00:00+08:00');
  await tick();
  expect((await partsOf(awardId)).at(-1)!.period).toBe('2027-11');
  await act(awardId, 'worker', 'renew', '复查属实');
  expect((await partsOf(awardId)).at(-1)!.period).toBe('2028-01');
});

test('she says that it did not come: a worker finds out, and it stays unconfirmed', async () => {
  const { account } = await granted('曹己');
  const [mine] = (await scene.call('mine', account)).items;
  const params = { periodId: mine!.periods[0]!.id };
  await scene.call('confirmMine', account, {
    params,
    body: { received: false, words: '卡里没有' },
  });
  const { items } = await scene.call('confirmations', who('worker'), {
    query: { kind: 'unconfirmed', limit: 50 },
  });
  expect(items.find((one) => one.id === params.periodId)).toMatchObject({ waits: 'not_received' });
});

test('what she confirms early in the morning stands in the list of the year under that day', async () => {
  const { account, personId } = await granted('曹午');
  const [mine] = (await scene.call('mine', account)).items;
  scene.clock.set('2026-11-24T07:30:00+08:00');
  const params = { periodId: mine!.periods[0]!.id };
  await scene.call('confirmMine', account, { params, body: { received: true, words: '' } });
  const { items } = await scene.call('aidOfYear', who('worker'), {
    query: { year: 2026, limit: 50 },
  });
  expect(items.find((one) => one.personId === personId)!.confirmedOn).toBe('2026-11-24');
});

test('a question to a person is on her worker’s desk', async () => {
  const { account, awardId } = await granted('曹庚');
  await scene.call('askMine', account, { params: { awardId }, body: { text: '怎么用？' } });
  const detail = await scene.call('readAward', who('worker'), { params: { awardId } });
  expect(detail.steps.at(-1)).toMatchObject({ move: 'ask', note: '怎么用？' });
});

test('what an office wrote down by mistake is appealed against, and what was due then comes', async () => {
  const ends = [
    ['note_death', ''],
    ['give_up', '她说够用了，留给别人'],
  ] as const;
  const people: { personId: string }[] = [];
  for (const [what] of ends)
    people.push(await scene.person({ name: `曹${what.length}`, group: 'serious_illness' }));
  const roundId = await scene.open('C01');
  await scene.grant(roundId);
  const awards = await scene.awards(roundId);
  for (const [index, [what, reason]] of ends.entries()) {
    const { id } = awards.find((one) => one.personId === people[index]!.personId)!;
    await act(id, 'worker', what, reason);
    expect(await partsOf(id)).toMatchObject([{ state: 'cancelled' }]);
    const params = { awardId: id };
    await scene.call('appealFor', who('worker'), { params, body: { text: '写错了' } });
    await scene.call('decideAppeal', who('street'), {
      params,
      body: { decision: 'overturn', answer: '核实过，接着办' },
    });
    expect(await partsOf(id), what).toMatchObject([{ state: 'due', amount: 200_000 }]);
  }
});

test('who has no account is told by her worker, with a letter that says why and how to appeal', async () => {
  const { personId } = await scene.person({ name: '曹子', group: 'elderly' });
  const roundId = await scene.open('M01');
  await scene.grant(roundId);
  const { id: awardId } = (await scene.awards(roundId)).find((one) => one.personId === personId)!;
  await act(awardId, 'street', 'stop', '已由子女供餐');
  const waiting = async () => {
    const { items } = await scene.desk.handlers.tasks({
      actor: who('worker'),
      query: { kind: 'tell_decision', limit: 50 },
    } as Parameters<typeof scene.desk.handlers.tasks>[0]);
    return items.filter((task) => task.subjectId === awardId).length;
  };
  expect(await waiting()).toBe(1);
  const params = { awardId };
  expect((await scene.call('readAward', who('worker'), { params })).telling).toMatchObject({
    reason: '已由子女供餐',
    decidedBy: '街道',
    appealTo: '区温暖办',
    toldAt: null,
    mayAppeal: true,
    mayNote: true,
  });
  const told = { params, body: { way: 'face_to_face' as const, note: '知道了' } };
  const { steps, telling } = await scene.call('tell', who('worker'), told);
  expect(steps.at(-1)).toMatchObject({ move: 'told', note: '当面告知，交了告知书。知道了' });
  expect(telling).toMatchObject({ mayNote: false, toldAt: expect.any(String) });
  expect(await waiting()).toBe(0);
  expect(await refusalOf(scene.call('tell', who('worker'), told))).toBe('award_state_wrong');
});

test('when she moves, what waits for her waits in her new community, for nobody in particular', async () => {
  const { personId } = await scene.person({ name: '曹申', group: 'elderly' });
  const awards = await scene.awards(await scene.open('M01'));
  const { id } = awards.find((one) => one.personId === personId)!;
  const areaId = scene.areaId('410103001002');
  await scene.database.write(systemActor('test'), 'test.move', (tx) =>
    scene.award.follow(tx, personId, areaId),
  );
  const { rows } = await scene.owner.query(
    'select kind, area_id, owner_id from task where subject_id = $1 and closed_at is null',
    [id],
  );
  expect(rows).toEqual([{ kind: 'visit', area_id: areaId, owner_id: null }]);
});
