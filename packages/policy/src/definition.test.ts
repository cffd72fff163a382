import { describe, expect, it } from 'vitest';
import {
  FIELDS,
  encodeFact,
  findField,
  readFacts,
  readPolicies,
  readPolicy,
  valueNumber,
} from './index.ts';
import { ageOn, areaRange, benefitNumber } from './facts.ts';
import { monthsBefore } from './evaluate.ts';

const GOOD = {
  code: 'P21',
  name: { zh: '独居老人送餐', en: 'Meals for those who live alone' },
  source: 'charity',
  clause: { zh: '理事会决议 3 号', en: 'Decision 3 of the board' },
  criteria: {
    all: [
      { field: 'age', operator: 'at_least', value: 75 },
      { field: 'living_alone', operator: 'is', value: 'yes' },
    ],
  },
  unit: 'person',
  benefit: {
    what: { zh: '每日一餐', en: 'A meal a day' },
    unit: 'fen',
    formula: { kind: 'fixed', amount: 800 },
  },
  cadence: 'monthly',
  delivery: 'meal_card',
  fund: 'care',
  notice: { kind: 'none' },
  validFrom: '2026-01-01',
  validUntil: null,
};

const leaf = (more: object) => ({ field: 'age', operator: 'at_least', value: 60, ...more });

/** What is put in, where it goes, the path of the problem, a word of its sentence. */
const WRONG: [string, object, string, string][] = [
  ['a field nobody has', { criteria: leaf({ field: 'shoe_size' }) }, 'criteria.field', 'shoe_size'],
  [
    'a field of the prototype',
    { criteria: leaf({ field: 'constructor' }) },
    'criteria.field',
    'constructor',
  ],
  [
    'a field that is SQL',
    { criteria: leaf({ field: 'x" or 1=1 --' }) },
    'criteria.field',
    'x" or 1=1 --',
  ],
  [
    'deep inside',
    { criteria: { all: [leaf({}), { any: [{ not: leaf({ field: 'wealth' }) }] }] } },
    'criteria.all.1.any.0.not.field',
    'wealth',
  ],
  [
    'an operator that is SQL',
    { criteria: leaf({ operator: '= 1 or 1=1' }) },
    'criteria.operator',
    'at_least',
  ],
  [
    'an operator of another type',
    { criteria: leaf({ field: 'sex' }) },
    'criteria.operator',
    'one_of',
  ],
  [
    'a value that the field lacks',
    { criteria: { field: 'sex', operator: 'is', value: 'blue' } },
    'criteria.value',
    'blue',
  ],
  ['text for a number', { criteria: leaf({ value: '60' }) }, 'criteria.value', '60'],
  ['half a year', { criteria: leaf({ value: 60.5 }) }, 'criteria.value', '60.5'],
  ['a list for one value', { criteria: leaf({ value: [60] }) }, 'criteria.value', 'one value'],
  [
    'ends the wrong way round',
    { criteria: leaf({ operator: 'between', value: [80, 60] }) },
    'criteria.value',
    'nobody',
  ],
  ['no conditions', { criteria: { all: [] } }, 'criteria.all', 'at least one'],
  [
    'more than there are',
    { criteria: { atLeast: 2, of: [leaf({})] } },
    'criteria.atLeast',
    '1 to 1',
  ],
  ['nothing', { criteria: null }, 'criteria', 'condition'],
  ['an unknown connective', { criteria: { some: [] } }, 'criteria', 'atLeast'],
  ['an extra entry', { criteria: leaf({ sql: 'x' }) }, 'criteria', 'sql'],
  [
    'a household in a household',
    {
      criteria: {
        household: 'members',
        operator: 'is',
        value: 1,
        where: { household: 'members', operator: 'is', value: 1 },
      },
    },
    'criteria.where',
    'inside another',
  ],
  [
    'adding up sexes',
    { criteria: { household: 'total', field: 'sex', operator: 'is', value: 1 } },
    'criteria.field',
    'added up',
  ],
  ['a date that is not', { validFrom: '2026-02-30' }, 'validFrom', 'exists'],
  ['an end before the beginning', { validUntil: '2025-01-01' }, 'validUntil', 'end after'],
  ['an unknown source', { source: 'rumour' }, 'source', 'statutory'],
  ['no name', { name: undefined }, 'name', 'missing'],
  ['a number for a name', { name: 5 }, 'name', 'group of entries'],
  ['itself excluded', { exclusiveWith: ['P21'] }, 'exclusiveWith', 'itself'],
  [
    'an unknown formula',
    { benefit: { ...GOOD.benefit, formula: { kind: 'magic' } } },
    'benefit.formula.kind',
    'kind',
  ],
  [
    'a formula over a field nobody has',
    { benefit: { ...GOOD.benefit, formula: { kind: 'share', field: 'luck', percent: 5 } } },
    'benefit.formula.field',
    'luck',
  ],
  [
    'a tier that the field lacks',
    {
      benefit: { ...GOOD.benefit, formula: { kind: 'tiers', field: 'sex', amounts: { blue: 1 } } },
    },
    'benefit.formula.amounts.blue',
    'blue',
  ],
  [
    'a negative amount',
    { benefit: { ...GOOD.benefit, formula: { kind: 'fixed', amount: -1 } } },
    'benefit.formula.amount',
    'less than 0',
  ],
  ['an extra entry above', { colour: 'red' }, '', 'colour'],
];

describe('reading a definition', () => {
  it('takes a good one', () => {
    const { policy, problems } = readPolicy(GOOD);
    expect(problems).toEqual([]);
    expect(policy).toEqual({ ...GOOD, exclusiveWith: [] });
  });

  it.each(WRONG)('refuses %s by path and sentence', (_name, change, path, word) => {
    const { policy, problems } = readPolicy({ ...GOOD, ...change });
    expect(policy).toBeNull();
    const found = problems.find((one) => one.path === path);
    expect(found, JSON.stringify(problems)).toBeDefined();
    expect(found!.en).toContain(word);
    expect(found!.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('reports every problem of a file at once, and a code that stands twice', () => {
    const { policies, problems } = readPolicies([GOOD, GOOD, { ...GOOD, code: 'p', fund: 3 }]);
    expect(policies).toBeNull();
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['1.code', '2.code', '2.fund']);
    expect(readPolicies({}).problems).toHaveLength(1);
  });

  it('refuses more conditions than the bits of an answer', () => {
    const criteria = { any: Array.from({ length: 49 }, () => leaf({})) };
    expect(readPolicy({ ...GOOD, criteria }).problems[0]!.en).toContain('at most 48');
  });

  it('refuses a tree too deep, without falling over', () => {
    let criteria: unknown = leaf({});
    for (let depth = 0; depth < 5_000; depth += 1) criteria = { not: criteria };
    expect(readPolicy({ ...GOOD, criteria }).problems[0]!.en).toContain('deeper');
  });
});

describe('the catalogue', () => {
  it('has each number and each code once', () => {
    const numbers = FIELDS.flatMap(({ number }) => number ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(FIELDS.map(({ code }) => code)).size).toBe(FIELDS.length);
    for (const field of FIELDS) {
      expect(findField(field.readFrom)?.number).not.toBeNull();
      const values = field.values ?? [];
      expect(new Set(values.map(({ number }) => number)).size).toBe(values.length);
      expect(new Set(values.map(({ code }) => code)).size).toBe(values.length);
    }
    expect(findField('group')!.values).toHaveLength(12);
  });

  it('reads values by code and by name, and gives nothing for what it lacks', () => {
    expect(encodeFact('group', 'destitute')).toEqual({ field: 1, value: 2 });
    expect(encodeFact('disability_grade', '二级')).toEqual({ field: 11, value: 2 });
    expect(encodeFact('born_on', '1940-02-29')).toEqual({ field: 2, value: 19_400_229 });
    expect(encodeFact('born_on', '1941-02-29')).toBeNull();
    expect(encodeFact('age', 80)).toBeNull();
    expect(encodeFact('own_payment_fen', 0.5)).toBeNull();
    expect(encodeFact('wealth', 1)).toBeNull();
    expect(valueNumber(findField('living_area')!, '410103001')).toBe(410_103_001_000);
    const rows = [
      { field: 1, value: 2, since: null, until: null },
      { field: 999, value: 2, since: null, until: null },
    ];
    expect(readFacts(rows)).toEqual([{ field: 'group', value: 2, since: null, until: null }]);
  });

  it('counts age in whole years, months in whole months, areas by their digits', () => {
    expect(ageOn(19_461_101, '2026-11-01')).toBe(80);
    expect(ageOn(19_461_102, '2026-11-01')).toBe(79);
    expect(ageOn(20_000_229, '2026-02-28')).toBe(25);
    expect(ageOn(20_000_229, '2026-03-01')).toBe(26);
    expect(ageOn(20_261_102, '2026-11-01')).toBeNull();
    expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28');
    expect(monthsBefore('2026-01-15', 13)).toBe('2024-12-15');
    expect(areaRange('410103001')).toEqual([410_103_001_000, 410_103_001_999]);
    expect(areaRange('4101')).toBeNull();
    expect(benefitNumber('P05')).toBe(Number.parseInt('P05', 36));
    expect(benefitNumber('5')).toBeNull();
  });
});
