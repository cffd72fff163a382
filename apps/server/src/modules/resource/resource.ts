import type { Id } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';

export type OfferKind = 'goods' | 'hours';
export type OfferState = 'open' | 'reserved' | 'delivered' | 'expired' | 'withdrawn';

/** Something put in by a neighbour, volunteer, shop or team. */
export interface Offer {
  id: Id;
  kind: OfferKind;
  title: string;
  noteSealed: Buffer | null;
  /** Pieces of goods, minutes of time. */
  quantity: number;
  areaId: number | null;
  accountId: Id;
  giverRole: string;
  expiresOn: string | null;
  state: OfferState;
  /** Made for one wish: it ends with it instead of going back to the register. */
  forOneNeed: boolean;
  needId: Id | null;
  needNumber: string | null;
  reservedUntil: Date | null;
  version: number;
}

/** How long an offer is kept for a need before it must be on its way. */
export const RESERVED_HOURS = 72;

/** The unit an offer is counted in on pages. */
export function unitOf(kind: OfferKind): 'piece' | 'minute' {
  return kind === 'goods' ? 'piece' : 'minute';
}

/** The unit of its accounts in the ledger: goods of one offer are alike, minutes are minutes. */
export function ledgerUnit(offer: { id: Id; kind: OfferKind }): string {
  return offer.kind === 'goods' ? `piece:${offer.id}` : 'minute';
}

/** The state an offer falls back to when its need does without it. */
export function stateWhenReleased(offer: Pick<Offer, 'forOneNeed'>): OfferState {
  return offer.forOneNeed ? 'expired' : 'open';
}

/** What a need asks for, as far as ranking looks at it. */
export interface Wanted {
  title: string;
  areaId: number;
}

/** An offer's rank for a need: the higher the better, with its reasons in words. */
export function rank(
  offer: Pick<Offer, 'title' | 'areaId' | 'expiresOn'>,
  wanted: Wanted,
  context: { sameStreet: boolean; today: string; language: Language },
): { score: number; reasons: string[] } {
  const zh = context.language === 'zh';
  const reasons: string[] = [];
  let score = 0;
  const common = wordsInCommon(offer.title, wanted.title);
  if (common.length > 0) {
    score += 4 * Math.min(common.length, 3);
    reasons.push(zh ? `都提到“${common[0]}”` : `both say “${common[0]}”`);
  }
  if (offer.areaId === wanted.areaId) {
    score += 3;
    reasons.push(zh ? '同一社区' : 'same community');
  } else if (context.sameStreet) {
    score += 1;
    reasons.push(zh ? '同一街道' : 'same street');
  }
  if (offer.expiresOn && daysUntil(context.today, offer.expiresOn) <= 14) {
    score += 1;
    reasons.push(zh ? `${offer.expiresOn} 到期` : `ends on ${offer.expiresOn}`);
  }
  return { score, reasons };
}

/** Pairs of characters that both texts have; the longest runs of them first. */
function wordsInCommon(one: string, other: string): string[] {
  const flat = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
  const characters = [...flat(one)];
  const target = flat(other);
  const found = new Set<string>();
  for (let start = 0; start < characters.length; start += 1) {
    let end = start + 2;
    while (end <= characters.length && target.includes(characters.slice(start, end).join('')))
      end += 1;
    const word = characters.slice(start, end - 1).join('');
    if ([...word].length >= 2 && /^[\p{L}\p{N}]+$/u.test(word)) found.add(word);
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

function daysUntil(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
