import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aidScene, type AidScene } from '../../../test-support/aid.ts';
import { refusalOf } from '../../../test-support/loop-inputs.ts';

let scene: AidScene;
beforeAll(async () => {
  scene = await aidScene();
});
afterAll(() => scene.close());

const who = (name: string) => scene.actors[name]!;
const declare = (name: string, personId: string) =>
  scene.owner.query(
    `insert into relative_declaration (account_id, person_id, relation_sealed, declared_at) values ($1, $2, '', now())`,
    [who(name).accountId, personId],
  );
const decide = (listId: string, name: string, decision: 'approve' | 'refuse' = 'approve') =>
  scene.call('decideList', who(name), {
    params: { listId },
    body: { decision, note: decision === 'refuse' ? '材料不实' : '' },
  });

describe('C-10: donor, staff or their relatives may not be steered in as beneficiaries', () => {
  test('lines of relatives are parted when proposed, logged, and decided by others', async () => {
    const names = ['甲一', '乙二', '丙三', '丁四'];
    const people = [];
    for (const name of names) people.push(await scene.person({ name, group: 'serious_illness' }));
    const [, second, third, fourth] = people;
    await declare('approver', second!.personId);
    await declare('street', third!.personId);
    // Of one household with a member of staff: her own account is bound to somebody who lives with him.
    const aunt = await scene.person({ name: '戊五', group: 'none' });
    await scene.owner.query('update person set account_id = $1 where id = $2', [
      who('approver2').accountId,
      aunt.personId,
    ]);
    await scene.owner.query(
      `with home as (insert into household (id, area_id, source, created_at)
         select gen_random_uuid(), area_id, 'hand', now() from person where id = $1 returning id, area_id)
       insert into household_member (household_id, person_id, area_id, is_head)
       select home.id, someone, home.area_id, false from home, unnest($2::uuid[]) someone`,
      [fourth!.personId, [fourth!.personId, aunt.personId]],
    );
    const roundId = await scene.open('C01');
    for (const award of await scene.awards(roundId)) await scene.visit(award.id);
    const done = await scene.call('propose', who('street'), { params: { roundId } });
    expect(done).toMatchObject({ proposed: 3, leftOut: 1 });
    expect(done.listIds).toHaveLength(3);

    const lists = await Promise.all(
      done.listIds.map((listId) =>
        scene.call('readList', who('approver3'), { params: { listId } }),
      ),
    );
    const aside = lists
      .filter((list) => list.setAside)
      .toSorted((one, other) => one.recusals[0]!.tie.localeCompare(other.recusals[0]!.tie));
    expect(lists.find((list) => !list.setAside)!.awards.map((one) => one.maskedName)).toEqual([
      '甲*',
    ]);
    expect(aside.map((list) => list.recusals[0])).toMatchObject([
      { byName: 'approver', role: 'approver', tie: 'declared' },
      { byName: 'approver2', role: 'approver', tie: 'household' },
    ]);
    expect(await refusalOf(decide(aside[0]!.id, 'approver'))).toBe('approver_related');
    expect(await refusalOf(decide(aside[1]!.id, 'approver2'))).toBe('approver_related');
    await decide(aside[0]!.id, 'approver2');
    await decide(aside[0]!.id, 'approver3');
    expect(
      (await scene.call('readList', who('auditor'), { params: { listId: aside[0]!.id } })).state,
    ).toBe('approved');

    // The proposer's own relative waits for another proposer.
    const left = (await scene.awards(roundId)).filter((one) => one.state === 'ready');
    expect(left.map((one) => one.maskedName)).toEqual(['丙*']);
    const again = await scene.call('propose', who('district'), { params: { roundId } });
    const list = await scene.call('readList', who('approver'), {
      params: { listId: again.listIds[0]! },
    });
    expect(list).toMatchObject({
      setAside: true,
      recusals: [{ role: 'proposer' }, { role: 'staff' }],
    });
  });

  test('who becomes a relative after the proposal does not decide: the line is set aside for others', async () => {
    const first = await scene.person({ name: '己六', group: 'minimum_living' });
    await scene.person({ name: '庚七', group: 'minimum_living' });
    const roundId = await scene.open('V01');
    for (const award of await scene.awards(roundId)) await scene.visit(award.id);
    const { listIds } = await scene.call('propose', who('street'), { params: { roundId } });
    await decide(listIds[0]!, 'approver2');
    await declare('approver3', first.personId);
    const answer = await decide(listIds[0]!, 'approver3');
    expect(answer.outcome).toBe('set_aside');
    const { items } = await scene.call('lists', who('approver3'), {
      query: { limit: 50, state: 'proposed' },
    });
    const mine = items.filter((one) => one.programme.code === 'V01');
    expect(mine.map((one) => [one.setAside, one.count, one.mayDecide])).toEqual([
      [true, 1, false],
      [false, 1, true],
    ]);
    const { rows } = await scene.owner.query(
      `select role, tie from award_recusal where account_id = $1`,
      [who('approver3').accountId],
    );
    expect(rows).toEqual([{ role: 'approver', tie: 'declared' }]);
    // What two people had held for the old list is held for the new ones, and not twice.
    const funds = await scene.funds();
    const held = items.reduce((sum, one) => sum + one.amount, 0);
    const dueCash = (await scene.parts('C01')).length * 200_000;
    expect(funds.balance - funds.available).toBe(held + dueCash);
  });
});

describe('C-28: notice of the first opinion, masked lists, income check by request, one window, use of funds published, appeal', () => {
  test('the community board has it first, by surname; an objection without a name stops one line and goes one level up', async () => {
    await scene.person({ name: '辛八', group: 'minimum_living', areaCode: '410103001002' });
    await scene.person({ name: '壬九', group: 'minimum_living', areaCode: '410103001002' });
    const worker = {
      ...who('worker'),
      areaId: scene.areaId('410103001002'),
      areaIds: [scene.areaId('410103001002')],
    };
    const roundId = await scene.open('V01');
    const mine = (await scene.awards(roundId, worker)).toSorted((one) =>
      one.maskedName === '辛*' ? -1 : 1,
    );
    const states = async () => {
      const now = await scene.awards(roundId, worker);
      return mine.map(({ id }) => now.find((one) => one.id === id)!.state);
    };
    for (const award of mine)
      await scene.visit(award.id, worker, { incomeCheck: '民政局收入核对' });
    const seen = await scene.call('readAward', worker, { params: { awardId: mine[0]!.id } });
    expect(seen.visits[0]!.incomeCheck).toBe('民政局收入核对');
    expect(seen.maskedName).toBe('辛*');
    const { listIds } = await scene.call('propose', who('street'), { params: { roundId } });
    for (const listId of listIds) {
      await decide(listId, 'approver');
      await decide(listId, 'approver2');
    }
    const [notice] = (await scene.call('notices', worker)).items;
    const params = { noticeId: notice!.id };
    await scene.call('postNotice', worker, {
      params,
      body: { attachmentId: await scene.photo(worker) },
    });
    const sheet = await scene.call('readNotice', worker, { params });
    expect(new Set(sheet.lines.map((line) => line.shownName))).toEqual(new Set(['辛某', '壬某']));
    const place = sheet.lines.find((line) => line.shownName === '辛某')!.place;
    const open = await scene.call('publicNotice', who('worker'), {
      params: { code: notice!.code },
    });
    expect(JSON.stringify(open)).not.toMatch(/辛|壬/);

    await scene.call('objectPublic', who('worker'), {
      params: { code: notice!.code },
      body: { place, text: '他家有两套房出租', contact: '' },
    });
    expect(await states()).toEqual(['paused', 'on_notice']);
    const forWorker = await scene.call('readNotice', worker, { params });
    expect(forWorker.objectionList).toMatchObject([{ place, text: '', mayDecide: false }]);
    const [objection] = (await scene.call('readNotice', who('street'), { params })).objectionList;
    expect(objection).toMatchObject({ text: '他家有两套房出租', contact: null, mayDecide: true });
    scene.clock.set('2026-11-27T09:30:00+08:00');
    await scene.call('takeDownNotice', worker, {
      params,
      body: { attachmentId: await scene.photo(worker) },
    });
    expect(await states()).toEqual(['paused', 'granted']);
    const answer = (decision: 'dismiss' | 'uphold') => ({
      params: { objectionId: objection!.id },
      body: { decision, answer: '核实后，房屋属他人所有' },
    });
    expect(await refusalOf(scene.call('decideObjection', worker, answer('dismiss')))).toBe(
      'appeal_level_wrong',
    );
    await scene.call('decideObjection', who('street'), answer('dismiss'));
    expect(await states()).toEqual(['granted', 'granted']);
    scene.clock.set('2026-11-23T09:00:00+08:00');
  });

  test('a refusal has its reason, and its appeal is answered one level up', async () => {
    const { account } = await scene.person({ name: '癸十', group: 'elderly', bound: true });
    const roundId = await scene.open('M01');
    const [award] = (await scene.awards(roundId)).filter((one) => one.maskedName === '癸*');
    expect(await refusalOf(scene.visit(award!.id, who('worker'), { outcome: 'not_true' }))).toBe(
      'reason_required',
    );
    await scene.visit(award!.id, who('worker'), {
      outcome: 'not_true',
      note: '已住进养老院，三餐由院方供应',
    });
    const [mine] = (await scene.call('mine', account!)).items;
    expect(mine).toMatchObject({
      state: 'refused',
      reason: '已住进养老院，三餐由院方供应',
      mayAppeal: true,
      decidedBy: '社区',
    });
    await scene.call('appealMine', account!, {
      params: { awardId: award!.id },
      body: { text: '我上周已经搬回家了' },
    });
    const answered = {
      params: { awardId: award!.id },
      body: { decision: 'overturn' as const, answer: '走访属实，重新办理' },
    };
    expect(await refusalOf(scene.call('decideAppeal', who('worker'), answered))).toBe(
      'appeal_level_wrong',
    );
    await scene.call('decideAppeal', who('street'), answered);
    expect((await scene.call('mine', account!)).items[0]).toMatchObject({
      state: 'candidate',
      appeal: { state: 'overturned' },
    });
  });

  test('use of funds is told in sums, no cell of fewer than five', async () => {
    const told = await scene.call('publicAid', who('auditor'), { query: { year: 2026 } });
    expect(told.items).toEqual([]);
    expect(told.fewer).toEqual({ programmes: 0, people: 0 });
    for (let place = 0; place < 5; place += 1)
      await scene.person({ name: `周${place}`, group: 'elderly' });
    await scene.grant(await scene.open('M01'));
    const later = await scene.call('publicAid', who('auditor'), { query: { year: 2026 } });
    expect(later.items).toMatchObject([
      { programme: '每月助餐', people: 6, amount: 54_000, byStreet: [{ people: 6 }] },
    ]);
  });
});
