import { seededRandom } from '@wennuan/basics';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Chance, ON } from '../test-support/random.ts';
import { householdIdOf, openStore, type Store } from '../test-support/store.ts';
import {
  affectedPeople,
  askedOf,
  type Candidate,
  compile,
  evaluate,
  normalise,
  type Person,
  type Plan,
  type Policy,
  readPolicy,
  summarise,
} from './index.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

interface Case {
  people: Person[];
  policies: Policy[];
}

/** Random definitions are read as a file is, so none of them is one that would be refused. */
function caseOf(seed: number, count = 300): Case {
  const chance = new Chance(seededRandom(seed));
  const people = chance.people(count);
  const policies = Array.from({ length: 40 }, (_, number) => {
    const { policy, problems } = readPolicy(chance.policy(number));
    expect(problems).toEqual([]);
    return policy!;
  });
  return { people, policies };
}

/** What plain TypeScript says, one person and one policy after another. */
function oneByOne({ people, policies }: Case): Candidate[] {
  return policies.flatMap((policy) =>
    people.flatMap((person) => {
      const verdict = evaluate(policy, person, ON);
      if (verdict.recipientId !== person.personId) return [];
      const bits = verdict.states.map((state, place) => (state === 'met' ? 2 ** place : 0));
      const held = bits.reduce((sum, bit) => sum + bit, 0);
      const lowest = person.household?.map(({ personId }) => personId).toSorted()[0];
      const shared = lowest === undefined ? person.personId : householdIdOf(lowest);
      const householdId = policy.unit === 'person' ? null : shared;
      return [
        { code: policy.code, personId: person.personId, householdId, amount: verdict.amount, held },
      ];
    }),
  );
}

function sorted(candidates: readonly Candidate[]): string[] {
  return candidates
    .map((one) => JSON.stringify([one.code, one.personId, one.householdId, one.amount, one.held]))
    .toSorted();
}

describe('SQL and TypeScript', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'agree on random people and definitions: seed %i',
    async (seed) => {
      const random = caseOf(seed);
      await store.put(random.people);
      const found = await store.run(compile(random.policies, ON));
      expect(found.length).toBeGreaterThan(500);
      expect(sorted(found)).toEqual(sorted(oneByOne(random)));
    },
  );

  it('agree for one policy at a time, whatever shares the statement', async () => {
    const random = caseOf(9, 150);
    await store.put(random.people);
    const all = oneByOne(random);
    for (const policy of random.policies) {
      const found = await store.run(compile([policy], ON));
      expect(sorted(found)).toEqual(sorted(all.filter(({ code }) => code === policy.code)));
    }
  });

  it('agree when only some people are evaluated again, with all of their households', async () => {
    const random = caseOf(10);
    await store.put(random.people);
    const some = random.people
      .filter((_, index) => index % 9 === 0)
      .map(({ personId }) => personId);
    const affected = affectedPeople(some, ON);
    const { rows } = await store.sql.query<{ person_id: string }>(affected.text, affected.values);
    const ids = new Set(rows.map(({ person_id }) => person_id));
    const households = random.people.filter(
      ({ personId, household }) =>
        some.includes(personId) || household?.some((member) => some.includes(member.personId)),
    );
    expect(ids).toEqual(new Set(households.map(({ personId }) => personId)));
    const found = await store.run(compile(random.policies, ON, some));
    const wanted = oneByOne(random).filter(({ personId }) => ids.has(personId));
    expect(sorted(found.filter(({ personId }) => ids.has(personId)))).toEqual(sorted(wanted));
    expect(found.every(({ personId }) => ids.has(personId))).toBe(true);
  });

  it('count and sum alike', async () => {
    const random = caseOf(11);
    await store.put(random.people);
    const plan = compile(random.policies, ON);
    const summary = summarise(plan);
    const { rows } = await store.sql.query<{ policy: number; candidates: number; amount: string }>(
      summary.text,
      summary.values,
    );
    const all = oneByOne(random);
    for (const { policy, candidates, amount } of rows) {
      const mine = all.filter(({ code }) => code === plan.policies[policy]!.code);
      expect(candidates).toBe(mine.length);
      expect(Number(amount)).toBe(mine.reduce((sum, one) => sum + one.amount, 0));
    }
    expect(rows.reduce((sum, { candidates }) => sum + candidates, 0)).toBe(all.length);
  });
});

/** Mistakes that a hand could make in the statement, as changes of its text. */
const PLANTED: Record<string, (text: string) => string> = {
  'thresholds shifted by one': (text) => text.replaceAll(/value < (\$\d+)/g, 'value <= $1'),
  'rows counted after they ended': (text) =>
    text.replace('person_fact.until > $1', 'person_fact.until >= $1'),
  'rows missed on their first day': (text) =>
    text.replace('person_fact.since <= $1', 'person_fact.since < $1'),
  'every row must show it': (text) => text.replaceAll('bit_or(', 'bit_and('),
  'ignorance makes fit': (text) =>
    changeMasks(text, (column, asked, set) =>
      bitsOf(asked) === 2 && bitsOf(set) === 1 ? `(${column} & ${asked - set}::bigint) = 0` : null,
    ),
  'how long is not asked': (text) =>
    text.replaceAll(/(since <= \$\d+::date) then case/g, '$1 or true then case'),
  'half a fen cut off': (text) => text.replaceAll('+ 50) / 100', ') / 100'),
  'no limit': (text) => text.replaceAll('least(', 'greatest('),
  'the smallest value': (text) => text.replaceAll('max(case', 'min(case'),
  'head or not': (text) => text.replace('is_head desc, person_id', 'is_head, person_id'),
  'somebody in the house is missing': (text) =>
    text.replace('count(*) as members', 'count(*) - 1 as members'),
  'any instead of all': (text) =>
    changeMasks(text, (column, _asked, set) =>
      bitsOf(set) > 1 ? `(${column} & ${set}::bigint) <> 0` : null,
    ),
};

/** Changes comparisons of a mask: of the bits that are asked, just these are set. */
function changeMasks(
  text: string,
  change: (column: string, asked: bigint, set: bigint) => string | null,
): string {
  return text.replaceAll(
    /\((kind\.m\d) & (\d+)::bigint\) = (\d+)::bigint/g,
    (whole, column: string, asked: string, set: string) =>
      change(column, BigInt(asked), BigInt(set)) ?? whole,
  );
}

function bitsOf(mask: bigint): number {
  return mask.toString(2).replaceAll('0', '').length;
}

describe('a planted mistake in the statement', () => {
  it.each(Object.keys(PLANTED))('is seen: %s', async (name) => {
    const random = caseOf(12);
    await store.put(random.people);
    const plan = compile(random.policies, ON);
    const text = PLANTED[name]!(plan.text);
    expect(text).not.toBe(plan.text);
    const planted: Plan = { ...plan, text };
    expect(sorted(await store.run(planted))).not.toEqual(sorted(oneByOne(random)));
  });
});

describe('the statement', () => {
  it('holds no text of a definition, only numbers, names of the catalogue and places', () => {
    const { policies } = caseOf(13, 1);
    const evil = policies.map((policy) => ({
      ...policy,
      name: { zh: "x'; drop table", en: '--' },
    }));
    const { text, values } = compile(evil, ON);
    expect(text).not.toContain("'");
    expect(text).not.toContain('drop');
    expect(
      values.every(
        (value) =>
          typeof value === 'number' || value === ON || /^\d{4}-\d\d-\d\d$/.test(String(value)),
      ),
    ).toBe(true);
  });

  it('counts somebody of two households in both, once each', async () => {
    const chance = new Chance(seededRandom(14));
    const [person] = chance.people(1);
    const personId = person!.personId;
    const facts = [{ field: 'group', value: 2, since: null, until: null }];
    await store.put([{ personId, facts, household: null }]);
    const homes = ['f', 'e'].map((digit) => `${digit}0000000-0000-7000-8000-000000000000`);
    await store.sql.query('insert into household_member select unnest($1::uuid[]), $2, true', [
      homes,
      personId,
    ]);
    const criteria = { field: 'group', operator: 'is', value: 'destitute' } as const;
    const policy: Policy = {
      ...chance.policy(1),
      criteria,
      unit: 'household',
      validFrom: ON,
      validUntil: null,
      exclusiveWith: [],
    };
    const found = await store.run(compile([policy], ON));
    expect(new Set(found.map(({ householdId }) => householdId))).toEqual(new Set(homes));
    expect(found).toHaveLength(2);
  });

  it('is empty where no policy is in force', async () => {
    const { people, policies } = caseOf(15, 20);
    await store.put(people);
    expect(await store.run(compile(policies, '2020-01-01'))).toEqual([]);
  });

  it('asks for more than 62 things in further mask columns', async () => {
    const random = caseOf(16, 200);
    const plan = compile(random.policies, ON);
    expect(plan.text).toContain('as m1');
    expect(
      random.policies.flatMap((policy) => normalise(askedOf(policy)).literals).length,
    ).toBeGreaterThan(62);
  });
});
