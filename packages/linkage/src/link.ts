import { type Answer, pairKey, settledAnswers, spokenPairs } from './answers.ts';
import type { AreaBook } from './areas.ts';
import { candidatePairs } from './block.ts';
import { type SoundOf, usualSound } from './characters.ts';
import { clusterUnits, type Edge } from './cluster.ts';
import { connectedRows } from './connected.ts';
import { countingYears, withBirthYear } from './counting-years.ts';
import { APART_BELOW, ASK_FROM, judge, LINK_AT } from './judge.ts';
import { learnModel, type LinkageModel } from './model.ts';
import { readRow, type RosterRow, type RowFacts, sureNumber } from './row.ts';
import { type Evidence, scoreUnits } from './score.ts';
import { nearHoweverParted } from './split.ts';
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
  /** Of rows that hang together with no others (`Linkage.connected`): what linking all rows had found. */
  longKeys?: readonly number[];
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
  /** Keys so common among these rows that rows which share one are not compared for it alone. */
  longKeys: readonly number[];
  /**
   * Rows that hang together, as lists of their keys; one that stands alone is in none. Whatever is answered about rows of two
   * lists, linking these two by the same model and `longKeys` decides about them as linking all does, and nothing else
   * changes; but for an answer about an ID number that a row borrowed (`contradictsId`).
   */
  connected(): string[][];
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

/** Reads rows, each roster's ages by the year that its own ID numbers show. */
export function readRows(rows: readonly RosterRow[], areas: AreaBook | null): RowFacts[] {
  const facts = rows.map((row) => readRow(row, areas));
  const years = countingYears(facts);
  return facts.map((one) => withBirthYear(one, years));
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
  const { pairs, longKeys } = candidatePairs(units, soundOf, options.longKeys);
  const judged = judge(pairs, { ...context, parted: spoken.parted });
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
    longKeys,
    connected: () =>
      connectedRows(units, [
        ...judged.near,
        ...[...spoken.joined, ...spoken.parted].map(({ pair }) => pair),
        ...oneNumber(facts, unitAt),
        ...nearHoweverParted({ ...context, longKeys }),
      ]),
    evidence: evidenceAmong(unitAt, context),
  };
}

/** Units with rows of one ID number, also where the number does not hold: each decides whose the number is. */
function oneNumber(
  facts: readonly RowFacts[],
  unitAt: ReadonlyMap<string, number>,
): [number, number][] {
  const first = new Map<string, number>();
  return facts.flatMap(({ id, key }): [number, number][] => {
    if (id.kind !== 'valid') return [];
    const unit = unitAt.get(key)!;
    const before = first.get(id.number);
    if (before === undefined) first.set(id.number, unit);
    return before === undefined || before === unit ? [] : [[before, unit]];
  });
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
