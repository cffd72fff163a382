import { type Answer, pairKey, settledAnswers, spokenPairs } from './answers.ts';
import type { AreaBook } from './areas.ts';
import { candidatePairs } from './block.ts';
import { type SoundOf, usualSound } from './characters.ts';
import { clusterUnits, type Edge } from './cluster.ts';
import { APART_BELOW, ASK_FROM, judge, LINK_AT } from './judge.ts';
import { learnModel, type LinkageModel } from './model.ts';
import { readRow, type RosterRow, type RowFacts, ageOf, sureNumber } from './row.ts';
import { type Evidence, scoreUnits } from './score.ts';
import { Unit } from './unit.ts';
import { byKey, type Contest, gatherUnits, ordered } from './units.ts';

/** A question for a person: are these two rows of one person? `a` is the row in doubt. */
export interface Ask {
  a: string;
  b: string;
  /** Binary logarithm of the odds that they are. */
  score: number;
  evidence: Evidence[];
}

export interface LinkOptions {
  areas?: AreaBook | null;
  answers?: readonly Answer[];
  /** Rates learned earlier, so that adding rows does not move old decisions. */
  model?: LinkageModel;
  /** Readings of characters, for the sound of names; the package's own table if left out. */
  soundOf?: SoundOf;
}

export interface Linkage {
  /** The cluster of every row, named by the key of one of its rows: one with a sure number if there is one. */
  personOf: ReadonlyMap<string, string>;
  asks: Ask[];
  /** Rows with one sure ID number whose names do not fit: two people may be using it. */
  sharedNumbers: { a: string; b: string }[];
  /** Answers that contradict each other and were not followed. */
  contradictions: Answer[];
  model: LinkageModel;
  /** What speaks for and against two rows being of one person; throws a RangeError for an unknown key. */
  evidence(rowA: string, rowB: string): { score: number; evidence: Evidence[] };
}

/**
 * Says which rows are of one person. The same rows, answers and model give the same clusters, in whatever order
 * they come. Two different sure ID numbers never share a cluster unless a person said so. Throws a RangeError
 * if two rows have one key.
 */
export function linkRows(rows: readonly RosterRow[], options: LinkOptions = {}): Linkage {
  return linkFacts(readRows(rows, options.areas ?? null), options);
}

/** Reads all rows, each roster's ages by the year its own ID numbers show. */
export function readRows(rows: readonly RosterRow[], areas: AreaBook | null): RowFacts[] {
  const bornIn = countingYears(rows);
  return rows.map((row) => readRow(row, areas, bornIn.get(row.source)));
}

/** Links rows already read; see {@link linkRows}. */
export function linkFacts(unordered: readonly RowFacts[], options: LinkOptions = {}): Linkage {
  const soundOf = options.soundOf ?? usualSound;
  const facts = ordered(unordered);
  const answers = settledAnswers(options.answers ?? []);
  const { units, contests } = gatherUnits(
    facts,
    (a, b) => answers.get(pairKey(a, b))?.same === false,
    soundOf,
  );
  const model = options.model ?? learnModel(units, soundOf);
  const context = { units, model, soundOf };
  const unitAt = new Map<string, number>();
  for (const [index, unit] of units.entries())
    for (const { key } of unit.rows) unitAt.set(key, index);
  if (unitAt.size !== facts.length) throw new RangeError('two rows have one key');
  const spoken = spokenPairs(answers, unitAt);
  const judged = judge(candidatePairs(units, soundOf), { ...context, parted: spoken.parted });
  const { clusterOf, contradictions } = clusterUnits(units.length, judged.edges, {
    numberOf: (unit) => units[unit]!.number,
    joined: spoken.joined.map(({ pair }) => pair),
    parted: spoken.parted.map(({ pair }) => pair),
    scoreOf: (a, b) => scoreUnits(units[a]!, units[b]!, context).score,
    linkAt: LINK_AT,
    apartBelow: APART_BELOW,
  });
  const personOf = new Map<string, string>();
  for (const { key } of facts) personOf.set(key, units[clusterOf[unitAt.get(key)!]!]!.rows[0]!.key);
  return {
    personOf,
    asks: asksOf(judged.asks, contests, { ...context, clusterOf, answers }),
    sharedNumbers: contests.map(({ a, b }) => ({ a: a.rows[0]!.key, b: b.rows[0]!.key })),
    contradictions: contradictions.flatMap(([a, b]) =>
      spoken.joined
        .filter(({ pair }) => pair[0] === a && pair[1] === b)
        .map(({ answer }) => answer),
    ),
    model,
    evidence: evidenceAmong(unitAt, context),
  };
}

interface AskContext {
  units: readonly Unit[];
  model: LinkageModel;
  soundOf: SoundOf;
  clusterOf: Int32Array;
  answers: ReadonlyMap<string, Answer>;
}

/** The questions that are still open once clusters are known, each with the rows that are most alike. */
function asksOf(edges: readonly Edge[], contests: readonly Contest[], context: AskContext): Ask[] {
  const { units, clusterOf } = context;
  const numberIn = new Map<number, string>();
  for (const [index, { number }] of units.entries()) {
    if (number !== null) numberIn.set(clusterOf[index]!, number);
  }
  const asks: Ask[] = [];
  for (const { a, b } of edges) {
    const [left, right] = [clusterOf[a]!, clusterOf[b]!];
    if (left === right) continue;
    // A row that has found its person is not asked about any more.
    const settled =
      units[a]!.number === null &&
      numberIn.has(left) &&
      numberIn.has(right) &&
      numberIn.get(left) !== numberIn.get(right);
    if (!settled) asks.push(...askAbout(units[a]!, units[b]!, context));
  }
  const at = new Map(units.map((unit, index) => [unit, index]));
  for (const { a, b } of contests) {
    if (clusterOf[at.get(a)!] === clusterOf[at.get(b)!]) continue;
    if (scoreUnits(a, b, context).score < ASK_FROM) continue;
    asks.push(
      ...(a.rows.length <= b.rows.length ? askAbout(a, b, context) : askAbout(b, a, context)),
    );
  }
  return asks;
}

function askAbout(a: Unit, b: Unit, context: AskContext): Ask[] {
  const row = a.rows[0]!;
  const answered = b.rows.some(({ key }) => context.answers.has(pairKey(row.key, key)));
  if (answered) return [];
  const single = new Unit([row], a.number);
  const best = b.rows
    .map((facts) => ({ facts, ...scoreUnits(single, new Unit([facts], b.number), context) }))
    .toSorted((x, y) => y.score - x.score || byKey(x.facts, y.facts))[0]!;
  const { score, evidence } = scoreUnits(a, b, context);
  return [{ a: row.key, b: best.facts.key, score, evidence }];
}

function evidenceAmong(
  unitAt: ReadonlyMap<string, number>,
  context: { units: readonly Unit[]; model: LinkageModel; soundOf: SoundOf },
): Linkage['evidence'] {
  const find = (key: string): Unit => {
    const unit = context.units[unitAt.get(key) ?? -1];
    const row = unit?.rows.find((facts) => facts.key === key);
    if (!row) throw new RangeError('no row has this key');
    return new Unit([row], sureNumber(row));
  };
  return (rowA, rowB) => {
    const { score, evidence } = scoreUnits(find(rowA), find(rowB), context);
    return { score, evidence };
  };
}

const AGES_SEEN = 200;

/** For each roster that has ages beside ID numbers: the year from which most of them count. */
function countingYears(rows: readonly RosterRow[]): Map<string, (age: number) => number> {
  const seen = new Map<string, Map<number, number>>();
  const total = new Map<string, number>();
  for (const row of rows) {
    const age = row.age === undefined ? null : ageOf(row.age);
    if (age === null || (total.get(row.source) ?? 0) >= AGES_SEEN) continue;
    const { birthYear } = readRow({ ...row, age: undefined }, null);
    if (birthYear === null) continue;
    const years = seen.get(row.source) ?? new Map<number, number>();
    years.set(birthYear + age, (years.get(birthYear + age) ?? 0) + 1);
    seen.set(row.source, years);
    total.set(row.source, (total.get(row.source) ?? 0) + 1);
  }
  return new Map(
    [...seen].map(([source, years]) => {
      const [year] = [...years].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
      return [source, (age: number) => year - age];
    }),
  );
}
