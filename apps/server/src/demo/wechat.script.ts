import { randomUUID } from 'node:crypto';
import { dateInShanghai, type Id } from '@wennuan/basics';
import { orderNumberOf } from '../modules/payment/index.ts';
import { visitor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';

/** What is given over WeChat Pay yesterday; the last two are one giver who paid twice. */
const GIFTS = [
  { yuan: '66', name: '绿城妈妈' },
  { yuan: '1', name: null },
  { yuan: '20.5', name: '老郑州' },
  { yuan: '9.9', name: null },
  { yuan: '30', name: '热心街坊' },
  { yuan: '30', name: '热心街坊' },
] as const;

/** The last half-day before today, in which they come. */
export function wechatHalf({ halves }: Demo): number {
  const today = halves.at(-1)!.date;
  return (halves.findLast((half) => half.date < today) ?? halves[0]!).index;
}

/** The gift that was paid twice, and the day it came. */
export interface PaidTwice {
  giftId: Id;
  day: string;
}

/** Gifts over WeChat Pay as the sandbox plays it: begun on our page, paid, and found out by asking. */
export async function giveByWechat(demo: Demo): Promise<PaidTwice> {
  const channel = demo.payment.channels.of('wechat')!;
  let giftId: Id = '';
  for (const { yuan, name } of GIFTS) {
    demo.moment();
    const begun = await demo.database.write(visitor(), 'donation.start_gift', (tx) =>
      demo.donation.startGift(tx, {
        target: { kind: 'campaign', id: demo.money.campaigns.homes.id },
        amountYuan: yuan,
        name: {
          displayName: name,
          hideFromPublic: name === null,
          hideFromRecipient: true,
          hideFromStaff: false,
        },
        formId: randomUUID(),
        channel: 'wechat',
      }),
    );
    await channel.begin(begun.toBegin);
    await demo.wechat!.take(orderNumberOf(begun.giftId));
    const params = { token: begun.token };
    await demo.donation.paymentHandlers.askOwnPayment(callOf(visitor(), { params }));
    giftId = begun.giftId;
  }
  return { giftId, day: dateInShanghai(demo.clock.now()) };
}

/** The bill of that day is fetched and reconciled, and what was paid twice goes back over WeChat Pay, to its end. */
export async function endWechat(demo: Demo, { giftId, day }: PaidTwice): Promise<void> {
  const accountant = demo.staff.get('accountant')!;
  if (day < dateInShanghai(demo.clock.now())) {
    const params = { channel: 'wechat', day };
    await demo.donation.paymentHandlers.fetchBill(callOf(accountant, { params }));
  }
  const number = await demo.database.read(accountant, async (tx) =>
    (await demo.donation.giftNumbers(tx, [giftId])).get(giftId),
  );
  const { returnId } = await demo.database.write(accountant, 'payout.propose_return', (tx) =>
    demo.payout.proposeReturn(tx, {
      giftNumber: number!,
      amountYuan: '',
      ground: 'paid_twice',
      note: `捐赠人 ${day} 用微信付了两次，账单上有两笔，退回后一笔。`,
      attachmentIds: [],
    }),
  );
  const rows = await demo.database.read(accountant, (tx) =>
    tx.db.selectFrom('gift_return').select('approval_id').where('id', '=', returnId).execute(),
  );
  const approvalIds = rows.map((row) => row.approval_id);
  for (const name of ['approver', 'approver2'])
    await demo.database.write(demo.staff.get(name)!, 'payout.decide_returns', (tx) =>
      demo.payout.decideReturns(tx, { approvalIds, decision: 'approve', note: '' }),
    );
  await demo.database.write(accountant, 'payout.order_refund', (tx) =>
    demo.payout.orderRefund(tx, returnId),
  );
  // Once to order it, once to hear that it is done.
  await demo.payout.followRefund(returnId);
  await demo.payout.followRefund(returnId);
}
