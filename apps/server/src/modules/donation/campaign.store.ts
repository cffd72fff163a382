import type { Id } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Campaign } from '../../platform/database/types.ts';
import type { CampaignState, LegalForm } from './donation.ts';

export type CampaignRow = ReturnType<typeof campaignOf>;

function campaignOf(row: Selectable<Campaign>) {
  return {
    id: row.id,
    serial: row.serial,
    code: row.code,
    name: row.name,
    summary: row.summary,
    purpose: row.purpose,
    beneficiaries: row.beneficiaries,
    useOfMoney: row.use_of_money,
    costs: row.costs,
    remainderRule: row.remainder_rule,
    legalForm: row.legal_form as LegalForm,
    state: row.state as CampaignState,
    holdsWishes: row.holds_wishes,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    goalFen: row.goal_fen === null ? null : Number(row.goal_fen),
    contact: row.contact,
    certificateNumber: row.certificate_number,
    filingNumber: row.filing_number,
    filedOn: row.filed_on,
    listing: row.listing,
    ownAccount: row.own_account,
    openedOn: row.opened_on,
    isEmergency: row.is_emergency,
    emergencyKind: row.emergency_kind,
  };
}

interface Chosen {
  ids?: readonly Id[];
  code?: string;
  holdsWishes?: true;
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Campaigns the reader may see, newest first. */
export async function listCampaigns(tx: Scoped, chosen: Chosen): Promise<CampaignRow[]> {
  let query = tx.db.selectFrom('campaign').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', 'in', chosen.ids);
  if (chosen.code !== undefined) query = query.where('code', '=', chosen.code);
  if (chosen.holdsWishes)
    query = query.where('holds_wishes', '=', true).where('state', '<>', 'closed');
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(campaignOf);
}

export type CampaignDraft = Omit<
  CampaignRow,
  | 'serial'
  | 'code'
  | 'state'
  | 'certificateNumber'
  | 'filingNumber'
  | 'filedOn'
  | 'listing'
  | 'ownAccount'
  | 'openedOn'
>;

export async function insertCampaign(tx: Writing, draft: CampaignDraft): Promise<CampaignRow> {
  const row = await tx.db
    .insertInto('campaign')
    .values({
      id: draft.id,
      name: draft.name,
      summary: draft.summary,
      purpose: draft.purpose,
      beneficiaries: draft.beneficiaries,
      use_of_money: draft.useOfMoney,
      costs: draft.costs,
      remainder_rule: draft.remainderRule,
      legal_form: draft.legalForm,
      holds_wishes: draft.holdsWishes,
      opens_on: draft.opensOn,
      closes_on: draft.closesOn,
      goal_fen: draft.goalFen,
      contact: draft.contact,
      is_emergency: draft.isEmergency,
      emergency_kind: draft.emergencyKind,
      drafted_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return campaignOf(row);
}

interface CampaignChange {
  state?: CampaignState;
  certificateNumber?: string;
  filingNumber?: string;
  filedOn?: string;
  listing?: string;
  ownAccount?: string;
  openedOn?: string;
}

export async function updateCampaign(tx: Writing, id: Id, change: CampaignChange): Promise<void> {
  await tx.db
    .updateTable('campaign')
    .set({
      state: change.state,
      certificate_number: change.certificateNumber,
      filing_number: change.filingNumber,
      filed_on: change.filedOn,
      listing: change.listing,
      own_account: change.ownAccount,
      opened_on: change.openedOn,
    })
    .where('id', '=', id)
    .execute();
}

/** Ends open campaigns whose last day is over; answers which. */
export async function closeEndedCampaigns(tx: Writing, today: string): Promise<Id[]> {
  const rows = await tx.db
    .updateTable('campaign')
    .set({ state: 'closed' })
    .where('state', '=', 'open')
    .where('closes_on', '<', today)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Of campaigns: how many gifts they were given, which accounts are theirs, what moved only inside them. */
export async function readCampaignBooks(
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, { gifts: number; itemIds: Id[]; handedOnFen: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: Id;
    gifts: number;
    item_ids: Id[] | null;
    handed_on_fen: number;
  }>`
    select c.id,
      (select count(*)::int from gift g where g.campaign_id = c.id) as gifts,
      (select array_agg(i.id) from campaign_item i where i.campaign_id = c.id) as item_ids,
      (select coalesce(sum(h.amount_fen), 0)::bigint from hand_on h where h.campaign_id = c.id) as handed_on_fen
    from unnest(${ids}::uuid[]) as c(id)`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.id,
      { gifts: row.gifts, itemIds: row.item_ids ?? [], handedOnFen: Number(row.handed_on_fen) },
    ]),
  );
}
