import { Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { GoodsCategory, Language } from '@wennuan/contract';

export type MerchantState = 'proposed' | 'active' | 'suspended' | 'refused';
export type LicenceKind = 'business' | 'food';
export type PriceKind = 'everyone' | 'member' | 'hardship';
/** Why something cannot be sold now. */
export type Obstacle =
  | 'merchant_not_active'
  | 'agreement_missing'
  | 'licence_lapsed'
  | 'import_papers_missing'
  | 'product_off_sale'
  | 'charity_sale_over';

export interface Agreement {
  readonly id: Id;
  readonly merchantId: Id;
  readonly shareBasisPoints: number;
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly validUntil: PlainDate;
  readonly endedOn: PlainDate | null;
}

export interface Licence {
  readonly id: Id;
  readonly merchantId: Id;
  readonly kind: LicenceKind;
  readonly validUntil: PlainDate;
}

/** A seller as far as selling asks. */
export interface Seller {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly state: MerchantState;
  /** The federation itself: it sells for charity only, by each charity sale's own agreement. */
  readonly isFederation: boolean;
  readonly agreements: readonly Agreement[];
  readonly licences: readonly Licence[];
}

/** What a variant costs whom, in fen for so many pieces. */
export interface Prices {
  readonly priceFen: number;
  readonly memberPriceFen: number | null;
  readonly hardshipPriceFen: number | null;
}

/** A charity sale as far as selling its things asks: everything goes to its target. */
export interface CharitySale {
  readonly id: Id;
  readonly number: string;
  readonly name: string;
  /** Open, and inside its days. */
  readonly isSelling: boolean;
  /** Its campaign stands behind the four conditions of public fundraising now. */
  readonly sellsOnline: boolean;
  readonly places: ReadonlyMap<Id, string>;
  readonly targetId: Id;
  readonly targetName: string;
  /** Its proceeds reached the target: nothing is given back at a till any more. */
  readonly isSettled: boolean;
}

/** A variant with what selling it asks. */
export interface SoldVariant extends Prices {
  readonly id: Id;
  readonly productId: Id;
  readonly productVersion: number;
  readonly merchantId: Id;
  readonly itemId: Id;
  readonly title: string;
  readonly category: GoodsCategory;
  readonly label: string;
  readonly unit: string;
  readonly perQuantity: number;
  readonly barCode: string | null;
  readonly isOff: boolean;
  readonly productState: 'draft' | 'on_sale' | 'off';
  readonly needsFoodLicence: boolean;
  readonly imported: boolean;
  readonly papers: string | null;
  /** The lot it is, when it was given for a charity sale. */
  readonly lotId: Id | null;
  readonly charitySaleId: Id | null;
  /** Its charity sale; null for goods of merchants. */
  readonly charity: CharitySale | null;
}

/** Whom something is sold to, as far as prices ask. */
export interface Buyer {
  readonly isMember: boolean;
  readonly isInHardship: boolean;
}

/** The agreement under which a merchant sells on a day: of several in force the latest signed. */
export function agreementOn(
  agreements: readonly Agreement[],
  day: PlainDate,
): Agreement | undefined {
  return agreements
    .filter(
      (one) =>
        one.validFrom <= day &&
        one.validUntil >= day &&
        (one.endedOn === null || one.endedOn > day),
    )
    .toSorted((one, other) => other.signedOn.localeCompare(one.signedOn))[0];
}

/** The licence that is missing or past its day; undefined when all hold. */
export function lapsedLicence(
  licences: readonly Licence[],
  kinds: readonly LicenceKind[],
  day: PlainDate,
): LicenceKind | undefined {
  return kinds.find((kind) => !licences.some((one) => one.kind === kind && one.validUntil >= day));
}

/** What stands against selling a variant on a day, with what its sentence names; null when nothing does. */
export function obstacleOf(
  variant: Pick<
    SoldVariant,
    'title' | 'isOff' | 'productState' | 'needsFoodLicence' | 'imported' | 'papers'
  > &
    Partial<Pick<SoldVariant, 'charitySaleId' | 'charity'>>,
  seller: Seller,
  day: PlainDate,
): { code: Obstacle; params: Record<string, string> } | null {
  const merchant = variant.charitySaleId
    ? charityObstacle(variant, seller)
    : merchantObstacle(seller, day, variant.needsFoodLicence);
  if (merchant) return merchant;
  if (variant.imported && !variant.papers)
    return { code: 'import_papers_missing', params: { name: variant.title } };
  if (variant.isOff || variant.productState !== 'on_sale')
    return { code: 'product_off_sale', params: { name: variant.title } };
  return null;
}

/**
 * What stands against selling a thing of a charity sale: the federation receives the money itself, so that its number must
 * be agreed to; agreement and plan are the charity sale's, which did not open without them.
 */
function charityObstacle(
  { title, charity }: { title: string; charity?: CharitySale | null },
  seller: Seller,
): { code: Obstacle; params: Record<string, string> } | null {
  if (seller.state !== 'active')
    return { code: 'merchant_not_active', params: { name: seller.name } };
  if (!charity?.isSelling)
    return { code: 'charity_sale_over', params: { name: charity?.name ?? '', thing: title } };
  return null;
}

/** Everything of a charity sale goes to its target. */
export const WHOLE_BASIS_POINTS = 10_000;

/** What a buyer reads before paying. */
export function charityLabel(
  sale: CharitySale,
  language: Language,
): { number: string; name: string; targetName: string; words: string } {
  const { number, name, targetName } = sale;
  const words =
    language === 'zh'
      ? `义卖品，所得全部用于“${targetName}”。您是购买，不是捐赠，不开捐赠票据；捐赠人是给出这件物品的人。`
      : `Sold for charity: all of it goes to “${targetName}”. You are buying, not giving, so there is no donation receipt; the donor is who gave this thing.`;
  return { number, name, targetName, words };
}

/** What stands against a merchant's selling anything. */
export function merchantObstacle(
  seller: Seller,
  day: PlainDate,
  needsFoodLicence = false,
): { code: Obstacle; params: Record<string, string> } | null {
  const name = seller.name;
  if (seller.state !== 'active') return { code: 'merchant_not_active', params: { name } };
  if (!agreementOn(seller.agreements, day)) return { code: 'agreement_missing', params: { name } };
  const kinds: LicenceKind[] = needsFoodLicence ? ['business', 'food'] : ['business'];
  const lapsed = lapsedLicence(seller.licences, kinds, day);
  if (lapsed) return { code: 'licence_lapsed', params: { name, licence: LICENCE_WORDS[lapsed] } };
  return null;
}

const LICENCE_WORDS = { business: '营业执照', food: '食品经营许可证' };

/** The lowest price a buyer has a right to, and which it is. */
export function priceFor(prices: Prices, buyer: Buyer): { kind: PriceKind; priceFen: number } {
  const choices: { kind: PriceKind; priceFen: number }[] = [
    { kind: 'everyone', priceFen: prices.priceFen },
  ];
  if (buyer.isMember && prices.memberPriceFen !== null)
    choices.push({ kind: 'member', priceFen: prices.memberPriceFen });
  if (buyer.isInHardship && prices.hardshipPriceFen !== null)
    choices.push({ kind: 'hardship', priceFen: prices.hardshipPriceFen });
  return choices.reduce((best, one) => (one.priceFen < best.priceFen ? one : best));
}

/** Refuses a special price above the normal one. */
export function checkPrices({ priceFen, memberPriceFen, hardshipPriceFen }: Prices): void {
  if ((memberPriceFen ?? 0) > priceFen)
    throw new Refusal('price_above_normal', {}, 'memberPriceYuan');
  if ((hardshipPriceFen ?? 0) > priceFen)
    throw new Refusal('price_above_normal', {}, 'hardshipPriceYuan');
}

/** Text as it is searched: small letters, full-width letters as plain ones, no spaces or punctuation. */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The words of a search; each must be found. */
export function searchWords(text: string): string[] {
  return text
    .split(/[\s，。、,]+/u)
    .map(searchable)
    .filter(Boolean)
    .slice(0, 6);
}
