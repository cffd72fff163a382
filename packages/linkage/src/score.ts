import { type SoundOf, usualSound } from './characters.ts';
import { type Comparison, compareUnits, shared } from './compare.ts';
import { type IdRelation, relateIds } from './id-evidence.ts';
import type { LinkageModel, RatedField } from './model.ts';
import { soundKey } from './names.ts';
import type { Unit } from './unit.ts';

/** What speaks for (`bits` above 0) or against two rows being of one person, field by field. */
export interface Evidence {
  field: 'prior' | 'idNumber' | keyof Comparison;
  relation: string;
  /** Binary logarithm of the likelihood ratio: 1 doubles the odds, −1 halves them. */
  bits: number;
}

export interface Scored {
  /** Binary logarithm of the odds that both are one person. */
  score: number;
  idNumber: IdRelation;
  evidence: Evidence[];
}

// Fewer rows than this say nothing about how common a name is in the town.
const NAMES_MIN = 5_000;
const FIELDS: RatedField[] = [
  'birth',
  'birthYear',
  'sex',
  'telephone',
  'place',
  'house',
  'household',
  'source',
];

/**
 * Of numbers related so, the share among rows of one person; and among two people with like names, where the
 * birth date agrees anyway and where it does not.
 */
const ID_RATES: Record<IdRelation, { same: number; bornAlike: number; apart: number }> = {
  same: { same: 0.97, bornAlike: 1e-5, apart: 1e-6 },
  repair: { same: 0.8, bornAlike: 0.03, apart: 1e-5 },
  prefix: { same: 0.95, bornAlike: 0.06, apart: 1e-5 },
  two_slips: { same: 0.1, bornAlike: 0.1, apart: 2e-4 },
  other_prefix: { same: 0.004, bornAlike: 0.94, apart: 1 },
  conflict: { same: 0.03, bornAlike: 0.9, apart: 1 },
  different: { same: 0.001, bornAlike: 1, apart: 1 },
  unknown: { same: 1, bornAlike: 1, apart: 1 },
};

/** What units are scored by. */
export interface ScoreContext {
  model: LinkageModel;
  soundOf: SoundOf;
}

/** Weighs everything two units say about being one person. Symmetric. */
export function scoreUnits(
  a: Unit,
  b: Unit,
  { model, soundOf = usualSound }: Pick<ScoreContext, 'model'> & Partial<ScoreContext>,
): Scored {
  const comparison = compareUnits(a, b, soundOf);
  const relation = relateIds(a, b);
  const chance = chanceOfName(a, b, comparison, { model, soundOf });
  const names = comparison.name === 'same' ? chance * Math.max(model.units, NAMES_MIN) : null;
  const evidence: Evidence[] = [
    { field: 'prior', relation: 'one_of', bits: Math.log2(model.shareWithMore / model.units) },
    { field: 'idNumber', relation, bits: idBits(relation, comparison) },
    {
      field: 'name',
      relation: comparison.name,
      bits: Math.log2(model.name[comparison.name] / chance),
    },
  ];
  for (const field of FIELDS) {
    const level = comparison[field];
    // Two sure numbers that differ have been weighed; the birth dates in them say nothing new.
    const isSaid = relation === 'different' && field === 'birth' && level === 'differs';
    const context = { a, b, model, names };
    const bits = level === 'unknown' || isSaid ? 0 : fieldBits(field, level, context);
    if (bits !== 0) evidence.push({ field, relation: level, bits });
  }
  const score = evidence.reduce((sum, { bits }) => sum + bits, 0);
  return { score, idNumber: relation, evidence };
}

function idBits(relation: IdRelation, { birth }: Comparison): number {
  const rates = ID_RATES[relation];
  return Math.log2(rates.same / (birth === 'same' ? rates.bornAlike : rates.apart));
}

interface FieldContext {
  a: Unit;
  b: Unit;
  model: LinkageModel;
  /** How many namesakes are to be expected, null if the names are not the same. */
  names: number | null;
}

function fieldBits(field: RatedField, level: string, context: FieldContext): number {
  const { same, apart } = context.model.rates[field];
  const chance = apart[level]! * rarity(field, level, context);
  return Math.log2(same[level]! / Math.min(1, chance));
}

/** How much more often than on average this value meets itself by chance; 1 where values do not matter. */
function rarity(field: RatedField, level: string, { a, b, model, names }: FieldContext): number {
  if (level !== 'same') return 1;
  if (field === 'birth' && names !== null) {
    // Some share of all people has a namesake born on the same day, however rare the name.
    return Math.max(1, model.bornAlike / names / model.rates.birth.apart['same']!);
  }
  if (field === 'telephone') {
    return relative(model.telephoneCounts, shared(a.telephones, b.telephones));
  }
  return field === 'place' ? relative(model.areaCounts, shared(a.areas, b.areas)) : 1;
}

const averages = new WeakMap<Map<string, number>, number>();

function relative(counts: Map<string, number>, value: string | null): number {
  let average = averages.get(counts);
  if (average === undefined) {
    let sum = 0;
    let squares = 0;
    for (const times of counts.values()) {
      sum += times;
      squares += times * times;
    }
    average = sum === 0 ? 1 : squares / sum;
    averages.set(counts, average);
  }
  const times = counts.get(value ?? '') ?? 1;
  return Math.min(50, Math.max(0.2, times / average));
}

/** The share of other people whose name would relate like this by chance. */
function chanceOfName(
  a: Unit,
  b: Unit,
  { name }: Comparison,
  { model, soundOf }: { model: LinkageModel; soundOf: SoundOf },
): number {
  const people = Math.max(model.units, NAMES_MIN);
  const key = rarest(a.names, b.names);
  const others = Math.max(0, (model.nameCounts.get(key) ?? 0) - 2);
  if (name === 'same') {
    const common = shared(a.names, b.names) ?? key;
    const seen = Math.max(0, (model.nameCounts.get(common) ?? 0) - 2);
    return Math.max(0.03, (expected(common, model, people) + 2 * seen) / 3) / people;
  }
  if (name === 'sound') {
    const alike = Math.max(0, (model.soundCounts.get(soundKey(key, soundOf)) ?? 0) - 2);
    return Math.max(1, alike) / people;
  }
  if (name === 'order') return Math.max(1, others) / people;
  if (name === 'part') return Math.max(1, others, people / 4_000) / people;
  // Names one character apart: as many as share the rest, of which shape and rarity leave a few.
  const share = { shape: 0.02, rare: 0.15, one_character: 1, other: 0 }[name];
  if (share === 0) return 1;
  return Math.max(1, share * likeButOne(key, model, people)) / people;
}

function rarest(a: readonly string[], b: readonly string[]): string {
  return [...a, ...b].toSorted((x, y) => y.length - x.length || (x < y ? -1 : 1))[0] ?? '';
}

/** How many people would bear this name if its characters were drawn one by one. */
function expected(name: string, model: LinkageModel, people: number): number {
  const counts = model.characterCounts;
  const all = counts.get('#') ?? 1;
  const characters = [...name];
  let share = (counts.get(`#${characters.length}`) ?? 1) / all;
  for (let at = 0; at < characters.length && at < 4; at++) {
    share *= (counts.get(`${at}${characters[at]}`) ?? 1) / all;
  }
  return share * people;
}

/** How many people would bear a name that differs in one place, at least. */
function likeButOne(name: string, model: LinkageModel, people: number): number {
  const counts = model.characterCounts;
  const all = counts.get('#') ?? 1;
  const shares = [...name]
    .slice(0, 4)
    .map((character, at) => (counts.get(`${at}${character}`) ?? 1) / all);
  const product = shares.reduce((sum, share) => sum * share, 1);
  const best = shares.reduce((sum, share) => sum + product / share, 0);
  return best * people;
}
