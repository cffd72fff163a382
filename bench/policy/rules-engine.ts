import {
  Engine,
  type NestedCondition,
  type RuleProperties,
  type TopLevelCondition,
} from 'json-rules-engine';
import {
  ageOn,
  type Compare,
  type Criteria,
  fieldOfNumber,
  type Policy,
} from '../../packages/policy/src/index.ts';
import type { MadeFact, MadePerson } from './people.ts';

/** A candidate as this engine finds her; of a benefit once a household, everybody who meets it. */
export interface EngineCandidate {
  code: string;
  person: MadePerson;
  amount: number;
}

type Facts = Record<string, unknown>;

/**
 * The usual way: the policies as rules of json-rules-engine, one run a person. What it cannot say is made easy for it and
 * not counted: ages and the number of groups are reckoned before the clock starts.
 */
export function rulesEngine(policies: readonly Policy[]): Engine {
  const rules = policies.map((policy): RuleProperties => {
    const conditions: TopLevelCondition = {
      all: [condition(policy.criteria), { fact: 'dead', operator: 'equal', value: false }],
    };
    return { conditions, event: { type: policy.code } };
  });
  return new Engine(rules, { allowUndefinedFacts: true });
}

/** A person's facts as the engine takes them. */
export function engineFacts({ base, rosters }: MadePerson, on: string): Facts {
  const facts: Facts = { dead: false, groups: [] };
  const groups = new Set<string>();
  for (const row of [...base, ...rosters]) {
    if (!isValid(row, on)) continue;
    const field = fieldOfNumber(row.field)!;
    const code = field.values?.find(({ number }) => number === row.value)?.code ?? row.value;
    if (field.code === 'group') groups.add(String(code));
    else if (field.code === 'died_on') facts['dead'] = true;
    else if (field.code === 'born_on') facts['age'] = ageOn(row.value, on);
    else facts[field.code] = code;
  }
  return { ...facts, groups: [...groups], group_count: groups.size };
}

function isValid({ since, until }: MadeFact, on: string): boolean {
  return (since === null || since <= on) && (until === null || on < until);
}

/** Runs the engine for people whose facts are ready; the amounts of what it finds are reckoned beside it. */
export async function runEngine(
  engine: Engine,
  policies: ReadonlyMap<string, Policy>,
  people: readonly { person: MadePerson; facts: Facts }[],
): Promise<EngineCandidate[]> {
  const found: EngineCandidate[] = [];
  for (const { person, facts } of people) {
    const { events } = await engine.run(facts);
    for (const { type } of events) {
      found.push({ code: type, person, amount: amountOf(policies.get(type)!, facts) });
    }
  }
  return found;
}

function condition(criteria: Criteria): NestedCondition {
  if ('all' in criteria) return { all: criteria.all.map(condition) };
  if ('any' in criteria) return { any: criteria.any.map(condition) };
  if ('not' in criteria) return { not: condition(criteria.not) };
  if ('atLeast' in criteria) {
    return { fact: 'group_count', operator: 'greaterThanInclusive', value: criteria.atLeast };
  }
  if ('household' in criteria) throw new Error('the benchmark has no household conditions');
  return compare(criteria);
}

const OPERATORS: Partial<Record<Compare['operator'], string>> = {
  is: 'equal',
  one_of: 'in',
  at_least: 'greaterThanInclusive',
  at_most: 'lessThanInclusive',
  less_than: 'lessThan',
  more_than: 'greaterThan',
};

function compare({ field, operator, value }: Compare): NestedCondition {
  if (field === 'group') {
    const groups = Array.isArray(value) ? (value as string[]) : [value as string];
    const each = groups.map((group) => ({ fact: 'groups', operator: 'contains', value: group }));
    return each.length === 1 ? each[0]! : { any: each };
  }
  if (operator === 'between') {
    const [from, to] = value as number[];
    const low = { fact: field, operator: 'greaterThanInclusive', value: from };
    return { all: [low, { fact: field, operator: 'lessThanInclusive', value: to }] };
  }
  return { fact: field, operator: OPERATORS[operator]!, value };
}

function amountOf({ benefit: { formula } }: Policy, facts: Facts): number {
  switch (formula.kind) {
    case 'fixed':
      return formula.amount;
    case 'times':
      return formula.amount * formula.times;
    case 'tiers':
      return formula.amounts[String(facts[formula.field])] ?? 0;
    case 'share': {
      const share = Math.round((Number(facts[formula.field]) * formula.percent) / 100);
      return Math.min(share, formula.mostFen ?? Infinity);
    }
    default:
      return 0;
  }
}
