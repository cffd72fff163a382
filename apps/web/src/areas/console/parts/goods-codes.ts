import type { RouteOutput, routes } from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

export type StockView = RouteOutput<typeof routes.goods.stock>;
export type StockItem = StockView['items'][number];
export type StockLine = StockItem['lines'][number];
export type Lot = StockLine['lot'];
export type KindGift = RouteOutput<typeof routes.kindGift.list>['items'][number];
export type PlanRow = RouteOutput<typeof routes.distribution.list>['items'][number];
export type Plan = RouteOutput<typeof routes.distribution.read>;
export type Recipient = RouteOutput<typeof routes.distribution.recipients>['items'][number];
export type ListReport = RouteOutput<typeof routes.distribution.addRecipients>;

/** The contract's codes that forms and filters offer, in the order people expect them. */
export const distributionStates = [
  'draft',
  'submitted',
  'approved',
  'closed',
  'cancelled',
] as const satisfies readonly Plan['state'][];
export const outcomes = ['handed', 'proxy', 'absent', 'refused', 'moved', 'died'] as const;
export const relations = ['family', 'neighbour', 'carer', 'worker', 'colleague', 'other'] as const;
export const placeKinds = [
  'service_center',
  'station',
  'party_center',
  'elder_station',
  'shop',
  'store',
] as const;
export const writeOffCauses = ['damaged', 'expired', 'lost', 'recalled', 'sample'] as const;
export const groupCodes = [
  'minimum_living',
  'destitute',
  'disabled',
  'elderly',
  'child',
  'student',
  'woman',
  'worker',
  'serious_illness',
  'veteran',
  'bereaved_family',
] as const;
export const listSources = ['group', 'programme', 'plan', 'persons', 'names', 'sheet'] as const;
export const giftForms = ['agreed_gift', 'direct_gift', 'public_fundraising'] as const;

export const planTones: Record<Plan['state'], Tone> = {
  draft: 'quiet',
  submitted: 'warned',
  approved: 'running',
  closed: 'done',
  cancelled: 'quiet',
};
export const kindGiftTones: Record<KindGift['state'], Tone> = {
  offered: 'warned',
  valued: 'accent',
  received: 'done',
  declined: 'quiet',
  withdrawn: 'quiet',
};

/** True when somebody took what was for her. */
export const isReceived = (one: Pick<Recipient, 'outcome'>): boolean =>
  one.outcome === 'handed' || one.outcome === 'proxy';

/** A whole number above zero as typed, or null. */
export function wholeNumber(text: string): number | null {
  const number = Number(text.trim());
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/**
 * Whether a typed text means somebody on a masked list: her number, the beginning of her initials or of her
 * name as far as the mask shows it (王小芳 fits 王*芳), or her unit.
 */
export function fits(
  one: Pick<Recipient, 'serial' | 'maskedName' | 'initials' | 'unitName' | 'building'>,
  typed: string,
): boolean {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  if (text === '') return true;
  if (/^\d+$/.test(text)) return String(one.serial) === text;
  if (one.initials.startsWith(text)) return true;
  const mask = [...one.maskedName];
  const letters = [...text];
  const isName =
    letters.length <= mask.length &&
    letters.every((letter, place) => mask[place] === '*' || mask[place] === letter);
  return isName || [one.unitName, one.building].some((place) => place?.includes(text));
}
