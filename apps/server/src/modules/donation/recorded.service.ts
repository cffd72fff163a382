import { dateInShanghai, parseYuan, Refusal, type Id } from '@wennuan/basics';
import type { Language, RouteRequest, routes } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { pageBySerial } from '../../platform/page.ts';
import { caringEnterprise } from '../organization/index.ts';
import { listCampaigns } from './campaign.store.ts';
import { formSentence } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { insertRecorded, listRecorded } from './news.store.ts';
import { giverName } from './words.ts';

type RecordBody = RouteRequest<(typeof routes.campaign)['record']>['body'];

/**
 * Writes down a merchant's promise tied to sales, or a gift somebody made straight to a person: no money of
 * ours, no receipt, in no total. Refuses a promise without its merchant and a day to come. Federation login.
 */
export async function recordGiving(
  needs: DonationNeeds,
  tx: Writing,
  body: RecordBody,
): Promise<void> {
  const amountFen = body.amountYuan === null ? null : parseYuan(body.amountYuan);
  if (body.amountYuan !== null && !amountFen) throw new Refusal('amount_invalid', {}, 'amountYuan');
  if (body.happenedOn > dateInShanghai(tx.now))
    throw new Refusal('input_invalid', {}, 'happenedOn');
  const { organizationId, campaignId } = body;
  const names = organizationId ? await needs.organization.names(tx, [organizationId]) : null;
  if (
    (organizationId && !names?.has(organizationId)) ||
    (body.legalForm === 'sale_promise' && !organizationId)
  )
    throw new Refusal('not_found', {}, 'organizationId');
  if (campaignId && (await listCampaigns(tx, { ids: [campaignId] })).length === 0)
    throw new Refusal('not_found', {}, 'campaignId');
  const agreed = organizationId ? await needs.organization.giverNames(tx, [organizationId]) : null;
  const publicName = organizationId ? (agreed!.get(organizationId) ?? null) : null;
  const id = needs.newId();
  const { legalForm, text, happenedOn } = body;
  await insertRecorded(tx, {
    id,
    legalForm,
    campaignId,
    organizationId,
    publicName,
    text,
    amountFen,
    happenedOn,
  });
  tx.touched('recorded_giving', id, legalForm);
}

/** Who gave, where no name may be told. */
function namelessGiver({ organizationId }: { organizationId: Id | null }, language: Language) {
  return organizationId ? caringEnterprise(language) : giverName(language);
}

/** A page of what was written down, newest first. */
export async function readRecorded(
  tx: Scoped,
  page: { after?: string | undefined; limit: number; campaignCode?: string | undefined },
) {
  const [campaign] =
    page.campaignCode === undefined ? [] : await listCampaigns(tx, { code: page.campaignCode });
  if (page.campaignCode !== undefined && !campaign) return { items: [], next: null };
  const { shown, next } = await pageBySerial(page, (part) =>
    listRecorded(tx, { campaignId: campaign?.id, ...part }),
  );
  const ids = [...new Set(shown.flatMap((row) => row.campaignId ?? []))];
  const campaigns = new Map(
    (ids.length > 0 ? await listCampaigns(tx, { ids }) : []).map((one) => [one.id, one.code]),
  );
  return {
    items: shown.map((row) => ({
      id: row.id,
      legalForm: row.legalForm,
      formSentence: formSentence(row.legalForm, tx.actor.language),
      givenBy: row.publicName ?? namelessGiver(row, tx.actor.language),
      text: row.text,
      amountFen: row.amountFen,
      happenedOn: row.happenedOn,
      campaignCode: campaigns.get(row.campaignId ?? '') ?? null,
    })),
    next,
  };
}
