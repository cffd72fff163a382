import { readFileSync } from 'node:fs';
import { check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { systemActor } from '../../platform/actor.ts';

let district: TestDistrict;
beforeAll(async () => void (district = await testDistrict()));
afterAll(() => district.close());

const imported = (...files: { name: string; bytes: Buffer }[]) =>
  district.database.write(district.actors['accountant']!, 'test.import', (tx) =>
    district.donation.importStatements(tx, files),
  );
const findings = () => district.database.read(systemActor('test'), (tx) => check(tx.sql));

describe('a giving day of 20,000 gifts', () => {
  const FOLDER = new URL('../../../../../demo/giving-day/', import.meta.url);
  const file = (name: string) => ({ name, bytes: readFileSync(new URL(name, FOLDER)) });
  const expected = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as Record<
    string,
    unknown
  > & { by_project: Record<string, { donated_fen: number }> };

  test('comes out as expected, and again changes nothing', async () => {
    const both = [file('designated-platform.csv'), file('wechatpay-bill.csv')];
    const first = await imported(...both);
    const asExpected = ({ sums }: typeof first) => ({
      donations: sums.donations,
      duplicate_rows: sums.duplicateRows,
      kept_fen: sums.keptFen,
      refunded: sums.refunded,
      fees_fen: sums.feesFen,
      by_project: Object.fromEntries(
        sums.byProject.map(({ code, count, donatedFen, matchedFen }) => [
          code,
          { count, donated_fen: donatedFen, matched_fen: matchedFen },
        ]),
      ),
    });
    expect(asExpected(first)).toEqual(expected);
    expect(first).toMatchObject({ newGifts: 20_000, newRefunds: 89, differences: 0 });
    const again = await imported(...both.toReversed());
    expect(asExpected(again)).toEqual(expected);
    expect(again).toMatchObject({ newGifts: 0, newRefunds: 0, newFeesFen: 0, differences: 0 });
    expect(await findings()).toEqual([]);
  });

  test('platform, bill and ledger agree to the fen on each of its days', async () => {
    const whole = await district.database.read(district.actors['auditor']!, (tx) =>
      district.payment.reconcile(tx, { from: '2021-09-07', until: '2021-09-09' }),
    );
    expect(whole.days).toHaveLength(3);
    for (const day of [...whole.days, whole]) {
      expect(day.bill).toEqual(day.platform);
      expect(day.ledger).toEqual(day.platform);
    }
    expect(whole.ledger).toEqual({
      count: 20_000,
      grossFen: 198_958_492,
      refundedFen: 1_297_706,
      feesFen: 1_187_381,
    });
    expect(whole.differences).toEqual([]);
  });
});
