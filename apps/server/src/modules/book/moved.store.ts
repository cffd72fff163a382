import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** A document that is booked on another day than the ledger has it on. */
export interface Shifted {
  documentId: Id;
  transferIds: Id[];
  ledgerOn: PlainDate;
  bookedOn: PlainDate;
}

/** Documents of which one of the two days lies in [from, until). Federation and system logins. */
export async function listShifted(
  tx: Scoped,
  from: PlainDate,
  until: PlainDate,
): Promise<Shifted[]> {
  const { rows } = await sql<{
    document_id: Id;
    transfer_ids: Id[];
    ledger_on: PlainDate;
    booked_on: PlainDate;
  }>`
    select * from (
      select p.id as document_id, p.transfer_ids, (p.at at time zone 'Asia/Shanghai')::date as ledger_on,
        p.booked_on
      from payment p
      union all
      select g.id, array[g.transfer_id], (g.at at time zone 'Asia/Shanghai')::date, g.booked_on
      from gift g where g.booked_on is not null
      union all
      -- A merchant's share and what a charity sale brought, noted later than the day they were at the bank.
      select s.id, s.transfer_ids, (s.noted_at at time zone 'Asia/Shanghai')::date, s.booked_on
      from settlement s where s.transfer_ids is not null
      union all
      select r.sale_id, r.transfer_ids, (r.noted_at at time zone 'Asia/Shanghai')::date, r.booked_on
      from proceeds_receipt r where r.transfer_ids is not null
    ) as d
    where d.ledger_on <> d.booked_on
      and ((d.ledger_on >= ${from} and d.ledger_on < ${until})
        or (d.booked_on >= ${from} and d.booked_on < ${until}))`.execute(tx.db);
  return rows.map((row) => ({
    documentId: row.document_id,
    transferIds: row.transfer_ids,
    ledgerOn: row.ledger_on,
    bookedOn: row.booked_on,
  }));
}

export interface Settled {
  bankLineId: Id;
  bookedOn: PlainDate;
  amountFen: number;
  channelId: Id;
}

/** Settlements of channels that arrived at the bank, booked in [from, until). */
export async function listSettlements(
  tx: Scoped,
  from: PlainDate,
  until: PlainDate,
): Promise<Settled[]> {
  const rows = await tx.db
    .selectFrom('bank_line')
    .select(['id', 'booked_on', 'in_fen', 'out_fen', 'account_id'])
    .where('matched_kind', 'in', ['settlement', 'deposit'])
    .where('booked_on', '>=', from)
    .where('booked_on', '<', until)
    .orderBy('booked_on')
    .orderBy('serial')
    .execute();
  return rows.map((row) => ({
    bankLineId: row.id,
    bookedOn: row.booked_on!,
    amountFen: Number(row.in_fen) - Number(row.out_fen),
    channelId: row.account_id!,
  }));
}

/** Interest and fees that are booked on another day than the ledger has them on. */
export async function listShiftedBankLines(
  tx: Scoped,
  from: PlainDate,
  until: PlainDate,
): Promise<Shifted[]> {
  const rows = await tx.db
    .selectFrom('bank_line')
    .select(['id', 'transfer_id', 'booked_on', 'matched_at'])
    .where('transfer_id', 'is not', null)
    .where('booked_on', 'is not', null)
    .where(
      sql<boolean>`booked_on <> (matched_at at time zone 'Asia/Shanghai')::date and (
        (booked_on >= ${from} and booked_on < ${until}) or
        ((matched_at at time zone 'Asia/Shanghai')::date >= ${from}
          and (matched_at at time zone 'Asia/Shanghai')::date < ${until}))`,
    )
    .select(sql<PlainDate>`(matched_at at time zone 'Asia/Shanghai')::date`.as('ledger_on'))
    .execute();
  return rows.map((row) => ({
    documentId: row.id,
    transferIds: [row.transfer_id!],
    ledgerOn: row.ledger_on,
    bookedOn: row.booked_on!,
  }));
}
