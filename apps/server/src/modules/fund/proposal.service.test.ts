import { newId, Refusal, type Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
  await district.notify({ amountFen: 10_000_000 });
});
afterAll(() => district.close());

const system = systemActor('test');
const as = (name: string) => district.actors[name]!;
const held = async (id: Id) =>
  (await district.database.read(system, (tx) => balances(tx.sql, [id])))[0]!;
const codeOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown));

/** A proposal out of the campaign, as the console sees it after it was made. */
async function proposed(amountFen: number, change: { payee?: Id; by?: string; formId?: Id } = {}) {
  const actor = as(change.by ?? 'federation');
  const { proposalId } = await district.database.write(actor, 'test.propose', (tx) =>
    district.fund.propose(tx, {
      source: { kind: 'campaign', id: district.campaign },
      payee: { kind: 'organization', id: change.payee ?? district.supplierId },
      amountFen,
      purpose: '购买电扇',
      needId: null,
      attachmentIds: [],
      formId: change.formId ?? newId(),
    }),
  );
  const { approval_id } = await district.database.read(system, (tx) =>
    tx.db
      .selectFrom('proposal')
      .select('approval_id')
      .where('id', '=', proposalId)
      .executeTakeFirstOrThrow(),
  );
  return { proposalId, approvalId: approval_id };
}
const decide = (name: string, approvalId: Id, decision: 'approve' | 'refuse' = 'approve') =>
  district.database
    .write(as(name), 'test.decide', (tx) =>
      district.fund.decide(tx, { approvalId, decision, note: decision === 'refuse' ? '太贵' : '' }),
    )
    .then(() => 'done', codeOf);
const pay = (proposalId: Id) =>
  district.database
    .write(as('accountant'), 'test.pay', (tx) =>
      district.fund.pay(tx, { proposalId, bankReference: '回单0001', paidOn: '2026-11-23' }),
    )
    .then(() => 'done', codeOf);
const stateOf = async (proposalId: Id) =>
  (
    await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('proposal')
        .select('state')
        .where('id', '=', proposalId)
        .executeTakeFirstOrThrow(),
    )
  ).state;

describe('a proposal', () => {
  test('holds its amount, is approved by two, and is paid out of what it held', async () => {
    const before = await held(district.campaign);
    const { proposalId, approvalId } = await proposed(15_000);
    expect(await held(district.campaign)).toMatchObject({
      held: before.held + 15_000,
      balance: before.balance,
    });
    expect(await pay(proposalId)).toBe('proposal_not_approved');
    expect(await decide('approver', approvalId)).toBe('done');
    expect(await stateOf(proposalId)).toBe('proposed');
    expect(await decide('approver2', approvalId)).toBe('done');
    expect(await stateOf(proposalId)).toBe('approved');
    expect(await pay(proposalId)).toBe('done');
    expect(await held(district.campaign)).toMatchObject({
      held: before.held,
      balance: before.balance - 15_000,
    });
    expect(await pay(proposalId)).toBe('payment_already_made');
  });

  test('opens the task of the approvers, then the accountant’s, then none', async () => {
    const open = (id: Id) =>
      district.database.read(system, (tx) =>
        tx.db
          .selectFrom('task')
          .select('kind')
          .where('subject_id', '=', id)
          .where('closed_at', 'is', null)
          .execute(),
      );
    const { proposalId, approvalId } = await proposed(100);
    expect(await open(proposalId)).toEqual([{ kind: 'approve' }]);
    await decide('approver', approvalId);
    await decide('approver2', approvalId);
    expect(await open(proposalId)).toEqual([{ kind: 'pay' }]);
    await pay(proposalId);
    expect(await open(proposalId)).toEqual([]);
  });

  test('sent twice with one form is one proposal', async () => {
    const formId = newId();
    const [first, again] = [await proposed(100, { formId }), await proposed(100, { formId })];
    expect(again).toEqual(first);
  });

  test('for more than is available is refused with what is there', async () => {
    const { available } = await held(district.campaign);
    await expect(proposed(available + 1)).rejects.toMatchObject({ code: 'balance_too_low' });
    await expect(proposed(100, { payee: newId() })).rejects.toMatchObject({
      code: 'payee_missing',
    });
  });

  test('refused or cancelled gives the amount back', async () => {
    const before = await held(district.campaign);
    const refused = await proposed(700);
    expect(await decide('approver', refused.approvalId, 'refuse')).toBe('done');
    expect(await decide('approver2', refused.approvalId)).toBe('approval_closed');
    const cancelled = await proposed(800);
    await district.database.write(as('federation'), 'test.cancel', (tx) =>
      district.fund.cancelProposal(tx, { proposalId: cancelled.proposalId, reason: '不买了' }),
    );
    expect(await decide('approver', cancelled.approvalId)).toBe('approval_closed');
    expect(await held(district.campaign)).toEqual(before);
  });
});

describe('two people', () => {
  test('the proposer does not approve, nobody approves twice', async () => {
    const own = await proposed(100, { by: 'approver' });
    expect(await decide('approver', own.approvalId)).toBe('approver_is_proposer');
    expect(await decide('approver2', own.approvalId)).toBe('done');
    expect(await decide('approver2', own.approvalId)).toBe('approver_already_decided');
    expect(await decide('approver3', own.approvalId)).toBe('done');
  });

  test('the same approver twice at the same moment counts once', async () => {
    const { proposalId, approvalId } = await proposed(100);
    const words = await Promise.all([1, 2, 3].map(() => decide('approver', approvalId)));
    expect(words.toSorted()).toEqual([
      'approver_already_decided',
      'approver_already_decided',
      'done',
    ]);
    expect(await stateOf(proposalId)).toBe('proposed');
  });

  test('three approvers at once on two places: the third finds it closed', async () => {
    const { proposalId, approvalId } = await proposed(100);
    const words = await Promise.all(
      ['approver', 'approver2', 'approver3'].map((name) => decide(name, approvalId)),
    );
    expect(words.toSorted()).toEqual(['approval_closed', 'done', 'done']);
    expect(await stateOf(proposalId)).toBe('approved');
  });

  test('above ¥10,000 a third is needed', async () => {
    const { proposalId, approvalId } = await proposed(1_000_001);
    await decide('approver', approvalId);
    await decide('approver2', approvalId);
    expect(await stateOf(proposalId)).toBe('proposed');
    await decide('approver3', approvalId);
    expect(await stateOf(proposalId)).toBe('approved');
  });

  test('paid by two accountants at once it is paid once', async () => {
    const { proposalId, approvalId } = await proposed(900);
    await decide('approver', approvalId);
    await decide('approver2', approvalId);
    const before = await held(district.campaign);
    const answers = await Promise.all([pay(proposalId), pay(proposalId), pay(proposalId)]);
    expect(answers.toSorted()).toEqual(['done', 'payment_already_made', 'payment_already_made']);
    expect((await held(district.campaign)).balance).toBe(before.balance - 900);
  });

  test('the database itself refuses the proposer’s word and a second one', async () => {
    const { approvalId } = await proposed(100, { by: 'approver' });
    const add = (name: string, place: number) =>
      district.database.write(as(name), 'test.bug', async (tx) => {
        await tx.db
          .insertInto('approval_decision')
          .values({
            approval_id: approvalId,
            place,
            account_id: as(name).accountId!,
            proposer_id: as('approver').accountId!,
            decision: 'approve',
            at: tx.now,
          })
          .execute();
      });
    await expect(add('approver', 1)).rejects.toThrow('approval_decision_not_by_proposer');
    await add('approver2', 1);
    await expect(add('approver2', 2)).rejects.toThrow('approval_decision_once_each');
  });
});

test('after all this the books are whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
