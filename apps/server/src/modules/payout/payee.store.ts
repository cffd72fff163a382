import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import { isChosen } from '../../platform/database/chosen.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { PayeeState } from './payout.ts';

export interface PayeeRow {
  id: Id;
  serial: number;
  ownerKind: 'organization' | 'person';
  ownerId: Id;
  holderSealed: Buffer;
  numberSealed: Buffer;
  numberTail: string;
  numberHash: Buffer;
  bank: string;
  state: PayeeState;
  approvalId: Id;
  enteredBy: Id;
  enteredAt: Date;
}

interface Chosen {
  ids?: readonly Id[];
  ownerIds?: readonly Id[];
  approvalIds?: readonly Id[];
  state?: PayeeState;
  before?: { waits: number; serial: number };
  limit?: number;
  lock?: boolean;
}

/** Those that wait for a signature first. */
const waits = sql<number>`case state when 'proposed' then 1 else 0 end`;

/** Bank accounts on file, those that wait first, then newest first; `lock` holds them in order of id. */
export async function listPayees(
  tx: Scoped,
  chosen: Chosen,
): Promise<(PayeeRow & { waits: number })[]> {
  const { ids, ownerIds, approvalIds, state } = chosen;
  let query = tx.db
    .selectFrom('payee_account')
    .selectAll()
    .select(waits.as('waits'))
    .where(isChosen({ id: ids, owner_id: ownerIds, approval_id: approvalIds, state }));
  query = chosen.lock
    ? query.orderBy('id').forNoKeyUpdate()
    : query.orderBy(waits, 'desc').orderBy('serial', 'desc');
  if (chosen.before)
    query = query.where(
      sql<boolean>`(${waits}, serial) < (${chosen.before.waits}, ${chosen.before.serial})`,
    );
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    ownerKind: row.owner_kind as PayeeRow['ownerKind'],
    ownerId: row.owner_id,
    holderSealed: row.holder_sealed,
    numberSealed: row.number_sealed,
    numberTail: row.number_tail,
    numberHash: row.number_hash,
    bank: row.bank,
    state: row.state as PayeeState,
    approvalId: row.approval_id,
    enteredBy: row.entered_by,
    enteredAt: row.entered_at,
    waits: row.waits,
  }));
}

export async function insertPayees(
  tx: Writing,
  rows: readonly Omit<PayeeRow, 'serial' | 'state' | 'enteredAt' | 'enteredBy'>[],
): Promise<void> {
  await tx.db
    .insertInto('payee_account')
    .values(
      rows.map((row) => ({
        id: row.id,
        owner_kind: row.ownerKind,
        owner_id: row.ownerId,
        holder_sealed: row.holderSealed,
        number_sealed: row.numberSealed,
        number_tail: row.numberTail,
        number_hash: row.numberHash,
        bank: row.bank,
        approval_id: row.approvalId,
        entered_by: tx.actor.accountId!,
        entered_at: tx.now,
      })),
    )
    .execute();
}

export async function movePayees(
  tx: Writing,
  ids: readonly Id[],
  state: PayeeState,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.updateTable('payee_account').set({ state }).where('id', '=', anyOf(ids)).execute();
}

/** How many other payees have each number on file, by the number's hash in hexadecimal. */
export async function countOwners(
  tx: Scoped,
  hashes: readonly Buffer[],
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await sql<{ hash: string; owners: number }>`
    select encode(number_hash, 'hex') as hash, count(distinct owner_id)::int as owners
    from payee_account
    where number_hash = any(${hashes.map((hash) => `\\x${hash.toString('hex')}`)}::bytea[])
      and state in ('proposed', 'signed')
    group by 1`.execute(tx.db);
  return new Map(rows.map((row) => [row.hash, row.owners]));
}

/** Of payees, those whose account two people signed. Staff, federation and system logins. */
export async function findSigned(tx: Scoped, ownerIds: readonly Id[]): Promise<Set<Id>> {
  if (ownerIds.length === 0) return new Set();
  const { rows } = await sql<{ owner_id: Id }>`
    select owner_id from signed_payees(${[...new Set(ownerIds)]}::uuid[])`.execute(tx.db);
  return new Set(rows.map((row) => row.owner_id));
}
