import { newId, Refusal, type Id } from '@wennuan/basics';
import { balances, check, eventsAfter } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';
import type { ListedLine } from './index.ts';

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
const lineFor = (amountFen: number, change: Partial<ListedLine> = {}): ListedLine => ({
  id: newId(),
  payee: { kind: 'person', personId: district.person() },
  amountFen,
  label: '助学金',
  ...change,
});

async function listed(
  lines: readonly ListedLine[],
  change: { budgetLineId?: Id; by?: string } = {},
) {
  const subject = { kind: 'award_round', id: newId() };
  const proposalId = await district.database.write(
    as(change.by ?? 'federation'),
    'test.propose',
    (tx) =>
      district.fund.proposeList(tx, {
        fromAccountId: district.campaign,
        subject,
        purpose: '秋季助学金',
        lines,
        ...change,
      }),
  );
  const [row] = await district.database.read(system, (tx) =>
    tx.db.selectFrom('proposal').selectAll().where('id', '=', proposalId).execute(),
  );
  return { proposalId, approvalId: row!.approval_id, subject };
}
const decide = (name: string, approvalId: Id, decision: 'approve' | 'refuse' = 'approve') =>
  district.database.write(as(name), 'test.decide', (tx) =>
    district.fund.decide(tx, { approvalId, decision, note: '不符合规定' }),
  );
const approve = async (approvalId: Id, names = ['approver', 'approver2']) => {
  for (const name of names) await decide(name, approvalId);
};
const linesOf = (proposalId: Id) =>
  district.database.read(system, (tx) => district.fund.lines(tx, { proposalIds: [proposalId] }));
const write = <T>(name: string, work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(as(name), 'test.write', work);
const payLines = (ids: readonly Id[]) =>
  write('accountant', (tx) =>
    district.fund.payLines(
      tx,
      ids.map((lineId) => ({ lineId, bankReference: '批次回单', paidOn: '2026-11-23' })),
    ),
  );
const stateOf = async (proposalId: Id) =>
  (
    await district.database.read(system, (tx) =>
      tx.db.selectFrom('proposal').select('state').where('id', '=', proposalId).execute(),
    )
  )[0]!.state;
async function told(topic: string) {
  await district.events.settle();
  const events = await district.database.read(system, (tx) => eventsAfter(tx.sql, 0, 10_000));
  return events.filter((event) => event.topic === topic).map((event) => event.body);
}

describe('a proposal with many payees', () => {
  test('is agreed to as one sum, and held line by line', async () => {
    const before = await held(district.campaign);
    const { proposalId, approvalId } = await listed(
      Array.from({ length: 30 }, () => lineFor(40_000)),
    );
    expect(await held(district.campaign)).toMatchObject({ held: before.held + 1_200_000 });
    await approve(approvalId);
    expect(await stateOf(proposalId)).toBe('proposed');
    await decide('approver3', approvalId);
    expect(await stateOf(proposalId)).toBe('approved');
    expect(new Set((await linesOf(proposalId)).map((line) => line.state))).toEqual(
      new Set(['approved']),
    );
  });

  test('is paid line by line; the last one ends it', async () => {
    const { proposalId, approvalId } = await listed([
      lineFor(300),
      lineFor(500),
      lineFor(700, {
        payee: { kind: 'organization', organizationId: district.supplierId },
      }),
    ]);
    await approve(approvalId);
    const before = await held(district.campaign);
    const [first, second, third] = await linesOf(proposalId);
    await payLines([first!.id, third!.id]);
    expect(await stateOf(proposalId)).toBe('approved');
    expect(await held(district.campaign)).toMatchObject({
      // The organisation's 7 yuan, and a round filling of the pot that pays the person's 3.
      balance: before.balance - 700 - 100_000,
      held: before.held - 1_000,
    });
    await payLines([second!.id]);
    expect(await stateOf(proposalId)).toBe('paid');
    await expect(payLines([second!.id])).rejects.toMatchObject({ code: 'payment_already_made' });
  });

  test('one record is asked for once at a time', async () => {
    const line = lineFor(100);
    const first = await listed([line]);
    await expect(listed([line])).rejects.toThrow('proposal_line_subject_once');
    await decide('approver', first.approvalId, 'refuse');
    expect((await linesOf(first.proposalId))[0]!.state).toBe('refused');
    expect((await linesOf((await listed([line])).proposalId))[0]).toMatchObject({
      subjectId: line.id,
      state: 'proposed',
    });
  });

  test('a rejected line is paid once again, and never a third time', async () => {
    const line = lineFor(900);
    const { proposalId, approvalId } = await listed([line]);
    await approve(approvalId);
    const id = (await linesOf(proposalId))[0]!.id;
    const send = () => write('accountant', (tx) => district.fund.sendLines(tx, [id]));
    const reject = () =>
      write('accountant', (tx) =>
        district.fund.rejectLines(tx, [{ lineId: id, reason: '户名不符' }]),
      );
    await send();
    await expect(send()).rejects.toMatchObject({ code: 'line_in_batch' });
    await reject();
    await expect(reject()).rejects.toMatchObject({ code: 'line_not_in_batch' });
    await send();
    await reject();
    await expect(send()).rejects.toMatchObject({ code: 'line_tried_twice' });
    const before = await held(district.campaign);
    await write('accountant', (tx) =>
      district.fund.withdrawLines(tx, { lineIds: [id], reason: '收款人放弃' }),
    );
    // It was held in the pot that pays persons, which had enough.
    expect((await held(district.campaign)).held).toBe(before.held);
    expect(await stateOf(proposalId)).toBe('cancelled');
  });

  test('the database itself refuses a third try', async () => {
    const { proposalId, approvalId } = await listed([lineFor(100)]);
    await approve(approvalId);
    await expect(
      write('accountant', (tx) =>
        tx.db
          .updateTable('proposal_line')
          .set({ tries: 3 })
          .where('proposal_id', '=', proposalId)
          .execute(),
      ),
    ).rejects.toThrow('proposal_line_tried_twice_at_most');
  });

  test('two accountants at once pay a line once', async () => {
    const { proposalId, approvalId } = await listed([lineFor(100)]);
    await approve(approvalId);
    const id = (await linesOf(proposalId))[0]!.id;
    const answers = await Promise.all(
      [1, 2, 3].map(() => payLines([id]).then(() => 'done', codeOf)),
    );
    expect(answers.toSorted()).toEqual(['done', 'payment_already_made', 'payment_already_made']);
  });

  test('tells each line by the record it is about', async () => {
    const lines = [lineFor(110), lineFor(120)];
    const { proposalId, approvalId, subject } = await listed(lines);
    await approve(approvalId);
    const [first, second] = await linesOf(proposalId);
    await write('accountant', async (tx) => {
      await district.fund.sendLines(tx, [first!.id, second!.id]);
      await district.fund.rejectLines(tx, [{ lineId: second!.id, reason: '账号有误' }]);
    });
    await payLines([first!.id]);
    expect(await told('fund.paid')).toContainEqual(
      expect.objectContaining({
        proposalId,
        lineId: lines[0]!.id,
        amountFen: 110,
        subjectKind: 'award_round',
        subjectId: subject.id,
      }),
    );
    expect(await told('fund.line_rejected')).toContainEqual(
      expect.objectContaining({ proposalId, lineId: lines[1]!.id }),
    );
  });

  test('a person the proposer may not see, an empty list and too much are refused', async () => {
    const stranger = { kind: 'person' as const, personId: newId() };
    for (const [lines, code] of [
      [[lineFor(1, { payee: stranger })], 'payee_missing'],
      [[], 'input_invalid'],
      [[lineFor(5_000_000), lineFor(5_000_000)], 'balance_too_low'],
    ] as const)
      await expect(listed(lines)).rejects.toMatchObject({ code });
  });
});

test('after all this the books are whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
