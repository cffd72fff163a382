import type { SoundOf } from './characters.ts';
import { nameLikeness } from './names.ts';
import { type RowFacts, sureNumber } from './row.ts';
import { Unit } from './unit.ts';

/** Two units with one sure number whose names do not fit: two people may use it. */
export interface Contest {
  a: Unit;
  b: Unit;
}

export interface Units {
  units: Unit[];
  contests: Contest[];
}

/**
 * Gathers rows into units: rows with one sure number and fitting names together, each other row alone. `apart` tells
 * pairs of rows that a person has parted. Rows must be {@link ordered}; units
 * with a sure number come first.
 */
export function gatherUnits(
  rows: readonly RowFacts[],
  apart: (a: string, b: string) => boolean,
  soundOf: SoundOf,
): Units {
  const byNumber = new Map<string, RowFacts[]>();
  const doubtful: RowFacts[] = [];
  for (const facts of rows) {
    const number = sureNumber(facts);
    if (number === null) doubtful.push(facts);
    else push(byNumber, number, facts);
  }
  const alone: RowFacts[] = [];
  for (const facts of doubtful) {
    // A number of 15 digits joins the people who have the same number, if the name fits as well.
    const holders = facts.id.kind === 'valid' ? byNumber.get(facts.id.number) : undefined;
    if (holders?.every((holder) => fits(holder, facts, soundOf)) && !facts.contradictsId)
      holders.push(facts);
    else alone.push(facts);
  }
  const units: Unit[] = [];
  const contests: Contest[] = [];
  for (const [number, holders] of byNumber) {
    if (holders.length === 1) {
      units.push(new Unit(holders, number));
      continue;
    }
    const parts = split(isOrdered(holders) ? holders : holders.toSorted(byKey), apart, soundOf).map(
      (part) => ofPart(part, number),
    );
    units.push(...parts);
    for (const [at, a] of parts.entries()) {
      for (const b of parts.slice(at + 1))
        if (a.number !== null && b.number !== null) contests.push({ a, b });
    }
  }
  for (const facts of alone) units.push(new Unit([facts], null));
  return { units, contests };
}

/** Order of rosters, then of keys, by code unit: the same everywhere. */
export function byKey(a: RowFacts, b: RowFacts): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** Rows in the order of rosters and keys, whatever order they came in. */
export function ordered(rows: readonly RowFacts[]): RowFacts[] {
  const bySource = new Map<string, RowFacts[]>();
  for (const facts of rows) push(bySource, facts.source, facts);
  return [...bySource]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, list]) => (isOrdered(list) ? list : list.toSorted(byKey)));
}

function isOrdered(rows: readonly RowFacts[]): boolean {
  return rows.every((facts, at) => at === 0 || rows[at - 1]!.key < facts.key);
}

/** A row whose own sex or birth date denies the number has borrowed it: the number says nothing about it. */
function ofPart(part: { rows: RowFacts[]; isBorrowed: boolean }, number: string): Unit {
  if (!part.isBorrowed) return new Unit(part.rows, number);
  const [facts] = part.rows;
  return new Unit([{ ...facts!, id: { kind: 'none', reason: 'unreadable' } }], null);
}

/** Parts the holders of one number into those whose names fit each other. */
function split(
  holders: RowFacts[],
  apart: (a: string, b: string) => boolean,
  soundOf: SoundOf,
): { rows: RowFacts[]; isBorrowed: boolean }[] {
  const parts: RowFacts[][] = [];
  for (const facts of holders) {
    const home = parts.find((part) =>
      part.every((other) => fits(other, facts, soundOf) && !apart(other.key, facts.key)),
    );
    if (home) home.push(facts);
    else parts.push([facts]);
  }
  if (parts.length === 1) return [{ rows: holders, isBorrowed: false }];
  return parts.flatMap((part): { rows: RowFacts[]; isBorrowed: boolean }[] => {
    const borrowed = part.every((facts) => facts.contradictsId);
    if (!borrowed) return [{ rows: part, isBorrowed: false }];
    return part.map((facts) => ({ rows: [facts], isBorrowed: true }));
  });
}

function fits(a: RowFacts, b: RowFacts, soundOf: SoundOf): boolean {
  if (a.name === b.name || a.name === '' || b.name === '') return true;
  return nameLikeness(a.name, b.name, soundOf) !== 'other';
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
