import type { Id } from '@wennuan/basics';
import { balances, check } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookDistrict, type BookDistrict } from '../../../test-support/book.ts';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { UNKNOWN_MONEY } from '../fund/index.ts';
import type { BookNeeds } from './book.needs.ts';
import { plainWords, proposalsFor } from './credit.ts';
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
  const none = { campaigns: [], funds: [], claims: [], payers: [] };
  expect(proposalsFor({ counterparty: '', note: '捐款' }, none)).toEqual([]);
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
