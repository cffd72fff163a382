import type { Id } from '@wennuan/basics';
import { type Language, type RefusalCode, refusalSentence, type shapes } from '@wennuan/contract';

export type Means = (typeof shapes.tillMeans)[number];

/** A till: one browser at one place. */
export interface Till {
  id: Id;
  placeId: Id;
  areaId: number;
  name: string;
}

/** One person's time at a till. */
export interface Shift {
  id: Id;
  tillId: Id;
  accountId: Id;
  floatFen: number;
  openedAt: Date;
  closedAt: Date | null;
}

/** What was rung up in a shift, as far as counting asks. */
export interface EntrySum {
  kind: 'sale' | 'refund';
  means: Means;
  amountFen: number;
}

/** What should be there by means: cash with the float; what was given back is less. Pure. */
export function expectedOf(floatFen: number, entries: readonly EntrySum[]): Map<Means, number> {
  const sums = new Map<Means, number>([
    ['cash', floatFen],
    ['wechat', 0],
    ['voucher', 0],
    ['coupon', 0],
  ]);
  for (const { kind, means, amountFen } of entries)
    sums.set(means, (sums.get(means) ?? 0) + (kind === 'sale' ? amountFen : -amountFen));
  return sums;
}

/** A piece of what a till took along: so many of a lot in an account of its own. */
export interface ReservePiece {
  accountId: Id;
  stockId: Id;
  lotId: Id;
  itemId: Id;
  left: number;
}

/** Sums by means: what came in or went out with one means is one amount, however many merchants it was for. Pure. */
export function sumByMeans(
  amounts: readonly { means: Means; amountFen: number }[],
): { means: Means; amountFen: number }[] {
  return [...Map.groupBy(amounts, (one) => one.means)].map(([means, list]) => ({
    means,
    amountFen: list.reduce((sum, one) => sum + one.amountFen, 0),
  }));
}

/**
 * Pieces of a reserve for a line, in the order of the reserve; null when it holds too few, and then nothing is taken.
 * What is taken is gone from `reserve`. Pure but for that.
 */
export function takeFrom(
  reserve: ReservePiece[],
  itemId: Id,
  quantity: number,
): { accountId: Id; stockId: Id; lotId: Id; quantity: number }[] | null {
  const mine = reserve.filter((piece) => piece.itemId === itemId && piece.left > 0);
  if (mine.reduce((sum, piece) => sum + piece.left, 0) < quantity) return null;
  let missing = quantity;
  return mine.flatMap((piece) => {
    const taken = Math.min(missing, piece.left);
    if (taken === 0) return [];
    missing -= taken;
    piece.left -= taken;
    const { accountId, stockId, lotId } = piece;
    return [{ accountId, stockId, lotId, quantity: taken }];
  });
}

/** A refusal that was kept, in words; amounts in its params stay as they were written. */
export function sentenceOf(
  code: string | null,
  params: Record<string, string | number>,
  language: Language,
): string | null {
  return code === null ? null : refusalSentence(code as RefusalCode, language, params);
}
