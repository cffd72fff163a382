import { dateInShanghai, formatYuan, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import { caringEnterprise } from '../organization/index.ts';
import { potState } from './matching.ts';
import type { MatchingNeeds } from './matching.needs.ts';
import { insertPot, listMatches, listPots, sumMatches, type PotRow } from './matching.store.ts';

type OpenBody = RouteRequest<(typeof routes.matching)['open']>['body'];
export type PotView = RouteOutput<typeof routes.matching.ofCampaign>['items'][number];

/**
 * Opens a pot: the enterprise's gift under its agreement comes from the bank into an account of its own that
 * nothing but matching takes from. Refuses amounts and caps that are none, an unknown campaign, organisation
 * or earmark, a campaign that raises nothing from the public, and a second pot of one campaign.
 */
export async function openPot(
  needs: MatchingNeeds,
  tx: Writing,
  body: OpenBody,
): Promise<{ potId: Id }> {
  const amountFen = yuan(body.amountYuan, 'amountYuan');
  const capPerGiftFen = yuan(body.capPerGiftYuan, 'capPerGiftYuan');
  const capPerPayerFen = yuan(body.capPerPayerYuan, 'capPerPayerYuan');
  if (capPerPayerFen < capPerGiftFen) throw new Refusal('input_invalid', {}, 'capPerPayerYuan');
  if (body.untilOn < body.fromOn) throw new Refusal('input_invalid', {}, 'untilOn');
  const [campaign] = await needs.donation.campaigns(tx, { ids: [body.campaignId] });
  if (!campaign || campaign.state === 'closed') throw new Refusal('not_found', {}, 'campaignId');
  if (campaign.legalForm !== 'public_fundraising' && campaign.legalForm !== 'designated_form')
    throw new Refusal('pot_campaign_form', {}, 'campaignId');
  const { organizationId } = body;
  const agreed = await needs.organization.giverNames(tx, [organizationId]);
  const enterpriseName = (await needs.organization.names(tx, [organizationId])).get(organizationId);
  if (enterpriseName === undefined) throw new Refusal('not_found', {}, 'organizationId');
  const remainderFundId = body.remainderFundId;
  if (remainderFundId !== null) {
    const [fund] = await needs.fund.listFunds(tx, { ids: [remainderFundId] });
    if (fund?.kind !== 'special') throw new Refusal('not_found', {}, 'remainderFundId');
  }
  const id = needs.newId();
  const giftId = needs.newId();
  const code = await insertPot(tx, {
    ...body,
    id,
    giftId,
    enterpriseName,
    amountFen,
    capPerGiftFen,
    capPerPayerFen,
    remainder: remainderFundId === null ? 'campaign' : 'fund',
    remainderFundId,
  });
  if (code === null) throw new Refusal('pot_open_already', {}, 'campaignId');
  await needs.fund.openAccounts(tx, [
    {
      id,
      kind: 'inner',
      unit: 'fen',
      code,
      purpose: {
        kind: 'matching_pot',
        subjectId: campaign.id,
        label: `${agreed.get(organizationId) ?? caringEnterprise('zh')}配捐资金（${campaign.name}）`,
        areaId: null,
        isPublic: true,
      },
    },
  ]);
  tx.touched('matching_pot', id, body.agreementNumber);
  const { bankReference, paidOn } = body;
  await needs.donation.fillPot(tx, {
    potId: id,
    giftId,
    organizationId,
    amountFen,
    bankReference,
    paidOn,
  });
  return { potId: id };
}

function yuan(text: string, field: string): number {
  const fen = parseYuan(text);
  if (!fen) throw new Refusal('amount_invalid', {}, field);
  return fen;
}

/** Pots as pages show them: what was agreed, what was matched, what is left. */
export async function potViews(
  needs: MatchingNeeds,
  tx: Scoped,
  pots: readonly PotRow[],
): Promise<PotView[]> {
  const ids = pots.map((pot) => pot.id);
  const held = new Map((await balances(tx.sql, ids)).map((one) => [one.accountId, one.balance]));
  const sums = await sumMatches(tx, ids);
  const campaigns = new Map(
    (
      await needs.donation.campaigns(tx, { ids: [...new Set(pots.map((pot) => pot.campaignId))] })
    ).map((one) => [one.id, one]),
  );
  const fundIds = pots.flatMap((pot) => pot.remainderFundId ?? []);
  const funds = new Map(
    (fundIds.length > 0 ? await needs.fund.listFunds(tx, { ids: fundIds }) : []).map((one) => [
      one.id,
      one.name,
    ]),
  );
  const today = dateInShanghai(tx.now);
  const named = await publicNames(needs, tx, pots);
  return pots.map((pot) => {
    const own = sums.get(pot.id) ?? { gifts: 0, matchedFen: 0, takenBackFen: 0, cutByPot: 0 };
    const leftFen = held.get(pot.id) ?? 0;
    return {
      ...pot,
      ...own,
      enterpriseName: isOffice(tx) ? pot.enterpriseName : named(pot),
      leftFen,
      campaignCode: campaigns.get(pot.campaignId)?.code ?? '',
      campaignName: campaigns.get(pot.campaignId)?.name ?? '',
      state: potState({ ...pot, leftFen }, today),
      ruleSentence: ruleWords({ ...pot, enterpriseName: named(pot) }, tx.actor.language),
      remainderSentence: restWords(pot, funds.get(pot.remainderFundId ?? ''), tx.actor.language),
      asOf: tx.now.toISOString(),
    };
  });
}

/** True for those who keep the agreements. */
function isOffice({ actor }: Scoped): boolean {
  return actor.login === 'federation' || actor.login === 'system';
}

/** How the public reads who fills pots: by name where the enterprise agreed to that. */
async function publicNames(
  needs: Pick<MatchingNeeds, 'organization'>,
  tx: Scoped,
  pots: readonly PotRow[],
): Promise<(pot: PotRow) => string> {
  const agreed = await needs.organization.giverNames(
    tx,
    pots.map((pot) => pot.organizationId),
  );
  return (pot) => agreed.get(pot.organizationId) ?? caringEnterprise(tx.actor.language);
}

/** The agreement in a sentence: what a giver may count on. */
function ruleWords(pot: PotRow, language: 'zh' | 'en'): string {
  const [gift, payer] = [formatYuan(pot.capPerGiftFen), formatYuan(pot.capPerPayerFen)];
  const added = formatYuan(pot.ratioPercent);
  return language === 'zh'
    ? `您每捐 ¥1.00，${pot.enterpriseName}配捐 ${added}；每笔最多配 ${gift}，每人最多配 ${payer}，配完为止。`
    : `For each ¥1.00 you give, ${pot.enterpriseName} adds ${added}: at most ${gift} a gift and ${payer} a person, until the pot is empty.`;
}

function restWords(pot: PotRow, fund: string | undefined, language: 'zh' | 'en'): string {
  if (language === 'zh')
    return pot.remainder === 'campaign'
      ? '到期没有配完的，按协议全部转入本活动。'
      : `到期没有配完的，按协议转入“${fund ?? ''}”。`;
  return pot.remainder === 'campaign'
    ? 'What is left at the end goes into this campaign, as agreed.'
    : `What is left at the end goes to “${fund ?? ''}”, as agreed.`;
}

/** The pots of a campaign, newest first; refuses an unknown campaign. */
export async function readCampaignPots(needs: MatchingNeeds, tx: Scoped, code: string) {
  const [campaign] = await needs.donation.campaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  return { items: await potViews(needs, tx, await listPots(tx, { campaignId: campaign.id })) };
}

/** Every pot, newest first. */
export async function readPots(needs: MatchingNeeds, tx: Scoped) {
  return { items: await potViews(needs, tx, await listPots(tx, {})), next: null };
}

/** One pot; refuses `not_found`. */
export async function readPot(needs: MatchingNeeds, tx: Scoped, potId: Id): Promise<PotView> {
  const [view] = await potViews(needs, tx, await listPots(tx, { ids: [potId] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

/** A page of a pot's matches: gift, what the ratio gives, what was added and why less. */
export async function readMatches(
  needs: MatchingNeeds,
  tx: Scoped,
  asked: { potId: Id; after?: string | undefined; limit: number },
) {
  const before = asked.after === undefined ? undefined : Number(asked.after) || 0;
  const rows = await listMatches(tx, { potId: asked.potId, before, limit: asked.limit + 1 });
  const { shown, next } = cutPage(rows, asked.limit, (last) => last.giftSerial);
  const ids = shown.map((row) => row.giftId);
  const gifts = new Map((await needs.donation.giftsById(tx, ids)).map((gift) => [gift.id, gift]));
  const numbers = await needs.donation.giftNumbers(tx, ids);
  return {
    items: shown.map((row) => ({
      giftNumber: numbers.get(row.giftId) ?? '',
      giftFen: gifts.get(row.giftId)?.amountFen ?? 0,
      ruleFen: row.ruleFen,
      matchFen: row.matchFen,
      takenBackFen: row.takenBackFen,
      cutBy: row.cutBy,
      at: row.at.toISOString(),
    })),
    next,
  };
}
