import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { billFile, platformFile } from '../../../test-support/statements.ts';

let district: TestDistrict;
beforeAll(async () => void (district = await testDistrict()));
afterAll(() => district.close());

const accountant = () => district.actors['accountant']!;
const imported = (...files: { name: string; bytes: Buffer }[]) =>
  district.database.write(accountant(), 'test.import', (tx) =>
    district.donation.importStatements(tx, files),
  );
const compare = (day: string) =>
  district.database.read(accountant(), (tx) =>
    district.payment.reconcile(tx, { from: day, until: day }),
  );

describe('differences', () => {
  const day = '2026-10-01';
  const at = `${day} 10:00:00`;

  test('each is named, with the lines that say it; a note explains one', async () => {
    const report = await imported(
      platformFile([
        { order: 'D1', project: 'EQD', at, amount: '27.00', fee: '0.16' },
        { order: 'D2', project: 'EQD', at },
        { order: 'D4', project: 'EQD', at, state: '已退款' },
        { order: 'D5', project: 'EQD', at, fee: '0.05' },
        { order: 'D6', project: 'EQD', at },
      ]),
      billFile([
        { order: 'D1', at, amount: '72.00', fee: '0.16000' },
        { order: 'D3', at },
        { order: 'D4', at },
        { order: 'D5', at },
        { order: 'D6', at },
      ]),
    );
    expect(report.differences).toBe(5);
    const { differences, openDifferences } = await compare(day);
    const kinds = differences.map((one) => `${one.orderNumber} ${one.kinds.join(' ')}`);
    expect(kinds).toEqual([
      'D1 amount_differs',
      'D2 missing_in_bill',
      'D3 missing_in_platform',
      'D4 state_differs',
      'D5 fee_differs',
    ]);
    expect(openDifferences).toBe(5);
    expect(differences[0]).toMatchObject({
      platform: { amountFen: 2700, line: 2 },
      bill: { amountFen: 7200, line: 2 },
      ledger: { amountFen: 7200 },
    });
  });

  test('files that agree with each other and not with what was posted are told apart from the ledger', async () => {
    const on = '2026-10-02';
    const time = `${on} 10:00:00`;
    await imported(billFile([{ order: 'E1', at: time, amount: '30.00' }]));
    await imported(
      platformFile([{ order: 'E1', project: 'EQE', at: time, amount: '27.00' }]),
      billFile([{ order: 'E1', at: time, amount: '27.00' }]),
    );
    const { differences } = await compare(on);
    expect(differences).toMatchObject([
      {
        kinds: ['amount_differs'],
        platform: { amountFen: 2700 },
        bill: { amountFen: 2700 },
        ledger: { amountFen: 3000 },
      },
    ]);
  });
});
