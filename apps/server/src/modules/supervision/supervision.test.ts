import { newId, type Id } from '@wennuan/basics';
import type { FindingKind } from '@wennuan/contract';
import { benefitNumber } from '@wennuan/policy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  facts,
  programScene,
  samplePolicy,
  type ProgramScene,
} from '../../../test-support/program.ts';
import type { Actor } from '../../platform/actor.ts';

let scene: ProgramScene;
beforeAll(async () => {
  scene = await programScene();
});
afterAll(() => scene.close());

const staff = (name: string): Actor => scene.actors[name]!;
const ask = (input: object, actor: Actor) => ({ actor, params: {}, query: {}, ...input }) as never;
const list = async (kind: FindingKind, actor = staff('district')) =>
  (await scene.supervision.handlers.findings(ask({ query: { kind, limit: 50 } }, actor))).items;
const whole = (findingId: Id, actor = staff('district')) =>
  scene.supervision.handlers.readFinding(ask({ params: { findingId } }, actor));
const end = (findingId: Id, body: object, actor = staff('district')) =>
  scene.supervision.handlers.end(
    ask(
      {
        params: { findingId },
        body: { recoveredYuan: null, referredTo: null, note: '已核实', ...body },
      },
      actor,
    ),
  );
const GROUP = { destitute: 2, minimumLiving: 1, elderly: 4, disabled: 3 };

/** A round with one award of a person, as it stood some days ago. */
async function award(personId: Id, of: { code: string; state: string; daysAgo?: number }) {
  const [roundId, awardId] = [newId(), newId()];
  const { code, state, daysAgo = 0 } = of;
  await scene.owner.query(
    `insert into award_round (id, program_code, definition, source, period, area_id, opened_at)
    values ($1, $2, '{}', 'charity', $6, $3, $4::timestamptz - make_interval(days => $5))`,
    [roundId, code, scene.areaId(), scene.clock.now(), daysAgo, roundId],
  );
  await scene.owner.query(
    `insert into award (id, round_id, program_code, source, beneficiary_id, person_id, area_id, state, amount, unit,
      may_be_named, granted_on, review_on)
    values ($1, $2, $3, 'charity', $4, $4, $5, $6, 30000, 'fen', true, '2026-01-01', '2027-01-01')`,
    [awardId, roundId, code, personId, scene.areaId(), state],
  );
  return awardId;
}

async function part(awardId: Id, personId: Id, of: { state: string; deliveredOn: string }) {
  await scene.owner.query(
    `insert into award_part (id, award_id, program_code, beneficiary_id, period, person_id, area_id, with_federation,
      delivery, amount, unit, state, due_on, delivered_on, confirmed_at, confirmed_by)
    values ($1, $2, 'T01', $3, $7, $3, $4, false, 'cash', 30000, 'fen', $5, $6::date, $6::date,
      case when $5::text = 'confirmed' then $6::date end, case when $5::text = 'confirmed' then 'call_back' end)`,
    [newId(), awardId, personId, scene.areaId(), of.state, of.deliveredOn, newId()],
  );
}

describe('what supervision finds', () => {
  test('the dead in a roster, and those still paid, each as one case with a task', async () => {
    const [inRoster, paid, gone] = [newId(), newId(), newId()];
    const died = { died_on: 20260301 };
    await scene.put([
      { personId: inRoster, facts: facts({ ...died, group: GROUP.disabled }) },
      {
        personId: paid,
        facts: facts({ ...died, group: GROUP.elderly, elderly_allowance_fen: 20_000 }),
      },
      { personId: gone, facts: facts(died) },
    ]);
    await scene.supervision.look();
    expect((await list('dead_in_roster')).map(({ person }) => person?.id)).not.toContain(gone);
    const { rows } = await scene.owner.query(
      `select f.kind, f.person_id, t.number = f.number as has_task from finding f join task t on t.subject_id = f.id order by f.kind`,
    );
    expect(rows).toEqual([
      { kind: 'dead_in_roster', person_id: inRoster, has_task: true },
      { kind: 'dead_paid', person_id: paid, has_task: true },
    ]);
    const [case_] = await list('dead_paid');
    expect((await whole(case_!.id)).owners).toMatchObject({
      role: 'street_officer',
      area: { level: 'street' },
      names: [expect.any(String)],
    });
    expect(case_!.evidence).toEqual([
      { code: 'died_on', value: '2026-03-01' },
      { code: 'group', value: '高龄老人' },
      { code: 'amount', value: '¥200.00' },
    ]);
  });

  test('looking again makes no case twice; what is no longer so is marked, and marked again', async () => {
    expect(await scene.supervision.look()).toEqual({ found: 0, gone: 0 });
    const [{ id, person_id }] = (
      await scene.owner.query(`select id, person_id from finding where kind = 'dead_in_roster'`)
    ).rows;
    await scene.owner.query(
      `update person_fact set until = '2026-11-01' where person_id = $1 and field = 1`,
      [person_id],
    );
    expect(await scene.supervision.look()).toEqual({ found: 0, gone: 1 });
    expect((await whole(id)).stillFound).toBe(false);
    await scene.owner.query(`update person_fact set until = null where person_id = $1`, [
      person_id,
    ]);
    expect(await scene.supervision.look()).toEqual({ found: 0, gone: 0 });
    expect((await whole(id)).steps.map(({ move }) => move)).toEqual([
      'found',
      'gone',
      'found_again',
    ]);
  });

  test('one benefit from two sources, and benefits that exclude each other', async () => {
    const [twice, both, groups] = [newId(), newId(), newId()];
    await scene.program.importDecided([
      samplePolicy({ exclusiveWith: ['T02'] }),
      samplePolicy({ code: 'T02' }),
    ]);
    await scene.put([
      { personId: twice, facts: facts({ benefit: benefitNumber('T01')! }) },
      { personId: both, facts: facts({ benefit: benefitNumber('T02')! }) },
      {
        personId: groups,
        facts: [...facts({ group: GROUP.minimumLiving }), ...facts({ group: GROUP.destitute })],
      },
    ]);
    await award(twice, { code: 'T01', state: 'granted' });
    await award(both, { code: 'T01', state: 'granted' });
    await scene.supervision.look();
    const kinds = async (person: Id) =>
      (
        await scene.owner.query('select kind from finding where person_id = $1 order by 1', [
          person,
        ])
      ).rows.map(({ kind }) => kind);
    expect(await kinds(twice)).toEqual(['same_benefit_twice']);
    expect(await kinds(both)).toEqual(['exclusive_benefits']);
    expect(await kinds(groups)).toEqual(['exclusive_benefits']);
  });

  test('people never reached, payments never confirmed, programmes never opened', async () => {
    const [waiting, fresh, silent] = [newId(), newId(), newId()];
    await scene.put([waiting, fresh, silent].map((personId) => ({ personId, facts: [] })));
    const late = await award(waiting, { code: 'T03', state: 'candidate', daysAgo: 31 });
    await award(fresh, { code: 'T03', state: 'candidate', daysAgo: 29 });
    const granted = await award(silent, { code: 'T04', state: 'granted' });
    await part(granted, silent, { state: 'delivered', deliveredOn: '2026-10-20' });
    await part(granted, silent, { state: 'delivered', deliveredOn: '2026-10-30' });
    await part(granted, silent, { state: 'confirmed', deliveredOn: '2026-09-20' });
    await scene.supervision.look();
    const keys = await scene.owner.query(
      `select subject_key from finding where kind in ('never_reached', 'paid_unconfirmed')`,
    );
    expect(keys.rows).toHaveLength(2);
    expect(keys.rows.map(({ subject_key }) => subject_key)).toContain(late);
  });

  test('a sudden jump of a community, but not a first delivery', async () => {
    const people = Array.from({ length: 24 }, () => newId());
    await scene.put(
      people.map((personId, index) => ({
        personId,
        areaCode: '410103001002',
        facts: facts({ group: 11 }).map((fact) => ({
          ...fact,
          since: index < 12 ? null : '2026-11-10',
        })),
      })),
    );
    await scene.supervision.look();
    const jumps = await list('sudden_jump');
    expect(
      jumps.map(({ area, evidence }) => [area.name, evidence.map(({ value }) => value)]),
    ).toEqual([['淮南社区', ['计生特殊家庭', '12', '24']]]);
  });

  test('a relative’s hand in an award that became known later', async () => {
    const relative = newId();
    await scene.put([{ personId: relative, facts: [] }]);
    const awardId = await award(relative, { code: 'T05', state: 'granted' });
    const worker = staff('worker').accountId;
    await scene.owner.query('update award set visited_by = $1 where id = $2', [worker, awardId]);
    await scene.owner.query(
      `insert into relative_declaration (account_id, person_id, relation_sealed, declared_at) values ($1, $2, '', now())`,
      [worker, relative],
    );
    await scene.supervision.look();
    const { rows } = await scene.owner.query(
      `select subject_key from finding where kind = 'relative_of_staff'`,
    );
    expect(rows).toEqual([{ subject_key: awardId }]);
  });
});

describe('a case', () => {
  test('is seen in its areas only, tried as the login itself', async () => {
    const [one] = await list('dead_paid');
    expect(await list('dead_paid', staff('worker'))).toHaveLength(1);
    expect(await list('dead_paid', staff('worker-elsewhere'))).toEqual([]);
    await expect(whole(one!.id, staff('street-elsewhere'))).rejects.toThrow('not_found');
    await expect(end(one!.id, { outcome: 'explained' }, staff('worker-elsewhere'))).rejects.toThrow(
      'not_found',
    );
  });

  test('ends once, by a person, with what its outcome needs; the note is sealed', async () => {
    const { id } = (await list('dead_paid'))[0]!;
    await expect(end(id, { outcome: 'recovered' })).rejects.toThrow('recovered_amount_required');
    await expect(end(id, { outcome: 'referred' })).rejects.toThrow('referred_to_required');
    for (const recoveredYuan of ['0', '-1', '六百', '1.234'])
      await expect(end(id, { outcome: 'recovered', recoveredYuan })).rejects.toThrow(
        'amount_invalid',
      );
    const both = await Promise.allSettled([
      end(id, { outcome: 'recovered', recoveredYuan: '600', note: '家属已退回三个月' }),
      end(id, { outcome: 'explained' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const seen = await whole(id);
    expect(seen.clock).toBeNull();
    expect(seen.steps.at(-1)).toMatchObject({ move: 'ended', byName: 'district' });
    const { rows } = await scene.owner.query('select note_sealed::text as text from finding_step');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('家属').toString('hex'));
    await expect(
      scene.supervision.handlers.note(
        ask({ params: { findingId: id }, body: { note: '再记一笔' } }, staff('district')),
      ),
    ).rejects.toThrow('finding_ended');
  });

  test('is not found again once it has ended', async () => {
    expect((await scene.supervision.look()).found).toBe(0);
  });
});

test('coverage counts each living person once, reached by a confirmed award', async () => {
  const [reached, unreached, dead] = [newId(), newId(), newId()];
  const two = [...facts({ group: 9 }), ...facts({ group: 10 })];
  await scene.put([
    { personId: reached, areaCode: '410103002001', facts: two },
    { personId: unreached, areaCode: '410103002001', facts: facts({ group: 9 }) },
    { personId: dead, areaCode: '410103002001', facts: [...two, ...facts({ died_on: 20250101 })] },
  ]);
  const awardId = await award(reached, { code: 'T06', state: 'granted' });
  await part(awardId, reached, { state: 'confirmed', deliveredOn: '2026-06-01' });
  const coverage = await scene.supervision.handlers.coverage(ask({}, staff('district')));
  expect(coverage.areas.find(({ area }) => area.name === '兰台社区')).toMatchObject({
    living: 2,
    reached: 1,
  });
  expect(coverage.areas.find(({ area }) => area.name === '建中街街道')).toMatchObject({
    living: 2,
    reached: 1,
  });
  expect(coverage.groups.find(({ group }) => group === 'serious_illness')).toMatchObject({
    living: 2,
    reached: 1,
  });
  expect(coverage.groups.find(({ group }) => group === 'student')).toBeUndefined();
});
