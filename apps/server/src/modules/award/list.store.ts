import { dateInShanghai, type Id } from '@wennuan/basics';
import { sql, type Selectable } from 'kysely';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DB } from '../../platform/database/types.ts';

export type ListState = 'proposed' | 'approved' | 'refused' | 'split';
export type Tie = 'declared' | 'household' | 'self';
export type RecusalRole = 'proposer' | 'approver' | 'staff' | 'giver';

/** People proposed together. */
export interface AwardList {
  id: Id;
  number: string;
  serial: number;
  roundId: Id;
  programCode: string;
  areaId: number;
  fundId: Id | null;
  amount: number;
  lineCount: number;
  proposerId: Id;
  proposedAt: Date;
  approvalId: Id;
  setAside: boolean;
  paidOutAt: Date | null;
  state: ListState;
}

function toList(row: Selectable<DB['award_list']>): AwardList {
  return {
    id: row.id,
    number: row.number,
    serial: row.serial,
    roundId: row.round_id,
    programCode: row.program_code,
    areaId: row.area_id,
    fundId: row.fund_id,
    amount: row.amount,
    lineCount: row.line_count,
    proposerId: row.proposer_id,
    proposedAt: row.proposed_at,
    approvalId: row.approval_id,
    setAside: row.set_aside,
    paidOutAt: row.paid_out_at,
    state: row.state as ListState,
  };
}

interface Chosen {
  ids?: readonly Id[];
  state?: ListState | undefined;
  programCode?: string;
  before?: number | undefined;
  limit?: number;
  lock?: true;
}

/** Lists the reader may see, newest first. */
export async function listLists(tx: Scoped, chosen: Chosen): Promise<AwardList[]> {
  let query = tx.db.selectFrom('award_list').selectAll().orderBy('serial', 'desc');
  if (chosen.ids) query = query.where('id', '=', anyOf(chosen.ids));
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.programCode) query = query.where('program_code', '=', chosen.programCode);
  if (chosen.before) query = query.where('serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  return (await query.execute()).map(toList);
}

/** Adds a list and answers its number. */
export async function insertList(
  tx: Writing,
  list: Omit<AwardList, 'number' | 'serial' | 'state' | 'proposedAt' | 'paidOutAt'>,
): Promise<string> {
  const { number } = await tx.db
    .insertInto('award_list')
    .values({
      id: list.id,
      round_id: list.roundId,
      program_code: list.programCode,
      area_id: list.areaId,
      fund_id: list.fundId,
      amount: list.amount,
      line_count: list.lineCount,
      proposer_id: list.proposerId,
      proposed_at: tx.now,
      approval_id: list.approvalId,
      set_aside: list.setAside,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** Moves a list. */
export async function moveList(tx: Writing, listId: Id, state: ListState): Promise<void> {
  await tx.db.updateTable('award_list').set({ state }).where('id', '=', listId).execute();
}

/** Somebody tied to a person, and which roles she holds. */
export interface PersonTie {
  personId: Id;
  accountId: Id;
  tie: Tie;
  roles: readonly string[];
}

/** Notes that the first parts of lists went to payment. */
export async function markPaidOut(tx: Writing, listIds: readonly Id[]): Promise<void> {
  if (listIds.length === 0) return;
  await tx.db
    .updateTable('award_list')
    .set({ paid_out_at: tx.now })
    .where('id', '=', anyOf(listIds))
    .execute();
}

/** Accounts tied to persons today: declared relatives, who shares a household, the persons themselves. */
export async function listTies(tx: Scoped, personIds: readonly Id[]): Promise<PersonTie[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<{ person_id: Id; account_id: Id; tie: Tie; roles: string[] }>`
    select * from tied_accounts(${[...new Set(personIds)]}::uuid[], ${dateInShanghai(tx.now)}::date)`.execute(
    tx.db,
  );
  return rows.map((row) => ({
    personId: row.person_id,
    accountId: row.account_id,
    tie: row.tie,
    roles: row.roles,
  }));
}

export interface Recusal {
  awardId: Id;
  listId: Id | null;
  areaId: number;
  accountId: Id;
  role: RecusalRole;
  tie: Tie;
}

/** Writes down who stood aside. */
export async function insertRecusals(
  tx: Writing,
  newId: () => Id,
  recusals: readonly Recusal[],
): Promise<void> {
  if (recusals.length === 0) return;
  await tx.db
    .insertInto('award_recusal')
    .values(
      recusals.map((one) => ({
        id: newId(),
        at: tx.now,
        award_id: one.awardId,
        list_id: one.listId,
        area_id: one.areaId,
        account_id: one.accountId,
        role: one.role,
        tie: one.tie,
      })),
    )
    .execute();
}

/** Who stood aside for people of a list. */
export async function listRecusals(
  tx: Scoped,
  awardIds: readonly Id[],
): Promise<(Recusal & { at: Date })[]> {
  if (awardIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('award_recusal')
    .selectAll()
    .where('award_id', '=', anyOf(awardIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    awardId: row.award_id,
    listId: row.list_id,
    areaId: row.area_id,
    accountId: row.account_id,
    role: row.role as RecusalRole,
    tie: row.tie as Tie,
    at: row.at,
  }));
}
