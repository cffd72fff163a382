import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { GiftState, LegalForm, TargetKind } from './donation.ts';

export interface NewOrder {
  id: Id;
  formId: Id;
  tokenHash: Buffer;
  accountId: Id | null;
  targetKind: TargetKind;
  targetId: Id;
  projectCode: string;
  legalForm: LegalForm;
  amountFen: number;
  publicName: string | null;
  nameSealed: Buffer | null;
  hideFromRecipient: boolean;
  hideFromStaff: boolean;
}

export async function insertOrder(tx: Writing, order: NewOrder): Promise<void> {
  await tx.db
    .insertInto('gift_order')
    .values({
      id: order.id,
      form_id: order.formId,
      token_hash: order.tokenHash,
      account_id: order.accountId,
      target_kind: order.targetKind,
      target_id: order.targetId,
      project_code: order.projectCode,
      legal_form: order.legalForm,
      amount_fen: order.amountFen,
      public_name: order.publicName,
      name_sealed: order.nameSealed,
      hide_from_recipient: order.hideFromRecipient,
      hide_from_staff: order.hideFromStaff,
      created_at: tx.now,
    })
    .execute();
}

/** The gift a form began, if it was sent before. */
export async function findByForm(tx: Scoped, formId: Id) {
  const { rows } = await sql<{ id: Id; target_id: Id; amount_fen: number }>`
    select * from gift_order_by_form(${formId}::uuid)`.execute(tx.db);
  const row = rows[0];
  return row ? { id: row.id, targetId: row.target_id, amountFen: Number(row.amount_fen) } : null;
}

/** A gift begun, as its giver sees it. */
export interface OwnOrder {
  id: Id;
  targetKind: TargetKind;
  targetId: Id;
  legalForm: LegalForm;
  amountFen: number;
  nameSealed: Buffer | null;
  state: GiftState;
  createdAt: Date;
}

interface OwnOrderColumns {
  id: Id;
  target_kind: string;
  target_id: Id;
  legal_form: string;
  amount_fen: number;
  name_sealed: Buffer | null;
  state: string;
  created_at: Date;
}

function ownOrderOf(row: OwnOrderColumns): OwnOrder {
  return {
    id: row.id,
    targetKind: row.target_kind as TargetKind,
    targetId: row.target_id,
    legalForm: row.legal_form as LegalForm,
    amountFen: Number(row.amount_fen),
    nameSealed: row.name_sealed,
    state: row.state as GiftState,
    createdAt: row.created_at,
  };
}

/** The gift whose giver holds the token, with the platform's order number once it is received. */
export async function findByToken(tx: Scoped, tokenHash: Buffer) {
  const { rows } = await sql<OwnOrderColumns & { platform_order: string | null }>`
    select * from gift_order_by_token(${tokenHash})`.execute(tx.db);
  const row = rows[0];
  return row ? { ...ownOrderOf(row), platformOrder: row.platform_order } : null;
}

/** Puts the gift of a token into the caller's list; null when there is none or it is in another's. */
export async function keepByToken(tx: Writing, tokenHash: Buffer): Promise<Id | null> {
  const { rows } = await sql<{ id: Id | null }>`
    select keep_gift(${tokenHash}) as id`.execute(tx.db);
  return rows[0]?.id ?? null;
}

/** True when a gift is in the caller's own list. Resident login. */
export async function isOwnOrder(tx: Scoped, id: Id): Promise<boolean> {
  const own = tx.db.selectFrom('gift_order').select('id').where('id', '=', id);
  return (await own.executeTakeFirst()) !== undefined;
}

/** The caller's own gifts, newest first. */
export async function listOwnOrders(
  tx: Scoped,
  page: { before?: Id; limit: number },
): Promise<OwnOrder[]> {
  let query = tx.db
    .selectFrom('gift_order')
    .select([
      'id',
      'target_kind',
      'target_id',
      'legal_form',
      'amount_fen',
      'name_sealed',
      'state',
      'created_at',
    ])
    .where('account_id', '=', tx.actor.accountId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before) query = query.where('id', '<', page.before);
  return (await query.execute()).map(ownOrderOf);
}

/** Names sealed beside gifts, for the federation; those hidden from staff are absent. */
export async function listSealedNames(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, Buffer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('gift_order')
    .select(['id', 'name_sealed'])
    .where('id', '=', anyOf(ids))
    .where('hide_from_staff', '=', false)
    .where('name_sealed', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.name_sealed!]));
}

/** Notes on gifts that are begun what their channels said of their payments. System. */
export async function noteOrderStates(
  tx: Writing,
  ids: readonly Id[],
  state: GiftState,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('gift_order')
    .set({ state, asked_at: tx.now })
    .where('id', '=', anyOf(ids))
    .where('state', '<>', 'received')
    .execute();
}
