import type { Id } from '@wennuan/basics';
import { traceHop, type TraceCursor } from '@wennuan/ledger';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** A payment with what a message to its givers says. */
export interface PaidOut {
  id: Id;
  number: string;
  sourceId: Id;
  payeeKind: 'organization' | 'person';
  publicPayee: string | null;
  transferIds: Id[];
}

/** Payments by their numbers. System login. */
export async function paidByNumber(tx: Scoped, numbers: readonly string[]): Promise<PaidOut[]> {
  if (numbers.length === 0) return [];
  const rows = await tx.db
    .selectFrom('payment')
    .select(['id', 'number', 'source_id', 'payee_kind', 'public_payee', 'transfer_ids'])
    .where('number', 'in', numbers)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    sourceId: row.source_id,
    payeeKind: row.payee_kind as PaidOut['payeeKind'],
    publicPayee: row.public_payee,
    transferIds: row.transfer_ids,
  }));
}

/** A person is paid out of a pot, which is one movement more than for an organisation. */
const HOPS = 4;
const ENTRIES_AT_ONCE = 500;

/** The gifts that paid transfers and how much of each, as far as three movements back and no more than `most`. */
export async function payersOf(
  tx: Scoped,
  transferIds: readonly Id[],
  most: number,
): Promise<Map<Id, number>> {
  const gifts = new Map<Id, number>();
  for (let hop = 1; hop <= HOPS; hop += 1) {
    let after: TraceCursor | undefined;
    do {
      const opened = await traceHop(tx.sql, {
        start: { transferIds },
        direction: 'backward',
        hop,
        limit: ENTRIES_AT_ONCE,
        ...(after && { after }),
      });
      for (const { transfer, share } of opened.entries)
        if (transfer.document.kind === 'gift')
          gifts.set(
            transfer.document.id,
            (gifts.get(transfer.document.id) ?? 0) + Math.round(share),
          );
      after = opened.next ?? undefined;
    } while (after && gifts.size < most);
  }
  return gifts;
}

/** Payments of at least an amount since a moment, by number; whom they were paid to is not told. System login. */
export async function largePayments(
  tx: Scoped,
  asked: { fromFen: number; since: Date },
): Promise<{ number: string; amountFen: number; at: Date }[]> {
  const rows = await tx.db
    .selectFrom('payment')
    .select(['number', 'amount_fen', 'at'])
    .where('amount_fen', '>=', asked.fromFen)
    .where('at', '>=', asked.since)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ ...row, amountFen: Number(row.amount_fen) }));
}

/** Special funds with the day they were set up, for what must be disclosed about them. */
export async function specialFunds(
  tx: Scoped,
): Promise<{ id: Id; code: string; name: string; createdAt: Date }[]> {
  const rows = await tx.db
    .selectFrom('fund')
    .select(['id', 'code', 'name', 'created_at'])
    .where('kind', '=', 'special')
    .orderBy('serial')
    .execute();
  return rows.map(({ created_at: createdAt, ...row }) => ({ ...row, createdAt }));
}

/** What accounts paid to organisations, by payee, the most first. Persons are in no row of it. */
export async function paidTo(
  tx: Scoped,
  sourceIds: readonly Id[],
): Promise<{ payee: string; amountFen: number; payments: number }[]> {
  const { rows } = await sql<{ payee: string; fen: number; payments: number }>`
    select public_payee as payee, sum(amount_fen)::bigint as fen, count(*)::int as payments from payment
    where source_id = any(${sourceIds}::uuid[]) and payee_kind = 'organization'
    group by public_payee order by 2 desc, 1`.execute(tx.db);
  return rows.map(({ payee, fen, payments }) => ({ payee, amountFen: Number(fen), payments }));
}
