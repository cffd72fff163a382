import { check } from '@wennuan/ledger';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookDistrict, type BookDistrict } from '../../../test-support/book.ts';
import { systemActor } from '../../platform/actor.ts';
import { summaryOf, trialSheet } from './book.sheets.ts';
import { agrees, assetsFen } from './trial.ts';
import { voucherLayouts, vouchersOf, writeVouchers } from './voucher.ts';

let district: BookDistrict;
beforeAll(async () => {
  district = await bookDistrict();
});
afterAll(() => district.close());

const NOVEMBER = '2026-11';
const codesOf = async (month: string) => {
  const { rows } = await district.trial(month);
  return Object.fromEntries(
    rows.filter((row) => row.detail === null).map((row) => [row.code, row] as const),
  );
};

describe('the books of a month', () => {
  test('are the ledger’s, to the fen, whatever happened', async () => {
    await district.notify({ amountFen: 500_000 });
    await district.agreedGift(district.general.id, 80_000, '2026-11-20');
    await district.agreedGift(district.special.id, 30_000, '2026-11-21');
    const wish = await district.wish('电扇', 10_000);
    await district.notify({ amountFen: 12_000, projectCode: wish.projectCode });
    await district.paid(20_000, '2026-11-23');
    await district.payOut(
      { kind: 'item', id: wish.itemId },
      { kind: 'organization', id: district.supplierId },
      9_000,
    );
    const { rows, total, ledgerFen } = await district.trial(NOVEMBER);
    expect(agrees(total)).toBe(true);
    expect(assetsFen(rows)).toBe(ledgerFen);
    expect(ledgerFen).toBe(500_000 + 80_000 + 30_000 + 12_000 - 20_000 - 9_000);
    const codes = await codesOf(NOVEMBER);
    expect(codes['410102']).toMatchObject({ creditFen: 500_000 + 30_000 + 12_000 });
    expect(codes['410101']).toMatchObject({ creditFen: 80_000 });
    expect(codes['5101']).toMatchObject({ debitFen: 29_000 });
    expect(codes['1009']).toMatchObject({ closingDebitFen: 512_000 });
    const overview = await district.overview(NOVEMBER);
    expect(overview).toMatchObject({
      grossGiftFen: 622_000,
      giftCount: 4,
      paidFen: 29_000,
      balances: true,
      unrestrictedFen: 80_000,
      restrictedFen: 513_000,
    });
    expect(overview.bySource[0]).toMatchObject({ label: '微心愿', inFen: 512_000 });
  });

  test('leave as vouchers of accounting programs, debit and credit the same', async () => {
    const { entries } = await district.trial(NOVEMBER);
    const lines = vouchersOf(entries, (entry) => summaryOf(entry, 'zh'));
    for (const code of ['kingdee_csv', 'yonyou_csv']) {
      const { bytes } = await writeVouchers(code, NOVEMBER, lines);
      const [head, ...rows] = bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
      const titles = head!.split(',');
      const sum = (title: RegExp) =>
        rows.reduce(
          (total, row) =>
            total +
            Math.round(Number(row.split(',')[titles.findIndex((one) => title.test(one))]) * 100),
          0,
        );
      expect(sum(/借方/)).toBe(sum(/贷方/));
      expect(sum(/借方/)).toBeGreaterThan(0);
      expect(rows.join(' '), 'ids of ours').not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
    }
    const general = await writeVouchers('general_xlsx', NOVEMBER, lines);
    const book = await readXlsx(general.bytes);
    expect(book.sheets[0]!.rows[0]).toEqual([
      '日期',
      '凭证字',
      '凭证号',
      '摘要',
      '科目编码',
      '科目名称',
      '借方金额',
      '贷方金额',
      '辅助核算',
    ]);
    expect(voucherLayouts.map(({ title }) => title.en).join()).not.toMatch(/[\u4e00-\u9fff]/);
    await expect(writeVouchers('none', NOVEMBER, [])).rejects.toMatchObject({
      code: 'layout_unknown',
    });
    const { rows } = await district.trial(NOVEMBER);
    const sheet = await readXlsx(await trialSheet(NOVEMBER, rows));
    expect(sheet.sheets[0]!.rows).toHaveLength(rows.length + 1);
  });

  test('a payment dated back stands in the month it is dated in', async () => {
    const before = await codesOf('2026-10');
    await district.paid(7_000, '2026-10-30');
    const october = await codesOf('2026-10');
    expect((october['5101']?.debitFen ?? 0) - (before['5101']?.debitFen ?? 0)).toBe(7_000);
    for (const month of ['2026-10', NOVEMBER]) {
      const { rows, total, ledgerFen } = await district.trial(month);
      expect(agrees(total), month).toBe(true);
      expect(assetsFen(rows), month).toBe(ledgerFen);
    }
  });
});

describe('closing a month', () => {
  test('locks it: the database refuses what is dated in it; a correction goes to the open month with a note', async () => {
    await district.agreedGift(district.general.id, 1_000, '2026-10-12');
    await expect(district.closeMonth(NOVEMBER)).rejects.toMatchObject({ code: 'month_not_over' });
    await district.closeMonth('2026-10');
    await expect(district.closeMonth('2026-10')).rejects.toMatchObject({ code: 'month_closed' });
    const october = await codesOf('2026-10');
    await expect(district.paid(500, '2026-10-31')).rejects.toMatchObject({
      code: 'period_closed',
      params: { month: '2026-10' },
    });
    await expect(district.agreedGift(district.general.id, 500, '2026-10-31')).rejects.toMatchObject(
      { code: 'period_closed' },
    );
    await expect(
      district.paid(500, '2026-10-31', { bookedOn: '2026-11-23' }),
    ).rejects.toMatchObject({ code: 'reason_required' });
    await district.paid(500, '2026-10-31', { bookedOn: '2026-11-23', bookedNote: '十月漏记' });
    expect(await codesOf('2026-10')).toEqual(october);
    expect((await district.overview(NOVEMBER)).notes.at(-1)!.text).toContain('十月漏记');
  });

  test('the policy itself holds where the code forgot', async () => {
    const { lineIds } = await district.agreed([
      { kind: 'organization', id: district.supplierId, amountFen: 100 },
    ]);
    const [line] = await district.database.read(systemActor('test'), (tx) =>
      district.fund.lines(tx, { ids: lineIds }),
    );
    const insert = (bookedOn: string) =>
      district.database.write(district.as('accountant'), 'test.bug', (tx) =>
        tx.db
          .insertInto('payment')
          .values({
            id: '0198f000-0000-7000-8000-00000000000a',
            proposal_id: line!.proposalId,
            line_id: line!.id,
            source_kind: 'campaign',
            source_id: district.campaign,
            payee_kind: 'organization',
            payee_id: district.supplierId,
            payee_account_id: district.supplierId,
            public_payee: '测试',
            amount_fen: 100,
            transfer_ids: [],
            bank_reference: '回单',
            paid_on: bookedOn,
            booked_on: bookedOn,
            at: tx.now,
          })
          .execute(),
      );
    await expect(insert('2026-10-15')).rejects.toThrow('row-level security');
  });

  test('a batch answered late is booked in the open month, and says why', async () => {
    await district.signed('organization', district.supplierId);
    const { lineIds } = await district.agreed([
      { kind: 'organization', id: district.supplierId, amountFen: 300 },
    ]);
    const { batchId } = await district.sent(lineIds);
    await district.answered(batchId, '序号,处理结果,交易日期\n1,成功,2026-10-30\n');
    const [payment] = await district.database.read(systemActor('test'), (tx) =>
      tx.db.selectFrom('payment').selectAll().where('line_id', '=', lineIds[0]!).execute(),
    );
    expect(payment).toMatchObject({ paid_on: '2026-10-30', booked_on: '2026-11-23' });
    expect(payment!.booked_note).toContain('2026-10 已结账');
  });
});

test('after all this the ledger is whole', async () => {
  expect(await district.database.read(systemActor('test'), (tx) => check(tx.sql))).toEqual([]);
});
