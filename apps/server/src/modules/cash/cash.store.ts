import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface CounterRow {
  id: Id;
  name: string;
  areaId: number;
}

/** Counters the reader may see; `lock` holds one while its cash is counted or paid in (system login). */
export async function listCounters(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; lock?: boolean } = {},
): Promise<CounterRow[]> {
  let query = tx.db.selectFrom('cash_counter').select(['id', 'name', 'area_id']).orderBy('id');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({ id: row.id, name: row.name, areaId: row.area_id }));
}

/** Adds a counter; false when the community has one of that name. */
export async function insertCounter(tx: Writing, row: CounterRow): Promise<boolean> {
  const added = await tx.db
    .insertInto('cash_counter')
    .values({
      id: row.id,
      name: row.name,
      area_id: row.areaId,
      opened_at: tx.now,
      opened_by: tx.actor.accountId!,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** What a counter took, paid in, and has on hand. */
export interface CounterSums {
  gifts: number;
  takenFen: number;
  paidInFen: number;
  onWayFen: number;
}

/** Sums of counters: cash is on hand until a paying-in slip, and on its way until the bank's line meets that. */
export async function sumCounters(tx: Scoped, ids: readonly Id[]): Promise<Map<Id, CounterSums>> {
  const { rows } = await sql<{
    id: Id;
    gifts: number;
    taken_fen: number;
    paid_in_fen: number;
    on_way_fen: number;
  }>`select c.id, coalesce(g.gifts, 0)::int as gifts, coalesce(g.fen, 0)::bigint as taken_fen,
      coalesce(d.fen, 0)::bigint as paid_in_fen, coalesce(d.way_fen, 0)::bigint as on_way_fen
    from unnest(${ids}::uuid[]) as c(id)
    left join (select counter_id, count(*) as gifts, sum(amount_fen) as fen from cash_gift
      where counter_id = any(${ids}::uuid[]) group by 1) g on g.counter_id = c.id
    left join (select d.counter_id, sum(d.amount_fen) as fen,
        sum(d.amount_fen) filter (where not cash_deposit_met(d.id)) as way_fen
      from cash_deposit d where d.counter_id = any(${ids}::uuid[]) and d.voided_at is null group by 1) d
      on d.counter_id = c.id`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        gifts: row.gifts,
        takenFen: row.taken_fen,
        paidInFen: row.paid_in_fen,
        onWayFen: row.on_way_fen,
      },
    ]),
  );
}

export interface CashGiftRow {
  giftId: Id;
  serial: number;
  number: string;
  counterId: Id;
  boxNumber: string | null;
  amountFen: number;
  takenAt: Date;
  takenBy: Id;
}

/** Gifts in cash, newest first. */
export async function listCashGifts(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; counterId?: Id; before?: number; limit: number },
): Promise<CashGiftRow[]> {
  let query = tx.db
    .selectFrom('cash_gift as g')
    .leftJoin('box_opening as o', 'o.id', 'g.box_opening_id')
    .leftJoin('donation_box as b', 'b.id', 'o.box_id')
    .select([
      'g.gift_id',
      'g.serial',
      'g.number',
      'g.counter_id',
      'b.number as box_number',
      'g.amount_fen',
      'g.taken_at',
      'g.taken_by',
    ])
    .orderBy('g.serial', 'desc')
    .limit(chosen.limit);
  if (chosen.ids) query = query.where('g.gift_id', '=', anyOf(chosen.ids));
  if (chosen.counterId) query = query.where('g.counter_id', '=', chosen.counterId);
  if (chosen.before !== undefined) query = query.where('g.serial', '<', chosen.before);
  const rows = await query.execute();
  return rows.map((row) => ({
    giftId: row.gift_id,
    serial: row.serial,
    number: row.number,
    counterId: row.counter_id,
    boxNumber: row.box_number,
    amountFen: Number(row.amount_fen),
    takenAt: row.taken_at,
    takenBy: row.taken_by,
  }));
}

export async function insertCashGift(
  tx: Writing,
  row: { giftId: Id; counter: CounterRow; boxOpeningId: Id | null; amountFen: number },
): Promise<void> {
  await tx.db
    .insertInto('cash_gift')
    .values({
      gift_id: row.giftId,
      counter_id: row.counter.id,
      area_id: row.counter.areaId,
      box_opening_id: row.boxOpeningId,
      amount_fen: row.amountFen,
      taken_at: tx.now,
      taken_by: tx.actor.accountId!,
    })
    .execute();
}

export interface DepositRow {
  id: Id;
  serial: number;
  number: string;
  counterId: Id;
  amountFen: number;
  slipNumber: string;
  paidInOn: PlainDate;
  madeBy: Id;
  isMet: boolean;
  bankDay: PlainDate | null;
  voidReason: string | null;
}

/** Paying-in slips, newest first; `lock` holds them. */
export async function listDeposits(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; before?: number; limit: number; lock?: boolean },
): Promise<DepositRow[]> {
  if (chosen.lock && chosen.ids)
    await tx.db
      .selectFrom('cash_deposit')
      .select('id')
      .where('id', '=', anyOf(chosen.ids))
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
  const { rows } = await sql<{
    id: Id;
    serial: number;
    number: string;
    counter_id: Id;
    amount_fen: number;
    slip_number: string;
    paid_in_on: PlainDate;
    made_by: Id;
    bank_day: PlainDate | null;
    void_reason: string | null;
  }>`select d.id, d.serial, d.number, d.counter_id, d.amount_fen, d.slip_number, d.paid_in_on, d.made_by,
      cash_deposit_day(d.id) as bank_day, d.void_reason
    from cash_deposit d
    where (${chosen.ids ?? null}::uuid[] is null or d.id = any(${chosen.ids ?? null}::uuid[]))
      and (${chosen.before ?? null}::int is null or d.serial < ${chosen.before ?? null})
    order by d.serial desc limit ${chosen.limit}`.execute(tx.db);
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    counterId: row.counter_id,
    amountFen: row.amount_fen,
    slipNumber: row.slip_number,
    paidInOn: row.paid_in_on,
    madeBy: row.made_by,
    isMet: row.bank_day !== null,
    bankDay: row.bank_day,
    voidReason: row.void_reason,
  }));
}

/** Adds a paying-in slip; false when its number is on record. */
export async function insertDeposit(
  tx: Writing,
  row: { id: Id; counter: CounterRow; amountFen: number; slipNumber: string; paidInOn: PlainDate },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into cash_deposit (id, counter_id, area_id, amount_fen, slip_number, paid_in_on, made_at, made_by)
    values (${row.id}, ${row.counter.id}, ${row.counter.areaId}, ${row.amountFen}, ${row.slipNumber}, ${row.paidInOn},
      ${tx.now}, ${tx.actor.accountId})
    on conflict do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

export async function voidDeposit(tx: Writing, id: Id, reason: string): Promise<void> {
  await tx.db
    .updateTable('cash_deposit')
    .set({ voided_at: tx.now, voided_by: tx.actor.accountId, void_reason: reason })
    .where('id', '=', id)
    .execute();
}

export interface CountRow {
  id: Id;
  counterId: Id;
  expectedFen: number;
  countedFen: number;
  note: string;
  countedAt: Date;
  countedBy: Id;
  confirmedBy: Id | null;
}

/** Counts by id, or the last one of each counter. */
export async function listCounts(
  tx: Scoped,
  chosen: { ids: readonly Id[] } | { counterIds: readonly Id[] },
): Promise<CountRow[]> {
  let query = tx.db.selectFrom('cash_count').selectAll();
  query =
    'ids' in chosen
      ? query.where('id', '=', anyOf(chosen.ids))
      : query
          .distinctOn('counter_id')
          .where('counter_id', '=', anyOf(chosen.counterIds))
          .orderBy('counter_id')
          .orderBy('serial', 'desc');
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    counterId: row.counter_id,
    expectedFen: Number(row.expected_fen),
    countedFen: Number(row.counted_fen),
    note: row.note,
    countedAt: row.counted_at,
    countedBy: row.counted_by,
    confirmedBy: row.confirmed_by,
  }));
}

/** Adds a count; false while one that differs waits for its second person. */
export async function insertCount(
  tx: Writing,
  row: {
    id: Id;
    counter: CounterRow;
    expectedFen: number;
    countedFen: number;
    counted: Record<string, number>;
    note: string;
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id }>`
    insert into cash_count (id, counter_id, area_id, expected_fen, counted, counted_fen, note, counted_at, counted_by)
    values (${row.id}, ${row.counter.id}, ${row.counter.areaId}, ${row.expectedFen}, ${JSON.stringify(row.counted)}::jsonb,
      ${row.countedFen}, ${row.note}, ${tx.now}, ${tx.actor.accountId})
    on conflict do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

export async function confirmCount(tx: Writing, id: Id): Promise<void> {
  await tx.db
    .updateTable('cash_count')
    .set({ confirmed_at: tx.now, confirmed_by: tx.actor.accountId })
    .where('id', '=', id)
    .where('confirmed_by', 'is', null)
    .execute();
}
