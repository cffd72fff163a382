import { dateInShanghai, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import {
  compile,
  criteriaWords,
  type Policy,
  type Problem,
  readPolicy,
  withValue,
} from '@wennuan/policy';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { countByPlace, type PlaceRow } from './candidate.store.ts';
import { yearly } from './program.ts';
import type { ProgramNeeds } from './program.needs.ts';
import { withPlaces } from './program.words.ts';

type Preview = RouteOutput<typeof routes.program.preview>;
type WhatIf = RouteOutput<typeof routes.program.whatIf>;

/** Fewer than these are told only to who sees every area. */
const SMALL = 5;

/**
 * What a definition that is being written comes to today, over everybody. Its criteria are counted as soon as they can be
 * read, whatever else is still missing; they count as in force.
 */
export async function preview(
  needs: ProgramNeeds,
  actor: Actor,
  definition: Record<string, unknown>,
): Promise<Preview> {
  const { problems } = readPolicy(definition);
  const asOf = dateInShanghai(needs.clock.now());
  const counted = countable(definition, asOf);
  if (!counted) return { ...NOTHING, problems, asOf };
  const { policy, hasBenefit } = counted;
  const rows = await lookOver(needs, [policy], asOf);
  const candidates = sum(rows, (row) => row.candidates);
  const isShown = actor.login !== 'department' || candidates === 0 || candidates >= SMALL;
  const amount = hasBenefit && isShown ? sum(rows, (row) => Number(row.amount)) : null;
  return {
    problems,
    asOf,
    sentence: withPlaces(needs)(criteriaWords(policy.criteria)),
    candidates: isShown ? candidates : null,
    amount,
    yearly: amount === null ? null : yearly(policy, amount),
    amountUnit: hasBenefit ? policy.benefit.unit : null,
  };
}

const NOTHING = { sentence: null, candidates: null, amount: null, yearly: null, amountUnit: null };

/** What stands in for the parts that are not written yet. */
const FILLER = {
  code: 'X',
  name: { zh: '草案', en: 'Draft' },
  source: 'department',
  clause: { zh: '草案', en: 'Draft' },
  unit: 'person',
  benefit: { what: { zh: '无', en: 'None' }, unit: 'times', formula: { kind: 'none' } },
  cadence: 'once',
  delivery: 'service',
  fund: null,
  notice: { kind: 'none' },
  validUntil: null,
  exclusiveWith: [],
} as const;

function countable(definition: Record<string, unknown>, on: PlainDate) {
  const { criteria, unit, benefit, cadence, exclusiveWith } = definition;
  const common = { ...FILLER, criteria, validFrom: on };
  const tries = [{ ...common, unit, benefit, cadence, exclusiveWith }, { ...common, unit }, common];
  for (const [place, tried] of tries.entries()) {
    const { policy } = readPolicy(tried);
    if (policy) return { policy, hasBenefit: place === 0 };
  }
  return null;
}

/** What moving one value would do today: over everybody, by street. */
export async function whatIf(
  needs: ProgramNeeds,
  actor: Actor,
  asked: {
    definition: Record<string, unknown>;
    path: readonly (string | number)[];
    value: number;
  },
): Promise<WhatIf> {
  const asOf = dateInShanghai(needs.clock.now());
  const before = readPolicy(asked.definition);
  const moved = before.policy && withValue(before.policy, asked.path, asked.value);
  if (!before.policy || !moved?.policy)
    return unreadable(asked.definition, asOf, moved ? moved.problems : before.problems);
  const [old, changed] = [asInForce(before.policy, asOf), asInForce(moved.policy, asOf)];
  const rows = await lookOver(needs, [old, changed], asOf);
  const streets = new Map<number, PlaceRow[]>();
  for (const row of rows) {
    const street = needs.place.streetOf(row.area_id).id;
    streets.set(street, [...(streets.get(street) ?? []), row]);
  }
  const total = differenceOf(rows);
  const byStreet = [...streets].map(([id, of]) => ({
    area: needs.place.ref(id),
    ...differenceOf(of),
  }));
  return {
    problems: [],
    asOf,
    total,
    yearlyDifference: yearly(changed, total.amountAfter) - yearly(old, total.amountBefore),
    amountUnit: changed.benefit.unit,
    byStreet: byStreet.filter((row) => mayTell(actor, row)).toSorted((a, b) => b.after - a.after),
    definition: { ...moved.policy },
  };
}

function unreadable(definition: Record<string, unknown>, asOf: PlainDate, problems: Problem[]) {
  return {
    problems,
    asOf,
    total: null,
    yearlyDifference: 0,
    amountUnit: 'times' as const,
    byStreet: [],
    definition,
  };
}

function asInForce(policy: Policy, on: PlainDate): Policy {
  return { ...policy, validFrom: on, validUntil: null };
}

function mayTell(
  actor: Actor,
  row: { before: number; after: number; gained: number; lost: number },
) {
  if (actor.login !== 'department') return true;
  return [row.before, row.after, row.gained, row.lost].every((one) => one === 0 || one >= SMALL);
}

function differenceOf(rows: readonly PlaceRow[]) {
  const [old, changed] = [0, 1].map((policy) => rows.filter((row) => row.policy === policy));
  return {
    before: sum(old!, (row) => row.candidates),
    after: sum(changed!, (row) => row.candidates),
    gained: sum(changed!, (row) => row.gained),
    lost: sum(old!, (row) => row.gained),
    amountBefore: sum(old!, (row) => Number(row.amount)),
    amountAfter: sum(changed!, (row) => Number(row.amount)),
  };
}

function sum<T>(of: readonly T[], read: (one: T) => number): number {
  return of.reduce((all, one) => all + read(one), 0);
}

function lookOver(needs: ProgramNeeds, policies: readonly Policy[], on: PlainDate) {
  const plan = compile(policies, on);
  return needs.database.read(systemActor('program.look'), (tx) => countByPlace(tx, plan));
}
