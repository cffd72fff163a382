import { Refusal, type Id } from '@wennuan/basics';
import { balances, check, statement, trace } from '@wennuan/ledger';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payoutDistrict, type PayoutDistrict } from '../../../test-support/payout.ts';
import { systemActor } from '../../platform/actor.ts';

let district: PayoutDistrict;
let fundId: Id;
let otherId: Id;
const system = systemActor('test');

beforeAll(async () => {
  district = await payoutDistrict();
  const funds = await district.database.write(district.as('federation'), 'test.funds', (tx) =>
    district.fund.createFunds(tx, [
      { name: '助学专项', kind: 'special', areaId: null },
      { name: '助老专项', kind: 'special', areaId: null },
    ]),
  );
  fundId = funds[0]!.id;
  otherId = funds[1]!.id;
});
afterAll(() => district.close());

const write = <T>(name: string, work: Parameters<typeof district.database.write<T>>[2]) =>
  district.database.write(district.as(name), 'test.write', work);
const held = async (id: Id) =>
  (await district.database.read(system, (tx) => balances(tx.sql, [id])))[0]!;
const picture = async (name: string) => {
  const bytes = await sharp({
    create: { width: 40, height: 30, channels: 3, background: '#888' },
  })
    .png()
    .toBuffer();
  return (await district.attachment.add(district.as(name), bytes)).id;
};
let receipts = 0;

/** A gift by agreement; answers its number as people read it. */
async function gift(target: Id, amountFen: number): Promise<{ giftId: Id; number: string }> {
  receipts += 1;
  const [made] = await write('accountant', (tx) =>
    district.donation.recordAgreedGifts(tx, [
      {
        fundId: target,
        organizationId: district.enterpriseId,
        amountFen,
        bankReference: `来账${receipts}`,
        paidOn: '2026-11-20',
      },
    ]),
  );
  const [row] = await district.database.read(system, (tx) =>
    tx.db.selectFrom('gift').select('serial').where('id', '=', made!.giftId).execute(),
  );
  return { giftId: made!.giftId, number: `JZ-${String(row!.serial).padStart(8, '0')}` };
}

const consent = async (giftNumber: string, change: object = {}) =>
  await write('federation', async (tx) =>
    district.payout.proposePurposeChange(tx, {
      basis: 'donor_consent',
      giftNumber,
      fromAccountId: null,
      toAccountId: otherId,
      amountYuan: '',
      basisText: '捐赠人书面同意',
      basisOn: '2026-11-22',
      reason: '原项目已完成',
      attachmentIds: [await picture('federation')],
      ...change,
    }),
  );
const filing = (change: object = {}) =>
  write('federation', (tx) =>
    district.payout.proposePurposeChange(tx, {
      basis: 'filing',
      giftNumber: '',
      fromAccountId: district.campaign,
      toAccountId: otherId,
      amountYuan: '10',
      basisText: '备案2026-99',
      basisOn: '2026-11-22',
      reason: '剩余财产用于相近目的',
      attachmentIds: [],
      ...change,
    }),
  );
const decide = (name: string, approvalId: Id) =>
  write(name, (tx) =>
    district.payout.decidePurposeChanges(tx, {
      approvalIds: [approvalId],
      decision: 'approve',
      note: '',
    }),
  );
async function approvalOf(changeId: Id): Promise<Id> {
  const [row] = await district.database.read(system, (tx) =>
    tx.db.selectFrom('purpose_change').select('approval_id').where('id', '=', changeId).execute(),
  );
  return row!.approval_id;
}

describe('C-11: money is used as it was given for', () => {
  test('C-11: one gift changes its purpose with its giver’s consent, by two, and nobody else’s gift moves', async () => {
    const first = await gift(fundId, 10_000);
    const second = await gift(fundId, 20_000);
    const { changeId } = await consent(second.number);
    const approvalId = await approvalOf(changeId);
    await decide('approver', approvalId);
    expect((await held(otherId)).balance).toBe(0);
    await decide('approver2', approvalId);
    expect(await held(otherId)).toMatchObject({ balance: 20_000 });
    // The earlier gift, which the queue would have taken first, still lies where it was given to.
    const rest = await district.database.read(system, async (tx) => {
      const [row] = await tx.db
        .selectFrom('gift')
        .select('transfer_id')
        .where('id', '=', first.giftId)
        .execute();
      return await trace(tx.sql, {
        start: { transferId: row!.transfer_id },
        direction: 'forward',
        maxHops: 3,
      });
    });
    expect(rest.resting).toMatchObject([{ accountId: fundId, amount: 10_000 }]);
    await expect(consent(second.number)).rejects.toMatchObject({ code: 'already_spent' });
  });

  test('C-11: the trace of the gift says so', async () => {
    const { giftId, number } = await gift(fundId, 3_000);
    const { changeId } = await consent(number);
    const approvalId = await approvalOf(changeId);
    await decide('approver', approvalId);
    await decide('approver2', approvalId);
    const traced = await district.database.read(system, async (tx) => {
      const [row] = await tx.db
        .selectFrom('gift')
        .select('transfer_id')
        .where('id', '=', giftId)
        .execute();
      return await district.fund.trace(tx, {
        transferIds: [row!.transfer_id],
        direction: 'forward',
      });
    });
    expect(traced!.view.sentences.join('')).toContain('经捐赠人同意或重新备案');
    expect(traced!.view.stations.map((station) => station.label)).toContain('助老专项');
  });

  test('C-11: without consent on paper, or under the old filing, nothing is proposed', async () => {
    const { number } = await gift(fundId, 100);
    await expect(consent(number, { attachmentIds: [] })).rejects.toMatchObject({
      code: 'consent_paper_required',
    });
    await expect(consent('JZ-99999999')).rejects.toMatchObject({ code: 'gift_unknown' });
    await expect(consent(number, { toAccountId: fundId })).rejects.toMatchObject({
      code: 'same_purpose',
    });
    await district.notify({ amountFen: 50_000 });
    await expect(filing({ basisText: '备案2026-01' })).rejects.toMatchObject({
      code: 'filing_not_new',
    });
    const { changeId } = await filing();
    const before = await held(district.campaign);
    const approvalId = await approvalOf(changeId);
    await decide('approver', approvalId);
    await decide('approver2', approvalId);
    expect((await held(district.campaign)).balance).toBe(before.balance - 1_000);
  });

  test('C-11: every move between purposes in the ledger has a change, a remainder rule or a filed part behind it', async () => {
    const lines = await district.database.read(system, async (tx) => [
      ...(await statement(tx.sql, { accountId: otherId, limit: 100 })).lines,
    ]);
    const changes = await district.database.read(system, (tx) =>
      tx.db.selectFrom('purpose_change').select(['transfer_ids', 'state']).execute(),
    );
    const known = new Set(
      changes.flatMap((row) => (row.state === 'done' ? (row.transfer_ids ?? []) : [])),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(known.has(line.id), line.reason).toBe(true);
  });
});

describe('management cost', () => {
  const rate = (accountId: Id, percent: string, change: object = {}) =>
    write('accountant', (tx) =>
      district.payout.setManagementRate(tx, {
        accountId,
        percent,
        filingNumber: '备案2026-05',
        sinceOn: '2026-11-23',
        ...change,
      }),
    );
  const split = () =>
    district.database.write(system, 'test.split', (tx) => district.payout.splitManagement(tx));

  test('is filled by a filed part of each gift, out of the gift itself, once', async () => {
    await gift(fundId, 100);
    await rate(fundId, '5');
    await split();
    const managementId = (await district.database.read(system, (tx) =>
      district.payout.managementFund(tx),
    ))!;
    const before = await held(managementId);
    const queue = await held(fundId);
    await gift(fundId, 10_001);
    expect(await split()).toBe(1);
    expect(await split()).toBe(0);
    expect((await held(managementId)).balance).toBe(before.balance + 500);
    // Taken from the end of the gift's own entry: the queue's turn did not move on.
    const after = await held(fundId);
    expect(after.outflow - after.ahead).toBe(queue.outflow - queue.ahead);
  });

  test('never takes more than ten percent, is never dated back, and nothing else moves there', async () => {
    await expect(rate(otherId, '10.01')).rejects.toMatchObject({ code: 'rate_too_high' });
    await expect(rate(otherId, '3', { sinceOn: '2026-11-01' })).rejects.toBeInstanceOf(Refusal);
    const managementId = (await district.database.read(system, (tx) =>
      district.payout.managementFund(tx),
    ))!;
    await expect(rate(managementId, '1')).rejects.toMatchObject({ code: 'not_found' });
    await expect(filing({ toAccountId: managementId })).rejects.toMatchObject({
      code: 'management_never',
    });
    await expect(
      district.database.write(system, 'test.bug', (tx) =>
        tx.db
          .insertInto('management_rate')
          .values({
            account_id: otherId,
            since_on: '2026-12-01',
            rate_basis_points: 1_001,
            filing_number: '无',
            filed_by: district.as('accountant').accountId!,
            filed_at: tx.now,
          })
          .execute(),
      ),
    ).rejects.toThrow('management_rate_ten_percent');
  });
});

describe('a return', () => {
  const propose = (giftNumber: string, change: object = {}) =>
    write('accountant', (tx) =>
      district.payout.proposeReturn(tx, {
        giftNumber,
        amountYuan: '',
        ground: 'paid_twice',
        note: '同一笔转账两次',
        attachmentIds: [],
        ...change,
      }),
    );

  test('goes back on a named ground, out of its own gift, agreed to by two', async () => {
    const { number } = await gift(otherId, 7_000);
    const { returnId } = await propose(number);
    await expect(propose(number)).rejects.toMatchObject({ code: 'return_open' });
    const pay = () =>
      write('accountant', (tx) =>
        district.payout.payReturn(tx, { returnId, bankReference: '退1', paidOn: '2026-11-23' }),
      );
    await expect(pay()).rejects.toMatchObject({ code: 'proposal_not_approved' });
    const [row] = await district.database.read(system, (tx) =>
      tx.db.selectFrom('gift_return').select('approval_id').where('id', '=', returnId).execute(),
    );
    const word = (name: string) =>
      write(name, (tx) =>
        district.payout.decideReturns(tx, {
          approvalIds: [row!.approval_id],
          decision: 'approve',
          note: '',
        }),
      );
    await word('approver');
    await expect(word('approver')).rejects.toMatchObject({ code: 'approver_already_decided' });
    await word('approver2');
    const before = await held(otherId);
    await pay();
    await expect(pay()).rejects.toMatchObject({ code: 'payment_already_made' });
    expect((await held(otherId)).balance).toBe(before.balance - 7_000);
  });

  test('never takes what was spent', async () => {
    const { number } = await gift(otherId, 900);
    await expect(propose(number, { amountYuan: '9.01' })).rejects.toMatchObject({
      code: 'already_spent',
      params: { left: '9.00' },
    });
  });
});

test('after all this the ledger is whole', async () => {
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
