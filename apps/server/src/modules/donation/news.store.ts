import type { Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface NewsRow {
  id: Id;
  campaignId: Id;
  title: string;
  text: string;
  isResult: boolean;
  pictureIds: Id[];
  tellGivers: boolean;
  at: Date;
}

/** What was told of campaigns, newest first. */
export async function listNews(
  tx: Scoped,
  chosen: { campaignId?: Id; ids?: readonly Id[] },
): Promise<NewsRow[]> {
  let query = tx.db
    .selectFrom('campaign_news')
    .select(['id', 'campaign_id', 'title', 'text', 'is_result', 'picture_ids', 'tell_givers'])
    .select('published_at')
    .orderBy('serial', 'desc');
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  return (await query.execute()).map((row) => ({
    id: row.id,
    campaignId: row.campaign_id,
    title: row.title,
    text: row.text,
    isResult: row.is_result,
    pictureIds: row.picture_ids,
    tellGivers: row.tell_givers,
    at: row.published_at,
  }));
}

export async function insertNews(tx: Writing, row: Omit<NewsRow, 'at'>): Promise<void> {
  await tx.db
    .insertInto('campaign_news')
    .values({
      id: row.id,
      campaign_id: row.campaignId,
      title: row.title,
      text: row.text,
      is_result: row.isResult,
      picture_ids: row.pictureIds,
      tell_givers: row.tellGivers,
      published_at: tx.now,
      published_by: tx.actor.accountId!,
    })
    .execute();
}

export interface RecordedRow {
  id: Id;
  serial: number;
  legalForm: 'sale_promise' | 'direct_gift';
  campaignId: Id | null;
  organizationId: Id | null;
  publicName: string | null;
  text: string;
  amountFen: number | null;
  happenedOn: string;
}

/** What was written down beside gifts, newest first. */
export async function listRecorded(
  tx: Scoped,
  chosen: { campaignId?: Id | undefined; before?: number | undefined; limit: number },
): Promise<RecordedRow[]> {
  let query = tx.db
    .selectFrom('recorded_giving')
    .select(['id', 'serial', 'legal_form', 'campaign_id', 'organization_id', 'public_name'])
    .select(['text', 'amount_fen', 'happened_on'])
    .orderBy('serial', 'desc')
    .limit(chosen.limit);
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  return (await query.execute()).map((row) => ({
    id: row.id,
    serial: row.serial,
    legalForm: row.legal_form as RecordedRow['legalForm'],
    campaignId: row.campaign_id,
    organizationId: row.organization_id,
    publicName: row.public_name,
    text: row.text,
    amountFen: row.amount_fen === null ? null : Number(row.amount_fen),
    happenedOn: row.happened_on,
  }));
}

export async function insertRecorded(tx: Writing, row: Omit<RecordedRow, 'serial'>): Promise<void> {
  await tx.db
    .insertInto('recorded_giving')
    .values({
      id: row.id,
      legal_form: row.legalForm,
      campaign_id: row.campaignId,
      organization_id: row.organizationId,
      public_name: row.publicName,
      text: row.text,
      amount_fen: row.amountFen,
      happened_on: row.happenedOn,
      recorded_at: tx.now,
      recorded_by: tx.actor.accountId!,
    })
    .execute();
}

export interface RemainderRow {
  campaignId: Id;
  toAccountId: Id;
  amountFen: number;
  at: Date;
}

/** Where the rests of a campaign went. */
export async function listRemainders(tx: Scoped, campaignId: Id): Promise<RemainderRow[]> {
  const rows = await tx.db
    .selectFrom('campaign_remainder')
    .select(['campaign_id', 'to_account_id', 'amount_fen', 'settled_at'])
    .where('campaign_id', '=', campaignId)
    .orderBy('settled_at')
    .execute();
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    toAccountId: row.to_account_id,
    amountFen: Number(row.amount_fen),
    at: row.settled_at,
  }));
}

export async function insertRemainder(
  tx: Writing,
  row: Omit<RemainderRow, 'at'> & { transferId: Id },
): Promise<void> {
  await tx.db
    .insertInto('campaign_remainder')
    .values({
      transfer_id: row.transferId,
      campaign_id: row.campaignId,
      to_account_id: row.toAccountId,
      amount_fen: row.amountFen,
      settled_at: tx.now,
      settled_by: tx.actor.accountId!,
    })
    .execute();
}

/** What people and organisations gave to a campaign and its items. */
export async function sumGifts(tx: Scoped, campaignId: Id): Promise<number> {
  const row = await tx.db
    .selectFrom('gift')
    .select((column) => column.fn.sum<string>('amount_fen').as('fen'))
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  return Number(row?.fen ?? 0);
}
