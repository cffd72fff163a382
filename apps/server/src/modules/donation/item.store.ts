import type { Id } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { CampaignItem } from '../../platform/database/types.ts';

export type ItemRow = ReturnType<typeof itemOf>;

function itemOf(row: Selectable<CampaignItem>) {
  return {
    id: row.id,
    serial: row.serial,
    projectCode: row.project_code,
    campaignId: row.campaign_id,
    needId: row.need_id,
    title: row.title,
    areaId: row.area_id,
    targetFen: Number(row.target_fen),
    state: row.state as 'open' | 'closed',
    completedAt: row.completed_at,
    closedAt: row.closed_at,
  };
}

interface Chosen {
  ids?: readonly Id[];
  needIds?: readonly Id[];
  campaignId?: Id;
  /** Open ones of these communities. */
  openIn?: readonly number[];
  closedSince?: Date;
  limit?: number;
}

/** Items, open ones first, oldest first. */
export async function listItems(tx: Scoped, chosen: Chosen): Promise<ItemRow[]> {
  let query = tx.db
    .selectFrom('campaign_item')
    .selectAll()
    .orderBy(sql`state = 'closed'`)
    .orderBy('serial');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.needIds) query = query.where('need_id', '=', anyOf(chosen.needIds));
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.openIn)
    query = query
      .where('state', '=', 'open')
      .where('area_id', '=', sql<number>`any(${chosen.openIn}::int[])`);
  if (chosen.closedSince)
    query = query.where('state', '=', 'closed').where('closed_at', '>=', chosen.closedSince);
  if (chosen.limit) query = query.limit(chosen.limit);
  return (await query.execute()).map(itemOf);
}

/** Adds items and answers them in the order given. */
export async function insertItems(
  tx: Writing,
  rows: readonly {
    id: Id;
    campaignId: Id;
    needId: Id | null;
    title: string;
    text: string;
    areaId: number;
    targetFen: number;
  }[],
): Promise<ItemRow[]> {
  await tx.db
    .insertInto('campaign_item')
    .values(
      rows.map((row) => ({
        id: row.id,
        campaign_id: row.campaignId,
        need_id: row.needId,
        title: row.title,
        text: row.text,
        area_id: row.areaId,
        target_fen: row.targetFen,
        opened_at: tx.now,
      })),
    )
    .execute();
  const added = await listItems(tx, { ids: rows.map((row) => row.id) });
  return rows.map((row) => added.find((item) => item.id === row.id)!);
}

/** An item whose row is held until the transaction ends, with what is claimed of it. */
export interface LockedItem {
  itemId: Id;
  campaignId: Id;
  needId: Id | null;
  title: string;
  areaId: number;
  serial: number;
  targetFen: number;
  state: 'open' | 'closed';
  completedAt: Date | null;
  lockedFen: number;
  lockedUntil: Date | null;
}

/** Locks items in order of id. Whoever decides about an item's money holds its row first. */
export async function lockItems(tx: Writing, ids: readonly Id[]): Promise<LockedItem[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    item_id: Id;
    campaign_id: Id;
    need_id: Id | null;
    title: string;
    area_id: number;
    serial: number;
    target_fen: number;
    state: 'open' | 'closed';
    completed_at: Date | null;
    locked_fen: number;
    locked_until: Date | null;
  }>`select * from lock_items(${[...new Set(ids)]}::uuid[], ${tx.now})`.execute(tx.db);
  return rows.map((row) => ({
    itemId: row.item_id,
    campaignId: row.campaign_id,
    needId: row.need_id,
    title: row.title,
    areaId: row.area_id,
    serial: row.serial,
    targetFen: Number(row.target_fen),
    state: row.state,
    completedAt: row.completed_at,
    lockedFen: Number(row.locked_fen),
    lockedUntil: row.locked_until,
  }));
}

/** What is claimed of items and by whom, for pages. */
export async function listItemClaims(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, { lockedFen: number; lockedUntil: Date; enterpriseName: string }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    item_id: Id;
    locked_fen: number;
    locked_until: Date;
    enterprise_name: string;
  }>`select * from item_claims(${ids}::uuid[], ${tx.now})`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.item_id,
      {
        lockedFen: Number(row.locked_fen),
        lockedUntil: row.locked_until,
        enterpriseName: row.enterprise_name,
      },
    ]),
  );
}

/** Notes that items are fully given for; answers those that were not noted before. */
export async function completeItems(tx: Writing, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .updateTable('campaign_item')
    .set({ completed_at: tx.now })
    .where('id', '=', anyOf(ids))
    .where('completed_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Closes open items; each keeps its own reason. */
export async function markClosed(
  tx: Writing,
  commands: readonly { itemId: Id; reason: string }[],
): Promise<void> {
  await sql`update campaign_item i set state = 'closed', closed_at = ${tx.now}, closed_reason = c.reason
    from unnest(${commands.map((one) => one.itemId)}::uuid[],
      ${commands.map((one) => one.reason)}::text[]) as c(item_id, reason)
    where i.id = c.item_id and i.state = 'open'`.execute(tx.db);
}

/** Frees whoever claimed items that are closed; answers the claims. */
export async function cancelClaims(
  tx: Writing,
  itemIds: readonly Id[],
): Promise<{ claimId: Id; itemId: Id }[]> {
  const { rows } = await sql<{ claim_id: Id; item_id: Id }>`
    select * from cancel_claims(${itemIds}::uuid[])`.execute(tx.db);
  return rows.map((row) => ({ claimId: row.claim_id, itemId: row.item_id }));
}

export async function insertHandOns(
  tx: Writing,
  rows: readonly {
    transferId: Id;
    campaignId: Id;
    itemId: Id;
    toAccountId: Id;
    amountFen: number;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('hand_on')
    .values(
      rows.map((row) => ({
        transfer_id: row.transferId,
        campaign_id: row.campaignId,
        item_id: row.itemId,
        to_account_id: row.toAccountId,
        amount_fen: row.amountFen,
        at: tx.now,
      })),
    )
    .execute();
}
