import { newId } from '@wennuan/basics';
import { balances, post } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor } from '../../platform/actor.ts';
import { SANDBOX_CHANNEL } from '../fund/index.ts';
import { readFigures } from './figures.store.ts';
import { rowsOf } from './open.store.ts';

let district: MoneyDistrict;
let code: string;
let fundId: string;

/** A fund was given ¥12,000 twice, one of them went back, a supplier got ¥777.77, and ¥2,000 was set aside for persons. */
beforeAll(async () => {
  district = await moneyDistrict();
  const fund = await district.communityFund();
  code = fund.code;
  fundId = fund.id;
  for (const _ of [1, 2]) await district.notify({ projectCode: code, amountFen: 1_200_000 });
  await district.database.write(systemActor('test'), 'test.return', async (tx) => {
    const common = { document: { kind: 'gift_return', id: newId() }, actor: null };
    const { pots } = await district.fund.aidBack(tx, [
      { sourceId: fund.id, personId: newId(), amountFen: 0 },
    ]);
    const potId = pots.get(fund.id)!;
    const move = (key: string, from: string, to: string, amount: number, reason: string) => ({
      ...common,
      key,
      from,
      to,
      amount,
      reason,
    });
    const outcomes = await post(tx.sql, {
      commands: [
        move('back', fund.id, SANDBOX_CHANNEL, 1_200_000, 'return'),
        move('aside', fund.id, potId, 300_000, 'aid_set_aside'),
        move('unused', potId, fund.id, 100_000, 'aid_back'),
      ],
      at: tx.now,
      newId,
    });
    expect(outcomes.map((one) => one.status)).toEqual(['posted', 'posted', 'posted']);
  });
  await district.payOut(
    { kind: 'fund', id: fund.id },
    { kind: 'organization', id: district.supplierId },
    77_777,
  );
}, 60_000);
afterAll(() => district.close());

const SUMS = {
  givenFen: 2_400_000,
  returnedFen: 1_200_000,
  inFen: 1_200_000,
  outFen: 277_777,
  balanceFen: 922_223,
};

test('a fund’s page tells given, returned and used apart, and they add up with the balance', async () => {
  const get = async (url: string) =>
    JSON.parse((await district.app.inject({ url })).payload) as Record<string, unknown>;
  const page = await get(`/api/public/funds/${code}`);
  expect(page['fund']).toMatchObject(SUMS);
  expect(page).toMatchObject({ setAsideFen: 200_000 });
  const { balanceFen, ...month } = SUMS;
  expect(page['byMonth']).toEqual([{ month: '2026-11', ...month }]);
  expect(month.givenFen - month.returnedFen).toBe(month.inFen);
  expect(month.inFen - month.outFen).toBe(balanceFen);
  expect(await get('/api/public/funds')).toMatchObject({
    totalGivenFen: SUMS.givenFen,
    totalReturnedFen: SUMS.returnedFen,
    totalInFen: SUMS.inFen,
    totalOutFen: SUMS.outFen,
    totalBalanceFen: SUMS.balanceFen,
  });
});

test('the open data tells the same', async () => {
  const rows: unknown[] = [];
  for await (const part of rowsOf(district, 'funds')) rows.push(...part);
  expect(rows).toMatchObject([
    {
      code,
      given_yuan: 24_000,
      returned_yuan: 12_000,
      in_yuan: 12_000,
      out_yuan: 2_777.77,
      balance_yuan: 9_222.23,
    },
  ]);
});

test('a report counts matching and what is handed on, so that its balance is the books’ own', async () => {
  const system = systemActor('test');
  const { campaign } = district;
  await district.notify({ projectCode: 'HD0001', amountFen: 5_000 });
  const common = { document: { kind: 'campaign', id: campaign }, actor: null };
  await district.database.write(system, 'test.move', async (tx) => {
    const match = { from: SANDBOX_CHANNEL, to: campaign, amount: 2_000, reason: 'pot_match' };
    const rest = { from: campaign, to: fundId, amount: 1_000, reason: 'hand_on' };
    const commands = [
      { ...common, ...match, key: 'match' },
      { ...common, ...rest, key: 'rest' },
    ];
    const outcomes = await post(tx.sql, { commands, at: tx.now, newId });
    expect(outcomes.map((one) => one.status)).toEqual(['posted', 'posted']);
  });
  await district.database.read(system, async (tx) => {
    const span = { from: '2026-11-01', until: '2026-11-30' };
    const asked = { subjectKind: 'campaign' as const, subjectId: campaign, ...span };
    const figures = await readFigures(tx, asked);
    expect(figures).toMatchObject({ gifts: 1, inFen: 7_000, otherInFen: 2_000 });
    expect(figures).toMatchObject({ outFen: 1_000, otherOutFen: 1_000, balanceFen: 6_000 });
    expect(figures.byMonth).toEqual([{ month: '2026-11', inFen: 7_000, outFen: 1_000 }]);
    const [held] = await balances(tx.sql, [campaign]);
    expect(held!.balance).toBe(figures.balanceFen);
  });
});
