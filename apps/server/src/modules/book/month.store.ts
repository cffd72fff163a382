import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface ClosedMonth {
  month: string;
  closedAt: Date;
  closedBy: Id;
}

/** Closed months, newest first. */
export async function listClosed(tx: Scoped): Promise<ClosedMonth[]> {
  const rows = await tx.db
    .selectFrom('book_month')
    .select(['month', 'closed_at', 'closed_by'])
    .orderBy('month', 'desc')
    .execute();
  return rows.map((row) => ({
    month: row.month.slice(0, 7),
    closedAt: row.closed_at,
    closedBy: row.closed_by,
  }));
}

export async function insertClosed(
  tx: Writing,
  row: { month: PlainDate; debitFen: number; creditFen: number; ledgerFen: number },
): Promise<void> {
  await tx.db
    .insertInto('book_month')
    .values({
      month: row.month,
      closed_at: tx.now,
      closed_by: tx.actor.accountId!,
      debit_fen: row.debitFen,
      credit_fen: row.creditFen,
      ledger_fen: row.ledgerFen,
    })
    .execute();
}

/** The first month in which anything was booked; null before the first. */
export async function firstMonth(tx: Scoped): Promise<string | null> {
  const { rows } = await sql<{ month: string | null }>`
    select to_char(least(
      (select min(at) from gift), (select min(at) from payment), (select min(at) from opening_balance)
    ) at time zone 'Asia/Shanghai', 'YYYY-MM') as month`.execute(tx.db);
  return rows[0]?.month ?? null;
}

export async function listNotes(
  tx: Scoped,
  month: PlainDate,
): Promise<{ at: Date; text: string }[]> {
  const own = await tx.db
    .selectFrom('book_note')
    .select(['at', 'text'])
    .where('month', '=', month)
    .orderBy('at')
    .execute();
  const { rows } = await sql<{ at: Date; text: string }>`
    select at, number || '：' || booked_note as text from payment
    where booked_note is not null and date_trunc('month', booked_on)::date = ${month}
    union all
    select at, 'JZ-' || lpad(serial::text, 8, '0') || '：' || booked_note from gift
    where booked_note is not null and date_trunc('month', booked_on)::date = ${month}
    order by 1 limit 200`.execute(tx.db);
  return [...own, ...rows].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

export async function insertNote(
  tx: Writing,
  row: { id: Id; month: PlainDate; text: string },
): Promise<void> {
  await tx.db
    .insertInto('book_note')
    .values({ ...row, at: tx.now, by: tx.actor.accountId! })
    .execute();
}

/** What is not settled with the bank in a month: lines of its statement nobody matched, batches it owes an answer for. */
export async function countUnsettled(
  tx: Scoped,
  from: PlainDate,
  until: PlainDate,
): Promise<{ bankLines: number; batches: number }> {
  const { rows } = await sql<{ bank_lines: number; batches: number }>`
    select
      (select count(*)::int from bank_line where matched_kind is null and day >= ${from} and day < ${until})
        as bank_lines,
      (select count(*)::int from payment_batch where state = 'exported'
        and (exported_at at time zone 'Asia/Shanghai')::date < ${until}) as batches`.execute(tx.db);
  return { bankLines: rows[0]!.bank_lines, batches: rows[0]!.batches };
}
