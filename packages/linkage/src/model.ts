import { type Comparison, compareUnits } from './compare.ts';
import { type SoundOf, usualSound } from './characters.ts';
import { NAME_LIKENESSES, type NameLikeness, soundKey } from './names.ts';
import { Unit } from './unit.ts';

/** Fields of which agreement rates are learned. */
export type RatedField = Exclude<keyof Comparison, 'name'>;

/** Of pairs that know the field, the share with each outcome, for one person and for two namesakes. */
export interface Rates {
  same: Record<string, number>;
  apart: Record<string, number>;
}

/**
 * What the rows themselves teach: how often the rows of one person agree (known from equal ID numbers), how
 * often namesakes do (known from different ones), and how rare each value is.
 */
export interface LinkageModel {
  units: number;
  /** Share of rows whose person stands in another row too. */
  shareWithMore: number;
  /** Share of people with a namesake born on the same day. */
  bornAlike: number;
  name: Record<NameLikeness, number>;
  rates: Record<RatedField, Rates>;
  nameCounts: Map<string, number>;
  soundCounts: Map<string, number>;
  /** Counts of characters by place, `0王`, and the number of names of each length, `#2`. */
  characterCounts: Map<string, number>;
  telephoneCounts: Map<string, number>;
  areaCounts: Map<string, number>;
}

// What is believed before any row is seen, as if so many pairs had shown it.
const BELIEF_PAIRS = 200;
const NAME_BELIEF: Record<NameLikeness, number> = {
  same: 0.965,
  sound: 0.012,
  shape: 0.004,
  rare: 0.004,
  order: 0.002,
  part: 0.003,
  one_character: 0.004,
  other: 0.006,
};
const BELIEFS: Record<RatedField, Rates> = {
  birth: {
    same: { same: 0.96, near: 0.02, differs: 0.02 },
    apart: { same: 0.0005, near: 0.005, differs: 0.9945 },
  },
  birthYear: { same: { same: 0.97, differs: 0.03 }, apart: { same: 0.06, differs: 0.94 } },
  sex: { same: { same: 0.994, differs: 0.006 }, apart: { same: 0.6, differs: 0.4 } },
  telephone: {
    same: { same: 0.78, near: 0.01, differs: 0.21 },
    apart: { same: 0.0003, near: 0.001, differs: 0.9987 },
  },
  place: {
    same: { same: 0.92, street: 0.03, differs: 0.05 },
    apart: { same: 0.01, street: 0.08, differs: 0.91 },
  },
  house: { same: { same: 0.9, differs: 0.1 }, apart: { same: 0.002, differs: 0.998 } },
  household: { same: { same: 0.01 }, apart: { same: 0.0005 } },
  source: { same: { same: 0.1, other: 0.9 }, apart: { same: 0.3, other: 0.7 } },
};
const PAIRS_MAX = 200_000;

/** Learns from units in a fixed order; the same units give the same model. */
export function learnModel(units: readonly Unit[], soundOf: SoundOf = usualSound): LinkageModel {
  const model = countValues(units, soundOf);
  const one = new Tally();
  const two = new Tally();
  for (const [a, b] of pairsOfOnePerson(units)) one.add(compareUnits(a, b, soundOf));
  const last = new Map<string, Unit>();
  for (const unit of units) {
    if (unit.number === null || two.pairs >= PAIRS_MAX) continue;
    two.tried++;
    const name = unit.names[0] ?? '';
    const before = last.get(name);
    if (before && name !== '') two.add(compareUnits(before, unit, soundOf));
    last.set(name, unit);
  }
  model.bornAlike = (two.of('birth', 'same') + 0.2) / (two.tried + 1_000);
  for (const name of NAME_LIKENESSES) {
    model.name[name] =
      (one.of('name', name) + NAME_BELIEF[name] * BELIEF_PAIRS) / (one.pairs + BELIEF_PAIRS);
  }
  for (const field of Object.keys(BELIEFS) as RatedField[]) {
    model.rates[field] = {
      same: one.rates(field, BELIEFS[field].same),
      apart: two.rates(field, BELIEFS[field].apart),
    };
  }
  return model;
}

class Tally {
  pairs = 0;
  /** Units looked at, also those that met no namesake. */
  tried = 0;
  readonly #counts = new Map<string, number>();

  add(comparison: Comparison): void {
    this.pairs++;
    for (const field in comparison) {
      const key = `${field} ${comparison[field as keyof Comparison]}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  of(field: keyof Comparison, level: string): number {
    return this.#counts.get(`${field} ${level}`) ?? 0;
  }

  /** Observed shares mixed with what was believed before. */
  rates(field: RatedField, belief: Record<string, number>): Record<string, number> {
    const known = field === 'household' ? this.pairs : this.pairs - this.of(field, 'unknown');
    return Object.fromEntries(
      Object.entries(belief).map(([level, share]) => [
        level,
        (this.of(field, level) + share * BELIEF_PAIRS) / (known + BELIEF_PAIRS),
      ]),
    );
  }
}

/** Neighbouring rows of units with more than one, each as a unit of its own. */
function* pairsOfOnePerson(units: readonly Unit[]): Generator<[Unit, Unit]> {
  let count = 0;
  for (const unit of units) {
    for (let at = 1; at < unit.rows.length; at++) {
      if (count++ >= PAIRS_MAX) return;
      yield [alone(unit, at - 1), alone(unit, at)];
    }
  }
}

function alone(unit: Unit, at: number): Unit {
  return new Unit([unit.rows[at]!], unit.number);
}

function countValues(units: readonly Unit[], soundOf: SoundOf): LinkageModel {
  const model: LinkageModel = {
    units: units.length,
    shareWithMore: 0,
    bornAlike: 0,
    name: { ...NAME_BELIEF },
    rates: structuredClone(BELIEFS),
    nameCounts: new Map(),
    soundCounts: new Map(),
    characterCounts: new Map(),
    telephoneCounts: new Map(),
    areaCounts: new Map(),
  };
  let rows = 0;
  let more = 0;
  for (const unit of units) {
    if (unit.number !== null) {
      rows += unit.rows.length;
      if (unit.rows.length > 1) more += unit.rows.length;
    }
    for (const name of unit.names) count(model.nameCounts, name);
    for (const telephone of unit.telephones) count(model.telephoneCounts, telephone);
    for (const area of unit.areas) count(model.areaCounts, area);
  }
  for (const [name, times] of model.nameCounts) {
    count(model.soundCounts, soundKey(name, soundOf), times);
    countCharacters(model.characterCounts, name, times);
  }
  model.shareWithMore = (more + 60) / (rows + 200);
  return model;
}

function countCharacters(counts: Map<string, number>, name: string, times: number): void {
  const characters = [...name];
  count(counts, `#${characters.length}`, times);
  count(counts, '#', times);
  for (let at = 0; at < characters.length && at < 4; at++)
    count(counts, `${at}${characters[at]}`, times);
}

function count(counts: Map<string, number>, value: string, times = 1): void {
  counts.set(value, (counts.get(value) ?? 0) + times);
}
