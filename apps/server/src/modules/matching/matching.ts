import type { PlainDate } from '@wennuan/basics';

/** What an enterprise agreed to: fen added to each yuan given, and the caps of a gift and of a payer. */
export interface Terms {
  ratioPercent: number;
  capPerGiftFen: number;
  capPerPayerFen: number;
}

export type CutBy = 'gift_cap' | 'payer_cap' | 'pot';

/** A gift that a pot is promised for. */
export interface GiftToMatch {
  giftId: string;
  giftSerial: number;
  amountFen: number;
  /** What of it went back before it was matched. */
  refundedFen: number;
  /** Whose cap it counts towards; null for a giver nobody knows. */
  accountId: string | null;
}

export interface Match extends GiftToMatch {
  /** What the ratio alone gives. */
  ruleFen: number;
  matchFen: number;
  /** What made it less than the ratio gives; null when nothing did. */
  cutBy: CutBy | null;
}

/** What the ratio gives for so much, before the pot and the payer's cap; down to the fen. */
export function ruleFen(terms: Pick<Terms, 'ratioPercent'>, giftFen: number): number {
  return Math.floor((giftFen * terms.ratioPercent) / 100);
}

/**
 * Matches gifts in order, out of what the pot still has. `payers` is what of each known payer's gifts was
 * matched so far, and is counted on. Never more than `availableFen` in all: the last gift gets what is left,
 * and says so.
 */
export function planMatches(
  terms: Terms,
  gifts: readonly GiftToMatch[],
  { availableFen, payers }: { availableFen: number; payers: Map<string, number> },
): Match[] {
  let left = availableFen;
  return gifts.map((gift) => {
    const rule = ruleFen(terms, gift.amountFen - gift.refundedFen);
    const before = gift.accountId === null ? 0 : (payers.get(gift.accountId) ?? 0);
    const payerRoom =
      gift.accountId === null ? Infinity : Math.max(0, terms.capPerPayerFen - before);
    const limits: [number, CutBy][] = [
      [terms.capPerGiftFen, 'gift_cap'],
      [payerRoom, 'payer_cap'],
      [left, 'pot'],
    ];
    let matchFen = rule;
    let cutBy: CutBy | null = null;
    for (const [most, name] of limits) {
      if (matchFen <= most) continue;
      matchFen = most;
      cutBy = name;
    }
    left -= matchFen;
    if (gift.accountId !== null) payers.set(gift.accountId, before + matchFen);
    return { ...gift, ruleFen: rule, matchFen, cutBy };
  });
}

/** What of a match is to be taken back, now that so much of its gift has gone back; never more than it was. */
export function takeBackFen(
  terms: Omit<Terms, 'capPerPayerFen'>,
  matched: { matchFen: number; takenBackFen: number; giftFen: number; refundedFen: number },
): number {
  const kept = Math.max(0, matched.giftFen - matched.refundedFen);
  const stays = Math.min(matched.matchFen, terms.capPerGiftFen, ruleFen(terms, kept));
  return Math.max(0, matched.matchFen - stays - matched.takenBackFen);
}

/** Statements of a day's gifts come in later: so long a pot waits before what is left goes on. */
export const WAIT_DAYS = 3;

export type PotState = 'coming' | 'running' | 'used_up' | 'over' | 'ended';

/** How a pot stands on a day, as pages name it. */
export function potState(
  pot: { fromOn: PlainDate; untilOn: PlainDate; endedOn: PlainDate | null; leftFen: number },
  today: PlainDate,
): PotState {
  if (pot.endedOn !== null) return 'ended';
  if (today < pot.fromOn) return 'coming';
  if (today > pot.untilOn) return 'over';
  return pot.leftFen === 0 ? 'used_up' : 'running';
}
