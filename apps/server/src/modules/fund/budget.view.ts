import { Refusal, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { balances, type Balance } from '@wennuan/ledger';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { readPurposes, type Purpose } from './accounts.ts';
import { listBudgetLines, type BudgetLineRow } from './budget.store.ts';

export type AccountBudget = z.output<typeof shapes.accountBudget>;

interface AskedOf {
  askedFen: number;
  committedFen: number;
}

/** What proposals ask of accounts and what of it is agreed to and not yet paid. */
async function readAsked(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, AskedOf>> {
  const { rows } = await sql<{ source_id: Id; asked_fen: number; committed_fen: number }>`
    select p.source_id,
      coalesce(sum(l.amount_fen) filter (where l.state = 'proposed'), 0)::bigint as asked_fen,
      coalesce(sum(l.amount_fen) filter (where l.state in ('approved', 'in_batch', 'rejected')), 0)::bigint
        as committed_fen
    from proposal p join proposal_line l on l.proposal_id = p.id
    where p.source_id = any(${accountIds}::uuid[]) and p.state in ('proposed', 'approved')
    group by 1`.execute(tx.db);
  return new Map(
    rows.map((row) => [
      row.source_id,
      { askedFen: Number(row.asked_fen), committedFen: Number(row.committed_fen) },
    ]),
  );
}

/** Accounts that money is spent from: funds and campaigns, the oldest first, those with a budget before. */
async function listSources(tx: Scoped): Promise<Id[]> {
  const { rows } = await sql<{ account_id: Id }>`
    select p.account_id from account_purpose p
    where p.kind in ('fund', 'campaign')
      or exists (select 1 from budget_line b where b.account_id = p.account_id)
    order by exists (select 1 from budget_line b where b.account_id = p.account_id) desc, p.account_id`.execute(
    tx.db,
  );
  return rows.map((row) => row.account_id);
}

/** Funds and campaigns with what is committed and not yet spent, those with money or a budget. */
export async function readBudgets(
  tx: Scoped,
  page: { after?: string; limit: number; accountId?: Id },
) {
  const sources = page.accountId ? [page.accountId] : await listSources(tx);
  const all = (await accountBudgets(tx, sources)).filter(
    (one) => one.inFen > 0 || one.lines.length > 0,
  );
  const from = page.after === undefined ? 0 : Number(page.after) || 0;
  const shown = all.slice(from, from + page.limit);
  const total = (of: (one: AccountBudget) => number) => all.reduce((sum, one) => sum + of(one), 0);
  return {
    items: shown,
    next: all.length > from + shown.length ? String(from + shown.length) : null,
    total: {
      inFen: total((one) => one.inFen),
      spentFen: total((one) => one.spentFen),
      committedFen: total((one) => one.committedFen),
      askedFen: total((one) => one.askedFen),
      freeFen: total((one) => one.freeFen),
    },
    asOf: tx.now.toISOString(),
  };
}

/** One account's budget; refuses `not_found`. */
export async function readBudget(tx: Scoped, accountId: Id): Promise<AccountBudget> {
  const [view] = await accountBudgets(tx, [accountId]);
  if (!view) throw new Refusal('not_found');
  return view;
}

async function accountBudgets(tx: Scoped, accountIds: readonly Id[]): Promise<AccountBudget[]> {
  if (accountIds.length === 0) return [];
  const purposes = await readPurposes(tx, accountIds);
  const held = new Map((await balances(tx.sql, accountIds)).map((one) => [one.accountId, one]));
  const asked = await readAsked(tx, accountIds);
  const lines = Map.groupBy(await listBudgetLines(tx, { accountIds }), (line) => line.accountId);
  return accountIds.flatMap((id) => {
    const purpose = purposes.get(id);
    const balance = held.get(id);
    if (!purpose || !balance) return [];
    return [viewOf(id, purpose, { balance, asked: asked.get(id), lines: lines.get(id) ?? [] })];
  });
}

function viewOf(
  accountId: Id,
  purpose: Purpose,
  found: { balance: Balance; asked: AskedOf | undefined; lines: readonly BudgetLineRow[] },
): AccountBudget {
  const { balance, asked = { askedFen: 0, committedFen: 0 }, lines } = found;
  return {
    accountId,
    kind: purpose.kind as AccountBudget['kind'],
    label: purpose.label,
    inFen: balance.inflow,
    spentFen: balance.outflow,
    committedFen: asked.committedFen,
    askedFen: asked.askedFen,
    freeFen: balance.balance - asked.committedFen - asked.askedFen,
    lines: lines.map((line) => ({
      id: line.id,
      name: line.name,
      plannedFen: line.plannedFen,
      askedFen: line.boundFen - line.committedFen - line.spentFen,
      committedFen: line.committedFen,
      spentFen: line.spentFen,
      leftFen: line.plannedFen - line.boundFen,
    })),
  };
}
