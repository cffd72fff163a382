import { addDays, dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { Language, routes, shapes } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { z } from 'zod';
import type { RouteRequest } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import {
  closeEndedCampaigns,
  insertCampaign,
  listCampaigns,
  readCampaignBooks,
  updateCampaign,
  type CampaignRow,
} from './campaign.store.ts';
import {
  campaignSentence,
  FILING_DAYS,
  missingTicks,
  tickNames,
  type CampaignTick,
} from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { undoneOf } from '../fund/index.ts';
import { sumReturned } from '../payment/index.ts';
import { listRecentGifts } from './gift.store.ts';
import { itemsWithMoney } from './item.service.ts';
import { listItems } from './item.store.ts';
import { giverName } from './words.ts';

export type CampaignView = z.output<typeof shapes.campaign>;
type DraftRequest = RouteRequest<(typeof routes.donation)['draftCampaign']>['body'];
type DraftBody = Omit<DraftRequest, 'isEmergency'> & {
  isEmergency?: boolean;
  emergencyKind?: string;
};

/** The name of the campaign that holds verified wishes as items. */
export const WISH_CAMPAIGN = '微心愿';

/**
 * Drafts a campaign with every field of its plan, and opens its account. The first one that is named 微心愿
 * and not ended holds the wishes. Refuses `amount_invalid` and an end before the beginning.
 */
export async function draftCampaign(
  needs: DonationNeeds,
  tx: Writing,
  body: DraftBody,
): Promise<{ campaignId: Id }> {
  const { goalYuan, ...plan } = body;
  const goalFen = goalYuan === null ? null : parseYuan(goalYuan);
  if (goalYuan !== null && !goalFen) throw new Refusal('amount_invalid', {}, 'goalYuan');
  if (plan.closesOn < plan.opensOn) throw new Refusal('input_invalid', {}, 'closesOn');
  const holder = await listCampaigns(tx, { holdsWishes: true });
  const campaign = await insertCampaign(tx, {
    ...plan,
    id: needs.newId(),
    goalFen,
    contact: needs.contact,
    isEmergency: plan.isEmergency ?? false,
    emergencyKind: plan.emergencyKind ?? null,
    holdsWishes: plan.name === WISH_CAMPAIGN && holder.length === 0,
  });
  await needs.fund.openAccounts(tx, [
    {
      id: campaign.id,
      kind: 'inner',
      unit: 'fen',
      code: campaign.code,
      purpose: {
        kind: 'campaign',
        subjectId: campaign.id,
        label: campaign.name,
        areaId: null,
        isPublic: true,
      },
    },
  ]);
  tx.touched('campaign', campaign.id);
  return { campaignId: campaign.id };
}

/**
 * Puts one requirement on file. A plan is filed on a day; what is on file may be corrected until it opens, and an
 * emergency campaign may be filed after.
 */
export async function setTick(
  tx: Writing,
  command: { campaignId: Id; tick: CampaignTick; detail: string; filedOn: string | null },
): Promise<void> {
  const [campaign] = await listCampaigns(tx, { ids: [command.campaignId], lock: true });
  const isLateFiling = campaign?.isEmergency && command.tick === 'filed_plan';
  if (!campaign || (campaign.openedOn !== null && !isLateFiling)) throw new Refusal('not_found');
  const { detail } = command;
  const filedOn = command.filedOn ?? dateInShanghai(tx.now);
  const changes = {
    qualified_charity: { certificateNumber: detail },
    // What is open already stays open: an emergency is filed after its start.
    filed_plan: {
      filingNumber: detail,
      filedOn,
      ...(!campaign.openedOn && { state: 'filed' as const }),
    },
    live_listing: { listing: detail },
    own_account: { ownAccount: detail },
  } as const;
  await updateCampaign(tx, campaign.id, changes[command.tick]);
  tx.touched('campaign', campaign.id, command.tick);
}

/** Opens a campaign when all its form requires is on file; refuses with the names of what is missing. */
export async function openCampaign(tx: Writing, campaignId: Id): Promise<void> {
  const [campaign] = await listCampaigns(tx, { ids: [campaignId], lock: true });
  if (!campaign || campaign.state === 'closed') throw new Refusal('not_found');
  if (campaign.state === 'open') return;
  const today = dateInShanghai(tx.now);
  const missing = missingTicks(campaign, today);
  if (missing.length > 0)
    throw new Refusal('campaign_ticks_missing', {
      missing: missing
        .map((tick) => tickNames[tick][tx.actor.language])
        .join(tx.actor.language === 'zh' ? '、' : ', '),
    });
  await updateCampaign(tx, campaign.id, { state: 'open', openedOn: today });
  tx.touched('campaign', campaign.id);
}

/** Ends campaigns whose last day is over. */
export async function closeEnded(tx: Writing): Promise<void> {
  for (const id of await closeEndedCampaigns(tx, dateInShanghai(tx.now)))
    tx.touched('campaign', id);
}

/** Campaigns as pages show them; the money is the ledger's, of the campaign's account and its items together. */
export async function campaignViews(
  tx: Scoped,
  campaigns: readonly CampaignRow[],
): Promise<CampaignView[]> {
  const books = await readCampaignBooks(
    tx,
    campaigns.map((campaign) => campaign.id),
  );
  const accounts = campaigns.flatMap((one) => [one.id, ...(books.get(one.id)?.itemIds ?? [])]);
  const held = new Map((await balances(tx.sql, accounts)).map((one) => [one.accountId, one]));
  const returned = await sumReturned(tx, accounts);
  const undone = await undoneOf(tx, accounts);
  return campaigns.map((campaign) => {
    const own = books.get(campaign.id);
    const sums = { inFen: 0, outFen: 0, balanceFen: 0, returnedFen: 0 };
    for (const id of [campaign.id, ...(own?.itemIds ?? [])]) {
      // What went back to its giver was in the end neither given nor used.
      const backFen = returned.get(id) ?? 0;
      // What was set aside for persons and came back unused was neither, too.
      const undoneFen = backFen + (undone.get(id)?.putBackFen ?? 0);
      sums.inFen += (held.get(id)?.inflow ?? 0) - undoneFen;
      sums.outFen += (held.get(id)?.outflow ?? 0) - undoneFen;
      sums.returnedFen += backFen;
      sums.balanceFen += held.get(id)?.balance ?? 0;
    }
    const inside = own?.handedOnFen ?? 0;
    return {
      ...campaign,
      formSentence: campaignSentence(campaign, tx.actor.language),
      platformName: campaign.listing,
      givenFen: sums.inFen + sums.returnedFen - inside,
      returnedFen: sums.returnedFen,
      inFen: sums.inFen - inside,
      outFen: sums.outFen - inside,
      balanceFen: sums.balanceFen,
      gifts: own?.gifts ?? 0,
      asOf: tx.now.toISOString(),
      ticks: ticksOf(campaign, dateInShanghai(tx.now), tx.actor.language),
    };
  });
}

function ticksOf(campaign: CampaignRow, today: string, language: Language): CampaignView['ticks'] {
  const missing = new Set(missingTicks({ ...campaign, legalForm: 'public_fundraising' }, today));
  // An emergency opens before it is filed; until then nobody is told that it was, and the form stays open.
  const isLate = campaign.isEmergency && !campaign.filingNumber;
  if (isLate) missing.add('filed_plan');
  const filing = isLate
    ? lateFiling(campaign, language)
    : campaign.filingNumber && `${campaign.filingNumber} · ${campaign.filedOn}`;
  const details: [CampaignTick, string | null][] = [
    ['qualified_charity', campaign.certificateNumber],
    ['filed_plan', filing],
    ['live_listing', campaign.listing],
    ['own_account', campaign.ownAccount],
  ];
  return details.map(([tick, detail]) => ({ tick, done: !missing.has(tick), detail }));
}

/** By when an emergency campaign is to be filed; null before it has opened. */
function lateFiling({ openedOn }: CampaignRow, language: Language): string | null {
  if (openedOn === null) return null;
  const dueOn = addDays(openedOn, FILING_DAYS);
  return language === 'zh'
    ? `应急募捐，须在 ${dueOn} 前补办备案`
    : `an emergency, to be filed by ${dueOn}`;
}

/** A page of campaigns. Visitors see those that have opened; the federation all. */
export async function readCampaigns(tx: Scoped, page: { after?: string; limit: number }) {
  const { shown, next } = await pageBySerial(page, (part) => listCampaigns(tx, part));
  return {
    items: await campaignViews(tx, shown),
    next,
  };
}

/** One campaign as the console shows it after a change. */
export async function readCampaign(tx: Scoped, id: Id): Promise<CampaignView> {
  const [view] = await campaignViews(tx, await listCampaigns(tx, { ids: [id] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

const RECENT_GIFTS = 20;
const ITEMS_SHOWN = 100;

/** A campaign's page: plan, filing, money, the latest gifts by the names givers chose, its items. */
export async function readCampaignPage(tx: Scoped, code: string) {
  const [campaign] = await listCampaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  const [view] = await campaignViews(tx, [campaign]);
  const items = await itemsWithMoney(
    tx,
    await listItems(tx, { campaignId: campaign.id, limit: ITEMS_SHOWN }),
  );
  const gifts = await listRecentGifts(tx, { campaignId: campaign.id, limit: RECENT_GIFTS });
  return {
    campaign: view!,
    purpose: campaign.purpose,
    beneficiaries: campaign.beneficiaries,
    useOfMoney: campaign.useOfMoney,
    costs: campaign.costs,
    recentGifts: gifts.map((gift) => ({
      name: gift.publicName ?? giverName(tx.actor.language),
      amountFen: gift.amountFen,
      at: gift.at.toISOString(),
    })),
    items: items.map((item) => ({
      needId: item.needId,
      itemId: item.itemId,
      title: item.title,
      targetFen: item.targetFen,
      givenFen: item.givenFen,
      state: item.state,
    })),
  };
}

const USUAL_RULE = {
  zh: '多出的善款用于同一社区下一个最早的心愿；没有时留在“微心愿”募捐活动。',
  en: 'What is left over goes to the next-oldest wish of the same community, else to the campaign.',
} as const;

/** What the campaign that holds wishes has filed for what is left over; before one is open, the usual rule. */
export async function remainderRule(tx: Scoped): Promise<string> {
  const [campaign] = await listCampaigns(tx, { holdsWishes: true });
  return campaign?.remainderRule ?? USUAL_RULE[tx.actor.language];
}
