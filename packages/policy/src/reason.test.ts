import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@wennuan/basics';
import { beforeAll, describe, expect, it } from 'vitest';
import { Chance, ON } from '../test-support/random.ts';
import { holdsWith } from './criteria.ts';
import { smallestChange } from './reason.ts';
import {
  askedOf,
  encodeFact,
  evaluate,
  explain,
  explainHeld,
  explainMasked,
  normalise,
  type Person,
  type Policy,
  readPolicies,
} from './index.ts';

const PROGRAMS = join(import.meta.dirname, '../../../demo/programs.json');
let programs: Map<string, Policy>;

beforeAll(() => {
  const { policies } = readPolicies(JSON.parse(readFileSync(PROGRAMS, 'utf8')));
  programs = new Map(policies!.map((policy) => [policy.code, policy]));
});

function personWith(facts: Record<string, string | number>): Person {
  const rows = Object.entries(facts).map(([field, value]) => ({
    field,
    value: encodeFact(field, value)!.value,
    since: null,
    until: null,
  }));
  return { personId: 'a', facts: rows, household: null };
}

function reasonFor(code: string, facts: Record<string, string | number>) {
  const policy = programs.get(code)!;
  const person = personWith(facts);
  return explain(policy, evaluate(policy, person, ON), person, ON);
}

describe('a reason', () => {
  it('says what a yes rests on, with what is on file and the clause', () => {
    const { zh, en } = reasonFor('P01', { born_on: '1940-05-01', group: 'elderly' });
    expect(zh).toBe(
      '符合高龄津贴（80–89 岁）：年龄在 80 岁到 89 岁之间（档案：86 岁）；属于高龄老人（档案：高龄老人）。依据：示例政策目录 P01：80–89 岁，在高龄老人名册。',
    );
    expect(en).toBe(
      'Meets Old-age allowance, 80–89: age from 80 to 89 (on file: 86); in the group very old (on file: Very old). By: Sample catalogue P01: aged 80–89 and in the register of the very old.',
    );
  });

  it('keeps to itself what a reader must not see of a file, and says how it stands all the same', () => {
    const policy = programs.get('P05')!;
    const person = personWith({ group: 'disabled', disability_grade: 'grade_2' });
    const verdict = evaluate(policy, person, ON);
    const hidden = new Set(['disability_grade']);
    const { zh, en, because } = explainMasked(policy, verdict, { person, on: ON, hidden });
    expect(zh).toContain('残疾等级为一级或二级（档案：已隐去的内容）');
    expect(en).toContain('(on file: masked)');
    expect(because.map(({ state }) => state)).toEqual(['met', 'met']);
    expect(explain(policy, verdict, person, ON).zh).toContain('（档案：二级）');
  });

  it('says for a no the least that is missing', () => {
    const { zh, en, missing } = reasonFor('P07', { born_on: '1965-05-01', sex: 'female' });
    expect(missing).toHaveLength(1);
    expect(zh).toContain('要求年龄不低于 65 岁，档案为61 岁');
    expect(en).toContain('asks for age at least 65; on file: 61');
  });

  it('keeps apart what is not so and what nobody knows', () => {
    const { zh, missing } = reasonFor('P05', { group: 'disabled' });
    expect(missing.map(({ state }) => state)).toEqual(['unknown']);
    expect(zh).toContain('要求残疾等级为一级或二级，档案中没有这一项');
  });

  it('names a registered death, and a day on which nothing is in force or on file', () => {
    const dead = reasonFor('P13', { group: 'veteran', died_on: '2026-05-01' });
    expect(dead.zh).toContain('并非“有死亡登记”，档案为2026-05-01');
    const policy = programs.get('P13')!;
    const person = personWith({ group: 'veteran' });
    const early = explain(policy, evaluate(policy, person, '2020-01-01'), person, '2020-01-01');
    expect(early.isCandidate).toBe(false);
    expect(early.zh).toContain('没有施行');
  });

  it('is the same from the bits of a result, but for what is on file', () => {
    const policy = programs.get('P01')!;
    const { isCandidate, zh } = explainHeld(policy, 0b111, ON);
    expect(isCandidate).toBe(true);
    expect(zh).toContain('年龄在 80 岁到 89 岁之间；属于高龄老人。');
    expect(explainHeld(policy, 0b101, ON).missing.map(({ asked }) => asked.zh)).toEqual([
      '属于高龄老人',
    ]);
  });
});

describe('what is missing', () => {
  it.each([1, 2, 3, 4])('is the smallest change, as trying them all says: seed %i', (seed) => {
    const random = seededRandom(seed);
    const chance = new Chance(random);
    for (let round = 0; round < 150; round += 1) {
      const normal = normalise(askedOf(chance.policy(round)));
      const { tree, literals } = normal;
      if (literals.length > 11) continue;
      const byKey = new Map(literals.map(({ key }) => [key, random() < 0.4]));
      const holds = (index: number) => byKey.get(literals[index]!.key)!;
      const missing = smallestChange(normal, holds);
      const keys = new Set(missing.map((index) => literals[index]!.key));
      expect(holdsWith(tree, (index) => holds(index) || keys.has(literals[index]!.key))).toBe(true);
      expect(keys.size).toBe(fewest(normal, holds));
    }
  });

  function fewest(
    { tree, literals }: ReturnType<typeof normalise>,
    holds: (index: number) => boolean,
  ): number {
    const unmet = [...new Set(literals.map(({ key }) => key))].filter(
      (key) => !holds(literals.findIndex((literal) => literal.key === key)),
    );
    let best = Infinity;
    for (let mask = 0; mask < 2 ** unmet.length; mask += 1) {
      const changed = new Set(unmet.filter((_, bit) => (mask >> bit) % 2 === 1));
      const fits = holdsWith(tree, (index) => holds(index) || changed.has(literals[index]!.key));
      if (fits) best = Math.min(best, changed.size);
    }
    return best;
  }
});
