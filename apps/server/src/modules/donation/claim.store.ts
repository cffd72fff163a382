import type { Id } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Claim } from '../../platform/database/types.ts';
import type { ClaimState } from './donation.ts';

export type ClaimRow = ReturnType<typeof claimOf>;

function claimOf(row: Selectable<Claim>) {
  return {
    id: row.id,
    serial: row.serial,
    number: row.number,
    itemId: row.item_id,
    areaId: row.area_id,
    organizationId: row.organization_id,
    enterpriseName: row.enterprise_name,
    amountFen: Number(row.amount_fen),
    agreementNumber: row.agreement_number,
    state: row.state as ClaimState,
    lockedUntil: row.locked_until,
    paidAt: row.paid_at,
    giftId: row.gift_id,
  };
}

export async function insertClaim(
  tx: Writing,
  claim: {
    id: Id;
    itemId: Id;
    areaId: number;
    organizationId: Id;
    enterpriseName: string;
    accountId: Id;
    amountFen: number;
    agreementNumber: string;
    lockedUntil: Date;
    formId: Id;
  },
): Promise<ClaimRow> {
  const row = await tx.db
    .insertInto('claim')
    .values({
      id: claim.id,
      item_id: claim.itemId,
      area_id: claim.areaId,
      organization_id: claim.organizationId,
      enterprise_name: claim.enterpriseName,
      account_id: claim.accountId,
      amount_fen: claim.amountFen,
      agreement_number: claim.agreementNumber,
      claimed_at: tx.now,
      locked_until: claim.lockedUntil,
      form_id: claim.formId,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return claimOf(row);
}

interface Chosen {
  id?: Id;
  formId?: Id;
  itemId?: Id;
  organizationId?: Id;
  state?: ClaimState;
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Claims the reader may see, newest first. */
export async function listClaims(tx: Scoped, chosen: Chosen): Promise<ClaimRow[]> {
  let query = tx.db.selectFrom('claim').selectAll().orderBy('serial', 'desc');
  if (chosen.id) query = query.where('id', '=', chosen.id);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.itemId) query = query.where('item_id', '=', chosen.itemId);
  if (chosen.organizationId) query = query.where('organization_id', '=', chosen.organizationId);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(claimOf);
}

/** Notes that a claim was paid. */
export async function markPaid(
  tx: Writing,
  claim: { id: Id; giftId: Id; bankReference: string; paidAt: Date },
): Promise<void> {
  await tx.db
    .updateTable('claim')
    .set({
      state: 'paid',
      gift_id: claim.giftId,
      bank_reference: claim.bankReference,
      paid_at: claim.paidAt,
    })
    .where('id', '=', claim.id)
    .execute();
}

/** Ends claims whose time has run out; answers them. */
export async function expireClaims(
  tx: Writing,
): Promise<{ claimId: Id; itemId: Id; needId: Id | null; areaId: number }[]> {
  const { rows } = await sql<{ id: Id; item_id: Id; need_id: Id | null; area_id: number }>`
    update claim c set state = 'expired' from campaign_item i
    where i.id = c.item_id and c.state = 'locked' and c.locked_until <= ${tx.now}
    returning c.id, c.item_id, i.need_id, c.area_id`.execute(tx.db);
  return rows.map((row) => ({
    claimId: row.id,
    itemId: row.item_id,
    needId: row.need_id,
    areaId: row.area_id,
  }));
}
