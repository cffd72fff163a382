import type { SoundOf } from './characters.ts';
import { shared } from './compare.ts';
import { soundKey, turnedRound } from './names.ts';
import { Unit } from './unit.ts';

/** In lists longer than this only units that share more than the name are looked at. */
const LONG_LIST = 60;

/** Pairs of units to be weighed. */
export interface CandidatePairs {
  pairs: [first: number, second: number][];
  /** Keys that more units share than are looked at one by one. */
  longKeys: readonly number[];
}

/**
 * Finds, for every doubtful unit, the units that could be the same person, and pairs of sure units that look like one
 * person with two numbers. Each pair once, the doubtful unit first; the order follows the units. Of a part of the units,
 * `longKeys` says which keys are shared by many among all.
 */
export function candidatePairs(
  units: readonly Unit[],
  soundOf: SoundOf,
  longKeys: readonly number[] = [],
): CandidatePairs {
  const lists = new Lists(units, soundOf, new Set(longKeys));
  const pairs: [number, number][] = [];
  for (const [index, unit] of units.entries()) {
    if (unit.number !== null) continue;
    for (const other of lists.candidatesOf(index)) {
      const isTwice = units[other]!.number === null && other < index;
      if (!isTwice || !lists.candidatesOf(other).has(index)) pairs.push([index, other]);
    }
  }
  return { pairs: [...pairs, ...twoNumbers(units)], longKeys: lists.longKeys() };
}

/** Units by what they share; holds only the keys that some doubtful unit looks for. */
class Lists {
  readonly #units: readonly Unit[];
  readonly #soundOf: SoundOf;
  readonly #lists = new Map<number, number[]>();
  /** Long lists again by birth date, telephone and area. */
  readonly #within = new Map<number, Map<string, number[]>>();
  readonly #long: ReadonlySet<number>;
  /** By key, how much longer its list would be if rows of one number that a person parted were one. */
  readonly #parted = new Map<number, number>();

  constructor(units: readonly Unit[], soundOf: SoundOf, long: ReadonlySet<number>) {
    this.#units = units;
    this.#soundOf = soundOf;
    this.#long = long;
    for (const unit of units) {
      if (unit.number !== null) continue;
      for (const key of this.#soughtKeys(unit)) this.#lists.set(key, []);
    }
    for (const [index, unit] of units.entries()) {
      for (const key of this.#heldKeys(unit)) this.#lists.get(key)?.push(index);
    }
    this.#countParted();
  }

  /** A list is as long as if nobody had parted rows of one number, so that an answer about them changes no other's candidates. */
  #countParted(): void {
    for (const parts of partsOfOneNumber(this.#units)) {
      const add = (unit: Unit, sum: number) => {
        for (const key of this.#heldKeys(unit))
          if (this.#lists.has(key)) this.#parted.set(key, (this.#parted.get(key) ?? 0) + sum);
      };
      add(inOne(parts), 1);
      for (const part of parts) add(part, -1);
    }
  }

  candidatesOf(index: number): Set<number> {
    const unit = this.#units[index]!;
    const found = new Set<number>();
    for (const key of this.#soughtKeys(unit)) {
      const list = this.#lists.get(key)!;
      if (!this.#isLong(key, list)) for (const other of list) found.add(other);
      else this.#addNarrowed(found, key, unit);
    }
    found.delete(index);
    return found;
  }

  longKeys(): number[] {
    return [...this.#lists].filter(([key, list]) => this.#isLong(key, list)).map(([key]) => key);
  }

  #isLong(key: number, list: readonly number[]): boolean {
    return list.length + (this.#parted.get(key) ?? 0) > LONG_LIST || this.#long.has(key);
  }

  #addNarrowed(found: Set<number>, key: number, unit: Unit): void {
    let within = this.#within.get(key);
    if (!within) {
      within = new Map();
      for (const index of this.#lists.get(key)!) {
        for (const more of furtherKeys(this.#units[index]!)) {
          const list = within.get(more);
          if (list) list.push(index);
          else within.set(more, [index]);
        }
      }
      this.#within.set(key, within);
    }
    for (const more of furtherKeys(unit)) {
      for (const other of within.get(more) ?? []) found.add(other);
    }
  }

  #soughtKeys(unit: Unit): number[] {
    const keys = [...this.#saidKeys(unit), ...numberKeys(unit)];
    for (const name of unit.names) {
      const turned = turnedRound(name);
      if (turned !== null) keys.push(keyOf(turned));
    }
    return keys;
  }

  #heldKeys(unit: Unit): number[] {
    const { number, rows } = unit;
    const keys = this.#saidKeys(unit);
    if (number !== null) keys.push(keyOf(number), keyOf('prefix', number.slice(0, 14)));
    else if (rows[0]!.id.kind === 'repaired') keys.push(keyOf('digits', rows[0]!.id.digits));
    else keys.push(...numberKeys(unit));
    return keys;
  }

  /** Name as written and by sound; birth date or telephone with the surname or the last character. */
  #saidKeys(unit: Unit): number[] {
    const keys: number[] = [];
    for (const name of unit.names) {
      keys.push(keyOf(name), keyOf(soundKey(name, this.#soundOf)));
      const first = name[0]!;
      const last = name.at(-1)!;
      for (const born of unit.birthDates) keys.push(keyOf(born, first), keyOf(born, last));
      for (const telephone of unit.telephones) {
        keys.push(keyOf(telephone, first), keyOf(telephone, last));
      }
    }
    return keys;
  }
}

/** Units of one sure number, where there are several: they stand one after another. */
function* partsOfOneNumber(units: readonly Unit[]): Generator<Unit[]> {
  let parts: Unit[] = [];
  for (const unit of units) {
    if (unit.number !== null && unit.number === parts[0]?.number) {
      parts.push(unit);
      continue;
    }
    if (parts.length > 1) yield parts;
    parts = [unit];
  }
  if (parts.length > 1) yield parts;
}

/** All rows of some units as one. */
export function inOne(units: readonly Unit[]): Unit {
  return new Unit(
    units.flatMap(({ rows }) => rows),
    units[0]!.number,
  );
}

function furtherKeys(unit: Unit): string[] {
  return [...unit.birthDates, ...unit.telephones, ...unit.areas];
}

/** Keys by which a doubtful number looks for sure ones and for its like. */
function numberKeys({ number, rows }: Unit): number[] {
  const { id } = rows[0]!;
  if (number !== null || id.kind === 'none') return [];
  if (id.kind === 'repaired')
    return [...id.candidates.map((one) => keyOf(one)), keyOf('digits', id.digits)];
  if (id.kind === 'partial') {
    return [keyOf('prefix', id.prefix.slice(0, 14)), ...id.candidates.map((one) => keyOf(one))];
  }
  return [keyOf(id.number), keyOf('prefix', id.number.slice(0, 14))];
}

/** Sure units with unlike numbers but one name and telephone, house, or birth date and area. */
function twoNumbers(units: readonly Unit[]): [number, number][] {
  const last = new Map<number, number>();
  const pairs = new Map<string, [number, number]>();
  for (const [index, unit] of units.entries()) {
    if (unit.number === null) continue;
    for (const key of alikeKeys(unit)) {
      const before = last.get(key);
      if (before !== undefined && shared(unit.names, units[before]!.names) !== null) {
        pairs.set(`${before} ${index}`, [before, index]);
      }
      last.set(key, index);
    }
  }
  return [...pairs.values()];
}

/**
 * Pairs of sure units that could be taken for one person with two numbers, however a person parts the rows of each: each
 * with the first that shares anything with it. Names need not be alike.
 */
export function* everAlike(units: readonly Unit[]): Generator<[number, number]> {
  const first = new Map<number, number>();
  for (const [index, unit] of units.entries()) {
    if (unit.number === null) continue;
    const { names, telephones, houses, birthDates, areas } = unit;
    for (const name of names) {
      const keys = [...telephones, ...houses].map((value) => keyOf(name, value));
      for (const born of birthDates) for (const area of areas) keys.push(keyOf(name, born, area));
      for (const key of keys) {
        const before = first.get(key);
        if (before === undefined) first.set(key, index);
        else if (before !== index) yield [before, index];
      }
    }
  }
}

function alikeKeys({ names, telephones, birthDates, areas, houses }: Unit): number[] {
  const name = names[0];
  if (name === undefined) return [];
  const keys = telephones.map((telephone) => keyOf(name, telephone));
  for (const house of houses) keys.push(keyOf(name, house));
  if (areas.length === 1) for (const born of birthDates) keys.push(keyOf(name, born, areas[0]));
  return keys;
}

/**
 * A key of 32 bits from up to three texts (FNV-1a). Numbers keep a million units' keys small and quick; two texts
 * that share one by chance only mean one more pair to weigh.
 */
function keyOf(first: string, second = '', third = ''): number {
  let hash = 0x811c9dc5;
  for (const text of [first, second, third]) {
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash | 0;
}
