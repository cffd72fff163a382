import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookDistrict, type BookDistrict } from '../../../test-support/book.ts';
import { systemActor } from '../../platform/actor.ts';
import { SANDBOX_CHANNEL } from '../fund/index.ts';

let district: BookDistrict;
beforeAll(async () => {
  district = await bookDistrict();
});
afterAll(() => district.close());

const system = systemActor('test');
const NOVEMBER = '2026-11';
const HEAD = '交易日期,收入,支出,余额,流水号,对方户名,摘要\n';
type Match = Parameters<typeof district.book.matchBankLine>[1];
const match = (bankLineId: string, body: Pick<Match, 'kind'> & Partial<Match>) =>
  district.database.write(district.as('accountant'), 'test.match', (tx) =>
    district.book.matchBankLine(tx, {
      bankLineId,
      entryIds: [],
      accountId: null,
      note: '',
      ...body,
    }),
  );
const unmatched = async () => (await district.reconciliation(NOVEMBER)).bankOnly;

describe('the bank', () => {
  test('agrees with the books to the fen, with what is unmatched on both sides', async () => {
    await district.agreedGift(district.general.id, 500_000, '2026-11-02', 'LS100');
    await district.notify({ amountFen: 300_000 });
    await district.signed('organization', district.supplierId);
    const person = district.person();
    await district.signed('person', person);
    const { lineIds } = await district.agreed([
      { kind: 'organization', id: district.supplierId, amountFen: 20_000 },
      { kind: 'person', id: person, amountFen: 5_000 },
    ]);
    const { batchId, number } = await district.sent(lineIds);
    await district.answered(
      batchId,
      '序号,处理结果,银行流水号,交易日期\n1,成功,LS201,2026-11-20\n2,成功,LS202,2026-11-20\n',
    );
    const before = await district.reconciliation(NOVEMBER);
    expect(before).toMatchObject({ bankFen: null, agrees: false, bookFen: 475_000 });
    const report = await district.statement(
      `${HEAD}2026-11-02,"5,000.00",,5000.00,LS100,晨光制造,捐款
2026-11-20,,250.00,4750.00,LS200,批量付款,${number}
2026-11-21,12.34,,4762.34,LS300,,结息
2026-11-22,2500.00,,7262.34,LS301,指定平台,结算款
`,
    );
    expect(report).toMatchObject({ lines: 4, added: 4, matched: 2, problems: [] });
    const now = await district.reconciliation(NOVEMBER);
    expect(now).toMatchObject({
      bankFen: 726_234,
      bookFen: 475_000,
      bankAdjustedFen: 726_234,
      bookAdjustedFen: 475_000 + 1_234 + 250_000,
      agrees: true,
      bookOnly: [],
      matchedCount: 2,
    });
    expect(now.bankOnly.map((line) => line.reference)).toEqual(['LS300', 'LS301']);
  });

  test('interest is posted, a settlement is booked, and both sides are one sum', async () => {
    const [interest, settled] = await unmatched();
    await expect(
      match(interest!.id, { kind: 'interest', accountId: district.campaign }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await match(interest!.id, { kind: 'interest', accountId: district.general.id });
    await match(settled!.id, { kind: 'settlement', accountId: SANDBOX_CHANNEL });
    const now = await district.reconciliation(NOVEMBER);
    expect(now).toMatchObject({ bankFen: 726_234, bookFen: 726_234, agrees: true });
    expect(now.bankOnly).toEqual([]);
    const { rows, ledgerFen } = await district.trial(NOVEMBER);
    const of = (code: string) => rows.find((row) => row.code === code && row.detail === null);
    expect(of('4901')).toMatchObject({ creditFen: 1_234 });
    expect(of('1009')).toMatchObject({ closingDebitFen: 50_000 });
    expect(ledgerFen).toBe(726_234 + 50_000);
  });

  test('the same file, or the same lines in another, changes nothing', async () => {
    const text = `${HEAD}2026-11-02,"5,000.00",,5000.00,LS100,晨光制造,捐款\n`;
    expect(await district.statement(text)).toMatchObject({ added: 0, matched: 0 });
    expect(await district.statement(text)).toMatchObject({ added: 0, matched: 0 });
  });

  test('a line that cannot be read leaves everything as it was, and says which', async () => {
    const bad = await district.statement(
      `${HEAD}2026-11-23,1.2345,,,LS400,,\n2026-13-45,1,,,LS401,,\n2026-11-23,1,1,,LS402,,\n2026-11-23,1,,,LS403,,\n`,
    );
    expect(bad.added).toBe(0);
    expect(bad.problems.map((one) => one.line)).toEqual([2, 3, 4]);
    await expect(district.statement('没有,表头\n1,2\n')).rejects.toMatchObject({
      code: 'bank_statement_unreadable',
    });
  });

  test('what is chosen by hand must agree to the fen; two lines that cancel are a bounce', async () => {
    const { number: paid } = await district.paid(4_000, '2026-11-01');
    await district.statement(
      `${HEAD}2026-11-12,,39.99,,LS500,某公司,货款\n2026-11-12,,70.00,,LS501,错账,\n2026-11-13,70.00,,,LS502,错账退回,\n`,
    );
    const lines = await unmatched();
    const of = (reference: string) => lines.find((line) => line.reference === reference)!;
    const { bookOnly } = await district.reconciliation(NOVEMBER);
    const payment = bookOnly.find((one) => one.number === paid)!;
    await expect(
      match(of('LS500').id, { kind: 'payment', entryIds: [payment.id] }),
    ).rejects.toMatchObject({ code: 'bank_sum_differs' });
    await expect(
      match(of('LS501').id, { kind: 'bounced', entryIds: [of('LS500').id] }),
    ).rejects.toMatchObject({ code: 'bank_sum_differs' });
    await match(of('LS501').id, { kind: 'bounced', entryIds: [of('LS502').id] });
    await expect(
      match(of('LS502').id, { kind: 'bounced', entryIds: [of('LS501').id] }),
    ).rejects.toMatchObject({ code: 'bank_line_matched' });
  });
});

describe('what was before the record', () => {
  const take = (text: string, language: 'zh' | 'en' = 'zh') =>
    district.database.write({ ...district.as('accountant'), language }, 'test.openings', (tx) =>
      district.book.takeOpenings(tx, { bytes: Buffer.from(text), name: 'openings.csv' }),
    );
  const OPENINGS = '类型,年度,账户编号,账户名称,金额,支出,其中管理费\n';

  test('comes in from a file once, and a trace that reaches it says so', async () => {
    const { code, id } = district.special;
    const text = `${OPENINGS}期初余额,,${code},,1234.56,,\n以前年度,2025,${code},,1000.00,800.00,50.00\n`;
    expect(await take(text)).toMatchObject({ taken: 2, known: 0, problems: [] });
    expect(await take(text)).toMatchObject({ taken: 0, known: 2 });
    const traced = await district.database.read(system, async (tx) => {
      const [row] = await tx.db.selectFrom('opening_balance').selectAll().execute();
      expect(row!.account_id).toBe(id);
      return await district.fund.trace(tx, {
        transferIds: [row!.transfer_id],
        direction: 'backward',
      });
    });
    expect(traced).not.toBeNull();
    const { lineIds } = await agreedFrom(id, 10_000);
    const [payment] = await district.database.write(district.as('accountant'), 'test.pay', (tx) =>
      district.fund.payLines(tx, [
        { lineId: lineIds[0]!, bankReference: '付', paidOn: '2026-11-23' },
      ]),
    );
    const [row] = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('payment')
        .select('transfer_ids')
        .where('id', '=', payment!.paymentId)
        .execute(),
    );
    const back = await district.database.read(system, (tx) =>
      district.fund.trace(tx, { transferIds: row!.transfer_ids, direction: 'backward' }),
    );
    expect(back!.view.sentences.join('')).toContain('本系统启用之前');
    expect(back!.view.stations.map((station) => station.label)).toContain('系统启用前的记录');
  });

  test('a file with one unclear line changes nothing', async () => {
    const text = `${OPENINGS}期初余额,,JJ9999,,1,,\n随便,,${district.general.code},,1,,\n以前年度,,${district.general.code},,1,,\n以前年度,2024,${district.general.code},,1,1,2\n`;
    const bad = await take(text);
    expect(bad).toMatchObject({ taken: 0 });
    expect(bad.problems.map((one) => one.line)).toEqual([2, 3, 4, 5]);
    expect(bad.problems[3]!.problem).toBe('管理费不能大于支出');
    const told = (await take(text, 'en')).problems[3]!.problem;
    expect(told).toBe('Management cost cannot be more than what was spent');
    await expect(take('a,b\n1,2\n')).rejects.toMatchObject({ code: 'openings_unreadable' });
  });

  test('C-12: earlier years are the base of this year’s ratio, with its definition beside it', async () => {
    const years = await district.database.read(district.as('accountant'), (tx) =>
      district.book.years(tx),
    );
    const [now] = years.items;
    expect(now).toMatchObject({ year: 2026, baseKind: 'last_year', baseFen: 100_000 });
    expect(now!.charityFen).toBe(20_000 + 5_000 + 4_000 + 10_000);
    expect(now!.spendingBasisPoints).toBe(3_900);
    expect(now!.keepsSpending).toBe(false);
    expect(years.items[1]).toMatchObject({
      year: 2025,
      charityFen: 75_000,
      managementFen: 5_000,
      managementBasisPoints: 625,
      beforeRecord: true,
    });
    expect(years.definition.join('')).toContain('第六十一条');
  });

  async function agreedFrom(fundId: string, amountFen: number) {
    const proposalId = await district.database.write(
      district.as('federation'),
      'test.propose',
      (tx) =>
        district.fund.proposeList(tx, {
          fromAccountId: fundId,
          subject: { kind: 'test', id: fundId },
          purpose: '测试',
          lines: [
            {
              id: fundId,
              payee: { kind: 'organization', organizationId: district.supplierId },
              amountFen,
              label: '测试',
            },
          ],
        }),
    );
    const [row] = await district.database.read(system, (tx) =>
      tx.db.selectFrom('proposal').select('approval_id').where('id', '=', proposalId).execute(),
    );
    for (const name of ['approver', 'approver2'])
      await district.database.write(district.as(name), 'test.approve', (tx) =>
        district.fund.decide(tx, { approvalId: row!.approval_id, decision: 'approve', note: '' }),
      );
    return { lineIds: await district.linesOf(proposalId) };
  }
});

test('after all this the books and the ledger are whole', async () => {
  const { total, rows, ledgerFen } = await district.trial(NOVEMBER);
  expect(total.closingDebitFen).toBe(total.closingCreditFen);
  const assets = rows
    .filter((row) => row.detail === null && row.code.startsWith('1'))
    .reduce((sum, row) => sum + row.closingDebitFen - row.closingCreditFen, 0);
  expect(assets).toBe(ledgerFen);
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
