import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export interface BudgetLineRow {
  id: Id;
  serial: number;
  accountId: Id;
  name: string;
  plannedFen: number;
  /** What proposals that were not refused or withdrawn ask of it, paid or not. */
  boundFen: number;
  /** Agreed to and not yet paid. */
  committedFen: number;
  spentFen: number;
}

/** Budget lines in the order they were planned, with what became of them. */
export async function listBudgetLines(
  tx: Scoped,
  chosen: { ids?: readonly Id[]; accountIds?: readonly Id[] },
): Promise<BudgetLineRow[]> {
  const { rows } = await sql<{
    id: Id;
    serial: number;
    account_id: Id;
    name: string;
    planned_fen: number;
    bound_fen: number;
    committed_fen: number;
    spent_fen: number;
  }>`
    select b.id, b.serial, b.account_id, b.name, b.planned_fen, b.bound_fen,
      coalesce(sum(l.amount_fen) filter (where l.state in ('approved', 'in_batch', 'rejected')), 0)::bigint
        as committed_fen,
      coalesce(sum(l.amount_fen) filter (where l.state = 'paid'), 0)::bigint as spent_fen
    from budget_line b
    left join proposal p on p.budget_line_id = b.id
    left join proposal_line l on l.proposal_id = p.id
    where (${chosen.ids ?? null}::uuid[] is null or b.id = any(${chosen.ids ?? null}::uuid[]))
      and (${chosen.accountIds ?? null}::uuid[] is null
        or b.account_id = any(${chosen.accountIds ?? null}::uuid[]))
    group by b.id order by b.serial`.execute(tx.db);
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    accountId: row.account_id,
    name: row.name,
    plannedFen: Number(row.planned_fen),
    boundFen: Number(row.bound_fen),
    committedFen: Number(row.committed_fen),
    spentFen: Number(row.spent_fen),
  }));
}

/** Holds the row of a budget line until the transaction ends; null for an unknown one. */
export async function lockBudgetLine(
  tx: Writing,
  id: Id,
): Promise<{ accountId: Id; name: string; leftFen: number } | null> {
  const row = await tx.db
    .selectFrom('budget_line')
    .select(['account_id', 'name', 'planned_fen', 'bound_fen'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const leftFen = Number(row.planned_fen) - Number(row.bound_fen);
  return { accountId: row.account_id, name: row.name, leftFen };
}

/** Binds an amount of a budget line, or frees it when negative. */
export async function addBound(tx: Writing, id: Id, amountFen: number): Promise<void> {
  await tx.db
    .updateTable('budget_line')
    .set((build) => ({ bound_fen: build('bound_fen', '+', amountFen) }))
    .where('id', '=', id)
    .execute();
}

/** True when an account has a budget, so that what is spent of it must name a line. */
export async function hasBudget(tx: Scoped, accountId: Id): Promise<boolean> {
  const row = await tx.db
    .selectFrom('budget_line')
    .select('id')
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertBudgetLine(
  tx: Writing,
  row: { id: Id; accountId: Id; name: string; plannedFen: number },
): Promise<boolean> {
  const result = await tx.db
    .insertInto('budget_line')
    .values({
      id: row.id,
      account_id: row.accountId,
      name: row.name,
      planned_fen: row.plannedFen,
      created_at: tx.now,
      created_by: tx.actor.accountId,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function setPlanned(tx: Writing, id: Id, plannedFen: number): Promise<void> {
  await tx.db
    .updateTable('budget_line')
    .set({ planned_fen: plannedFen })
    .where('id', '=', id)
    .execute();
}
