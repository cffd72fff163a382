import type { Id, PlainDate } from '@wennuan/basics';
import { columnsOf } from '@wennuan/ledger';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { prepared, type Scoped, type Writing } from '../../platform/database/database.ts';
import { giftNumber, type GiftState, type LegalForm, type TargetKind } from './donation.ts';

/** A gift as everybody may know it. */
export interface GiftRow {
  id: Id;
  serial: number;
  amountFen: number;
  at: Date;
  legalForm: LegalForm;
  targetKind: TargetKind;
  targetId: Id;
  campaignId: Id | null;
  publicName: string | null;
  organizationId: Id | null;
  transferId: Id;
}

const columns = [
  'id',
  'serial',
  'amount_fen',
  'at',
  'legal_form',
  'target_kind',
  'target_id',
  'campaign_id',
  'public_name',
  'organization_id',
  'transfer_id',
] as const;

interface Chosen {
  ids?: readonly Id[];
  campaignId?: Id;
  before?: number;
  limit?: number;
}

/** Gifts, newest first. */
export async function listGifts(tx: Scoped, chosen: Chosen): Promise<GiftRow[]> {
  let query = tx.db.selectFrom('gift').select(columns).orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.campaignId) query = query.where('campaign_id', '=', chosen.campaignId);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: Number(row.serial),
    amountFen: Number(row.amount_fen),
    at: row.at,
    legalForm: row.legal_form as LegalForm,
    targetKind: row.target_kind as TargetKind,
    targetId: row.target_id,
    campaignId: row.campaign_id,
    publicName: row.public_name,
    organizationId: row.organization_id,
    transferId: row.transfer_id,
  }));
}

/** The numbers people read out of gifts; what is no gift is absent. */
export async function giftNumbers(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, string>> {
  const serials = await listSerials(tx, ids);
  return new Map([...serials].map(([id, serial]) => [id, giftNumber(serial)]));
}

/** The serials of gifts; what is no gift is absent. */
export async function listSerials(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, number>> {
  const rows = await tx.db
    .selectFrom('gift')
    .select(['id', 'serial'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.serial)]));
}

/** The latest gifts of a campaign and its items. */
export function listRecentGifts(tx: Scoped, chosen: { campaignId: Id; limit: number }) {
  return listGifts(tx, chosen);
}

/** Names that givers chose to be public; a gift without one is absent. */
export async function listGiverNames(tx: Scoped, giftIds: readonly Id[]): Promise<Map<Id, string>> {
  if (giftIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('gift')
    .select(['id', 'public_name'])
    .where('id', '=', anyOf(giftIds))
    .where('public_name', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.public_name!]));
}

/** A gift to write, after its transfer is posted. */
export interface NewGift {
  id: Id;
  amountFen: number;
  paidAt: string;
  legalForm: LegalForm;
  targetKind: TargetKind;
  targetId: Id;
  campaignId: Id | null;
  publicName: string | null;
  organizationId: Id | null;
  claimId: Id | null;
  transferId: Id;
  platformOrder: string | null;
  noticeHash: string | null;
  /** Of a bank transfer entered by the accountant; others are booked on the ledger's day. */
  booking?: { bookedOn: PlainDate; bankReference: string; note: string | null };
}

const INSERT =
  prepared(`insert into gift (id, at, amount_fen, paid_at, legal_form, target_kind, target_id, campaign_id,
    public_name, organization_id, claim_id, transfer_id, platform_order, notice_hash, booked_on, bank_reference,
    booked_note)
  select g.id, $1, g.amount_fen, g.paid_at, g.legal_form, g.target_kind, g.target_id, g.campaign_id,
    g.public_name, g.organization_id, g.claim_id, g.transfer_id, g.platform_order, decode(g.notice_hash, 'hex'),
    g.booked_on, g.bank_reference, g.booked_note
  from unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
    $9::text[], $10::uuid[], $11::uuid[], $12::uuid[], $13::text[], $14::text[], $15::date[], $16::text[],
    $17::text[]) as g(id, amount_fen, paid_at, legal_form, target_kind, target_id, campaign_id, public_name,
    organization_id, claim_id, transfer_id, platform_order, notice_hash, booked_on, bank_reference, booked_note)
  returning id, serial`);

/** Adds gifts in one statement; answers their serials by id. */
export async function insertGifts(
  tx: Writing,
  gifts: readonly NewGift[],
): Promise<Map<Id, number>> {
  const { plain, text } = columnsOf(gifts);
  const rows = await tx.sql.query<{ id: Id; serial: number }>(INSERT, [
    tx.now,
    plain((gift) => gift.id),
    plain((gift) => gift.amountFen),
    plain((gift) => gift.paidAt),
    plain((gift) => gift.legalForm),
    plain((gift) => gift.targetKind),
    plain((gift) => gift.targetId),
    plain((gift) => gift.campaignId),
    text((gift) => gift.publicName),
    plain((gift) => gift.organizationId),
    plain((gift) => gift.claimId),
    plain((gift) => gift.transferId),
    text((gift) => gift.platformOrder),
    plain((gift) => gift.noticeHash),
    plain((gift) => gift.booking?.bookedOn ?? null),
    text((gift) => gift.booking?.bankReference ?? null),
    text((gift) => gift.booking?.note ?? null),
  ]);
  return new Map(rows.map((row) => [row.id, Number(row.serial)]));
}

/** Gifts already received under orders of the platform. */
export async function listByPlatformOrder(
  tx: Scoped,
  platformOrders: readonly string[],
): Promise<Map<string, { giftId: Id; serial: number; noticeHash: string }>> {
  const { rows } = await sql<{ id: Id; serial: number; platform_order: string; hash: string }>`
    select id, serial, platform_order, encode(notice_hash, 'hex') as hash from gift
    where platform_order = any(${platformOrders}::text[])`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.platform_order,
      { giftId: row.id, serial: Number(row.serial), noticeHash: row.hash },
    ]),
  );
}

/** What a project code of the platform stands for. */
export interface Project {
  code: string;
  targetKind: TargetKind;
  targetId: Id;
  campaignId: Id | null;
  legalForm: LegalForm;
  needId: Id | null;
}

/** Campaigns, items and funds by the code the platform knows them under. */
export async function listProjects(
  tx: Scoped,
  codes: readonly string[],
): Promise<Map<string, Project>> {
  const { rows } = await sql<{
    code: string;
    target_kind: TargetKind;
    target_id: Id;
    campaign_id: Id | null;
    legal_form: LegalForm;
    need_id: Id | null;
  }>`
    select i.project_code as code, 'item' as target_kind, i.id as target_id, i.campaign_id, c.legal_form, i.need_id
      from campaign_item i join campaign c on c.id = i.campaign_id where i.project_code = any(${codes}::text[])
    union all
    select c.code, 'campaign', c.id, c.id, c.legal_form, null from campaign c where c.code = any(${codes}::text[])
    union all
    select p.code, 'campaign', c.id, c.id, c.legal_form, null
      from platform_project p join campaign c on c.id = p.campaign_id where p.code = any(${codes}::text[])
    union all
    select f.code, 'fund', f.id, null, 'mutual_aid', null from fund f
      where f.code = any(${codes}::text[]) and f.kind = 'mutual_aid'`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.code,
      {
        code: row.code,
        targetKind: row.target_kind,
        targetId: row.target_id,
        campaignId: row.campaign_id,
        legalForm: row.legal_form,
        needId: row.need_id,
      },
    ]),
  );
}

/** A gift begun, as its notice needs it. */
export interface OrderForNotice {
  projectCode: string;
  amountFen: number;
  publicName: string | null;
  state: GiftState;
}

export async function listOrdersForNotices(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, OrderForNotice>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('gift_order')
    .select(['id', 'project_code', 'amount_fen', 'public_name', 'state'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        projectCode: row.project_code,
        amountFen: Number(row.amount_fen),
        publicName: row.public_name,
        state: row.state as GiftState,
      },
    ]),
  );
}

/** Marks orders as received. */
export async function markOrdersReceived(tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('gift_order')
    .set({ state: 'received' })
    .where('id', '=', anyOf(ids))
    .execute();
}
