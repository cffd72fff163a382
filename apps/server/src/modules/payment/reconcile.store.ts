import type { Id, PlainDate } from '@wennuan/basics';
import { sql, type RawBuilder } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** What one side says of a payment; null when it says nothing. */
export interface SideWord {
  amountFen: number;
  refundedFen: number;
  feeFen: number | null;
  file: string | null;
  line: number | null;
}

export interface DifferenceRow {
  paymentId: Id;
  orderNumber: string;
  day: PlainDate;
  kinds: string[];
  platform: SideWord | null;
  bill: SideWord | null;
  ledger: SideWord | null;
  note: string | null;
  notedBy: Id | null;
}

export interface SideSums {
  count: number;
  grossFen: number;
  refundedFen: number;
  feesFen: number;
}

export interface DaySums {
  day: PlainDate;
  platform: SideSums;
  bill: SideSums;
  ledger: SideSums;
  differences: number;
  explained: number;
}

/** Which payments are compared: those of some days, or these. */
export type Compared = { from: PlainDate; until: PlainDate } | { ids: readonly Id[] };

/**
 * Payments beside what each side says of them. The ledger's word is read from its own transfers, not from
 * what was noted about them. A side is expected to know a payment when one of its statements covers the day.
 */
function compared(which: Compared): RawBuilder<unknown> {
  const chosen =
    'ids' in which
      ? sql`p.id = any(${which.ids}::uuid[])`
      : sql`p.paid_at >= (${which.from}::date)::timestamp at time zone 'Asia/Shanghai'
          and p.paid_at < (${which.until}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;
  return sql`with chosen as materialized (
      select p.*, (p.paid_at at time zone 'Asia/Shanghai')::date as day from gift_payment p
      where p.state = 'paid' and p.channel in ('platform', 'wechat', 'alipay') and ${chosen}
    ), postings as materialized (
      select transfer_id, id as payment_id, 'gift' as kind from chosen where transfer_id is not null
      union all
      select g.transfer_id, coalesce(g.payment_id, r.payment_id), g.kind
      from gift_posting g left join gift_refund r on r.id = g.refund_id
      where coalesce(g.payment_id, r.payment_id) in (select id from chosen)
        and g.kind in ('fee', 'refund', 'fee_returned', 'fee_made_good')
    ), booked as (
      select g.payment_id,
        (sum(t.amount) filter (where g.kind = 'gift'))::bigint as amount_fen,
        coalesce(sum(t.amount) filter (where g.kind in ('refund', 'fee_returned')), 0)::bigint as refunded_fen,
        coalesce(sum(t.amount) filter (where g.kind = 'fee'), 0)::bigint as fee_fen,
        coalesce(sum(t.amount) filter (where g.kind in ('fee_returned', 'fee_made_good')), 0)::bigint as returned_fen
      from postings g
      join ledger_transfers((select array_agg(transfer_id) from postings)) t on t.id = g.transfer_id
      group by g.payment_id
    ), covered as (
      select d.day,
        exists (select 1 from payment_statement s where s.kind = 'platform' and s.state = 'imported'
          and d.day between s.from_on and s.until_on) as by_platform,
        exists (select 1 from payment_statement s where s.kind = 'wechat' and s.state = 'imported'
          and d.day between s.from_on and s.until_on) as by_bill,
        exists (select 1 from payment_statement s where s.kind = 'alipay' and s.state = 'imported'
          and d.day between s.from_on and s.until_on) as by_alipay
      from (select distinct day from chosen) d
    ), side as (
      select c.id, c.order_number, c.day, c.note, c.noted_by, c.fee_returned_fen,
        w.amount_fen as p_amount, w.refunded_fen as p_refunded, w.fee_fen as p_fee,
        w.statement_id as p_statement, w.line as p_line,
        b.amount_fen as b_amount, b.refunded_fen as b_refunded, b.fee_fen as b_fee,
        b.statement_id as b_statement, b.line as b_line,
        l.amount_fen as l_amount, l.refunded_fen as l_refunded, l.fee_fen as l_fee,
        l.returned_fen as l_returned,
        c.channel <> 'alipay' and not c.begun_here and v.by_platform as wants_platform,
        case when c.channel = 'alipay' then v.by_alipay else v.by_bill end as wants_bill
      from chosen c
      join covered v on v.day = c.day
      left join gift_payment_word w on w.payment_id = c.id and w.side = 'platform'
      left join gift_payment_word b on b.payment_id = c.id and b.side = 'bill'
      left join booked l on l.payment_id = c.id
    ), judged as materialized (
      select *, array_remove(array[
        case when wants_platform and p_amount is null then 'missing_in_platform' end,
        case when wants_bill and b_amount is null then 'missing_in_bill' end,
        case when l_amount is null then 'missing_in_ledger' end,
        case when coalesce(p_amount <> b_amount, false) or coalesce(p_amount <> l_amount, false)
          or coalesce(b_amount <> l_amount, false) then 'amount_differs' end,
        case when coalesce(p_refunded <> b_refunded, false) or coalesce(p_refunded <> l_refunded, false)
          or coalesce(b_refunded <> l_refunded, false) then 'state_differs' end,
        case when coalesce(p_fee <> b_fee, false)
          or coalesce(coalesce(b_fee, p_fee) <> l_fee, false) then 'fee_differs' end
      ], null) as kinds from side
    )`;
}

interface SumColumns {
  day: PlainDate;
  [sum: string]: number | PlainDate;
}

/**
 * Compares with hash joins only: right after an import the planner has no figures about the new rows, and
 * would walk through all of one side for each row of another.
 */
async function comparing<Row>(tx: Scoped, query: RawBuilder<Row>): Promise<Row[]> {
  await sql`set local enable_nestloop = off`.execute(tx.db);
  const { rows } = await query.execute(tx.db);
  await sql`set local enable_nestloop = on`.execute(tx.db);
  return rows;
}

/** Sums of each side by day, with how many payments differ and how many of those are explained. */
export async function sumDays(tx: Scoped, which: Compared): Promise<DaySums[]> {
  const rows = await comparing(
    tx,
    sql<SumColumns>`${compared(which)}
    select day,
      count(p_amount)::int as p_count, coalesce(sum(p_amount), 0)::bigint as p_gross,
      coalesce(sum(p_refunded), 0)::bigint as p_refunded,
      coalesce(sum(p_fee - case when p_refunded > 0 then fee_returned_fen else 0 end), 0)::bigint as p_fees,
      count(b_amount)::int as b_count, coalesce(sum(b_amount), 0)::bigint as b_gross,
      coalesce(sum(b_refunded), 0)::bigint as b_refunded,
      coalesce(sum(b_fee - case when b_refunded > 0 then fee_returned_fen else 0 end), 0)::bigint as b_fees,
      count(l_amount)::int as l_count, coalesce(sum(l_amount), 0)::bigint as l_gross,
      coalesce(sum(l_refunded), 0)::bigint as l_refunded,
      coalesce(sum(l_fee - l_returned), 0)::bigint as l_fees,
      (count(*) filter (where kinds <> '{}'))::int as differences,
      (count(*) filter (where kinds <> '{}' and note is not null))::int as explained
    from judged group by day order by day`,
  );
  const sideOf = (row: SumColumns, side: 'p' | 'b' | 'l'): SideSums => ({
    count: Number(row[`${side}_count`]),
    grossFen: Number(row[`${side}_gross`]),
    refundedFen: Number(row[`${side}_refunded`]),
    feesFen: Number(row[`${side}_fees`]),
  });
  return rows.map((row) => ({
    day: row.day,
    platform: sideOf(row, 'p'),
    bill: sideOf(row, 'b'),
    ledger: sideOf(row, 'l'),
    differences: Number(row['differences']),
    explained: Number(row['explained']),
  }));
}

interface DifferenceColumns {
  id: Id;
  order_number: string;
  day: PlainDate;
  kinds: string[];
  note: string | null;
  noted_by: Id | null;
  p_amount: number | null;
  p_refunded: number;
  p_fee: number | null;
  p_file: string | null;
  p_line: number | null;
  b_amount: number | null;
  b_refunded: number;
  b_fee: number | null;
  b_file: string | null;
  b_line: number | null;
  l_amount: number | null;
  l_refunded: number;
  l_fee: number | null;
}

/** Payments of which the sides do not say the same, those nobody has explained first. */
export async function listDifferences(
  tx: Scoped,
  which: Compared,
  limit: number,
): Promise<DifferenceRow[]> {
  const rows = await comparing(
    tx,
    sql<DifferenceColumns>`${compared(which)}
    select j.id, j.order_number, j.day, j.kinds, j.note, j.noted_by, p_amount, p_refunded, p_fee,
      ps.name as p_file, p_line, b_amount, b_refunded, b_fee, bs.name as b_file, b_line,
      l_amount, l_refunded, l_fee
    from judged j
    left join payment_statement ps on ps.id = j.p_statement
    left join payment_statement bs on bs.id = j.b_statement
    where j.kinds <> '{}'
    order by j.note is not null, j.day, j.order_number limit ${limit}`,
  );
  return rows.map((row) => ({
    paymentId: row.id,
    orderNumber: row.order_number,
    day: row.day,
    kinds: row.kinds,
    platform: wordOf(row.p_amount, row.p_refunded, {
      fee: row.p_fee,
      file: row.p_file,
      line: row.p_line,
    }),
    bill: wordOf(row.b_amount, row.b_refunded, {
      fee: row.b_fee,
      file: row.b_file,
      line: row.b_line,
    }),
    ledger: wordOf(row.l_amount, row.l_refunded, { fee: row.l_fee, file: null, line: null }),
    note: row.note,
    notedBy: row.noted_by,
  }));
}

function wordOf(
  amountFen: number | null,
  refundedFen: number,
  rest: { fee: number | null; file: string | null; line: number | null },
): SideWord | null {
  if (amountFen === null) return null;
  return { amountFen, refundedFen, feeFen: rest.fee, file: rest.file, line: rest.line };
}

/** The last day on which a payment of a channel with statements came in. */
export async function lastPaidDay(tx: Scoped): Promise<PlainDate | null> {
  const { rows } = await sql<{ day: PlainDate | null }>`
    select (max(paid_at) at time zone 'Asia/Shanghai')::date as day from gift_payment
    where state = 'paid' and channel in ('platform', 'wechat', 'alipay')`.execute(tx.db);
  return rows[0]!.day;
}

/** Writes down what is known about a difference; false when there is no such payment. */
export async function notePayment(tx: Writing, id: Id, note: string): Promise<boolean> {
  const done = await tx.db
    .updateTable('gift_payment')
    .set({ note, noted_by: tx.actor.accountId })
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}
