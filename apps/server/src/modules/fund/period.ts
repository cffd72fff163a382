import { dateInShanghai, Refusal, type PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** The month of a day, `2026-11`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Of days, those whose month is open. */
export async function openDays(tx: Scoped, days: readonly PlainDate[]): Promise<Set<PlainDate>> {
  if (days.length === 0) return new Set();
  const { rows } = await sql<{ day: PlainDate }>`
    select d.day::date as day from unnest(${[...new Set(days)]}::date[]) as d(day)
    where book_open_on(d.day)`.execute(tx.db);
  return new Set(rows.map((row) => row.day));
}

/**
 * Refuses `period_closed` for a day in a closed month. Holds the books' lock until the transaction ends, so
 * that no month closes between this look and the writing; the table's policy looks once more.
 */
export async function mustBeOpen(
  tx: Writing,
  days: readonly PlainDate[],
  field: string | undefined,
): Promise<void> {
  await shareBooks(tx);
  const open = await openDays(tx, days);
  const closed = days.find((day) => !open.has(day));
  if (closed !== undefined) throw new Refusal('period_closed', { month: monthOf(closed) }, field);
}

/** The day something is booked on: its own while its month is open, else today with a note that says so. */
export async function bookingOf(
  tx: Writing,
  days: readonly PlainDate[],
): Promise<(day: PlainDate) => { bookedOn: PlainDate; note: string | null }> {
  await shareBooks(tx);
  const open = await openDays(tx, days);
  const today = dateInShanghai(tx.now);
  return (day) =>
    open.has(day)
      ? { bookedOn: day, note: null }
      : {
          bookedOn: today,
          note: `实际日期 ${day}，${monthOf(day)} 已结账，记入 ${monthOf(today)}。`,
        };
}

async function shareBooks(tx: Writing): Promise<void> {
  await sql`select 1 from book_lock for share`.execute(tx.db);
}

/** Waits for whoever is dating something, then keeps others from it: for closing a month. */
export async function lockBooks(tx: Writing): Promise<void> {
  await sql`select 1 from book_lock for update`.execute(tx.db);
}
