import { newId, type Id } from '@wennuan/basics';
import { balances, check, post } from '@wennuan/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { type BillLine, billFile, platformFile } from '../../../test-support/statements.ts';
import { systemActor } from '../../platform/actor.ts';
import { PLATFORM_CHANNEL } from '../fund/index.ts';
import { StatementsRefused } from '../payment/index.ts';

const system = systemActor('test');
let district: TestDistrict;
beforeAll(async () => void (district = await testDistrict()));
afterAll(() => district.close());

const imported = (...chosen: { name: string; bytes: Buffer }[]) =>
  district.database.write(district.actors['accountant']!, 'test.import', (tx) =>
    district.donation.importStatements(tx, chosen),
  );
const findings = () => district.database.read(system, (tx) => check(tx.sql));
const compare = (day: string) =>
  district.database.read(system, (tx) => district.payment.reconcile(tx, { from: day, until: day }));

/** What lies under a project number. */
async function held(code: string): Promise<number> {
  return await district.database.read(system, async (tx) => {
    const row = await tx.db
      .selectFrom('platform_project')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    return (await balances(tx.sql, [row.id]))[0]!.balance;
  });
}

/** What of refunds no gift has given back. */
async function owed(): Promise<number> {
  const rows = await district.database.read(system, (tx) =>
    tx.sql.query<{ fen: number }>(
      'select coalesce(sum(lacking_fen), 0)::bigint as fen from gift_refund',
    ),
  );
  return rows[0]!.fen;
}

async function campaign(legalForm: 'public_fundraising' | 'agreed_gift'): Promise<Id> {
  const { campaignId } = await district.database.write(
    district.actors['federation']!,
    'test.campaign',
    (tx) =>
      district.donation.draftCampaign(tx, {
        name: '给老人一个家',
        legalForm,
        summary: '五户危房',
        purpose: '修房',
        beneficiaries: '五户老人',
        useOfMoney: '修房',
        costs: '不收取管理费',
        remainderRule: '留在本活动',
        opensOn: '2026-09-01',
        closesOn: '2026-09-30',
        goalYuan: null,
        isEmergency: false,
      }),
  );
  return campaignId;
}

describe('the same gifts from several files', () => {
  test('the platform’s file first, the bill on another day', async () => {
    const first = await imported(
      platformFile([
        { order: 'S1', project: 'EQS', matched: '5.00' },
        { order: 'S2', project: 'EQS' },
      ]),
    );
    expect(first).toMatchObject({ newGifts: 2, held: { gifts: 2, fen: 2000 } });
    const second = await imported(billFile([{ order: 'S1' }, { order: 'S2' }]));
    expect(second).toMatchObject({ newGifts: 0, newFeesFen: 0, differences: 0 });
    expect(await held('EQS')).toBe(2000 + 500 - 12);
  });

  test('the bill first: held under the product’s name until the platform’s file numbers it', async () => {
    const bill = billFile([{ order: 'T1', product: '夜间送餐' }]);
    const first = await imported(bill);
    expect(first.sums.byProject).toMatchObject([{ code: '夜间送餐', donatedFen: 1000 }]);
    const second = await imported(
      platformFile([{ order: 'T1', project: 'EQT', projectName: '夜间送餐', matched: '2.00' }]),
    );
    expect(second).toMatchObject({ newGifts: 0, differences: 0 });
    expect(second.sums.byProject).toMatchObject([{ code: 'EQT', donatedFen: 1000 }]);
    expect(await held('EQT')).toBe(1000 - 6 + 200);
  });

  test('two bills for one day count each payment once', async () => {
    const rows: BillLine[] = [{ order: 'U1', product: '两份账单' }];
    const first = await imported(billFile(rows), billFile([...rows, { order: 'U2' }]));
    expect(first).toMatchObject({ newGifts: 2, sums: { duplicateRows: 1 } });
    const later = await imported(billFile([...rows, { order: 'U2' }, { order: 'U3' }]));
    expect(later).toMatchObject({ newGifts: 1, sums: { donations: 3, duplicateRows: 0 } });
  });

  test('two bills that contradict each other are not imported, neither of them', async () => {
    const attempt = imported(
      billFile([{ order: 'V1' }, { order: 'V2' }]),
      billFile([{ order: 'V2', amount: '11.00' }]),
    );
    await expect(attempt).rejects.toMatchObject({
      problems: [{ file: 1, line: 2, code: 'order_conflicts' }],
    });
    await expect(attempt).rejects.toBeInstanceOf(StatementsRefused);
    expect((await imported(billFile([{ order: 'V1' }]))).newGifts).toBe(1);
  });

  test('one bad line in one file keeps all files out', async () => {
    const attempt = imported(
      platformFile([{ order: 'W1', project: 'EQW' }]),
      billFile([{ order: 'W1' }, { order: 'W2', amount: '12.3456', fee: '0' }]),
    );
    await expect(attempt).rejects.toMatchObject({
      problems: [{ file: 1, line: 3, code: 'amount_too_fine' }],
    });
    const kept = await district.database.read(system, (tx) =>
      tx.db.selectFrom('gift_payment').select('id').where('order_number', 'like', 'W%').execute(),
    );
    expect(kept).toEqual([]);
  });
});

describe('refunds', () => {
  test('several of one order, in later bills; the fee comes back with them', async () => {
    const project = { project: 'EQR', projectName: '分次退款' };
    await imported(
      platformFile([{ order: 'R1', ...project, amount: '30.00', fee: '0.18', matched: '3.00' }]),
      billFile([{ order: 'R1', amount: '30.00', fee: '0.18000' }]),
    );
    const part = await imported(
      billFile([
        {
          order: 'R1',
          at: '2026-09-08 10:00:00',
          fee: '-0.06000',
          refund: { number: 'RR1', amount: '10.00' },
        },
      ]),
    );
    expect(part).toMatchObject({ newGifts: 0, newRefunds: 1 });
    expect(await held('EQR')).toBe(3000 + 300 - 18 - 1000 + 6);
    const rest = billFile([
      {
        order: 'R1',
        at: '2026-09-09 10:00:00',
        fee: '-0.12000',
        refund: { number: 'RR2', amount: '20.00' },
      },
    ]);
    await imported(rest);
    await imported(rest);
    expect(await held('EQR')).toBe(0);
    const { differences } = await compare('2026-09-07');
    expect(differences.filter((one) => one.orderNumber === 'R1')).toMatchObject([
      { kinds: ['state_differs'], platform: { refundedFen: 0 }, bill: { refundedFen: 3000 } },
    ]);
    await imported(
      platformFile([
        { order: 'R1', ...project, amount: '30.00', fee: '0.18', matched: '3.00', state: '已退款' },
      ]),
    );
    const after = await compare('2026-09-07');
    expect(after.differences.filter((one) => one.orderNumber === 'R1')).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  test('what only the platform told of is the refund that the bill tells of later', async () => {
    const gift = { order: 'Q1', project: 'EQQ' };
    await imported(platformFile([{ ...gift, state: '已退款', refundedAt: '2026-09-07 15:00:00' }]));
    expect(await held('EQQ')).toBe(0);
    const later = await imported(
      billFile([
        { order: 'Q1' },
        { order: 'Q1', fee: '-0.06000', refund: { number: 'QQ1', amount: '10.00' } },
      ]),
    );
    expect(later).toMatchObject({ newGifts: 0, newRefunds: 0, differences: 0 });
    expect(later.sums.refunded).toEqual({ count: 1, fen: 1000 });
  });

  test('of an order nobody knows: told by line, owed, and made good when the order comes', async () => {
    const refund = billFile([
      {
        order: 'X1',
        at: '2026-09-08 10:00:00',
        fee: '-0.06000',
        refund: { number: 'XX1', amount: '10.00' },
      },
    ]);
    const first = await imported(refund);
    expect(first.notes).toMatchObject([
      { line: 2, code: 'refund_unknown_order', params: { refund: 'XX1', order: 'X1' } },
    ]);
    expect(await owed()).toBe(994);
    const then = await imported(
      platformFile([{ order: 'X1', project: 'EQX' }]),
      billFile([{ order: 'X1' }]),
    );
    expect(then).toMatchObject({ newGifts: 1, newRefunds: 0 });
    expect(await owed()).toBe(0);
    expect(await held('EQX')).toBe(0);
    expect(await findings()).toEqual([]);
  });

  test('that we decided ourselves are the ones the bill tells of later', async () => {
    await imported(platformFile([{ order: 'O1', project: 'EQO' }]), billFile([{ order: 'O1' }]));
    const { id, entry_id } = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('gift_payment')
        .select(['id', 'entry_id'])
        .where('order_number', '=', 'O1')
        .executeTakeFirstOrThrow(),
    );
    await district.database.write(system, 'test.return', async (tx) => {
      const row = await tx.db
        .selectFrom('platform_project')
        .select('id')
        .where('code', '=', 'EQO')
        .executeTakeFirstOrThrow();
      const [outcome] = await post(tx.sql, {
        commands: [
          {
            key: 'return:O1',
            from: row.id,
            to: PLATFORM_CHANNEL,
            amount: 994,
            of: entry_id!,
            reason: 'return',
            document: { kind: 'gift_return', id },
            actor: null,
          },
        ],
        at: tx.now,
        newId,
      });
      if (outcome!.status === 'refused') throw new Error(outcome!.refusal);
      await district.donation.noteReturned(tx, {
        refundId: newId(),
        paymentId: id,
        amountFen: 994,
        transferIds: outcome!.transferIds,
      });
    });
    const later = await imported(
      billFile([
        { order: 'O1' },
        { order: 'O1', fee: '-0.06000', refund: { number: 'OO1', amount: '10.00' } },
      ]),
    );
    expect(later.sums.refunded).toEqual({ count: 1, fen: 1000 });
    expect(await held('EQO')).toBe(0);
    expect(await findings()).toEqual([]);
  });

  test('more than came in is not imported', async () => {
    await expect(
      imported(
        billFile([
          { order: 'Y1' },
          { order: 'Y1', refund: { number: 'YY1', amount: '6.00' } },
          { order: 'Y1', refund: { number: 'YY2', amount: '6.00' } },
        ]),
      ),
    ).rejects.toMatchObject({ problems: [{ line: 4, code: 'refund_too_much' }] });
  });

  test('one under way is booked when a later bill says that it succeeded', async () => {
    const refund = (state: string) => ({ number: 'ZZ1', amount: '10.00', state });
    await imported(
      platformFile([{ order: 'Z1', project: 'EQZ' }]),
      billFile([{ order: 'Z1' }, { order: 'Z1', refund: refund('PROCESSING') }]),
    );
    expect(await held('EQZ')).toBe(994);
    await imported(billFile([{ order: 'Z1', fee: '-0.06000', refund: refund('SUCCESS') }]));
    expect(await held('EQZ')).toBe(0);
  });
});

describe('project numbers', () => {
  test('stand in the list of gifts as what their gifts are for', async () => {
    await imported(platformFile([{ order: 'L1', project: 'EQL', projectName: '夜读角' }]));
    const { items } = await district.donation.handlers.gifts({
      actor: district.actors['accountant']!,
      query: { limit: 1 },
    } as Parameters<typeof district.donation.handlers.gifts>[0]);
    expect(items[0]).toMatchObject({ targetLabel: 'EQL 夜读角', displayName: '老郑州' });
  });

  test('what was held moves to the campaign gift by gift, what comes later goes there at once', async () => {
    await imported(
      platformFile([
        { order: 'P1', project: 'EQP', amount: '100.00', fee: '0.60', matched: '50.00' },
        { order: 'P2', project: 'EQP', state: '已退款' },
        { order: 'P3', project: 'EQP' },
      ]),
    );
    const project = await district.database.read(system, (tx) =>
      tx.db
        .selectFrom('platform_project')
        .select('id')
        .where('code', '=', 'EQP')
        .executeTakeFirstOrThrow(),
    );
    const accountant = district.actors['accountant']!;
    const attach = (campaignId: Id) =>
      district.database.write(accountant, 'test.attach', (tx) =>
        district.donation.attachProject(tx, { projectId: project.id, campaignId }),
      );
    await expect(attach(await campaign('agreed_gift'))).rejects.toThrow('campaign_form_differs');
    const campaignId = await campaign('public_fundraising');
    await attach(campaignId);
    await attach(campaignId);
    await expect(attach(await campaign('public_fundraising'))).rejects.toThrow('project_attached');
    const balance = async () => {
      const found = await district.database.read(system, (tx) => balances(tx.sql, [campaignId]));
      return found[0]!.balance;
    };
    expect(await held('EQP')).toBe(0);
    expect(await balance()).toBe(10_000 - 60 + 5000 + 994);
    // A refund after that comes out of the campaign, from that gift's own money.
    await imported(
      billFile([
        { order: 'P1', amount: '100.00', fee: '0.60000' },
        { order: 'P2' },
        { order: 'P2', fee: '-0.06000', refund: { number: 'PP2', amount: '10.00' } },
        { order: 'P3' },
        { order: 'P3', fee: '-0.06000', refund: { number: 'PP3', amount: '10.00' } },
      ]),
    );
    expect(await balance()).toBe(10_000 - 60 + 5000);
    await imported(platformFile([{ order: 'P4', project: 'EQP' }]));
    expect(await balance()).toBe(10_000 - 60 + 5000 + 994);
    const gifts = await district.database.read(system, (tx) =>
      tx.db.selectFrom('gift').select('id').where('campaign_id', '=', campaignId).execute(),
    );
    expect(gifts).toHaveLength(4);
    expect(await findings()).toEqual([]);
  });
});

test('more than is recorded at once: all of it, and nothing when the last row is wrong', async () => {
  const DAY = '2026-08-07 10:00:00';
  const orders = Array.from({ length: 2_100 }, (_, place) => `MANY${place}`);
  const last = orders.at(-1)!;
  const bill = (refund: string) =>
    billFile([
      ...orders.map((order): BillLine => ({ order, at: DAY, product: '许多笔' })),
      { order: last, at: DAY, refund: { number: 'MANYR', amount: refund } },
      { order: 'NOBODY', at: DAY, refund: { number: 'NOBODYR', amount: '3.00' } },
    ]);
  await expect(imported(bill('10.01'))).rejects.toMatchObject({
    problems: [{ file: 0, line: 2_102, code: 'refund_too_much' }],
  });
  const first = await imported(bill('4.00'));
  expect(first).toMatchObject({ newGifts: 2_100, newRefunds: 2, sums: { donations: 2_100 } });
  expect(first.notes).toContainEqual(
    expect.objectContaining({ file: 0, line: 2_103, code: 'refund_unknown_order' }),
  );
  expect(await imported(bill('4.00'))).toMatchObject({
    newGifts: 0,
    newRefunds: 0,
    newFeesFen: 0,
    sums: first.sums,
  });
  expect(await findings()).toEqual([]);
});
