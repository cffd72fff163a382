import { candidatePairs, everAlike, inOne } from './block.ts';
import { NEAR_FROM } from './judge.ts';
import { type ScoreContext, scoreUnits } from './score.ts';
import { Unit } from './unit.ts';

/** Beyond so many rows of one number not every way of parting them is tried: whoever could be compared with them is near. */
const ROWS_TRIED = 5;

/** All units, and what they are scored by. */
export interface SplitContext extends ScoreContext {
  units: readonly Unit[];
  longKeys: readonly number[];
}

/**
 * Pairs of units of which one can decide about the other as soon as a person parts rows of one ID number, or takes that back:
 * whoever is near some of the rows of a number is near all of them.
 */
export function nearHoweverParted(context: SplitContext): [number, number][] {
  const { units } = context;
  const groups = groupsOf(units);
  const wholes = groups.map((group) => inOne(group.map((index) => units[index]!)));
  const pairs: [number, number][] = [];
  for (const [a, b] of everAlike(wholes)) pairs.push([groups[a]![0]!, groups[b]![0]!]);
  const looked = groups.flatMap((group, at) => {
    const whole = wholes[at]!;
    return whole.number !== null && whole.rows.length === 1 ? [] : [{ unit: group[0]!, whole }];
  });
  const { pairs: candidates } = candidatePairs(
    looked.map(({ whole }) => whole),
    context.soundOf,
    context.longKeys,
  );
  for (const [a, b] of candidates) {
    const [one, other] = [looked[a]!, looked[b]!];
    if (one.whole.number !== null || other.whole.number === null) continue;
    if (isNearSome(one.whole, other.whole, context)) pairs.push([one.unit, other.unit]);
  }
  return pairs;
}

/** Units of one sure number together, all others alone. */
function groupsOf(units: readonly Unit[]): number[][] {
  const groups: number[][] = [];
  const ofNumber = new Map<string, number[]>();
  for (const [index, { number }] of units.entries()) {
    const known = number === null ? undefined : ofNumber.get(number);
    if (known) {
      known.push(index);
      continue;
    }
    const group = [index];
    groups.push(group);
    if (number !== null) ofNumber.set(number, group);
  }
  return groups;
}

/** Whether a unit is near some of the rows of another, whichever they are. */
function isNearSome(unit: Unit, { rows, number }: Unit, context: ScoreContext): boolean {
  if (rows.length > ROWS_TRIED) return true;
  for (let some = 1; some < 2 ** rows.length; some += 1) {
    const part = rows.filter((_, at) => (some >> at) % 2 === 1);
    if (scoreUnits(unit, new Unit(part, number), context).score >= NEAR_FROM) return true;
  }
  return false;
}
