import { Refusal, type Id } from '@wennuan/basics';
import { appendEvents, balances, post, type NewEvent } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { listCampaigns } from './campaign.store.ts';
import { itemState, planHandOn, stillNeeded, type HandOn, type ItemState } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import {
  cancelClaims,
  completeItems,
  insertHandOns,
  insertItems,
  listItemClaims,
  listItems,
  lockItems,
  markClosed,
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

/**
 * Closes items. What is left over goes on by the filed rule in the same transaction (one `ledger.post`, the
 * last thing done); claims on them are freed. Closing a closed item again changes nothing.
 */
export async function closeItems(
  needs: DonationNeeds,
  tx: Writing,
  commands: readonly { itemId: Id; reason: string }[],
): Promise<{ itemId: Id; handedOn: HandOn[] }[]> {
  if (commands.length === 0) return [];
  const rows = await listItems(tx, { ids: commands.map((command) => command.itemId) });
  const locked = await lockWithHeirs(tx, rows);
  const open = new Set(
    rows
      .map((row) => row.id)
      .filter((id) => locked.find((item) => item.itemId === id)?.state === 'open'),
  );
  const closing = commands.filter((command) => open.has(command.itemId));
  if (closing.length > 0) {
    await markClosed(tx, closing);
    const freed = await cancelClaims(
      tx,
      closing.map((command) => command.itemId),
    );
    await appendEvents(
      tx.sql,
      freed.map((claim) => claimEvent(needs, 'donation.claim_expired', locked, claim)),
    );
    for (const { itemId, reason } of closing) tx.touched('campaign_item', itemId, reason);
  }
  const handed = await handOn(needs, tx, { closed: [...open], locked });
  return commands.map(({ itemId }) => ({
    itemId,
    handedOn: handed.filter((one) => one.from === itemId),
  }));
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

/** Locks the items and the open ones of their communities, which may inherit. */
async function lockWithHeirs(tx: Writing, items: readonly ItemRow[]): Promise<LockedItem[]> {
  const areas = [...new Set(items.map((item) => item.areaId))];
  const heirs = await listItems(tx, { openIn: areas });
  return await lockItems(
    tx,
    [...items, ...heirs].map((item) => item.id),
  );
}

/** Sends what is available on closed items on its way, and notes which items that completes. */
async function handOn(
  needs: DonationNeeds,
  tx: Writing,
  found: { closed: readonly Id[]; locked: readonly LockedItem[] },
): Promise<HandOn[]> {
  const { locked } = found;
  const held = new Map(
    (
      await balances(
        tx.sql,
        locked.map((item) => item.itemId),
      )
    ).map((one) => [one.accountId, one]),
  );
  const closed = locked.filter((item) => found.closed.includes(item.itemId));
  const heirs = locked
    .filter((item) => item.state === 'open' && !found.closed.includes(item.itemId))
    .map((item) => ({
      ...item,
      neededFen: stillNeeded({ ...item, givenFen: held.get(item.itemId)?.inflow ?? 0 }),
    }));
  const plan = [...Map.groupBy(closed, (item) => item.campaignId)].flatMap(([campaignId, items]) =>
    planHandOn(
      items
        .map((item) => ({ ...item, amountFen: held.get(item.itemId)?.available ?? 0 }))
        .filter((item) => item.amountFen > 0),
      heirs.filter((heir) => heir.campaignId === campaignId),
      campaignId,
    ),
  );
  if (plan.length === 0) return [];
  const completed = heirs.filter((heir) => {
    const given = plan.filter((one) => one.to === heir.itemId);
    const arriving = given.reduce((sum, one) => sum + one.amountFen, 0);
    return arriving > 0 && (held.get(heir.itemId)?.inflow ?? 0) + arriving >= heir.targetFen;
  });
  await tellComplete(needs, tx, completed);
  await postHandOns(needs, tx, plan, locked);
  return plan;
}

async function postHandOns(
  needs: DonationNeeds,
  tx: Writing,
  plan: readonly HandOn[],
  locked: readonly LockedItem[],
): Promise<void> {
  const outcomes = await post(tx.sql, {
    commands: plan.map((one) => ({
      // An item may hand on again when something arrives late, so each time has a key of its own; the
      // item's row lock is what keeps two from handing on the same amount.
      key: `hand_on:${needs.newId()}`,
      from: one.from,
      to: one.to,
      amount: one.amountFen,
      reason: 'hand_on',
      document: { kind: 'campaign_item', id: one.from },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const campaignOf = new Map(locked.map((item) => [item.itemId, item.campaignId]));
  await insertHandOns(
    tx,
    plan.flatMap((one, index) => {
      const outcome = outcomes[index]!;
      if (outcome.status !== 'refused')
        return [
          {
            transferId: outcome.transferIds[0]!,
            campaignId: campaignOf.get(one.from)!,
            itemId: one.from,
            toAccountId: one.to,
            amountFen: one.amountFen,
          },
        ];
      // A proposal held it at the same moment: what it leaves is handed on by the next sweep.
      if (outcome.refusal === 'balance_too_low') return [];
      throw new Error(`hand-on refused: ${outcome.refusal}`);
    }),
  );
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

const SWEEP_DAYS = 60;

/** Hands on what reached items after they were closed: a late notice, a proposal taken back. */
export async function sweepClosedItems(needs: DonationNeeds, tx: Writing): Promise<number> {
  const closedSince = new Date(tx.now.getTime() - SWEEP_DAYS * 86_400_000);
  const items = await listItems(tx, { closedSince });
  const held = await balances(
    tx.sql,
    items.map((item) => item.id),
  );
  const late = new Set(held.filter((one) => one.available > 0).map((one) => one.accountId));
  const rows = items.filter((item) => late.has(item.id));
  if (rows.length === 0) return 0;
  const locked = await lockWithHeirs(tx, rows);
  for (const row of rows) tx.touched('campaign_item', row.id, 'remainder');
  const handed = await handOn(needs, tx, { closed: rows.map((row) => row.id), locked });
  return handed.length;
}
