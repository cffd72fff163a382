import { newId, Refusal, type Id } from '@wennuan/basics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';
import { changeBudgetLine, planBudgetLine } from './budget.service.ts';
import { readBudget, readBudgets } from './budget.view.ts';

let district: MoneyDistrict;
let lineId: Id;
const system = systemActor('test');
beforeAll(async () => {
  district = await moneyDistrict();
  await district.notify({ amountFen: 1_000_000 });
});
afterAll(() => district.close());

const as = (name: string) => district.actors[name]!;
const codeOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown));
const write = <T>(name: string, work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(as(name), 'test.write', work);
const plan = (name: string, plannedYuan: string) =>
  write('accountant', (tx) =>
    planBudgetLine({ newId } as Parameters<typeof planBudgetLine>[0], tx, {
      accountId: district.campaign,
      name,
      plannedYuan,
    }),
  );
const change = (plannedYuan: string) =>
  write('accountant', (tx) =>
    changeBudgetLine(tx, { budgetLineId: lineId, plannedYuan, reason: '调整' }),
  );
const propose = (amountFen: number, budgetLineId: Id | null = lineId, name = 'federation') =>
  write(name, (tx) =>
    district.fund.propose(tx, {
      source: { kind: 'campaign', id: district.campaign },
      payee: { kind: 'organization', id: district.supplierId },
      amountFen,
      purpose: '采购',
      needId: null,
      attachmentIds: [],
      formId: newId(),
      budgetLineId,
    }),
  );
const budget = () =>
  district.database.read(as('accountant'), (tx) => readBudget(tx, district.campaign));
const line = async () => (await budget()).lines.find((one) => one.id === lineId)!;
const approvalOf = async (proposalId: Id) =>
  (
    await district.database.read(system, (tx) =>
      tx.db.selectFrom('proposal').select('approval_id').where('id', '=', proposalId).execute(),
    )
  )[0]!.approval_id;
const decide = async (name: string, proposalId: Id, decision: 'approve' | 'refuse') => {
  const approvalId = await approvalOf(proposalId);
  await write(name, (tx) => district.fund.decide(tx, { approvalId, decision, note: '太多' }));
};

describe('a budget line', () => {
  test('is named by a proposal of an account that has a budget, and is never gone over', async () => {
    await propose(100, null);
    ({ budgetLineId: lineId } = await plan('采购物资', '100'));
    await expect(plan('采购物资', '1')).rejects.toMatchObject({ code: 'budget_line_taken' });
    await expect(propose(100, null)).rejects.toMatchObject({ code: 'budget_line_required' });
    await expect(propose(100, newId())).rejects.toMatchObject({ code: 'budget_line_unknown' });
    await propose(6_000);
    await expect(propose(4_001)).rejects.toMatchObject({
      code: 'over_budget',
      params: { line: '采购物资', left: '40.00' },
    });
    expect(await line()).toMatchObject({ plannedFen: 10_000, askedFen: 6_000, leftFen: 4_000 });
  });

  test('two at once never share what is left', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => propose(3_000).then(() => 'done', codeOf)),
    );
    expect(answers.toSorted()).toEqual(['done', 'over_budget', 'over_budget']);
    expect(await line()).toMatchObject({ leftFen: 1_000 });
  });

  test('shows what is committed and spent, and is free again when a proposal is refused', async () => {
    await change('200');
    const { proposalId } = await propose(5_000);
    await decide('approver', proposalId, 'approve');
    await decide('approver2', proposalId, 'approve');
    expect(await line()).toMatchObject({ committedFen: 5_000, spentFen: 0 });
    await write('accountant', (tx) =>
      district.fund.pay(tx, { proposalId, bankReference: '回单', paidOn: '2026-11-23' }),
    );
    expect(await line()).toMatchObject({ committedFen: 0, spentFen: 5_000 });
    const before = (await line()).leftFen;
    const refused = await propose(1_000);
    expect((await line()).leftFen).toBe(before - 1_000);
    await decide('approver', refused.proposalId, 'refuse');
    expect((await line()).leftFen).toBe(before);
    const cancelled = await propose(1_000);
    await write('federation', (tx) =>
      district.fund.cancelProposal(tx, { proposalId: cancelled.proposalId, reason: '不买了' }),
    );
    expect((await line()).leftFen).toBe(before);
  });

  test('is never planned below what is asked of it, by the code and by the database', async () => {
    await expect(change('1')).rejects.toMatchObject({ code: 'budget_below_bound' });
    await expect(
      write('accountant', (tx) =>
        tx.db.updateTable('budget_line').set({ planned_fen: 1 }).where('id', '=', lineId).execute(),
      ),
    ).rejects.toThrow('budget_line_not_over');
  });

  test('stands beside what its account holds', async () => {
    const { items, total } = await district.database.read(as('accountant'), (tx) =>
      readBudgets(tx, { limit: 50 }),
    );
    const [first] = items;
    expect(first).toMatchObject({
      accountId: district.campaign,
      label: '微心愿',
      inFen: 1_000_000,
    });
    expect(first!.freeFen + first!.askedFen + first!.committedFen + first!.spentFen).toBe(
      1_000_000,
    );
    expect(total.inFen).toBe(1_000_000);
  });
});
