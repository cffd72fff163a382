import { Refusal, type Id } from '@wennuan/basics';
import { appendEvents, balances, type NewEvent } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { listCampaigns } from './campaign.store.ts';
import { itemState, stillNeeded, type ItemState } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import {
  completeItems,
  insertItems,
  listItemClaims,
  listItems,
  type ItemRow,
  type LockedItem,
} from './item.store.ts';

/**
 * Opens items of the wish campaign, each with an earmark account of the campaign (never the resident's).
 * Refuses `campaign_not_open` while the federation has drafted no campaign for wishes. Staff, federation, system.
 */
export async function openItems(
  needs: DonationNeeds,
  tx: Writing,
  commands: readonly {
    needId: Id;
    title: string;
    text: string;
    areaId: number;
    targetFen: number;
  }[],
): Promise<{ itemId: Id }[]> {
  if (commands.length === 0) return [];
  const [campaign] = await listCampaigns(tx, { holdsWishes: true });
  if (!campaign) throw new Refusal('campaign_not_open');
  const items = await insertItems(
    tx,
    commands.map((command) => ({ ...command, id: needs.newId(), campaignId: campaign.id })),
  );
  await needs.fund.openAccounts(
    tx,
    items.map((item) => ({
      id: item.id,
      kind: 'inner',
      unit: 'fen',
      code: item.projectCode,
      purpose: {
        kind: 'item',
        subjectId: item.needId ?? item.id,
        label: item.title,
        areaId: item.areaId,
        isPublic: true,
      },
    })),
  );
  for (const item of items) tx.touched('campaign_item', item.id);
  return items.map((item) => ({ itemId: item.id }));
}

export interface ItemMoney {
  itemId: Id;
  needId: Id | null;
  title: string;
  targetFen: number;
  /** All that ever arrived on the item's account. */
  givenFen: number;
  state: ItemState;
  claimedUntil: Date | null;
  claimedByName: string | null;
  /** What nobody has given or claimed yet. */
  neededFen: number;
}

/** Items with what the ledger says was given for them, and what is claimed. */
export async function itemsWithMoney(tx: Scoped, items: readonly ItemRow[]): Promise<ItemMoney[]> {
  const ids = items.map((item) => item.id);
  const held = new Map((await balances(tx.sql, ids)).map((one) => [one.accountId, one.inflow]));
  const claims = await listItemClaims(tx, ids);
  return items.map((item) => {
    const claim = claims.get(item.id);
    const money = {
      state: item.state,
      targetFen: item.targetFen,
      givenFen: held.get(item.id) ?? 0,
      lockedFen: claim?.lockedFen ?? 0,
    };
    return {
      itemId: item.id,
      needId: item.needId,
      title: item.title,
      targetFen: money.targetFen,
      givenFen: money.givenFen,
      state: itemState(money),
      claimedUntil: claim?.lockedUntil ?? null,
      claimedByName: claim?.enterpriseName ?? null,
      neededFen: stillNeeded(money),
    };
  });
}

const ITEMS_TO_GIVE_FOR = 1_000;

/** Items that still wait for money, oldest first; at most 1,000. */
export async function itemsToGiveFor(
  tx: Scoped,
): Promise<{ id: Id; code: string; name: string; neededFen: number }[]> {
  const rows = (await listItems(tx, { limit: ITEMS_TO_GIVE_FOR })).filter(
    (row) => row.state === 'open',
  );
  const items = await itemsWithMoney(tx, rows);
  return items.flatMap(({ itemId, title, neededFen }, index) =>
    neededFen > 0 ? [{ id: itemId, code: rows[index]!.projectCode, name: title, neededFen }] : [],
  );
}

/** The items of needs, of each the open one or else the latest; a need without one is absent. */
export async function itemsOf(tx: Scoped, needIds: readonly Id[]): Promise<Map<Id, ItemMoney>> {
  if (needIds.length === 0) return new Map();
  const rows = await listItems(tx, { needIds });
  // Later entries win: the latest closed one, then an open one over it.
  const inOrder = rows.toSorted(
    (a, b) => Number(a.state === 'open') - Number(b.state === 'open') || a.serial - b.serial,
  );
  const items = await itemsWithMoney(tx, inOrder);
  return new Map(items.map((item) => [item.needId!, item]));
}

/** An event about a claim of a locked item. */
export function claimEvent(
  needs: Pick<DonationNeeds, 'newId'>,
  topic: 'donation.claimed' | 'donation.claim_expired',
  items: readonly LockedItem[],
  claim: { claimId: Id; itemId: Id },
): NewEvent {
  const item = items.find((one) => one.itemId === claim.itemId);
  return {
    id: needs.newId(),
    topic,
    subjectKind: 'claim',
    subjectId: claim.claimId,
    areaId: item?.areaId ?? null,
    body: { claimId: claim.claimId, itemId: claim.itemId, needId: item?.needId ?? null },
  };
}

/** Notes items as fully given for and tells it, once for each item. */
export async function tellComplete(
  needs: Pick<DonationNeeds, 'newId'>,
  tx: Writing,
  items: readonly Pick<LockedItem, 'itemId' | 'needId' | 'areaId'>[],
): Promise<void> {
  const first = new Set(
    await completeItems(
      tx,
      items.map((item) => item.itemId),
    ),
  );
  await appendEvents(
    tx.sql,
    items
      .filter((item) => first.has(item.itemId))
      .map((item) => ({
        id: needs.newId(),
        topic: 'donation.item_complete',
        subjectKind: 'campaign_item',
        subjectId: item.itemId,
        areaId: item.areaId,
        body: { itemId: item.itemId, needId: item.needId },
      })),
  );
}
