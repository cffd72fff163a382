import { instantInShanghai, addDays, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import type { SubjectKind } from './disclosure.ts';

export type Figures = z.output<typeof shapes.reportFigures>;

interface Asked {
  subjectKind: SubjectKind;
  subjectId: Id;
  from: PlainDate;
  until: PlainDate;
}

const USES_SHOWN = 12;

/**
 * Figures of a campaign, a fund or the whole charity in a span of days, as the books have them now. Aid to persons is
 * one use of all together, and named only where at least five persons share it. System login.
 */
export async function readFigures(tx: Scoped, asked: Asked): Promise<Figures> {
  const [from, until] = [instantInShanghai(asked.from), instantInShanghai(addDays(asked.until, 1))];
  const gifts = giftsOf(asked);
  const back = accountsOf(asked);
  const payments = paymentsOf(asked);
  const books = booksOf(asked);
  const sums = await sql<Sums>`
    select
      (select coalesce(sum(g.amount_fen), 0)::bigint from gift g where ${gifts} and g.at >= ${from} and g.at < ${until}) as in_fen,
      (select count(*)::int from gift g where ${gifts} and g.at >= ${from} and g.at < ${until}) as gifts,
      (select coalesce(sum(g.amount_fen), 0)::bigint from gift g where ${gifts} and g.at < ${until}) as total_in_fen,
      (select coalesce(sum(b.amount_fen), 0)::bigint from gifts_returned(${back}, ${from}, ${until}) b) as back_fen,
      (select coalesce(sum(b.amount_fen), 0)::bigint from gifts_returned(${back}, to_timestamp(0), ${until}) b) as total_back_fen,
      (select coalesce(sum(p.amount_fen), 0)::bigint from payment p where ${payments} and p.at >= ${from} and p.at < ${until}) as out_fen,
      (select coalesce(sum(p.amount_fen), 0)::bigint from payment p where ${payments} and p.at < ${until}) as total_out_fen,
      (select coalesce(sum(m.in_fen), 0)::bigint from moved_otherwise(${books}, ${from}, ${until}) m) as other_in_fen,
      (select coalesce(sum(m.out_fen), 0)::bigint from moved_otherwise(${books}, ${from}, ${until}) m) as other_out_fen,
      (select coalesce(sum(m.in_fen), 0)::bigint from moved_otherwise(${books}, to_timestamp(0), ${until}) m) as total_other_in_fen,
      (select coalesce(sum(m.out_fen), 0)::bigint from moved_otherwise(${books}, to_timestamp(0), ${until}) m) as total_other_out_fen`.execute(
    tx.db,
  );
  const row = sums.rows[0]!;
  const [otherInFen, otherOutFen] = [Number(row.other_in_fen), Number(row.other_out_fen)];
  // What went back to its giver was not raised.
  const totalInFen =
    Number(row.total_in_fen) - Number(row.total_back_fen) + Number(row.total_other_in_fen);
  const totalOutFen = Number(row.total_out_fen) + Number(row.total_other_out_fen);
  return {
    asOf: tx.now.toISOString(),
    from: asked.from,
    until: asked.until,
    inFen: Number(row.in_fen) - Number(row.back_fen) + otherInFen,
    outFen: Number(row.out_fen) + otherOutFen,
    otherInFen,
    otherOutFen,
    gifts: row.gifts,
    totalInFen,
    totalOutFen,
    balanceFen: totalInFen - totalOutFen,
    byMonth: await readMonths(tx, { gifts, back, books, payments, from, until }),
    uses: await readUses(tx, { payments, from, until }),
  };
}

interface Sums {
  in_fen: number;
  gifts: number;
  total_in_fen: number;
  back_fen: number;
  total_back_fen: number;
  out_fen: number;
  total_out_fen: number;
  other_in_fen: number;
  other_out_fen: number;
  total_other_in_fen: number;
  total_other_out_fen: number;
}

type Part = ReturnType<typeof sql<boolean>>;

function giftsOf({ subjectKind, subjectId }: Asked): Part {
  // What came under a project's number before it was attached is the campaign's too.
  if (subjectKind === 'campaign')
    return sql<boolean>`(g.campaign_id = ${subjectId}::uuid or g.target_id in (
      select j.id from platform_project j where j.campaign_id = ${subjectId}::uuid))`;
  if (subjectKind === 'fund') return sql<boolean>`g.target_id = ${subjectId}::uuid`;
  // What was given straight to a person is recorded and in no total.
  return sql<boolean>`g.legal_form <> 'direct_gift'`;
}

function paymentsOf({ subjectKind, subjectId }: Asked): Part {
  if (subjectKind === 'campaign')
    return sql<boolean>`(p.source_id = ${subjectId}::uuid
      or p.source_id in (select i.id from campaign_item i where i.campaign_id = ${subjectId}::uuid))`;
  if (subjectKind === 'fund') return sql<boolean>`p.source_id = ${subjectId}::uuid`;
  return sql<boolean>`true`;
}

/** The accounts whose returned gifts count; all of them for the whole charity. */
function accountsOf({ subjectKind, subjectId }: Asked): Part {
  if (subjectKind === 'campaign')
    return sql`(select array_agg(a.id) from (select ${subjectId}::uuid as id union all
      select i.id from campaign_item i where i.campaign_id = ${subjectId}::uuid) a)`;
  if (subjectKind === 'fund') return sql`array[${subjectId}::uuid]`;
  return sql`null::uuid[]`;
}

/** All inner accounts of it: of a campaign its items, projects and what is set aside for persons too. */
function booksOf({ subjectKind, subjectId }: Asked): Part {
  if (subjectKind === 'charity')
    return sql`(select array_agg(p.account_id) from account_purpose p
      where p.kind in ('fund', 'campaign', 'item', 'aid_pot', 'matching_pot'))`;
  const own =
    subjectKind === 'campaign'
      ? sql`select ${subjectId}::uuid as id union all
          select i.id from campaign_item i where i.campaign_id = ${subjectId}::uuid union all
          select j.id from platform_project j where j.campaign_id = ${subjectId}::uuid`
      : sql`select ${subjectId}::uuid as id`;
  return sql`(with own as (${own}) select array_agg(a.id) from (select id from own union all
    select p.account_id from account_purpose p join own on own.id = p.subject_id where p.kind = 'aid_pot') a)`;
}

interface Within {
  payments: Part;
  from: Date;
  until: Date;
}

async function readMonths(
  tx: Scoped,
  { gifts, back, books, payments, from, until }: Within & { gifts: Part; back: Part; books: Part },
): Promise<Figures['byMonth']> {
  const { rows } = await sql<{ month: string; in_fen: number; out_fen: number }>`
    select month, sum(in_fen)::bigint as in_fen, sum(out_fen)::bigint as out_fen from (
      select to_char(g.at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, g.amount_fen as in_fen, 0 as out_fen
        from gift g where ${gifts} and g.at >= ${from} and g.at < ${until}
      union all
      select to_char(b.day, 'YYYY-MM'), -b.amount_fen, 0 from gifts_returned(${back}, ${from}, ${until}) b
      union all
      select to_char(m.day, 'YYYY-MM'), m.in_fen, m.out_fen from moved_otherwise(${books}, ${from}, ${until}) m
      union all
      select to_char(p.at at time zone 'Asia/Shanghai', 'YYYY-MM'), 0, p.amount_fen
        from payment p where ${payments} and p.at >= ${from} and p.at < ${until}
    ) as moved group by 1 order by 1`.execute(tx.db);
  return rows.map((row) => ({
    month: row.month,
    inFen: Number(row.in_fen),
    outFen: Number(row.out_fen),
  }));
}

async function readUses(tx: Scoped, { payments, from, until }: Within): Promise<Figures['uses']> {
  const { rows } = await sql<{ label: string; amount_fen: number; number: string | null }>`
    with paid as (select p.* from payment p where ${payments} and p.at >= ${from} and p.at < ${until}),
    persons as (select count(distinct payee_id) >= 5 as enough from paid where payee_kind = 'person')
    select case when p.payee_kind = 'person' then case when persons.enough then '救助困难居民' else '其他' end
        else coalesce(p.public_payee, '其他') end as label,
      sum(p.amount_fen)::bigint as amount_fen,
      case when count(*) = 1 and min(p.payee_kind) = 'organization' then min(p.number) end as number
    from paid p cross join persons group by 1 order by 2 desc limit ${USES_SHOWN}`.execute(tx.db);
  return rows.map((row) => ({
    label: row.label,
    amountFen: Number(row.amount_fen),
    link: row.number === null ? null : `/payments/${row.number}`,
  }));
}
