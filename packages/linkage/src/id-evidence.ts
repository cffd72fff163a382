import type { CitizenIdReading } from './citizen-id.ts';
import type { Unit } from './unit.ts';

/**
 * How the ID numbers of two units relate. `same`: one sure number · `different`: two sure numbers ·
 * `repair`: one slip turns the one into the other · `prefix`: all digits that are left agree · `two_slips` ·
 * `other_prefix`: digits that are left differ · `conflict`: nothing explains the difference · `unknown`: one side has none.
 */
export type IdRelation =
  | 'same'
  | 'different'
  | 'repair'
  | 'prefix'
  | 'two_slips'
  | 'other_prefix'
  | 'conflict'
  | 'unknown';

/** Relates the numbers of two units. Symmetric. */
export function relateIds(a: Unit, b: Unit): IdRelation {
  if (a.number !== null && b.number !== null) return a.number === b.number ? 'same' : 'different';
  if (a.number !== null) return relateSure(a.number, b.rows[0]!.id);
  if (b.number !== null) return relateSure(b.number, a.rows[0]!.id);
  return relateDoubtful(a.rows[0]!.id, b.rows[0]!.id);
}

function relateSure(number: string, id: CitizenIdReading): IdRelation {
  if (id.kind === 'none') return 'unknown';
  if (id.kind === 'partial') {
    if (number.startsWith(id.prefix)) return 'prefix';
    return id.candidates.includes(number) ? 'repair' : 'other_prefix';
  }
  if (id.kind === 'repaired') {
    if (id.candidates.includes(number)) return 'repair';
    return slips(number, id.digits) <= 2 ? 'two_slips' : 'conflict';
  }
  if (id.number === number) return 'same';
  if (id.doubt === 'lost_digits')
    return number.startsWith(id.number.slice(0, 15)) ? 'prefix' : 'other_prefix';
  // A number of 15 digits has no checksum of its own, so the last place says nothing.
  return slips(number.slice(0, 17), id.number.slice(0, 17)) <= 1 ? 'repair' : 'conflict';
}

function relateDoubtful(a: CitizenIdReading, b: CitizenIdReading): IdRelation {
  if (a.kind === 'none' || b.kind === 'none') return 'unknown';
  const [left, right] = [possible(a), possible(b)];
  if (left.digits === right.digits && a.kind !== 'partial') return 'same';
  if (left.prefix !== null || right.prefix !== null) {
    const prefix = left.prefix ?? right.prefix!;
    const other = left.prefix === null ? left : right;
    const fits =
      other.prefix?.startsWith(prefix) ||
      (other.prefix !== null && prefix.startsWith(other.prefix));
    if (fits || other.candidates.some((number) => number.startsWith(prefix))) return 'prefix';
    return 'other_prefix';
  }
  return left.candidates.some((number) => right.candidates.includes(number))
    ? 'repair'
    : 'conflict';
}

function possible(id: Exclude<CitizenIdReading, { kind: 'none' }>): {
  digits: string;
  prefix: string | null;
  candidates: string[];
} {
  if (id.kind === 'partial')
    return { digits: id.digits, prefix: id.prefix, candidates: id.candidates };
  if (id.kind === 'repaired') return { digits: id.digits, prefix: null, candidates: id.candidates };
  const prefix = id.doubt === 'lost_digits' ? id.number.slice(0, 15) : null;
  return { digits: id.number, prefix, candidates: [id.number] };
}

/** Places that differ between two numbers of one length, neighbours changed round counted once. */
function slips(a: string, b: string): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) continue;
    count++;
    if (a[at] === b[at + 1] && a[at + 1] === b[at]) at++;
  }
  return count;
}
