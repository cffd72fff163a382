import { addDays, newId, seededRandom, type Id } from '@wennuan/basics';
import { dateNumber, type Policy } from '@wennuan/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chance } from '../../../../../packages/policy/test-support/random.ts';
import {
  facts,
  programScene,
  samplePolicy,
  type ProgramScene,
} from '../../../test-support/program.ts';

let scene: ProgramScene;
beforeAll(async () => {
  scene = await programScene();
});
afterAll(() => scene.close());

const DISABLED = facts({ group: 3 });
const decide = (policies: readonly Policy[]) => scene.program.importDecided(policies);

describe('candidates kept up to date', () => {
  it('begin when the facts say so, keep their day, and end', async () => {
    const [a, b] = [newId(), newId()];
    await scene.put([
      { personId: a, facts: DISABLED },
      { personId: b, facts: [] },
    ]);
    await decide([samplePolicy()]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T01')).toEqual([a]);
    await scene.addFacts(b, DISABLED);
    await scene.owner.query('delete from person_fact where person_id = $1', [a]);
    expect(await scene.candidatesOf('T01')).toEqual([a]);
    await scene.noteChanged([a, b, b]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T01')).toEqual([b]);
    const { rows } = await scene.owner.query(
      'select since::text, ended_on::text from candidate where person_id = $1',
      [a],
    );
    expect(rows).toEqual([{ since: '2026-11-23', ended_on: '2026-11-23' }]);
    const left = await scene.owner.query('select count(*)::int as n from changed_person');
    expect(left.rows[0].n).toBe(0);
  });

  it('never have a registered death', async () => {
    const dead = newId();
    await scene.put([{ personId: dead, facts: [...DISABLED, ...facts({ died_on: 20260520 })] }]);
    await scene.noteChanged([dead]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T01')).not.toContain(dead);
  });

  it('grow older over night without any change of facts', async () => {
    const turning = newId();
    const born = addDays('1966-11-24', 0);
    await scene.put([{ personId: turning, facts: facts({ born_on: dateNumber(born) }) }]);
    await decide([
      samplePolicy({ code: 'T02', criteria: { field: 'age', operator: 'at_least', value: 60 } }),
    ]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T02')).toEqual([]);
    scene.clock.set(new Date('2026-11-24T00:01:00+08:00'));
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T02')).toEqual([turning]);
  });

  it('follow a new version, and end with the programme', async () => {
    const before = await scene.candidatesOf('T01');
    expect(before.length).toBeGreaterThan(0);
    await decide([samplePolicy({ benefit: fixed(12_300) })]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T01')).toEqual(before);
    expect((await scene.candidates()).filter((line) => line.includes(' 12300 '))).toHaveLength(
      before.length,
    );
    await scene.owner.query(
      `update program_version set ends_on = '2026-11-24' where state = 'decided' and ends_on is null
        and program_id = (select id from program where code = 'T01')`,
    );
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T01')).toEqual([]);
  });

  it('once a household go to another of it when the head is gone', async () => {
    const [head, other] = [newId(), newId()];
    await scene.put([
      { personId: head, facts: facts({ group: 1 }) },
      { personId: other, facts: facts({ group: 1 }) },
    ]);
    await scene.house([head, other]);
    await decide([
      samplePolicy({
        code: 'T03',
        unit: 'household',
        criteria: { field: 'group', operator: 'is', value: 'minimum_living' },
      }),
    ]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T03')).toEqual([head]);
    await scene.addFacts(head, facts({ died_on: 20261101 }));
    await scene.noteChanged([head]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T03')).toEqual([other]);
    await scene.owner.query(
      `update household_member set until = '2026-11-01' where person_id = $1`,
      [other],
    );
    await scene.noteChanged([other]);
    await scene.program.evaluate();
    expect(await scene.candidatesOf('T03')).toEqual([other]);
  });

  it('once a household go to another of it when the one who had it never was of it', async () => {
    const [head, other] = [newId(), newId()];
    await scene.put([
      { personId: head, facts: facts({ group: 1 }) },
      { personId: other, facts: facts({ group: 1 }) },
    ]);
    await scene.house([head, other]);
    await scene.noteChanged([head, other]);
    await scene.program.evaluate();
    const before = await scene.candidatesOf('T03');
    expect(before).toContain(head);
    expect(before).not.toContain(other);
    // Only the candidate's row still knows that both were of one household.
    await scene.owner.query('delete from household_member where person_id = $1', [head]);
    await scene.noteChanged([head]);
    await scene.program.evaluate();
    const after = await scene.candidatesOf('T03');
    expect(after).toContain(head);
    expect(after).toContain(other);
  });
});

describe('whatever changes, people evaluated again and everybody evaluated at once', () => {
  it('give identical rows and figures', async () => {
    const chance = new Chance(seededRandom(20_261_124));
    const people = chance.people(120);
    const ids = new Map<string, Id>(people.map(({ personId }) => [personId, newId()]));
    await scene.put(
      people.map(({ personId, facts: own }) => ({ personId: ids.get(personId)!, facts: own })),
    );
    const homes = new Set(people.flatMap(({ household }) => (household ? [household] : [])));
    for (const home of homes) await scene.house(home.map(({ personId }) => ids.get(personId)!));
    await scene.noteChanged([...ids.values()]);
    const inForce = { validFrom: '2026-01-01', validUntil: null };
    const policies = Array.from({ length: 12 }, (_, place) => ({
      ...chance.policy(place),
      ...inForce,
    }));
    expect((await decide(policies)).problems).toEqual([]);
    await scene.program.evaluate();
    for (let round = 0; round < 8; round += 1) {
      await change(chance, [...ids.values()]);
      await scene.program.evaluate();
      const kept = await scene.candidates();
      const figures = await scene.figures();
      await scene.owner.query('update program set evaluated_on = null');
      await scene.program.evaluate();
      expect(await scene.candidates(), `round ${round}`).toEqual(kept);
      expect(await scene.figures(), `round ${round}`).toEqual(figures);
    }
    expect((await scene.candidates()).length).toBeGreaterThan(50);
  });
});

/** Some people lose or gain facts, move from household to household, or leave one. */
async function change(chance: Chance, ids: readonly Id[]): Promise<void> {
  const donors = chance.people(12);
  for (const { facts: fresh } of donors) {
    const id = chance.one(ids);
    if (chance.likely(0.5))
      await scene.owner.query('delete from person_fact where person_id = $1', [id]);
    await scene.addFacts(id, fresh);
    await scene.noteChanged([id]);
  }
  for (let turn = 0; turn < 4; turn += 1) {
    const [leaving, joining] = [chance.one(ids), chance.one(ids)];
    await scene.owner.query(
      `update household_member set until = '2026-11-24' where person_id = $1 and until is null`,
      [leaving],
    );
    await scene.house([joining, leaving].filter((one, at, all) => all.indexOf(one) === at));
    await scene.noteChanged([leaving, joining]);
  }
}

function fixed(amount: number): Policy['benefit'] {
  return { ...samplePolicy().benefit, formula: { kind: 'fixed', amount } };
}
