import { AMOUNT_FEN_MAX, Refusal } from '@wennuan/basics';
import { shapes } from '@wennuan/contract';

/** How many of each note and coin were counted, by its worth in fen. */
export type Counted = Readonly<Partial<Record<string, number>>>;

/**
 * What notes and coins come to, in fen; zero for none. Refuses `amount_invalid` for a note that does not exist,
 * for parts of one, and for more than an amount may be.
 */
export function countedFen(counted: Counted): number {
  let fen = 0;
  for (const [worth, count] of Object.entries(counted)) {
    const isKnown = shapes.denominations.some((one) => String(one) === worth);
    if (!isKnown || count === undefined || !Number.isSafeInteger(count) || count < 0)
      throw new Refusal('amount_invalid', {}, 'counted');
    fen += Number(worth) * count;
  }
  if (fen > AMOUNT_FEN_MAX) throw new Refusal('amount_invalid', {}, 'counted');
  return fen;
}

/** A count with nothing in it that is zero, as it is kept. */
export function plainCount(counted: Counted): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counted).flatMap(([worth, count]) => (count ? [[worth, count]] : [])),
  );
}

/** Refuses `second_person_required` when the one who confirms is the one who counted. */
export function mustBeAnother(first: string, second: string | null): void {
  if (second === null || first === second) throw new Refusal('second_person_required');
}

/** A seal as it is compared: without blanks, in one case. */
export function plainSeal(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
}
