import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';
import { signNotice } from './sandbox.ts';

let district: MoneyDistrict;
beforeAll(async () => {
  district = await moneyDistrict();
});
afterAll(() => district.close());

const system = systemActor('test');
const balanceOf = async (id: string) =>
  (await district.database.read(system, (tx) => balances(tx.sql, [id])))[0]!;

test('a signed notice becomes a gift in the books, and repeating it answers the same number', async () => {
  const before = (await balanceOf(district.campaign)).inflow;
  const notice = district.noticeOf({ amountFen: 250 });
  const signed = signNotice(notice, district.sandbox.privateKey);
  const first = await district.postNotice(signed.body, signed.signature);
  expect(first).toMatchObject({ status: 200, body: { repeated: false } });
  const later = signNotice(
    { ...notice, sentAt: new Date(Date.parse(notice.sentAt) + 1_000).toISOString() },
    district.sandbox.privateKey,
  );
  const again = await district.postNotice(later.body, later.signature);
  expect(again.body).toEqual({ ...first.body, repeated: true });
  expect((await balanceOf(district.campaign)).inflow).toBe(before + 250);
});
