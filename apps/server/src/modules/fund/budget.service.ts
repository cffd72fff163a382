import { parseYuan, Refusal, yuanNumber, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { readPurposes } from './accounts.ts';
import {
  addBound,
  hasBudget,
  insertBudgetLine,
  listBudgetLines,
  lockBudgetLine,
  setPlanned,
} from './budget.store.ts';
import type { FundNeeds } from './fund.needs.ts';
import type { LineRow } from './line.store.ts';
import type { ProposalRow } from './proposal.store.ts';

/**
 * Binds what a proposal asks to its budget line. Refuses `budget_line_required` when the source has a
 * budget and none of its lines is named, `budget_line_unknown`, and `over_budget` with what is left.
 */
export async function bindBudget(
  tx: Writing,
  asked: { accountId: Id; budgetLineId: Id | null; amountFen: number },
): Promise<void> {
  const { accountId, budgetLineId, amountFen } = asked;
  if (budgetLineId === null) {
    if (await hasBudget(tx, accountId))
      throw new Refusal('budget_line_required', {}, 'budgetLineId');
    return;
  }
  const line = await lockBudgetLine(tx, budgetLineId);
  if (line?.accountId !== accountId) throw new Refusal('budget_line_unknown', {}, 'budgetLineId');
  if (line.leftFen < amountFen)
    throw new Refusal(
      'over_budget',
      { line: line.name, left: yuanNumber(line.leftFen) },
      'amountYuan',
    );
  await addBound(tx, budgetLineId, amountFen);
}

/** Frees what lines that ended unpaid had bound of their budget lines. */
export async function freeBudget(
  tx: Writing,
  ended: readonly { proposal: ProposalRow; lines: readonly LineRow[] }[],
): Promise<void> {
  const sums = new Map<Id, number>();
  for (const { proposal, lines } of ended) {
    if (proposal.budgetLineId === null) continue;
    const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
    sums.set(proposal.budgetLineId, (sums.get(proposal.budgetLineId) ?? 0) + amountFen);
  }
  for (const [id, amountFen] of [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await addBound(tx, id, -amountFen);
}

/** Plans a budget line of a fund, campaign or item. Refuses `amount_invalid`, `not_found`, `budget_line_taken`. */
export async function planBudgetLine(
  needs: FundNeeds,
  tx: Writing,
  command: { accountId: Id; name: string; plannedYuan: string },
): Promise<{ budgetLineId: Id }> {
  const plannedFen = plannedOf(command.plannedYuan);
  const purpose = (await readPurposes(tx, [command.accountId])).get(command.accountId);
  if (!purpose || !['fund', 'campaign', 'item'].includes(purpose.kind))
    throw new Refusal('not_found', {}, 'accountId');
  const id = needs.newId();
  const added = await insertBudgetLine(tx, {
    id,
    accountId: command.accountId,
    name: command.name,
    plannedFen,
  });
  if (!added) throw new Refusal('budget_line_taken', {}, 'name');
  tx.touched('budget_line', id);
  return { budgetLineId: id };
}

/** Changes what a line plans, never below what is asked of it (`budget_below_bound`); answers the account. */
export async function changeBudgetLine(
  tx: Writing,
  command: { budgetLineId: Id; plannedYuan: string; reason: string },
): Promise<Id> {
  const plannedFen = plannedOf(command.plannedYuan);
  const locked = await lockBudgetLine(tx, command.budgetLineId);
  if (!locked) throw new Refusal('budget_line_unknown');
  const [line] = await listBudgetLines(tx, { ids: [command.budgetLineId] });
  if (plannedFen < line!.boundFen)
    throw new Refusal('budget_below_bound', { bound: yuanNumber(line!.boundFen) }, 'plannedYuan');
  await setPlanned(tx, command.budgetLineId, plannedFen);
  tx.touched('budget_line', command.budgetLineId, command.reason);
  return locked.accountId;
}

function plannedOf(text: string): number {
  const plannedFen = parseYuan(text);
  if (!plannedFen) throw new Refusal('amount_invalid', {}, 'plannedYuan');
  return plannedFen;
}
