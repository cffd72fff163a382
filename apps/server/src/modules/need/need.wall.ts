import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { type Scoped, writeUnhurried, type Writing } from '../../platform/database/database.ts';
import type { ItemMoney } from '../donation/index.ts';
import type { NeedNeeds } from './need.ports.ts';
import { listVerifications } from './need.records.ts';
import { listByIds } from './need.store.ts';
import { kindOf, type Need } from './need.ts';

export type CardState = 'open' | 'claimed' | 'given' | 'under_way' | 'delivered' | 'closed';
export type WishStep =
  | 'verified'
  | 'gift'
  | 'claimed'
  | 'complete'
  | 'paid'
  | 'delivered'
  | 'confirmed';

/** A wish as everybody may see it: the worker's words, the community, no person. */
export interface Card {
  needId: Id;
  itemId: Id | null;
  title: string;
  text: string;
  areaId: number;
  state: CardState;
  targetFen: number;
  givenFen: number;
  ways: string[];
  since: Date;
  claimedUntil: Date | null;
  pictureIds: Id[];
  thanks: string | null;
}

/**
 * What the wall shows of a need's state; null when it has no place there. A wish that ended without
 * being met leaves the wall, unless somebody has given for it: givers see how it ended.
 */
export function cardStateOf(need: Need, item: ItemMoney | undefined): CardState | null {
  switch (need.state) {
    case 'verified':
    case 'partly_met':
    case 'referred':
      if (item?.state === 'claimed') return 'claimed';
      return item?.state === 'complete' ? 'given' : 'open';
    case 'matched':
      return 'given';
    case 'under_way':
      return need.deliveredAt ? 'delivered' : 'under_way';
    case 'fed_back':
    case 'unconfirmed':
      return 'delivered';
    case 'closed':
      return 'closed';
    default:
      return item && item.givenFen > 0 ? 'closed' : null;
  }
}

/**
 * Brings the cards of wishes in line with the needs and their items. Only the system writes the wall;
 * what is no wish, not verified or has no public words has no card.
 */
export async function projectCards(
  needs: NeedNeeds,
  tx: Writing,
  needIds: readonly Id[],
): Promise<void> {
  const wishes = (await listByIds(tx, needIds)).filter((need) => kindOf(need).publicWall);
  if (wishes.length === 0) return;
  const ids = wishes.map((need) => need.id);
  const records = await listVerifications(tx, ids);
  const items = await needs.donation.itemsOf(tx, ids);
  const pictures = await listDeliveryPictures(tx, ids);
  const gone: Id[] = [];
  const cards: Card[] = [];
  for (const need of wishes) {
    const record = records.findLast(({ needId, publicText }) => needId === need.id && publicText);
    const item = items.get(need.id);
    const state = record ? cardStateOf(need, item) : null;
    if (!record || !state) {
      gone.push(need.id);
      continue;
    }
    cards.push({
      needId: need.id,
      itemId: need.itemId,
      title: record.publicTitle!,
      text: record.publicText!,
      areaId: need.areaId,
      state,
      targetFen: item?.targetFen ?? need.priceFen ?? need.amountFen ?? 0,
      givenFen: item?.givenFen ?? 0,
      ways: kindOf(need).waysToMeet.filter((way) => way !== 'money' || need.itemId !== null),
      since: need.verifiedAt ?? record.at,
      claimedUntil: item?.claimedUntil ?? null,
      pictureIds: pictures.get(need.id) ?? [],
      thanks: need.state === 'fed_back' || need.state === 'closed' ? 'received' : null,
    });
  }
  if (gone.length > 0)
    await tx.db.deleteFrom('wish_card').where('need_id', '=', anyOf(gone)).execute();
  if (cards.length > 0) await upsertCards(tx, cards);
}

const PROJECTED = [
  'title',
  'text',
  'area_id',
  'state',
  'target_fen',
  'given_fen',
  'ways',
  'since',
  'claimed_until',
  'picture_ids',
  'thanks',
] as const;

async function upsertCards(tx: Writing, cards: readonly Card[]): Promise<void> {
  const rows = cards.map((card) => ({
    need_id: card.needId,
    kind: 'micro_wish',
    item_id: card.itemId,
    title: card.title,
    text: card.text,
    area_id: card.areaId,
    state: card.state,
    target_fen: card.targetFen,
    given_fen: card.givenFen,
    ways: card.ways,
    since: card.since,
    claimed_until: card.claimedUntil,
    picture_ids: card.pictureIds,
    thanks: card.thanks,
  }));
  await writeUnhurried(
    tx,
    tx.db
      .insertInto('wish_card')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('need_id').doUpdateSet({
          ...Object.fromEntries(PROJECTED.map((column) => [column, sql.ref(`excluded.${column}`)])),
          // An item that has ended stays named, for those who gave for it.
          item_id: sql`coalesce(excluded.item_id, wish_card.item_id)`,
        }),
      ),
  );
}

async function listDeliveryPictures(tx: Scoped, needIds: readonly Id[]): Promise<Map<Id, Id[]>> {
  const rows = await tx.db
    .selectFrom('need_event')
    .select(['need_id', 'attachment_ids'])
    .where('need_id', 'in', needIds)
    .where('move', '=', 'deliver')
    .orderBy('id')
    .execute();
  const found = new Map<Id, Id[]>();
  for (const row of rows)
    found.set(row.need_id, [...(found.get(row.need_id) ?? []), ...row.attachment_ids]);
  return found;
}

/** Adds steps to wishes' public stories, once for each event; needs without a card have none. */
export async function addSteps(
  tx: Writing,
  steps: readonly {
    id: Id;
    needId: Id;
    at: Date;
    step: WishStep;
    amountFen: number | null;
  }[],
): Promise<void> {
  if (steps.length === 0) return;
  const query = sql`insert into wish_step (id, need_id, at, step, amount_fen)
    select told.id, card.need_id, told.at, told.step, told.amount_fen
    from unnest(${steps.map(({ id }) => id)}::uuid[], ${steps.map(({ needId }) => needId)}::uuid[],
      ${steps.map(({ at }) => at)}::timestamptz[], ${steps.map(({ step }) => step)}::text[],
      ${steps.map(({ amountFen }) => amountFen)}::bigint[]) as told(id, need_id, at, step, amount_fen)
    join wish_card card on card.need_id = told.need_id
    on conflict do nothing`;
  await writeUnhurried(tx, { compile: () => query.compile(tx.db) });
}

const cardColumns = [
  'need_id as needId',
  'item_id as itemId',
  'title',
  'text',
  'area_id as areaId',
  'state',
  'target_fen as targetFen',
  'given_fen as givenFen',
  'ways',
  'since',
  'claimed_until as claimedUntil',
  'picture_ids as pictureIds',
  'thanks',
] as const;

/** A page of the wall, newest first. */
export async function listCards(
  tx: Scoped,
  filter: {
    areaIds: readonly number[] | null;
    state: CardState | undefined;
    after: Id | undefined;
    limit: number;
  },
): Promise<Card[]> {
  let query = tx.db
    .selectFrom('wish_card')
    .select(cardColumns)
    .orderBy('need_id', 'desc')
    .limit(filter.limit);
  if (filter.areaIds) query = query.where('area_id', 'in', [...filter.areaIds, -1]);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.after) query = query.where('need_id', '<', filter.after);
  return (await query.execute()).map((row) => ({ ...row, state: row.state as CardState }));
}

/** The card of one wish. */
export async function findCard(tx: Scoped, needId: Id): Promise<Card | undefined> {
  const row = await tx.db
    .selectFrom('wish_card')
    .select(cardColumns)
    .where('need_id', '=', needId)
    .executeTakeFirst();
  return row && { ...row, state: row.state as CardState };
}

/** How many wishes are open and how many were fulfilled. */
export async function countCards(tx: Scoped): Promise<{ openCount: number; closedCount: number }> {
  return await tx.db
    .selectFrom('wish_card')
    .select([
      sql<number>`(count(*) filter (where state in ('open', 'claimed')))::int`.as('openCount'),
      sql<number>`(count(*) filter (where state = 'closed' and thanks is not null))::int`.as(
        'closedCount',
      ),
    ])
    .executeTakeFirstOrThrow();
}

const STEP_ORDER: readonly WishStep[] = [
  'verified',
  'gift',
  'claimed',
  'complete',
  'paid',
  'delivered',
  'confirmed',
];

/** The public story of wishes, oldest first; what happened at the same moment in the order of the loop. */
export async function listSteps(
  tx: Scoped,
  needIds: readonly Id[],
): Promise<{ needId: Id; at: Date; step: WishStep; amountFen: number | null }[]> {
  if (needIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('wish_step')
    .select(['need_id as needId', 'at', 'step', 'amount_fen as amountFen'])
    .where('need_id', 'in', needIds)
    .orderBy('id')
    .execute();
  return rows
    .map((row) => ({ ...row, step: row.step as WishStep }))
    .toSorted(
      (one, other) =>
        one.at.getTime() - other.at.getTime() ||
        STEP_ORDER.indexOf(one.step) - STEP_ORDER.indexOf(other.step),
    );
}
