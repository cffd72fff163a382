import { type Id } from '@wennuan/basics';
import { check } from '@wennuan/ledger';
import { afterAll, expect, test } from 'vitest';
import { billFile, platformFile } from '../../../test-support/statements.ts';
import { payoutDistrict } from '../../../test-support/payout.ts';
import { wechatGift, withWechat } from '../../../test-support/wechat-gifts.ts';
import { systemActor, visitor } from '../../platform/actor.ts';
import { orderNumberOf } from '../payment/index.ts';

const { gateway, district, close } = await withWechat(payoutDistrict);
afterAll(close);
const system = systemActor('test');

/** A gift of the campaign over WeChat Pay, paid and told of. */
async function gift(amountYuan: string): Promise<{ giftId: Id; order: string; number: string }> {
  const begun = await district.database.write(visitor(), 'test.start', (tx) =>
    district.donation.startGift(tx, wechatGift(district.campaign, amountYuan)),
  );
  const order = orderNumberOf(begun.giftId);
  await district.payment.channels.of('wechat')!.begin(begun.toBegin);
  gateway.pay(order);
  const answer = await notice(gateway.noticeOf(order));
  expect(answer).toBe(200);
  return { giftId: begun.giftId, order, number: await numberOf(begun.giftId) };
}

async function notice(raw: { headers: object; body: Buffer }): Promise<number> {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/channels/wechat/notices',
    headers: { ...raw.headers, 'content-type': 'application/json' },
    body: raw.body,
  });
  return answer.statusCode;
}

const numberOf = async (giftId: Id) =>
  (await district.database.read(system, (tx) => district.donation.giftNumbers(tx, [giftId]))).get(
    giftId,
  )!;

/** A return that two have agreed to. */
async function agreedReturn(giftNumber: string, amountYuan = ''): Promise<Id> {
  const { returnId } = await district.database.write(district.as('accountant'), 'test', (tx) =>
    district.payout.proposeReturn(tx, {
      giftNumber,
      amountYuan,
      ground: 'paid_twice',
      note: '同一笔付了两次',
      attachmentIds: [],
    }),
  );
  const row = await read(returnId);
  for (const name of ['approver', 'approver2'])
    await district.database.write(district.as(name), 'test', (tx) =>
      district.payout.decideReturns(tx, {
        approvalIds: [row.approval_id],
        decision: 'approve',
        note: '',
      }),
    );
  return returnId;
}

const read = (returnId: Id) =>
  district.database.read(system, (tx) =>
    tx.db
      .selectFrom('gift_return')
      .selectAll()
      .where('id', '=', returnId)
      .executeTakeFirstOrThrow(),
  );
const order = (returnId: Id) =>
  district.database.write(district.as('accountant'), 'test', (tx) =>
    district.payout.orderRefund(tx, returnId),
  );
const refundsPosted = (giftId: Id) =>
  district.database.read(system, async (tx) => {
    const rows = await tx.db
      .selectFrom('gift_posting')
      .select('transfer_id')
      .where('payment_id', '=', giftId)
      .where('kind', '=', 'refund')
      .execute();
    return rows.length;
  });
const refundOf = (returnId: Id) => gateway.refunds.get(orderNumberOf(returnId));

test('a return is ordered at its channel under its own number, followed to its end, and posted once', async () => {
  const { giftId, number, order: orderNumber } = await gift('12.34');
  const returnId = await agreedReturn(number);
  await order(returnId);
  await district.payout.followRefund(returnId);
  expect(await read(returnId)).toMatchObject({ state: 'approved', refund_state: 'processing' });
  expect(refundOf(returnId)).toMatchObject({ amountFen: 1_234 });
  refundOf(returnId)!.status = 'SUCCESS';
  // The notice comes before the question, fifteen times; both say the same refund.
  for (let times = 0; times < 15; times += 1)
    await notice(
      gateway.refundNotice({
        mchid: gateway.settings.merchant,
        out_trade_no: orderNumber,
        out_refund_no: orderNumberOf(returnId),
        refund_status: 'SUCCESS',
        success_time: '2026-11-23T09:00:00+08:00',
        amount: { refund: 1_234, total: 1_234 },
      }),
    );
  await Promise.all([
    district.payout.followRefund(returnId),
    district.payout.followRefund(returnId),
  ]);
  expect(await read(returnId)).toMatchObject({ state: 'done', refund_state: 'done' });
  expect(await refundsPosted(giftId)).toBe(1);
});

test('a refund that fails or is never answered is asked for again under the same number only', async () => {
  const { giftId, number } = await gift('5.00');
  const returnId = await agreedReturn(number);
  await order(returnId);
  gateway.setDown(true);
  await district.payout.followRefund(returnId);
  expect((await read(returnId)).refund_state).toBe('unknown');
  await expect(
    district.database.write(district.as('accountant'), 'test', (tx) =>
      district.payout.payReturn(tx, { returnId, bankReference: '退', paidOn: '2026-11-23' }),
    ),
  ).rejects.toMatchObject({ code: 'refund_under_way' });
  gateway.setDown(false);
  await district.payout.followRefund(returnId);
  refundOf(returnId)!.status = 'ABNORMAL';
  await district.payout.followRefund(returnId);
  expect(await read(returnId)).toMatchObject({ refund_state: 'failed', refund_reason: 'ABNORMAL' });
  expect(await refundsPosted(giftId)).toBe(0);
  await order(returnId);
  refundOf(returnId)!.status = 'SUCCESS';
  await district.payout.followRefund(returnId);
  expect(await read(returnId)).toMatchObject({ state: 'done', refund_tries: 2 });
  expect(await refundsPosted(giftId)).toBe(1);
  expect(gateway.refunds.size).toBe(2);
});

test('nothing is refunded before two have agreed, nor by a channel that is not there', async () => {
  const { number } = await gift('1.00');
  const { returnId } = await district.database.write(district.as('accountant'), 'test', (tx) =>
    district.payout.proposeReturn(tx, {
      giftNumber: number,
      amountYuan: '',
      ground: 'paid_twice',
      note: '重复',
      attachmentIds: [],
    }),
  );
  await expect(order(returnId)).rejects.toMatchObject({ code: 'proposal_not_approved' });
  await expect(
    district.database.write(system, 'test.bug', (tx) =>
      tx.db
        .updateTable('gift_return')
        .set({ refund_state: 'asked', refund_fen: 100 })
        .where('id', '=', returnId)
        .execute(),
    ),
  ).rejects.toThrow('gift_return_refund_agreed');
});

test('a gift whose project was attached later goes back from where it lies now', async () => {
  const files = [
    platformFile([{ order: 'LATER1', project: 'EQ9001', amount: '30.00', fee: '0.18' }]),
    billFile([{ order: 'LATER1', amount: '30.00', fee: '0.18000' }]),
  ];
  await district.database.write(district.as('federation'), 'test.import', (tx) =>
    district.donation.importStatements(tx, files),
  );
  const project = await district.database.read(system, (tx) =>
    tx.db
      .selectFrom('platform_project')
      .select('id')
      .where('code', '=', 'EQ9001')
      .executeTakeFirstOrThrow(),
  );
  const payment = await district.database.read(system, (tx) =>
    tx.db
      .selectFrom('gift_payment')
      .select('id')
      .where('order_number', '=', 'LATER1')
      .executeTakeFirstOrThrow(),
  );
  await district.database.write(district.as('federation'), 'test.attach', (tx) =>
    district.donation.attachProject(tx, { projectId: project.id, campaignId: district.campaign }),
  );
  const returnId = await agreedReturn(await numberOf(payment.id), '10');
  expect(await read(returnId)).toMatchObject({ account_id: district.campaign });
  await district.database.write(district.as('accountant'), 'test', (tx) =>
    district.payout.payReturn(tx, { returnId, bankReference: '退30', paidOn: '2026-11-23' }),
  );
  expect((await read(returnId)).state).toBe('done');
});

test('what went back is in no campaign’s total, and the ledger is whole', async () => {
  const view = await district.database.read(visitor(), async (tx) => {
    const campaigns = await district.donation.publicCampaigns(tx);
    return campaigns.find((campaign) => campaign.id === district.campaign)!;
  });
  // Given 12.34, 5.00, 1.00 and 30.00; back went 12.34, 5.00 and 10.00; 0.18 stayed with the channel before.
  expect(view).toMatchObject({ givenFen: 4_816, returnedFen: 2_734 });
  expect(view).toMatchObject({ inFen: 2_082, outFen: 0, balanceFen: 2_082 });
  expect(await district.database.read(system, (tx) => check(tx.sql))).toEqual([]);
});
