import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

export interface StationRow {
  placeId: Id;
  todayOrders: number;
  todayFen: number;
  monthOrders: number;
  monthFen: number;
  openShareFen: number;
  dueShareFen: number;
  lateShareFen: number;
  paidShareFen: number;
  voucherFen: number;
}

/** Figures of every station that ever sold: of today, of this month, and of its 2 %. Federation and system login. */
export async function readStations(
  tx: Scoped,
  days: { today: string; monthStart: string },
): Promise<StationRow[]> {
  const { rows } = await sql<StationRow>`
    with sold as (
      select place_id, count(*) filter (where day = ${days.today}::date)::int as today_orders,
        coalesce(sum(fen) filter (where day = ${days.today}::date), 0)::bigint as today_fen,
        count(*) filter (where day >= ${days.monthStart}::date)::int as month_orders,
        coalesce(sum(fen) filter (where day >= ${days.monthStart}::date), 0)::bigint as month_fen,
        coalesce(sum(voucher_fen) filter (where day >= ${days.monthStart}::date), 0)::bigint as voucher_fen
      from (select place_id, (paid_at at time zone 'Asia/Shanghai')::date as day, goods_fen - refunded_fen as fen,
          voucher_fen from sale_order where paid_at is not null) o
      group by place_id),
    open as (select place_id, sum(amount_fen)::bigint as fen from sale_posting
      where kind = 'share' and batch_id is null and charity_sale_id is null group by place_id),
    settled as (select p.place_id, sum(p.net_fen) filter (where s.share_state = 'due')::bigint as due,
        sum(p.net_fen) filter (where s.share_state = 'due' and s.due_on < ${days.today}::date)::bigint as late,
        sum(p.net_fen) filter (where s.share_state = 'paid')::bigint as paid
      from settlement_place p join settlement s on s.id = p.settlement_id group by p.place_id)
    select sold.place_id as "placeId", today_orders as "todayOrders", today_fen as "todayFen",
      month_orders as "monthOrders", month_fen as "monthFen", voucher_fen as "voucherFen",
      coalesce(open.fen, 0) as "openShareFen", coalesce(settled.due, 0) as "dueShareFen",
      coalesce(settled.late, 0) as "lateShareFen", coalesce(settled.paid, 0) as "paidShareFen"
    from sold left join open using (place_id) left join settled using (place_id)
    order by month_fen desc, sold.place_id`.execute(tx.db);
  return rows;
}

/** A station's month: sums, days, kinds of goods, merchants. System login: it answers sums only. */
export async function readMonth(tx: Scoped, at: { placeId: Id; from: string; until: string }) {
  const within = sql`o.place_id = ${at.placeId} and o.paid_at >= (${at.from}::date)::timestamp at time zone 'Asia/Shanghai'
    and o.paid_at < (${at.until}::date)::timestamp at time zone 'Asia/Shanghai'`;
  const days = await sql<{ day: string; orders: number; goodsFen: number }>`
    select to_char(o.paid_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*)::int as orders,
      sum(o.goods_fen - o.refunded_fen)::bigint as "goodsFen"
    from sale_order o where ${within} group by 1 order by 1`.execute(tx.db);
  const kinds = await sql<{ category: string; goodsFen: number }>`
    select p.category, sum(l.amount_fen - l.refunded_fen)::bigint as "goodsFen"
    from sale_order o join sale_line l on l.order_id = o.id join product_variant v on v.id = l.variant_id
      join product p on p.id = v.product_id
    where ${within} group by 1 order by 2 desc`.execute(tx.db);
  const merchants = await sql<{ merchantId: Id; shareFen: number; voucherFen: number }>`
    select r.merchant_id as "merchantId", sum(r.amount_fen) filter (where r.kind = 'share')::bigint as "shareFen",
      coalesce(sum(r.amount_fen) filter (where r.kind = 'voucher'), 0)::bigint as "voucherFen"
    from sale_order o join sale_part t on t.order_id = o.id join sale_posting r on r.part_id = t.id
    where ${within} and r.charity_sale_id is null group by 1 order by 2 desc`.execute(tx.db);
  const people = await sql<{ people: number }>`
    select count(distinct e.person_id)::int as people from sale_order o join sale_payment y on y.order_id = o.id
      join entitlement e on e.id = y.entitlement_id
    where ${within}`.execute(tx.db);
  return {
    days: days.rows,
    kinds: kinds.rows,
    merchants: merchants.rows,
    voucherPeople: people.rows[0]!.people,
  };
}

/** Months in which a station sold, newest first. System login. */
export async function readMonthsOf(tx: Scoped, placeId: Id): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct to_char(paid_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from sale_order where place_id = ${placeId} and paid_at is not null order by 1 desc`.execute(
    tx.db,
  );
  return rows.map((row) => row.month);
}

/** Settlements of a month at a station: what of it was given. */
export async function readGiven(tx: Scoped, at: { placeId: Id; month: string }) {
  const { rows } = await sql<{ merchantId: Id; state: string; netFen: number; fundId: Id | null }>`
    select s.merchant_id as "merchantId", s.share_state as state, p.net_fen as "netFen", p.fund_id as "fundId"
    from settlement_place p join settlement s on s.id = p.settlement_id join settlement_batch b on b.id = s.batch_id
    where p.place_id = ${at.placeId} and b.month = ${at.month}`.execute(tx.db);
  return rows;
}

export interface StatementRow {
  at: Date;
  number: string;
  placeName: string;
  merchantName: string;
  what: 'sale' | 'refund';
  goodsFen: number;
  shareFen: number;
  voucherFen: number;
}

/** Every sale and refund of a batch's merchant, or of a station in a month, in order of time. */
export async function readStatement(
  tx: Scoped,
  of: { batchId: Id; merchantId: Id } | { placeId: Id; from: string; until: string },
): Promise<StatementRow[]> {
  const where =
    'batchId' in of
      ? sql`p.batch_id = ${of.batchId} and p.merchant_id = ${of.merchantId}`
      : sql`p.place_id = ${of.placeId} and p.at >= (${of.from}::date)::timestamp at time zone 'Asia/Shanghai'
          and p.at < (${of.until}::date)::timestamp at time zone 'Asia/Shanghai'`;
  const { rows } = await sql<StatementRow>`
    select min(p.at) as at, coalesce(f.number, o.number) as number, s.name as "placeName", g.public_name as "merchantName",
      case when p.refund_id is null then 'sale' else 'refund' end as what,
      coalesce(sum(p.goods_fen) filter (where p.kind = 'share'), 0)::bigint as "goodsFen",
      coalesce(sum(p.amount_fen) filter (where p.kind = 'share'), 0)::bigint as "shareFen",
      coalesce(sum(p.amount_fen) filter (where p.kind = 'voucher'), 0)::bigint as "voucherFen"
    from sale_posting p join sale_part t on t.id = p.part_id join sale_order o on o.id = t.order_id
      left join sale_refund f on f.id = p.refund_id join service_point s on s.id = p.place_id
      join organization g on g.id = p.merchant_id
    where ${where}
    group by p.part_id, p.refund_id, f.number, o.number, s.name, g.public_name
    order by 1, 2`.execute(tx.db);
  return rows;
}
