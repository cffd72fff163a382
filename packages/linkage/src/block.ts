import type { SoundOf } from './characters.ts';
import { shared } from './compare.ts';
import { sortedKey, soundKey } from './names.ts';
import type { Unit } from './unit.ts';

/** Lists longer than this are looked through only for units that share more than the name. */
const LONG_LIST = 80;
/** A value that so many units share (a village's telephone) finds nobody. */
const HOPELESS_LIST = 5_000;

/**
 * Finds, for every doubtful unit, the units that could be the same person, and pairs of sure units that look like one
 * person with two numbers. Each pair once, first index smaller; the order follows the units.
 */
export function candidatePairs(
  units: readonly Unit[],
  soundOf: SoundOf,
): [first: number, second: number][] {
  const doubtful = units.flatMap((unit, index) => (unit.number === null ? [index] : []));
  const lists = new Map<string, number[]>();
  for (const index of doubtful) {
    for (const key of [...keysOf(units[index]!, soundOf), ...numberKeys(units[index]!)])
      lists.set(key, []);
  }
  for (let index = 0; index < units.length; index++) {
    for (const key of keysOf(units[index]!, soundOf)) lists.get(key)?.push(index);
    for (const key of heldKeys(units[index]!)) lists.get(key)?.push(index);
  }
  const pairs: [number, number][] = [];
  for (const index of doubtful) {
    for (const other of candidatesOf(index, { units, lists, soundOf })) {
      if (units[other]!.number !== null || other > index) pairs.push([index, other]);
      else if (!candidatesOf(other, { units, lists, soundOf }).has(index))
        pairs.push([other, index]);
    }
  }
  return [...pairs, ...twoNumbers(units)];
}

interface Lists {
  units: readonly Unit[];
  lists: ReadonlyMap<string, number[]>;
  soundOf: SoundOf;
}

function candidatesOf(index: number, { units, lists, soundOf }: Lists): Set<number> {
  const unit = units[index]!;
  const found = new Set<number>();
  for (const key of numberKeys(unit)) for (const other of lists.get(key) ?? []) found.add(other);
  for (const key of keysOf(unit, soundOf)) {
    const list = lists.get(key) ?? [];
    if (list.length > HOPELESS_LIST && !key.startsWith('n')) continue;
    const isLong = list.length > LONG_LIST;
    for (const other of list) {
      if (!isLong || haveMoreInCommon(unit, units[other]!)) found.add(other);
    }
  }
  found.delete(index);
  return found;
}

function haveMoreInCommon(a: Unit, b: Unit): boolean {
  return (
    shared(a.birthDates, b.birthDates) !== null ||
    shared(a.telephones, b.telephones) !== null ||
    shared(a.areas, b.areas) !== null
  );
}

/** Keys by what both sides say: the name in three ways, birth date with surname or last character, telephone. */
function keysOf(unit: Unit, soundOf: SoundOf): string[] {
  const keys: string[] = [];
  for (const name of unit.names) {
    keys.push(`n${name}`, `s${soundKey(name, soundOf)}`, `o${sortedKey(name)}`);
    for (const born of unit.birthDates) keys.push(`f${name[0]}${born}`, `l${name.at(-1)}${born}`);
  }
  for (const telephone of unit.telephones) keys.push(`t${telephone}`);
  return keys;
}

/** Keys by which a doubtful number looks for sure ones and for its like. */
function numberKeys({ number, rows }: Unit): string[] {
  const { id } = rows[0]!;
  if (number !== null || id.kind === 'none') return [];
  if (id.kind === 'repaired') return [...id.candidates.map((one) => `i${one}`), `d${id.digits}`];
  if (id.kind === 'partial')
    return [`p${id.prefix.slice(0, 14)}`, ...id.candidates.map((one) => `i${one}`)];
  return [`i${id.number}`, `p${id.number.slice(0, 14)}`];
}

/** Keys under which a number is found. */
function heldKeys({ number, rows }: Unit): string[] {
  if (number !== null) return [`i${number}`, `p${number.slice(0, 14)}`];
  const { id } = rows[0]!;
  if (id.kind === 'none') return [];
  if (id.kind === 'partial') return [`p${id.prefix.slice(0, 14)}`];
  if (id.kind === 'repaired') return [`d${id.digits}`];
  return [`i${id.number}`, `p${id.number.slice(0, 14)}`];
}

/** Sure units with unlike numbers but one name and telephone, or one name, birth date and area. */
function twoNumbers(units: readonly Unit[]): [number, number][] {
  const last = new Map<string, number>();
  const pairs = new Map<string, [number, number]>();
  for (const [index, unit] of units.entries()) {
    if (unit.number === null) continue;
    for (const key of alikeKeys(unit)) {
      const before = last.get(key);
      if (before !== undefined) pairs.set(`${before} ${index}`, [before, index]);
      last.set(key, index);
    }
  }
  return [...pairs.values()];
}

function alikeKeys({ names, telephones, birthDates, areas }: Unit): string[] {
  const name = names[0];
  if (name === undefined) return [];
  const keys = telephones.map((telephone) => name + telephone);
  if (areas.length === 1) for (const born of birthDates) keys.push(name + born + areas[0]);
  return keys;
}
