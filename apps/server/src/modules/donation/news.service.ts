import { Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput, RouteRequest } from '@wennuan/contract';
import { appendEvents, type SequencedEvent } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { links } from '../fund/index.ts';
import { listCampaigns } from './campaign.store.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { giverAccounts } from './facts.service.ts';
import { insertNews, listNews, type NewsRow } from './news.store.ts';

export type NewsView = RouteOutput<typeof routes.campaign.news>['items'][number];
type PublishBody = RouteRequest<(typeof routes.campaign)['publish']>['body'];

/**
 * Publishes news of a campaign with pictures in the order given, or its result once it has ended. Whoever
 * gave to it with an account is told, unless she switched that off. Refuses a campaign that never opened, a
 * result before the end, and pictures that are not the actor's. Federation login.
 */
export async function publishNews(
  needs: DonationNeeds,
  tx: Writing,
  command: PublishBody & { campaignId: Id },
): Promise<{ newsId: Id }> {
  const [campaign] = await listCampaigns(tx, { ids: [command.campaignId] });
  if (!campaign || campaign.openedOn === null) throw new Refusal('not_found');
  if (command.isResult && campaign.state !== 'closed') throw new Refusal('campaign_not_ended');
  const id = needs.newId();
  const { title, text, isResult, pictureIds, tellGivers } = command;
  if (pictureIds.length > 0)
    await needs.attachment.adopt(tx, pictureIds, {
      subjectKind: 'campaign_news',
      subjectId: id,
      areaId: null,
      published: true,
    });
  const row = { id, campaignId: campaign.id, title, text, isResult, pictureIds, tellGivers };
  await insertNews(tx, row);
  tx.touched('campaign_news', id);
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'donation.news_published',
      subjectKind: 'campaign_news',
      subjectId: id,
      areaId: null,
      body: { newsId: id, campaignId: campaign.id },
    },
  ]);
  return { newsId: id };
}

/** Tells givers of news that asks for it. System login. */
export async function tellNews(
  needs: DonationNeeds,
  tx: Writing,
  events: readonly SequencedEvent[],
): Promise<void> {
  const all = await listNews(tx, { ids: events.map((event) => event.subjectId) });
  const told = all.filter((news) => news.tellGivers);
  if (told.length === 0) return;
  const ids = [...new Set(told.map((news) => news.campaignId))];
  const campaigns = new Map((await listCampaigns(tx, { ids })).map((one) => [one.id, one]));
  for (const news of told) {
    const campaign = campaigns.get(news.campaignId)!;
    const accounts = await giverAccounts(tx, news.campaignId);
    await needs.message.send(
      tx,
      accounts.map((accountId) => ({
        accountId,
        topic: 'gift_moved' as const,
        title: `“${campaign.name}”有新进展`,
        body: news.title,
        link: links.campaign(campaign.code),
      })),
    );
  }
}

/** News as pages show them, pictures in the order they were chosen. */
export async function newsViews(
  needs: Pick<DonationNeeds, 'attachment'>,
  tx: Scoped,
  rows: readonly NewsRow[],
): Promise<NewsView[]> {
  const pictures = await needs.attachment.views(
    tx,
    rows.flatMap((row) => row.pictureIds),
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    text: row.text,
    isResult: row.isResult,
    at: row.at.toISOString(),
    pictures: row.pictureIds.flatMap((id) => {
      const picture = pictures.get(id);
      return picture
        ? [{ id, widthPixels: picture.widthPixels, heightPixels: picture.heightPixels }]
        : [];
    }),
  }));
}

/** What was told of a campaign, newest first; refuses an unknown one. */
export async function readNews(needs: DonationNeeds, tx: Scoped, code: string) {
  const [campaign] = await listCampaigns(tx, { code });
  if (!campaign) throw new Refusal('not_found');
  return { items: await newsViews(needs, tx, await listNews(tx, { campaignId: campaign.id })) };
}
