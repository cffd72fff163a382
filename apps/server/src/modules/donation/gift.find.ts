import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import { listCampaigns, type CampaignRow } from './campaign.store.ts';
import { listGifts, type GiftRow } from './gift.store.ts';
import { listItems } from './item.store.ts';

/** Gifts by the numbers people read out, in the order of the numbers known; others are absent. */
export async function giftsByNumber(tx: Scoped, numbers: readonly string[]): Promise<GiftRow[]> {
  const serials = numbers.flatMap((number) => {
    const found = /^JZ-?0*(\d{1,15})$/i.exec(number.trim());
    return found ? [Number(found[1])] : [];
  });
  if (serials.length === 0) return [];
  const rows = await tx.db
    .selectFrom('gift')
    .select('id')
    .where('serial', '=', sql<number>`any(${serials}::bigint[])`)
    .execute();
  return await listGifts(tx, { ids: rows.map((row) => row.id) });
}

/** The filing number money of a campaign, or of an item of one, came in under; null where none is on file. */
export async function filingOf(tx: Scoped, accountId: Id): Promise<string | null> {
  const [item] = await listItems(tx, { ids: [accountId] });
  const [campaign] = await listCampaigns(tx, { ids: [item?.campaignId ?? accountId] });
  return campaign?.filingNumber ?? null;
}

/** The campaign of each item, by the item. */
export async function campaignsOfItems(
  tx: Scoped,
  itemIds: readonly Id[],
): Promise<Map<Id, CampaignRow>> {
  if (itemIds.length === 0) return new Map();
  const items = await listItems(tx, { ids: itemIds });
  const campaigns = await listCampaigns(tx, {
    ids: [...new Set(items.map((item) => item.campaignId))],
  });
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return new Map(items.map((item) => [item.id, byId.get(item.campaignId)!]));
}
