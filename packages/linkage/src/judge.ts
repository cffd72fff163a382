import type { SoundOf } from './characters.ts';
import type { Edge } from './cluster.ts';
import type { LinkageModel } from './model.ts';
import { scoreUnits } from './score.ts';
import type { Unit } from './unit.ts';

/** Linked from these odds on (0.978 in 1); asked between; apart below. Binary logarithms. */
export const LINK_AT = 5.5;
export const ASK_FROM = -7;
/** Pairs with less than this decide nothing, neither a link nor the odds of a rival. */
export const NEAR_FROM = ASK_FROM - 6;
/** Two sure numbers are asked about only when it is rather one person. */
const ASK_TWO_NUMBERS_FROM = 0;
/** No cluster holds two units that speak against each other like this. */
export const APART_BELOW = -6;
const ASKS_PER_UNIT = 3;

export interface JudgeContext {
  units: readonly Unit[];
  model: LinkageModel;
  soundOf: SoundOf;
  parted: readonly { pair: [number, number] }[];
}

export interface Judged {
  edges: Edge[];
  asks: Edge[];
  /** Pairs of which one can decide about the other: a link, a question, a rival, two numbers that look like one person. */
  near: [number, number][];
}

/**
 * Scores candidate pairs and weighs rivals against each other: a doubtful row can be only one of the people with
 * different sure numbers, so their odds share one row. Unlikely pairs are left out.
 */
export function judge(pairs: readonly [number, number][], context: JudgeContext): Judged {
  const parted = new Set(context.parted.flatMap(({ pair: [a, b] }) => [`${a} ${b}`, `${b} ${a}`]));
  const byUnit = new Map<number, Edge[]>();
  const asks: Edge[] = [];
  const near: [number, number][] = [];
  for (const [a, b] of pairs) {
    if (parted.has(`${a} ${b}`)) continue;
    const left = context.units[a]!;
    const right = context.units[b]!;
    const { score } = scoreUnits(left, right, context);
    if (left.number !== null && right.number !== null) {
      near.push([a, b]);
      if (score >= ASK_TWO_NUMBERS_FROM) asks.push({ a, b, score });
    } else if (score >= NEAR_FROM) {
      near.push([a, b]);
      const list = byUnit.get(a) ?? [];
      list.push({ a, b, score });
      byUnit.set(a, list);
    }
  }
  const edges: Edge[] = [];
  for (const list of byUnit.values()) {
    const shared = shareOdds(list, (unit) => context.units[unit]!.number !== null);
    edges.push(...shared.filter(({ score }) => score >= LINK_AT));
    const unsure = shared.filter(({ score }) => score >= ASK_FROM && score < LINK_AT);
    asks.push(...unsure.toSorted((x, y) => y.score - x.score || x.b - y.b).slice(0, ASKS_PER_UNIT));
  }
  const likeliestFirst = asks.toSorted((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  return { edges, asks: likeliestFirst, near };
}

/** Odds of each sure rival against all others and nobody; odds among doubtful rows stay. */
function shareOdds(edges: Edge[], isSure: (unit: number) => boolean): Edge[] {
  const rivals = edges.filter(({ b }) => isSure(b));
  const sum = rivals.reduce((total, { score }) => total + 2 ** score, 0);
  return edges.map((edge) => {
    if (!isSure(edge.b)) return edge;
    const odds = 2 ** edge.score;
    return { ...edge, score: edge.score - Math.log2(1 + Math.max(0, sum - odds)) };
  });
}
