import { addDays, type Id, type PlainDate } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';

export type LegalForm =
  | 'public_fundraising'
  | 'designated_form'
  | 'agreed_gift'
  | 'mutual_aid'
  | 'sale_promise'
  | 'direct_gift';
export type CampaignState = 'draft' | 'filed' | 'open' | 'closed';
export type CampaignTick = 'qualified_charity' | 'filed_plan' | 'live_listing' | 'own_account';
/** A `project` is a number of the platform that nobody has attached yet; a `pot` is an enterprise's money for matching. */
export type TargetKind = 'campaign' | 'item' | 'fund' | 'project' | 'pot';
export type GiftState = 'waiting' | 'received' | 'unknown' | 'failed';
export type ClaimState = 'locked' | 'paid' | 'expired' | 'cancelled';

/** How long a claim keeps (part of) an item for an enterprise. */
export const CLAIM_HOURS = 72;
/** Days between filing a public fundraising and its opening. */
export const FILING_DAYS = 10;

/** What is on file of a campaign's requirements. */
export interface TicksOnFile {
  legalForm: LegalForm;
  opensOn: PlainDate;
  certificateNumber: string | null;
  filingNumber: string | null;
  filedOn: PlainDate | null;
  listing: string | null;
  ownAccount: string | null;
  /** True when it may open at once and be filed within ten days after (Charity Law 72). */
  isEmergency?: boolean;
}

const REQUIRED: Record<LegalForm, readonly CampaignTick[]> = {
  public_fundraising: ['qualified_charity', 'filed_plan', 'live_listing', 'own_account'],
  designated_form: ['qualified_charity', 'own_account'],
  agreed_gift: ['own_account'],
  mutual_aid: ['own_account'],
  sale_promise: ['own_account'],
  direct_gift: [],
};

/** Which requirements a campaign still lacks on a day. A filed plan counts from the tenth day after filing. */
export function missingTicks(campaign: TicksOnFile, today: PlainDate): CampaignTick[] {
  const begins = today > campaign.opensOn ? today : campaign.opensOn;
  const filed =
    campaign.isEmergency ||
    (Boolean(campaign.filingNumber) &&
      campaign.filedOn !== null &&
      addDays(campaign.filedOn, FILING_DAYS) <= begins);
  const has: Record<CampaignTick, boolean> = {
    qualified_charity: Boolean(campaign.certificateNumber),
    filed_plan: filed,
    live_listing: Boolean(campaign.listing),
    own_account: Boolean(campaign.ownAccount),
  };
  return REQUIRED[campaign.legalForm].filter((tick) => !has[tick]);
}

/** True while a campaign takes gifts through the designated platform: open, inside its dates, of a form for that. */
export function takesGifts(
  campaign: {
    state: CampaignState;
    legalForm: LegalForm;
    opensOn: PlainDate;
    closesOn: PlainDate;
  },
  today: PlainDate,
): boolean {
  const raises =
    campaign.legalForm === 'public_fundraising' || campaign.legalForm === 'designated_form';
  return (
    raises && campaign.state === 'open' && campaign.opensOn <= today && today <= campaign.closesOn
  );
}

/** The number of a gift that people read out, from its place among all gifts. */
export function giftNumber(serial: number): string {
  return `JZ-${String(serial).padStart(8, '0')}`;
}

/** What people read out while a gift is not received yet. */
export function orderNumber(id: Id): string {
  return `DD-${id.slice(-8).toUpperCase()}`;
}

/** What an item still needs that nobody has claimed, in fen; never below zero. */
export function stillNeeded(item: {
  targetFen: number;
  givenFen: number;
  lockedFen: number;
}): number {
  return Math.max(0, item.targetFen - item.givenFen - item.lockedFen);
}

export type ItemState = 'open' | 'claimed' | 'complete' | 'closed';

/** The state of an item as pages name it. */
export function itemState(item: {
  state: 'open' | 'closed';
  targetFen: number;
  givenFen: number;
  lockedFen: number;
}): ItemState {
  if (item.state === 'closed') return 'closed';
  if (item.givenFen >= item.targetFen) return 'complete';
  return item.lockedFen > 0 && stillNeeded(item) === 0 ? 'claimed' : 'open';
}

/** An open item that may take what another left over. */
export interface Heir {
  itemId: Id;
  areaId: number;
  /** Order in which items were opened. */
  serial: number;
  neededFen: number;
}

export interface HandOn {
  from: Id;
  to: Id;
  amountFen: number;
}

/**
 * The filed rule for what is left over: the next-oldest open items of the same community, each up to what it
 * still needs, then the campaign itself. Not a fen is lost: the parts add up to what was left.
 */
export function planHandOn(
  left: readonly { itemId: Id; areaId: number; amountFen: number }[],
  heirs: readonly Heir[],
  campaignId: Id,
): HandOn[] {
  const needed = new Map(heirs.map((heir) => [heir.itemId, heir.neededFen]));
  const inOrder = heirs.toSorted((a, b) => a.serial - b.serial);
  return left.flatMap(({ itemId, areaId, amountFen }) => {
    const parts: HandOn[] = [];
    let rest = amountFen;
    for (const heir of inOrder) {
      if (heir.areaId !== areaId || heir.itemId === itemId) continue;
      const part = Math.min(rest, needed.get(heir.itemId)!);
      if (part <= 0) continue;
      parts.push({ from: itemId, to: heir.itemId, amountFen: part });
      needed.set(heir.itemId, needed.get(heir.itemId)! - part);
      rest -= part;
    }
    if (rest > 0) parts.push({ from: itemId, to: campaignId, amountFen: rest });
    return parts;
  });
}

/** A chosen name without control signs, direction marks and surplus space; null when nothing is left. */
export function cleanName(name: string | null): string | null {
  const cleaned = (name ?? '')
    .replace(/[\p{C}\u200b-\u200f\u202a-\u202e\u2060-\u2069]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return cleaned === '' ? null : [...cleaned].slice(0, 20).join('');
}

/** What a gift is in law, in one sentence that stands beside it. */
export function formSentence(form: LegalForm, language: Language): string {
  return FORM_SENTENCES[form][language];
}

/** A campaign's legal form in one sentence, with what is on its own file. */
export function campaignSentence(
  campaign: TicksOnFile & { closesOn: PlainDate },
  language: Language,
): string {
  if (campaign.legalForm !== 'public_fundraising')
    return formSentence(campaign.legalForm, language);
  const { filingNumber, listing, ownAccount, closesOn } = campaign;
  if (language === 'en') {
    const filed = filingNumber
      ? `filed under ${filingNumber}`
      : 'to be filed within ten days of its opening as an emergency';
    return `This is public fundraising by the district charity federation, ${filed}, listed on ${listing ?? 'a designated platform'}, until ${dayInWords(closesOn, language)}; the money goes straight into ${ownAccount ?? 'its own account'}.`;
  }
  const filed = filingNumber
    ? `备案编号${filingNumber}`
    : campaign.isEmergency
      ? '属应急募捐，开始后十日内补办备案'
      : '备案办理中';
  return `这是区慈善总会的公开募捐，${filed}，在${listing ?? '指定平台'}上线，到${dayInWords(closesOn, language)}为止；款项直接进入${ownAccount ?? '总会专用账户'}。`;
}

/** A calendar day as people write it; a year in full, since a campaign may end in another. */
function dayInWords(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  if (language === 'zh') return `${year}年${month}月${date}日`;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

const FORM_SENTENCES: Record<LegalForm, Record<Language, string>> = {
  public_fundraising: {
    zh: '这是区慈善总会依法备案的公开募捐，款项直接进入总会账户。',
    en: 'This is public fundraising by the district charity federation, filed as the law requires; the money goes straight into its account.',
  },
  designated_form: {
    zh: '这是区慈善总会面向特定对象的定向募捐，不向社会公开募捐。',
    en: 'This is designated-form fundraising by the federation from named groups, not from the public.',
  },
  agreed_gift: {
    zh: '这是单位与区慈善总会签订协议的捐赠，用途按协议。',
    en: 'This is a gift by agreement with the federation, used as the agreement says.',
  },
  mutual_aid: {
    zh: '这是本社区居民之间的互助，不是公开募捐，由区慈善总会代管。',
    en: 'This is mutual aid among residents of one community, not public fundraising; the federation keeps it.',
  },
  sale_promise: {
    zh: '这是商家因您的购买而作的捐赠，捐赠人是商家。',
    en: 'The merchant gives because you bought; the merchant is the donor.',
  },
  direct_gift: {
    zh: '这是直接给予个人的帮助，不开捐赠票据，不计入募捐总额。',
    en: 'This is help given straight to a person: no receipt, and in no total.',
  },
};

/** Names of the four requirements, for the sentence that says which are missing. */
export const tickNames: Record<CampaignTick, Record<Language, string>> = {
  qualified_charity: { zh: '公开募捐资格证书', en: 'the certificate for public fundraising' },
  filed_plan: { zh: '方案备案（满十日）', en: 'the filed plan (ten days after filing)' },
  live_listing: { zh: '指定平台上线', en: 'the live listing on a designated platform' },
  own_account: { zh: '总会专用账户', en: 'the federation’s own account' },
};
