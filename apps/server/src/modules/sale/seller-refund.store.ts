import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { RefundAnswer } from '../payment/index.ts';
import type { Means } from './sale.ts';

/** How far money that goes back is. `refused`: the payment service will not; a person gives it back in cash. */
export type BackState = 'asked' | 'done' | 'refused' | 'in_cash';

/** Money that goes back with one means. */
export interface MoneyBack {
  refundId: Id;
  /** The refund number at the payment service: asking again is the same refund. */
  askId: Id;
  /** The refund's number on paper, and the order's. */
  number: string;
  orderId: Id;
  orderNumber: string;
  placeId: Id;
  means: Means;
  /** The seller's number it was paid into. */
  seller: string;
  /** The payment service's number of the payment, and what was paid under it. */
  transaction: string;
  totalFen: number;
  amountFen: number;
  reason: string;
  at: Date;
  tries: number;
  state: BackState;
  refusal: string | null;
}

interface Chosen {
  askId?: Id;
  refundId?: Id;
  /** A refund's number on paper, of one station. */
  number?: string;
  placeId?: Id;
  states?: readonly BackState[];
  means?: readonly Means[];
  limit?: number;
}

/** Money that goes back, those asked about least first. System login. */
export async function listMoneyBack(tx: Scoped, chosen: Chosen): Promise<MoneyBack[]> {
  const { askId = null, refundId = null, number = null, placeId = null } = chosen;
  const states = chosen.states ? [...chosen.states] : null;
  const means = chosen.means ? [...chosen.means] : null;
  const { rows } = await sql<MoneyBack>`
    select r.refund_id as "refundId", coalesce(r.ask_id, r.refund_id) as "askId", f.number, o.id as "orderId",
      o.number as "orderNumber", o.place_id as "placeId", p.means, m.payment_number as seller,
      p.reference as transaction, coalesce(p.transaction_fen, p.amount_fen) as "totalFen",
      r.amount_fen as "amountFen", f.reason, f.at, r.tries, r.state, r.refusal
    from sale_refund_payment r join sale_payment p on p.id = r.payment_id join sale_refund f on f.id = r.refund_id
      join sale_order o on o.id = p.order_id join merchant m on m.id = p.merchant_id
    where (${askId}::uuid is null or r.ask_id = ${askId} or (r.ask_id is null and r.refund_id = ${askId}))
      and (${refundId}::uuid is null or r.refund_id = ${refundId})
      and (${number}::text is null or f.number = ${number})
      and (${placeId}::uuid is null or o.place_id = ${placeId})
      and (${states}::text[] is null or r.state = any(${states}::text[]))
      and (${means}::text[] is null or p.means = any(${means}::text[]))
    order by r.tries, f.serial, p.position limit ${chosen.limit ?? null}`.execute(tx.db);
  return rows;
}

/** What is asked for goes on until somebody knows its end. What is done, or was given back in cash, stays so. */
export async function noteBack(tx: Writing, askId: Id, answer: RefundAnswer): Promise<boolean> {
  const state = answer.state === 'done' || answer.state === 'refused' ? answer.state : 'asked';
  const refusal = answer.state === 'refused' ? answer.refusal.slice(0, 200) : null;
  const { numAffectedRows } = await sql`update sale_refund_payment
    set state = ${state}, refusal = ${refusal}, told_at = ${tx.now}, tries = tries + 1
    where (ask_id = ${askId} or (ask_id is null and refund_id = ${askId})) and state = 'asked'`.execute(
    tx.db,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

/** Lets what was refused be asked for once more; from here on it is not given back in cash. */
export async function askAnew(tx: Writing, refundId: Id): Promise<void> {
  await sql`update sale_refund_payment set state = 'asked', refusal = null
    where refund_id = ${refundId} and state = 'refused'`.execute(tx.db);
}

/** Notes that what was refused was given back in cash; answers how much of it was paid with which means. */
export async function giveInCash(
  tx: Writing,
  given: { refundId: Id; allowedBy: Id },
): Promise<{ means: Means; amountFen: number }[]> {
  const { rows } = await sql<{ means: Means; amountFen: number }>`
    update sale_refund_payment r set state = 'in_cash', allowed_by = ${given.allowedBy}, told_at = ${tx.now}
    from sale_payment p where p.id = r.payment_id and r.refund_id = ${given.refundId} and r.state = 'refused'
    returning p.means, r.amount_fen as "amountFen"`.execute(tx.db);
  return rows;
}

/** Refund orders to numbers that are played: no real money moves there, so that they are done. */
export async function finishPlayed(tx: Writing, real: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: Id }>`
    update sale_refund_payment r set state = 'done', told_at = ${tx.now} from sale_payment p, merchant m
    where p.id = r.payment_id and m.id = p.merchant_id and r.state = 'asked'
      and p.means in ('sandbox', 'wechat') and m.payment_number <> all(${[...real]}::text[])
    returning r.refund_id as id`.execute(tx.db);
  return rows.length;
}
