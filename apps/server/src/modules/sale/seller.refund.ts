import { Refusal, type Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { orderNumberOf, type RefundAnswer, type RefundFacts } from '../payment/index.ts';
import type { SaleNeeds } from './sale.needs.ts';
import {
  askAnew,
  finishPlayed,
  listMoneyBack,
  noteBack,
  type MoneyBack,
} from './seller-refund.store.ts';

const ACTOR = systemActor('seller channel');
const AT_ONCE = 50;

/**
 * Asks sellers' channels to give back what is under way, each under a refund number of its own: the same number is the
 * same refund, however often it is asked for. What nobody knows yet is asked about in the next round.
 */
export async function refundAtSellers(needs: SaleNeeds): Promise<void> {
  const asked = await needs.database.read(ACTOR, (tx) =>
    listMoneyBack(tx, { states: ['asked'], means: ['wechat'], limit: AT_ONCE }),
  );
  for (const one of asked) await askOne(needs, one);
}

/** Refund orders to sellers whose numbers the sandbox plays are done; real ones are asked. */
export async function finishPlayedRefunds(needs: SaleNeeds): Promise<void> {
  if (!needs.sandbox) return;
  const real = needs.sellers?.numbers ?? [];
  await needs.database.write(ACTOR, null, (tx) => finishPlayed(tx, real));
}

/**
 * Asks at once what becomes of a refund's money, also of what was refused before: its reason may be gone. Answers how far
 * each part is. What cannot be reached stays asked for.
 */
export async function askRefund(needs: SaleNeeds, refundId: Id): Promise<MoneyBack[]> {
  const read = () => needs.database.read(ACTOR, (tx) => listMoneyBack(tx, { refundId }));
  let known = await read();
  if (known.some((one) => one.state === 'refused')) {
    await needs.database.write(ACTOR, 'sale.ask_refund', async (tx) => {
      await askAnew(tx, refundId);
      tx.touched('sale_refund', refundId, 'asked');
    });
    known = await read();
  }
  const open = known.filter((one) => one.state === 'asked');
  for (const one of open) await askOne(needs, one);
  return open.length > 0 ? await read() : known;
}

async function askOne(needs: SaleNeeds, one: MoneyBack): Promise<void> {
  const answer = await answerOf(needs, one).catch((): RefundAnswer => ({ state: 'unknown' }));
  await note(needs, one.askId, answer);
}

async function answerOf(needs: SaleNeeds, one: MoneyBack): Promise<RefundAnswer> {
  const channel = needs.sellers?.of(one.seller);
  if (!channel)
    return needs.sandbox
      ? { state: 'done', at: needs.clock.now() }
      : { state: 'refused', refusal: 'seller_unconnected' };
  const refundNumber = orderNumberOf(one.askId);
  const asked = { orderNumber: orderNumberOf(one.orderId), refundNumber };
  if (one.tries > 0) {
    const known = await channel.queryRefund(asked);
    if (known.state !== 'unknown') return known;
  }
  const { transaction, amountFen, totalFen, reason } = one;
  return await channel.refund({ ...asked, transaction, amountFen, totalFen, reason });
}

async function note(needs: SaleNeeds, askId: Id, answer: RefundAnswer): Promise<void> {
  await needs.database.write(ACTOR, 'sale.refunded', async (tx) => {
    await noteBack(tx, askId, answer);
    tx.touched('sale_refund', askId, answer.state);
  });
}

/**
 * Takes what a notice proves of a refund. False for one that is not of an order. Refuses `notice_altered`: another sum, or
 * another seller's number.
 */
export async function takeRefundNotice(
  needs: SaleNeeds,
  tx: Writing,
  { askId, facts, answer }: { askId: Id; facts: RefundFacts; answer: RefundAnswer },
): Promise<boolean> {
  const [one] = await listMoneyBack(tx, { askId, means: ['wechat'] });
  if (!one) return false;
  if (one.amountFen !== facts.amountFen || one.seller !== facts.merchant)
    throw new Refusal('notice_altered');
  await noteBack(tx, askId, answer);
  tx.touched('sale_refund', one.refundId, answer.state);
  return true;
}
