import type { GoodsCategory } from '@wennuan/contract';
import { mayPayFor } from './goods-words.ts';

/** A part of a purchase: what goods of one category cost. */
export interface ToCover {
  category: GoodsCategory;
  amountFen: number;
}
/** An entitlement that is to pay: for which goods, and how much at most. */
export interface Payer {
  goods: readonly string[];
  mostFen: number;
}

/**
 * What each of some entitlements pays of each part of a purchase, in fen: each in its turn as much as it can, and none
 * less because of one that came later; where an earlier one could as well pay for something else, it does. So together
 * they never pay for more of anything than it costs, nor for what none of them may. Pure.
 */
export function cover(payers: readonly Payer[], parts: readonly ToCover[]): number[][] {
  const paid = payers.map(() => parts.map(() => 0));
  const free = parts.map((part) => part.amountFen);
  for (const [payer, { mostFen }] of payers.entries()) {
    let left = mostFen;
    while (left > 0) {
      const way = wayFrom(payer, { payers, parts, paid, free });
      if (!way) break;
      const fen = Math.min(left, free[way.at(-1)!.part]!, ...way.map((step) => step.mostFen));
      for (const step of way) {
        paid[step.payer]![step.part]! += fen;
        if (step.insteadOf !== null) paid[step.payer]![step.insteadOf]! -= fen;
      }
      free[way.at(-1)!.part]! -= fen;
      left -= fen;
    }
  }
  return paid;
}

/** One entitlement pays for `part`, instead of what it paid for before; the first of a way pays something new. */
interface Step {
  payer: number;
  part: number;
  insteadOf: number | null;
  mostFen: number;
}
interface Standing {
  payers: readonly Payer[];
  parts: readonly ToCover[];
  paid: readonly (readonly number[])[];
  free: readonly number[];
}

/** The shortest way to let `first` pay something: others step aside until a part is free; null when there is none. */
function wayFrom(first: number, { payers, parts, paid, free }: Standing): Step[] | null {
  const seen = new Set<number>();
  let ways: Step[][] = [[]];
  let from: { payer: number; insteadOf: number | null; mostFen: number }[] = [
    { payer: first, insteadOf: null, mostFen: Number.MAX_SAFE_INTEGER },
  ];
  while (ways.length > 0) {
    const longer: Step[][] = [];
    const next: typeof from = [];
    for (const [index, way] of ways.entries()) {
      const { payer, insteadOf, mostFen } = from[index]!;
      for (const [part, { category }] of parts.entries()) {
        if (seen.has(part) || !mayPayFor(payers[payer]!.goods, category)) continue;
        seen.add(part);
        const reached = [...way, { payer, part, insteadOf, mostFen }];
        if (free[part]! > 0) return reached;
        for (const [other, theirs] of paid.entries())
          if (theirs[part]! > 0) {
            longer.push(reached);
            next.push({ payer: other, insteadOf: part, mostFen: theirs[part]! });
          }
      }
    }
    ways = longer;
    from = next;
  }
  return null;
}
