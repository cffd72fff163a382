import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../test-support/store.ts';
import {
  compileWhatIf,
  type DifferenceRow,
  encodeFact,
  type Person,
  type Policy,
  readDifference,
  withValue,
} from './index.ts';

const ON = '2026-11-01';
const POLICY: Policy = {
  code: 'A1',
  name: { zh: '津贴', en: 'Allowance' },
  source: 'charity',
  clause: { zh: '测试', en: 'Test' },
  criteria: { all: [{ field: 'age', operator: 'between', value: [80, 89] }] },
  unit: 'person',
  benefit: {
    what: { zh: '钱', en: 'Money' },
    unit: 'fen',
    formula: { kind: 'fixed', amount: 1_000 },
  },
  cadence: 'monthly',
  delivery: 'cash',
  fund: null,
  notice: { kind: 'none' },
  validFrom: '2026-01-01',
  validUntil: null,
  exclusiveWith: [],
};

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

it('tells how many more and fewer, and what it costs in a year', async () => {
  const people = [70, 75, 79, 80, 85, 89, 95].map((age, index): Person => ({
    personId: `00000000-0000-7000-8000-00000000000${index}`,
    facts: [
      {
        field: 'born_on',
        value: encodeFact('born_on', `${2026 - age}-11-01`)!.value,
        since: null,
        until: null,
      },
    ],
    household: null,
  }));
  await store.put(people);
  const moved = withValue(POLICY, ['criteria', 'all', 0, 'value'], [75, 85]);
  const { text, values } = compileWhatIf(POLICY, moved.policy!, ON);
  const { rows } = await store.sql.query<DifferenceRow>(text, values);
  expect(readDifference(rows[0]!, POLICY, moved.policy!)).toEqual({
    before: 3,
    after: 4,
    gained: 2,
    lost: 1,
    amountBefore: 3_000,
    amountAfter: 4_000,
    yearlyDifference: 12_000,
  });
});

it('moves an amount as well as a threshold', () => {
  const { policy } = withValue(POLICY, ['benefit', 'formula', 'amount'], 2_000);
  expect(policy?.benefit.formula).toEqual({ kind: 'fixed', amount: 2_000 });
  expect(POLICY.benefit.formula).toEqual({ kind: 'fixed', amount: 1_000 });
});

it('refuses a path that leads nowhere and a value that does not fit', () => {
  expect(withValue(POLICY, ['criteria', 'any', 0, 'value'], 1).problems[0]?.path).toBe(
    'criteria.any.0.value',
  );
  expect(withValue(POLICY, [], 1).policy).toBeNull();
  expect(withValue(POLICY, ['__proto__', 'x'], 1).policy).toBeNull();
  expect(withValue(POLICY, ['criteria', 'all', 0, 'value'], 'old').problems[0]?.path).toBe(
    'criteria.all.0.value',
  );
});
