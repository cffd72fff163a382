import { newId, type Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookDistrict, type BookDistrict } from '../../../test-support/book.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { UNKNOWN_MONEY } from '../fund/index.ts';
import type { BookNeeds } from './book.needs.ts';
import { holdsNumber, plainWords, proposalsFor, type Known } from './credit.ts';
import {
  agreeCreditReturn,
  askCreditReturn,
  holdCredit,
  readCredits,
  recogniseCredit,
} from './credit.service.ts';

let district: BookDistrict;
let needs: BookNeeds;
const system = systemActor('test');
const NOVEMBER = '2026-11';
const HEAD = '交易日期,收入,支出,余额,流水号,对方户名,摘要\n';
beforeAll(async () => {
  district = await bookDistrict();
  needs = { ...district, names: district.access.names } as unknown as BookNeeds;
  await district.statement(
    `${HEAD}2026-11-20,88.00,,88.00,LS1,王测试,捐给微心愿 HD0001
2026-11-21,500.00,,588.00,LS2,晨光制造公司（测试）,捐款
2026-11-21,66.00,,654.00,LS3,不明来款人,无
2026-11-22,33.00,,687.00,LS4,另一来款人,转错了
`,
  );
});
afterAll(() => district.close());

const NOTHING: Known = {
  campaigns: [],
  funds: [],
  claims: [],
  payers: [],
  items: [],
  pledges: [],
  agreements: [],
};

const by = <T>(name: string, work: (tx: Writing) => Promise<T>) => {
  const actor: Actor = { ...district.as(name), login: 'system' };
  return district.database.write(actor, 'test.credit', work);
};
const credits = async () =>
  (await district.database.read(district.as('accountant'), (tx) => readCredits(needs, tx))).items;
const lineOf = async (reference: string) =>
  (await credits()).find((one) => one.reference === reference)!.bankLineId;
const heldFen = async (id: Id) =>
  (await district.database.read(system, (tx) => balances(tx.sql, [id])))[0]?.balance ?? 0;
const account = async (code: string) => {
  const { rows } = await district.trial(NOVEMBER);
  const row = rows.find((one) => one.code === code && one.detail === null);
  return (row?.closingCreditFen ?? 0) - (row?.closingDebitFen ?? 0);
};

test('words are compared without blanks and marks', () => {
  expect(plainWords('ｈｄ-0001 （捐款）')).toBe('HD0001捐款');
  expect(proposalsFor({ counterparty: '', note: '捐款', amountFen: 100 }, NOTHING)).toEqual([]);
});

test('a number is one of its own, never a part of a longer one', () => {
  for (const text of ['捐W000012给她', 'w 000012', 'Ｗ0000-12，谢谢', '心愿W000012'])
    expect(holdsNumber(text, 'W000012')).toBe(true);
  for (const text of ['W0000123', 'XW000012', 'W00001', '2W000012', ''])
    expect(holdsNumber(text, 'W000012')).toBe(false);
  expect(holdsNumber('协议（2026）7号', '7')).toBe(false);
  expect(holdsNumber('按XY(2026)+7 捐赠', 'XY(2026)+7')).toBe(true);
});

test('a pledge, an agreement and a wish are proposed by their numbers; two numbers are two proposals', () => {
  const known: Known = {
    ...NOTHING,
    items: [{ id: 'i1', code: 'W000012', name: '一张轮椅', neededFen: 30_000 }],
    pledges: [
      {
        id: 'p1',
        number: 'RJ-000007',
        agreementNumber: '协2026-05',
        label: 'RJ-000007 晨光',
        organizationName: '晨光制造公司（测试）',
        awaitedFen: [50_000, 200_000],
      },
    ],
    agreements: [
      { fundId: 'f1', fundName: '助学', partnerId: 'o2', partnerName: '远山', number: 'ZX-2026-1' },
    ],
  };
  const of = (note: string, change: { counterparty?: string; amountFen?: number } = {}) =>
    proposalsFor({ counterparty: '', amountFen: 1, note, ...change }, known).map(
      ({ kind, id, why }) => [kind, id, ...why],
    );
  expect(of('兑现 RJ000007')).toEqual([['pledge', 'p1', 'number']]);
  expect(of('协 2026-05 第二期')).toEqual([['pledge', 'p1', 'agreement']]);
  expect(of('ZX20261')).toEqual([['fund', 'f1', 'agreement']]);
  expect(of('W000012', { amountFen: 30_000 })).toEqual([['item', 'i1', 'number', 'amount']]);
  expect(of('RJ-000007 W000012')).toHaveLength(2);
  // Who pays alone, or how much alone, is no pledge; both together are worth asking.
  const payer = '晨光制造公司（测试）';
  expect(of('捐款', { counterparty: payer })).toEqual([]);
  expect(of('捐款', { amountFen: 50_000 })).toEqual([]);
  expect(of('捐款', { counterparty: payer, amountFen: 50_000 })).toEqual([
    ['pledge', 'p1', 'payer', 'amount'],
  ]);
});

describe('a credit of the bank that nobody knows', () => {
  test('is proposed by number, and is one gift however often it is sent', async () => {
    const [first] = await credits();
    expect(first!.proposals[0]).toMatchObject({ kind: 'campaign', why: ['number', 'name'] });
    const command = {
      bankLineId: first!.bankLineId,
      kind: 'campaign' as const,
      id: district.campaign,
      organizationId: null,
    };
    const sent = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        by('accountant', (tx) => recogniseCredit(needs, tx, command)),
      ),
    );
    expect(sent.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await heldFen(district.campaign)).toBe(8_800);
  });

  test('of an organisation on file is proposed for its funds', async () => {
    const bankLineId = await lineOf('LS2');
    const [proposal] = (await credits()).find((one) => one.bankLineId === bankLineId)!.proposals;
    expect(proposal).toMatchObject({ kind: 'fund', organizationId: district.enterpriseId });
    await by('accountant', (tx) =>
      recogniseCredit(needs, tx, {
        bankLineId,
        kind: 'fund',
        id: district.general.id,
        organizationId: district.enterpriseId,
      }),
    );
    expect(await heldFen(district.general.id)).toBe(50_000);
  });

  test('is held as unknown: owed, no income; known later it becomes a gift', async () => {
    const bankLineId = await lineOf('LS3');
    await by('accountant', (tx) => holdCredit(needs, tx, { bankLineId, note: '电话查询中' }));
    expect(await heldFen(UNKNOWN_MONEY)).toBe(6_600);
    expect(await account('2209')).toBe(6_600);
    expect(await account('410102')).toBe(8_800);
    await by('accountant', (tx) =>
      recogniseCredit(needs, tx, {
        bankLineId,
        kind: 'campaign',
        id: district.campaign,
        organizationId: null,
      }),
    );
    expect(await heldFen(UNKNOWN_MONEY)).toBe(0);
    expect(await account('2209')).toBe(0);
    expect(await account('410102')).toBe(15_400);
  });

  test('goes back on the word of two, and the books agree with the bank to the fen', async () => {
    const bankLineId = await lineOf('LS4');
    const ask = () =>
      by('accountant', (tx) => askCreditReturn(tx, { bankLineId, reason: '对方来函说转错' }));
    await expect(ask()).rejects.toMatchObject({ code: 'credit_not_held' });
    await by('accountant', (tx) => holdCredit(needs, tx, { bankLineId, note: '转错' }));
    await ask();
    const agree = (name: string) => by(name, (tx) => agreeCreditReturn(needs, tx, bankLineId));
    await expect(agree('accountant')).rejects.toMatchObject({ code: 'second_person_required' });
    await agree('approver');
    await expect(agree('approver2')).rejects.toMatchObject({ code: 'not_found' });
    await district.statement(`${HEAD}2026-11-23,,33.00,654.00,LS5,另一来款人,退回\n`, 'back.csv');
    expect(await district.reconciliation(NOVEMBER)).toMatchObject({
      bankFen: 65_400,
      bookFen: 65_400,
      agrees: true,
      bankOnly: [],
      bookOnly: [],
    });
    expect(await credits()).toEqual([]);
    expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
  });
});

describe('what a number in the words names', () => {
  test('a pledge: one click makes the gift and counts it towards the pledge, once', async () => {
    const { pledgeId } = await district.database.write(district.as('federation'), 'test', (tx) =>
      district.pledge.recordPledge(tx, {
        formId: newId(),
        campaignId: district.campaign,
        organizationId: district.enterpriseId,
        amountYuan: '300.00',
        agreementNumber: '协议2026-11',
        instalments: [
          { dueOn: '2026-11-30', amountYuan: '100.00' },
          { dueOn: '2026-12-31', amountYuan: '200.00' },
        ],
      }),
    );
    await district.statement(
      `${HEAD}2026-11-24,100.00,,754.00,LS6,某公司财务,协议2026-11第一期\n`,
      'pledge.csv',
    );
    const [credit] = await credits();
    expect(credit!.proposals[0]).toMatchObject({
      kind: 'pledge',
      id: pledgeId,
      why: ['agreement', 'amount'],
    });
    const command = {
      bankLineId: credit!.bankLineId,
      kind: 'pledge' as const,
      id: pledgeId,
      organizationId: null,
    };
    const sent = await Promise.allSettled(
      [1, 2, 3].map(() => by('accountant', (tx) => recogniseCredit(needs, tx, command))),
    );
    expect(sent.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const [left] = await district.database.read(district.as('accountant'), (tx) =>
      district.pledge.awaited(tx),
    );
    expect(left).toMatchObject({ id: pledgeId, awaitedFen: [20_000, 20_000] });
  });

  test('an agreement of a special fund: proposed for its partner on file', async () => {
    const [{ name } = { name: '' }] = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('organization')
        .select('public_name as name')
        .where('id', '=', district.enterpriseId)
        .execute(),
    );
    const fund = await district.database.write(district.as('federation'), 'test', (tx) =>
      district.fund.openFund(tx, {
        name: '助学专项基金',
        kind: 'special',
        areaId: null,
        agreement: {
          partnerName: name,
          agreementNumber: '专项（2026）3号',
          agreedOn: '2026-11-01',
          purpose: '助学',
          remainderRule: '转入一般基金',
        },
      }),
    );
    await district.statement(
      `${HEAD}2026-11-24,70.00,,824.00,LS8,某某代付,专项2026-3号协议款\n`,
      'agreement.csv',
    );
    const credit = (await credits()).find((one) => one.reference === 'LS8');
    expect(credit!.proposals).toEqual([
      {
        kind: 'fund',
        id: fund.id,
        label: `${name} · 助学专项基金`,
        organizationId: district.enterpriseId,
        why: ['agreement'],
      },
    ]);
    await by('accountant', (tx) =>
      holdCredit(needs, tx, { bankLineId: credit!.bankLineId, note: '核对中' }),
    );
  });

  test('a single wish: the money is on its own account, and the list says what still lacks', async () => {
    const { itemId, projectCode: code } = await district.wish('一张轮椅', 3_000);
    const before = await heldFen(itemId);
    await district.statement(
      `${HEAD}2026-11-24,20.00,,774.00,LS7,王测试,心愿${code}\n`,
      'wish.csv',
    );
    const credit = (await credits()).find((one) => one.reference === 'LS7');
    expect(credit!.proposals[0]).toMatchObject({ kind: 'item', id: itemId, why: ['number'] });
    await by('accountant', (tx) =>
      recogniseCredit(needs, tx, {
        bankLineId: credit!.bankLineId,
        kind: 'item',
        id: itemId,
        organizationId: null,
      }),
    );
    expect(await heldFen(itemId)).toBe(before + 2_000);
    expect(
      await district.database.read(system, (tx) => district.donation.itemsToGiveFor(tx)),
    ).toMatchObject([{ id: itemId, neededFen: 1_000 }]);
  });
});
