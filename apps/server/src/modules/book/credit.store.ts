import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Known } from './credit.ts';

export interface CreditRow {
  bankLineId: Id;
  state: 'gift' | 'unknown' | 'returning' | 'returned';
  amountFen: number;
  heldTransferId: Id | null;
  note: string;
  returnReason: string | null;
  returnAskedBy: Id | null;
}

/** What people said of credits of the bank, by line; `lock` holds them. */
export async function listCredits(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; lock?: boolean },
): Promise<Map<Id, CreditRow>> {
  let query = tx.db.selectFrom('bank_credit').selectAll();
  if (chosen.ids) query = query.where('bank_line_id', '=', anyOf(chosen.ids));
  if (chosen.lock) query = query.orderBy('bank_line_id').forNoKeyUpdate();
  const rows = await query.execute();
  return new Map(
    rows.map((row) => [
      row.bank_line_id,
      {
        bankLineId: row.bank_line_id,
        state: row.state as CreditRow['state'],
        amountFen: Number(row.amount_fen),
        heldTransferId: row.held_transfer_id,
        note: row.note,
        returnReason: row.return_reason,
        returnAskedBy: row.return_asked_by,
      },
    ]),
  );
}

/** Adds what a line is: a gift, or unknown money that is held. One line is said once. */
export async function insertCredit(
  tx: Writing,
  row: {
    bankLineId: Id;
    amountFen: number;
    giftId: Id | null;
    heldTransferId: Id | null;
    note: string;
  },
): Promise<void> {
  await tx.db
    .insertInto('bank_credit')
    .values({
      bank_line_id: row.bankLineId,
      state: row.giftId ? 'gift' : 'unknown',
      amount_fen: row.amountFen,
      gift_id: row.giftId,
      held_transfer_id: row.heldTransferId,
      note: row.note,
      noted_at: tx.now,
      noted_by: tx.actor.accountId!,
    })
    .execute();
}

type Change = Partial<{
  state: CreditRow['state'];
  gift_id: Id;
  return_reason: string;
  return_asked_by: Id;
  return_agreed_by: Id;
  returned_on: PlainDate;
  return_transfer_id: Id;
}>;

export async function updateCredit(tx: Writing, bankLineId: Id, change: Change): Promise<void> {
  await tx.db
    .updateTable('bank_credit')
    .set(change)
    .where('bank_line_id', '=', bankLineId)
    .execute();
}

/** Lines that came in and that nobody has explained, or whose money is held as unknown; the oldest first. */
export async function listOpenCredits(tx: Scoped, limit: number): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select l.id from bank_line l left join bank_credit c on c.bank_line_id = l.id
    where l.in_fen > 0 and ((l.matched_kind is null and c.bank_line_id is null) or c.state in ('unknown', 'returning'))
    order by l.day, l.serial limit ${limit}`.execute(tx.db);
  return rows.map((row) => row.id);
}

/** Claims that wait for exactly this sum, with whose they are. */
export async function claimsOf(
  tx: Scoped,
  amountFen: number,
): Promise<{ id: Id; organization: string; title: string }[]> {
  const { rows } = await sql<{ id: Id; organization: string; title: string }>`
    select c.id, o.public_name as organization, i.title from claim c
    join organization o on o.id = c.organization_id join campaign_item i on i.id = c.item_id
    where c.state = 'locked' and c.amount_fen = ${amountFen} and c.locked_until > ${tx.now} order by c.id`.execute(
    tx.db,
  );
  return rows;
}

/** Enterprises whose public name is the payer's. */
export async function organizationsNamed(
  tx: Scoped,
  name: string,
): Promise<{ id: Id; name: string }[]> {
  const rows = await tx.db
    .selectFrom('organization')
    .select(['id', 'public_name'])
    .where('public_name', '=', name)
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.public_name }));
}

/** Agreements that special funds stand on, whose partner is on file: named so, or the only one of that name. */
export async function agreementsOf(tx: Scoped): Promise<Known['agreements']> {
  const { rows } = await sql<{
    fund_id: Id;
    name: string;
    partner_id: Id;
    partner_name: string;
    agreement_number: string;
  }>`
    select a.fund_id, f.name, coalesce(a.partner_id, o.id) as partner_id, a.partner_name, a.agreement_number
    from fund_agreement a join fund f on f.id = a.fund_id
    left join lateral (
      select (array_agg(id))[1] as id from organization where public_name = a.partner_name having count(*) = 1
    ) o on true
    where coalesce(a.partner_id, o.id) is not null`.execute(tx.db);
  return rows.map((row) => ({
    fundId: row.fund_id,
    fundName: row.name,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    number: row.agreement_number,
  }));
}
