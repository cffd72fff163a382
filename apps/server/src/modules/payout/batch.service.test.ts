import { newId, Refusal, type Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payoutDistrict, type PayoutDistrict } from '../../../test-support/payout.ts';
import { systemActor } from '../../platform/actor.ts';

let district: PayoutDistrict;
beforeAll(async () => {
  district = await payoutDistrict();
  await district.notify({ amountFen: 10_000_000 });
});
afterAll(() => district.close());

const system = systemActor('test');
const codeOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown));
const held = async () =>
  (await district.database.read(system, (tx) => balances(tx.sql, [district.campaign])))[0]!;
const make = (lineIds: readonly Id[], formId = newId()) =>
  district.database.write(district.as('accountant'), 'test.batch', (tx) =>
    district.payout.makeBatch(tx, { lineIds, layout: 'general_xlsx', formId }),
  );
const exported = (batchId: Id) =>
  district.database.write(district.as('accountant'), 'test.export', (tx) =>
    district.payout.exportBatch(tx, { batchId, reason: '付款', payer: '总会' }),
  );
const voided = (name: string, batchId: Id) =>
  district.database.write(district.as(name), 'test.void', (tx) =>
    district.payout.voidBatch(tx, { batchId, reason: '没有交给银行' }),
  );

/** Three persons with signed accounts and one line each, agreed to. */
async function three(amounts = [10_000, 20_000, 30_000]) {
  const people = amounts.map(() => district.person());
  for (const id of people) await district.signed('person', id);
  return await district.agreed(
    people.map((id, index) => ({ kind: 'person' as const, id, amountFen: amounts[index]! })),
  );
}

describe('a payment batch', () => {
  test('goes to the bank once, with its sum, and is paid as the bank confirms', async () => {
    const { lineIds, number } = await three();
    const before = await held();
    const sent = await district.sent(lineIds);
    const text = sent.file.bytes.toString('utf8');
    expect(text.split('\r\n')[0]).toContain(`${sent.number},笔数,3,合计金额,600.00`);
    expect(text).toContain('000000000000');
    await expect(exported(sent.batchId)).rejects.toMatchObject({ code: 'batch_exported' });
    expect(await district.statesOf(lineIds)).toEqual(['in_batch', 'in_batch', 'in_batch']);
    const report = await district.answered(
      sent.batchId,
      `序号,金额,处理结果,失败原因,银行流水号,交易日期
1,100.00,交易成功,,LS0001,2026-11-23
2,200.00,失败,户名不符,,2026-11-23
3,300.00,处理中,,,`,
    );
    expect(report).toMatchObject({ confirmed: 1, rejected: 1, unknown: 1, problems: [] });
    expect(await district.statesOf(lineIds)).toEqual(['paid', 'rejected', 'in_batch']);
    // A person is paid out of the pot, which is filled in a round sum.
    expect((await held()).balance).toBe(before.balance - 100_000);
    const payment = await district.database.read(system, (tx) =>
      tx.db.selectFrom('payment').selectAll().where('line_id', '=', lineIds[0]!).execute(),
    );
    expect(payment).toMatchObject([{ bank_reference: 'LS0001', paid_on: '2026-11-23' }]);
    expect(number).toMatch(/^SQ-/);
  });

  test('told again it changes nothing; what was unknown is said later, by file or by hand', async () => {
    const { lineIds } = await three();
    const { batchId } = await district.sent(lineIds);
    const first = '序号,处理结果\n1,成功\n2,处理中\n3,处理中\n';
    await district.answered(batchId, first);
    const before = await held();
    expect(await district.answered(batchId, first)).toMatchObject({ confirmed: 0, unchanged: 3 });
    expect(await held()).toEqual(before);
    expect(await district.answered(batchId, '序号,处理结果\n2,成功\n')).toMatchObject({
      confirmed: 1,
    });
    await district.database.write(district.as('accountant'), 'test.answer', (tx) =>
      district.payout.answerLine(tx, {
        batchId,
        lineId: lineIds[2]!,
        result: 'confirmed',
        bankReference: '回单',
        paidOn: '2026-11-23',
        reason: '',
      }),
    );
    expect(await district.statesOf(lineIds)).toEqual(['paid', 'paid', 'paid']);
    const opposite = await district.answered(batchId, '序号,处理结果\n1,失败\n');
    expect(opposite.problems).toHaveLength(1);
    expect(await district.statesOf(lineIds)).toEqual(['paid', 'paid', 'paid']);
  });

  test('a rejected line is corrected and paid again once, never a third time', async () => {
    const person = district.person();
    await district.signed('person', person);
    const { lineIds } = await district.agreed([{ kind: 'person', id: person, amountFen: 4_000 }]);
    const before = await held();
    const first = await district.sent(lineIds);
    await district.answered(first.batchId, '序号,处理结果,失败原因\n1,退回,账号有误\n');
    await district.signed('person', person);
    const second = await district.sent(lineIds);
    await district.answered(second.batchId, '序号,处理结果\n1,成功\n');
    expect(await district.statesOf(lineIds)).toEqual(['paid']);
    // The pot held enough from before.
    expect((await held()).balance).toBe(before.balance);
    await expect(make(lineIds)).rejects.toMatchObject({ code: 'payment_already_made' });
    const told = await district.payout.handlers.readBatch({
      actor: district.as('accountant'),
      params: { batchId: first.batchId },
    } as Parameters<typeof district.payout.handlers.readBatch>[0]);
    expect(told.items).toMatchObject([{ state: 'rejected', reason: '账号有误', attempt: 1 }]);
    const other = await three([100, 100, 100]);
    for (const _ of [1, 2]) {
      const { batchId } = await district.sent(other.lineIds.slice(0, 1));
      await district.answered(batchId, '序号,处理结果\n1,失败\n');
    }
    await expect(make(other.lineIds.slice(0, 1))).rejects.toMatchObject({
      code: 'line_tried_twice',
    });
  });

  test('the database itself keeps a line from being on its way twice', async () => {
    const { lineIds } = await three([100, 100, 100]);
    const { batchId } = await make(lineIds);
    const [line] = await district.database.read(system, (tx) =>
      district.payout.batchLines(tx, { batchIds: [batchId] }),
    );
    const other = await make((await three([5, 5, 5])).lineIds);
    await expect(
      district.database.write(district.as('accountant'), 'test.bug', (tx) =>
        tx.db
          .insertInto('payment_batch_line')
          .values({
            batch_id: other.batchId,
            place: 9,
            line_id: line!.lineId,
            attempt: 2,
            payee_account_id: line!.payeeAccountId,
            amount_fen: 100,
          })
          .execute(),
      ),
    ).rejects.toThrow('payment_batch_line_never_twice');
  });

  test('two at once put a line into one batch', async () => {
    const { lineIds } = await three([100, 100, 100]);
    const answers = await Promise.all(
      [1, 2, 3].map(() => make(lineIds).then(() => 'done', codeOf)),
    );
    expect(answers.toSorted()).toEqual(['done', 'line_in_batch', 'line_in_batch']);
    const formId = newId();
    const twice = (await three([100, 100, 100])).lineIds;
    expect(await make(twice, formId)).toEqual(await make(twice, formId));
  });

  test('is voided before export by the accountant, after it by an approver only', async () => {
    const { lineIds } = await three([100, 100, 100]);
    const { batchId } = await make(lineIds);
    await voided('accountant', batchId);
    expect(await district.statesOf(lineIds)).toEqual(['approved', 'approved', 'approved']);
    const sent = await district.sent(lineIds);
    await expect(voided('accountant', sent.batchId)).rejects.toMatchObject({
      code: 'batch_needs_approver',
    });
    await voided('approver', sent.batchId);
    expect(await district.statesOf(lineIds)).toEqual(['approved', 'approved', 'approved']);
    const third = await district.sent(lineIds);
    await district.answered(third.batchId, '序号,处理结果\n1,成功\n');
    await expect(voided('approver', third.batchId)).rejects.toMatchObject({
      code: 'batch_answered',
    });
  });

  test('an answer to something else is refused whole', async () => {
    const { lineIds } = await three([100, 200, 300]);
    const { batchId, number } = await district.sent(lineIds);
    for (const [text, code] of [
      ['序号,金额,处理结果\n1,9.99,成功\n', 'bank_answer_differs'],
      ['序号,账号,处理结果\n1,6222 0000 9999,成功\n', 'bank_answer_differs'],
      ['序号,处理结果\n7,成功\n', 'bank_answer_differs'],
      ['序号,备注,处理结果\n1,PC-999999-0001,成功\n', 'bank_answer_differs'],
      ['序号,处理结果\n1,成功\n1,成功\n', 'bank_answer_differs'],
      ['没有表头\n1,2\n', 'bank_answer_unreadable'],
      ['', 'bank_answer_unreadable'],
    ] as const)
      await expect(district.answered(batchId, text), text).rejects.toMatchObject({ code });
    expect(await district.statesOf(lineIds)).toEqual(['in_batch', 'in_batch', 'in_batch']);
    const gb = Buffer.from([
      ...Buffer.from('\ufeff备注,处理结果,金额\n', 'utf8'),
      ...Buffer.from(`${number}-0002,成功,¥2.00\n合计,,3.00\n`, 'utf8'),
    ]);
    expect(await district.answered(batchId, gb.toString('utf8'))).toMatchObject({ confirmed: 1 });
  });

  test('the workbook has a cover and keeps formulas as text', async () => {
    const { lineIds } = await three([100, 200, 300]);
    const { file } = await district.sent(lineIds, 'general_xlsx');
    const book = await readXlsx(file.bytes);
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(['封面', '付款明细']);
    expect(book.sheets[0]!.rows).toContainEqual(['笔数', '3']);
    expect(book.sheets[0]!.rows).toContainEqual(['合计金额（元）', '6.00']);
    expect(book.sheets[1]!.rows).toHaveLength(4);
  });

  test('opening the account numbers leaves one audit row for each, with the reason', async () => {
    const { lineIds } = await three([100, 200, 300]);
    const { batchId } = await make(lineIds);
    await exported(batchId);
    const rows = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('audit_entry')
        .selectAll()
        .where('action', '=', 'test.export')
        .where('subject_kind', '=', 'payee')
        .orderBy('id', 'desc')
        .limit(3)
        .execute(),
    );
    expect(rows.every((row) => row.reason?.endsWith('付款'))).toBe(true);
    expect(new Set(rows.map((row) => row.subject_id)).size).toBe(3);
  });
});

describe('the list of payees', () => {
  test('a payee who is not on it is refused, and so is one signed by one only', async () => {
    const person = district.person();
    const { lineIds } = await district.agreed([{ kind: 'person', id: person, amountFen: 100 }]);
    await expect(make(lineIds)).rejects.toMatchObject({ code: 'payee_not_signed' });
    const [id] = await district.database.write(district.as('federation'), 'test.payee', (tx) =>
      district.payout.addPayees(tx, [
        { ownerKind: 'person', ownerId: person, holder: '甲', bank: '乙', number: '12345678' },
      ]),
    );
    const [row] = await district.database.read(system, (tx) =>
      district.payout.listPayees(tx, { ids: [id!] }),
    );
    const sign = (name: string) =>
      district.database.write(district.as(name), 'test.sign', (tx) =>
        district.payout.decidePayees(tx, {
          approvalIds: [row!.approvalId],
          decision: 'approve',
          note: '',
        }),
      );
    await sign('approver');
    await expect(make(lineIds)).rejects.toMatchObject({ code: 'payee_not_signed' });
    await expect(sign('approver')).rejects.toMatchObject({ code: 'approver_already_decided' });
    await sign('approver2');
    await make(lineIds);
  });

  test('a new account takes the place of the last once it is signed', async () => {
    const person = district.person();
    const first = await district.signed('person', person);
    const second = await district.signed('person', person);
    const rows = await district.database.read(system, (tx) =>
      district.payout.listPayees(tx, { ownerIds: [person] }),
    );
    expect(Object.fromEntries(rows.map((row) => [row.id, row.state]))).toEqual({
      [first]: 'replaced',
      [second]: 'signed',
    });
  });
});

test('after all this the books are whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
