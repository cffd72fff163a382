import type { SoundOf } from './characters.ts';
import { shared } from './compare.ts';
import { soundKey, turnedRound } from './names.ts';
import type { Unit } from './unit.ts';

/** In lists longer than this only units that share more than the name are looked at. */
const LONG_LIST = 60;

/**
 * Finds, for every doubtful unit, the units that could be the same person, and pairs of sure units that look like one
 * person with two numbers. Each pair once, the doubtful unit first; the order follows the units.
 */
export function candidatePairs(
  units: readonly Unit[],
  soundOf: SoundOf,
): [first: number, second: number][] {
  const lists = new Lists(units, soundOf);
  const pairs: [number, number][] = [];
  for (const [index, unit] of units.entries()) {
    if (unit.number !== null) continue;
    for (const other of lists.candidatesOf(index)) {
      const isTwice = units[other]!.number === null && other < index;
      if (!isTwice || !lists.candidatesOf(other).has(index)) pairs.push([index, other]);
    }
  }
  return [...pairs, ...twoNumbers(units)];
}

/** Units by what they share; holds only the keys that some doubtful unit looks for. */
class Lists {
  readonly #units: readonly Unit[];
  readonly #soundOf: SoundOf;
  readonly #lists = new Map<string, number[]>();
  /** Long lists again by birth date, telephone and area. */
  readonly #within = new Map<string, Map<string, number[]>>();

  constructor(units: readonly Unit[], soundOf: SoundOf) {
    this.#units = units;
    this.#soundOf = soundOf;
    for (const unit of units) {
      if (unit.number !== null) continue;
      for (const key of this.#soughtKeys(unit)) this.#lists.set(key, []);
    }
    for (const [index, unit] of units.entries()) {
      for (const key of this.#heldKeys(unit)) this.#lists.get(key)?.push(index);
    }
  }

  candidatesOf(index: number): Set<number> {
    const unit = this.#units[index]!;
    const found = new Set<number>();
    for (const key of this.#soughtKeys(unit)) {
      const list = this.#lists.get(key)!;
      if (list.length <= LONG_LIST) for (const other of list) found.add(other);
      else this.#addNarrowed(found, key, unit);
    }
    found.delete(index);
    return found;
  }

  #addNarrowed(found: Set<number>, key: string, unit: Unit): void {
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

  #soughtKeys(unit: Unit): string[] {
    const keys = [...this.#saidKeys(unit), ...numberKeys(unit)];
    for (const name of unit.names) {
      const turned = turnedRound(name);
      if (turned !== null) keys.push(turned);
    }
    return keys;
  }

  #heldKeys(unit: Unit): string[] {
    const { number, rows } = unit;
    const keys = this.#saidKeys(unit);
    if (number !== null) keys.push(number, `p${number.slice(0, 14)}`);
    else if (rows[0]!.id.kind === 'repaired') keys.push(`d${rows[0]!.id.digits}`);
    else keys.push(...numberKeys(unit));
    return keys;
  }

  /** Name as written and by sound; birth date or telephone with the surname or the last character. */
  #saidKeys(unit: Unit): string[] {
    const keys: string[] = [];
    for (const name of unit.names) {
      keys.push(name, soundKey(name, this.#soundOf));
      const last = name.at(-1)!;
      for (const born of unit.birthDates) keys.push(born + name[0], born + last);
      for (const telephone of unit.telephones) keys.push(telephone + name[0], telephone + last);
    }
    return keys;
  }
}

function furtherKeys(unit: Unit): string[] {
  return [...unit.birthDates, ...unit.telephones, ...unit.areas];
}

/** Keys by which a doubtful number looks for sure ones and for its like. */
function numberKeys({ number, rows }: Unit): string[] {
  const { id } = rows[0]!;
  if (number !== null || id.kind === 'none') return [];
  if (id.kind === 'repaired') return [...id.candidates, `d${id.digits}`];
  if (id.kind === 'partial') return [`p${id.prefix.slice(0, 14)}`, ...id.candidates];
  return [id.number, `p${id.number.slice(0, 14)}`];
}

/** Sure units with unlike numbers but one name and telephone, house, or birth date and area. */
function twoNumbers(units: readonly Unit[]): [number, number][] {
  const last = new Map<string, number>();
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

function alikeKeys({ names, telephones, birthDates, areas, houses }: Unit): string[] {
  const name = names[0];
  if (name === undefined) return [];
  const keys = telephones.map((telephone) => name + telephone);
  for (const house of houses) keys.push(name + house);
  if (areas.length === 1) for (const born of birthDates) keys.push(name + born + areas[0]);
  return keys;
}
