import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export type MatchKind =
  | 'payment'
  | 'batch'
  | 'gift'
  | 'return'
  | 'settlement'
  | 'deposit'
  | 'unknown'
  | 'interest'
  | 'fee'
  | 'bounced';

export interface BankLineRow {
  id: Id;
  serial: number;
  day: PlainDate;
  inFen: number;
  outFen: number;
  balanceFen: number | null;
  reference: string;
  statementId: Id;
  counterpartySealed: Buffer | null;
  noteSealed: Buffer | null;
  matchedKind: MatchKind | null;
  matchedNote: string | null;
  transferId: Id | null;
}

interface Chosen {
  ids?: readonly Id[];
  from?: PlainDate;
  until?: PlainDate;
  unmatched?: boolean;
  before?: number;
  limit?: number;
  lock?: boolean;
}

/** Lines of the bank's statements, newest first; `lock` holds them in order of id. */
export async function listBankLines(tx: Scoped, chosen: Chosen): Promise<BankLineRow[]> {
  let query = tx.db.selectFrom('bank_line').selectAll();
  query = chosen.lock ? query.orderBy('id').forNoKeyUpdate() : query.orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', sql<Id>`any(${chosen.ids}::uuid[])`);
  if (chosen.from) query = query.where('day', '>=', chosen.from);
  if (chosen.until) query = query.where('day', '<', chosen.until);
  if (chosen.unmatched) query = query.where('matched_kind', 'is', null);
  if (chosen.before !== undefined) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: Number(row.serial),
    day: row.day,
    inFen: Number(row.in_fen),
    outFen: Number(row.out_fen),
    balanceFen: row.balance_fen === null ? null : Number(row.balance_fen),
    reference: row.reference,
    statementId: row.statement_id,
    counterpartySealed: row.counterparty_sealed,
    noteSealed: row.note_sealed,
    matchedKind: row.matched_kind as MatchKind | null,
    matchedNote: row.matched_note,
    transferId: row.transfer_id,
  }));
}

export interface NewBankLine {
  id: Id;
  day: PlainDate;
  inFen: number;
  outFen: number;
  balanceFen: number | null;
  reference: string;
  counterpartySealed: Buffer | null;
  noteSealed: Buffer | null;
}

/** Adds a statement and those of its lines that are new; answers their ids, or null for a file seen before. */
export async function insertStatement(
  tx: Writing,
  statement: { id: Id; name: string; sha256: Buffer },
  lines: readonly NewBankLine[],
): Promise<Id[] | null> {
  const added = await tx.db
    .insertInto('bank_statement')
    .values({
      ...statement,
      lines: lines.length,
      imported_at: tx.now,
      imported_by: tx.actor.accountId!,
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return null;
  const rows = await tx.db
    .insertInto('bank_line')
    .values(
      lines.map((line) => ({
        id: line.id,
        statement_id: statement.id,
        day: line.day,
        in_fen: line.inFen,
        out_fen: line.outFen,
        balance_fen: line.balanceFen,
        reference: line.reference,
        counterparty_sealed: line.counterpartySealed,
        note_sealed: line.noteSealed,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Says what lines are. */
export async function markMatched(
  tx: Writing,
  rows: readonly {
    id: Id;
    kind: MatchKind;
    note: string;
    accountId?: Id | null;
    transferId?: Id | null;
    bookedOn?: PlainDate | null;
  }[],
): Promise<void> {
  for (const row of rows)
    await tx.db
      .updateTable('bank_line')
      .set({
        matched_kind: row.kind,
        matched_note: row.note || null,
        matched_at: tx.now,
        matched_by: tx.actor.accountId,
        account_id: row.accountId ?? null,
        transfer_id: row.transferId ?? null,
        booked_on: row.bookedOn ?? null,
      })
      .where('id', '=', row.id)
      .execute();
}

export async function unmark(tx: Writing, id: Id): Promise<void> {
  await tx.db.deleteFrom('bank_match').where('bank_line_id', '=', id).execute();
  await tx.db
    .updateTable('bank_line')
    .set({
      matched_kind: null,
      matched_note: null,
      matched_at: null,
      matched_by: null,
      account_id: null,
      booked_on: null,
    })
    .where('id', '=', id)
    .execute();
}

export type EntryKind = 'payment' | 'gift' | 'return' | 'deposit';

/** Ties entries of the books to a line of the bank; an entry that has one is a unique violation. */
export async function insertMatches(
  tx: Writing,
  rows: readonly { kind: EntryKind; entryId: Id; bankLineId: Id }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('bank_match')
    .values(
      rows.map((row) => ({
        entry_kind: row.kind,
        entry_id: row.entryId,
        bank_line_id: row.bankLineId,
      })),
    )
    .execute();
}

/** What the books say went over the bank and no line of its statement says yet. */
export interface OpenEntry {
  kind: EntryKind;
  id: Id;
  day: PlainDate;
  inFen: number;
  outFen: number;
  number: string;
  label: string;
  reference: string;
  /** The batch a payment was sent in. */
  batchId: Id | null;
}

/** Entries over the bank that are not matched, booked before a day; the oldest first. */
export async function listOpenEntries(tx: Scoped, until: PlainDate): Promise<OpenEntry[]> {
  const { rows } = await sql<{
    kind: EntryKind;
    id: Id;
    day: PlainDate;
    in_fen: number;
    out_fen: number;
    number: string;
    label: string;
    reference: string;
    batch_id: Id | null;
  }>`
    select e.* from (
      select 'payment' as kind, p.id, p.booked_on as day, 0::bigint as in_fen, p.amount_fen as out_fen,
        p.number, coalesce(p.public_payee, '') as label, p.bank_reference as reference,
        (select b.batch_id from payment_batch_line b where b.line_id = p.line_id and b.state = 'confirmed') as batch_id
      from payment p
      union all
      select 'gift', g.id, coalesce(g.booked_on, (g.at at time zone 'Asia/Shanghai')::date), g.amount_fen, 0,
        'JZ-' || lpad(g.serial::text, 8, '0'), coalesce(g.public_name, ''), coalesce(g.bank_reference, ''), null
      from gift g
      where g.legal_form = 'agreed_gift' or exists (
        select 1 from gift_payment y where y.id = g.id and y.channel = 'bank')
      union all
      select 'return', r.id, r.booked_on, 0, r.amount_fen, r.number, r.gift_number, coalesce(r.bank_reference, ''),
        null
      from gift_return r join gift g on g.id = r.gift_id
      where r.state = 'done' and r.refund_state is distinct from 'done' and (g.legal_form = 'agreed_gift' or exists (
        select 1 from gift_payment y where y.id = g.id and y.channel in ('bank', 'cash', 'box')))
      union all
      select 'return', k.bank_line_id, k.returned_on, 0, k.amount_fen, l.reference, '待查来款退回', '', null
      from bank_credit k join bank_line l on l.id = k.bank_line_id where k.state = 'returned'
      union all
      select 'deposit', d.id, d.paid_in_on, d.amount_fen, 0, d.number, c.name, d.slip_number, null
      from cash_deposit d join cash_counter c on c.id = d.counter_id where d.voided_at is null
      union all
      -- A merchant's share of its sales is its gift.
      select 'gift', s.id, s.paid_on, s.share_fen, 0, s.number, o.name, s.bank_reference, null
      from settlement s join organization o on o.id = s.merchant_id where s.share_state = 'paid' and s.share_fen > 0
      union all
      -- What a charity sale brought, in the federation's own account.
      select 'gift', r.id, r.paid_on, r.amount_fen, 0, y.number, y.name, r.bank_reference, null
      from proceeds_receipt r join charity_sale y on y.id = r.sale_id
      union all
      -- One that was settled before parts were noted.
      select 'gift', r.sale_id, r.paid_on, r.net_fen, 0, r.number, y.name, r.bank_reference, null
      from proceeds_settlement r join charity_sale y on y.id = r.sale_id
      where not exists (select from proceeds_receipt e where e.sale_id = r.sale_id)
    ) as e
    where e.day < ${until}
      and not exists (select 1 from bank_match m where m.entry_kind = e.kind and m.entry_id = e.id)
    order by e.day, e.id limit 5000`.execute(tx.db);
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    day: row.day,
    inFen: Number(row.in_fen),
    outFen: Number(row.out_fen),
    number: row.number,
    label: row.label,
    reference: row.reference,
    batchId: row.batch_id,
  }));
}

/** What was matched in a span of days, counted and summed. */
export async function sumMatched(
  tx: Scoped,
  from: PlainDate,
  until: PlainDate,
): Promise<{ count: number; inFen: number; outFen: number }> {
  const { rows } = await sql<{ count: number; in_fen: number; out_fen: number }>`
    select count(*)::int as count, coalesce(sum(in_fen), 0)::bigint as in_fen,
      coalesce(sum(out_fen), 0)::bigint as out_fen
    from bank_line where matched_kind is not null and day >= ${from} and day < ${until}`.execute(
    tx.db,
  );
  const row = rows[0]!;
  return { count: row.count, inFen: Number(row.in_fen), outFen: Number(row.out_fen) };
}

/** The bank's balance after the last line before a day; null while no statement says it. */
export async function readBankBalance(tx: Scoped, until: PlainDate): Promise<number | null> {
  const row = await tx.db
    .selectFrom('bank_line')
    .select('balance_fen')
    .where('day', '<', until)
    .where('balance_fen', 'is not', null)
    .orderBy('day', 'desc')
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.balance_fen) : null;
}

/** Channels givers pay over, by name. */
export async function listChannels(tx: Scoped): Promise<{ accountId: Id; label: string }[]> {
  const rows = await tx.db
    .selectFrom('account_purpose')
    .select(['account_id', 'label'])
    .where('kind', '=', 'channel')
    .orderBy('label')
    .execute();
  return rows.map((row) => ({ accountId: row.account_id, label: row.label }));
}
