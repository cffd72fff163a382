import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { ChannelCode } from './payment.ts';

/** Where a giver pays: on a computer's page, in a telephone's browser, inside WeChat. */
export type PayScene = 'page' | 'phone' | 'wechat';

/** A payment to be begun at a channel. The same order again is the same payment. */
export interface PaymentToBegin {
  orderNumber: string;
  amountFen: number;
  projectCode: string;
  projectName: string;
  scene: PayScene;
  /** Who pays, as the channel knows her; only inside WeChat. */
  payerId: string | null;
  clientAddress: string | null;
  expiresAt: Date;
  /** Where the giver comes back to. */
  returnUrl: string;
}

/** What a giver does next: go to an address, scan a code, or let the page call the channel's own window. */
export type PayStep =
  | { kind: 'redirect'; url: string }
  | { kind: 'code'; text: string }
  | { kind: 'call'; values: Record<string, string> };

/** A payment that was made, as the channel has proved it. */
export interface PaidFacts {
  merchant: string;
  orderNumber: string;
  /** The channel's own number of it. */
  transaction: string;
  amountFen: number;
  paidAt: Date;
  /** Only of a payment that was begun on the platform's own pages. */
  projectCode: string | null;
  giverName: string | null;
}

export interface RefundFacts {
  merchant: string;
  orderNumber: string;
  refundNumber: string;
  amountFen: number;
  at: Date;
}

/** Why a notice is not believed. Nothing of it is used. */
export type NoticeRefusal =
  | 'signature_invalid'
  | 'notice_too_old'
  | 'notice_unreadable'
  | 'notice_not_ours';

/** What a notice proves, by name. */
export type NoticeReading =
  | { kind: 'paid'; facts: PaidFacts }
  | { kind: 'refunded'; facts: RefundFacts }
  | { kind: 'refund_failed'; facts: RefundFacts }
  /** Nothing happened with money: an order that was closed, a refund under way. */
  | { kind: 'nothing'; orderNumber: string }
  | { kind: 'refused'; code: NoticeRefusal };

/** A notice as it came. */
export interface RawNotice {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What a channel wants to hear, so that it stops or goes on repeating. */
export interface NoticeReply {
  status: number;
  type: string;
  body: string;
}

/**
 * What became of a payment, asked. `absent`: the channel says that it has no such order, as its giver never came to its
 * cashier. `unknown`: what it says cannot be used.
 */
export type PaymentAnswer =
  | { state: 'paid'; facts: PaidFacts }
  | { state: 'waiting' | 'closed' | 'absent' | 'unknown' };

/** What became of closing an order. `open`: it was not closed, as it was paid meanwhile or for another reason: ask. */
export type CloseAnswer = 'closed' | 'absent' | 'open';

export interface RefundToAsk {
  orderNumber: string;
  /** The channel's own number of the payment, where it was not paid under an order number of ours. */
  transaction?: string;
  refundNumber: string;
  amountFen: number;
  /** All that was paid under the order. */
  totalFen: number;
  reason: string;
}

/** What became of a refund. `unknown`: ask again; the same refund number is the same refund. */
export type RefundAnswer =
  | { state: 'done'; at: Date }
  | { state: 'processing' | 'unknown' }
  | { state: 'refused'; refusal: string };

/**
 * One way of paying in. All of its operations may be repeated: an order number is one payment, a refund
 * number one refund. What cannot be reached answers `unknown` or throws `ChannelAway`, never a guess.
 */
export interface Channel {
  readonly code: ChannelCode;
  /** As pages name it. */
  readonly name: string;
  readonly merchant: string;
  /**
   * Only of a channel whose own books are in our house (the sandbox): writes the order together with the
   * gift. Others are asked by `begin` once the gift is begun for good.
   */
  handOver?(tx: Writing, payment: PaymentToBegin): Promise<PayStep>;
  /** Only of a channel that has to know who pays before its own window opens: JSAPI inside WeChat. */
  readonly payer?: {
    /** Where the giver is sent, to come back to `returnUrl` with a `code`. */
    signInAt(returnUrl: string): string;
    /** Who a code stands for; null for one that is spent or not the channel's. */
    idOf(code: string): Promise<string | null>;
  };
  /** Hands a payment over; throws `ChannelAway` or a `Refusal` of the channel. */
  begin(payment: PaymentToBegin): Promise<PayStep>;
  /** Checks a notice; throws `ChannelAway` when what it must be checked with cannot be fetched. */
  readNotice(notice: RawNotice): Promise<NoticeReading>;
  /** What to answer a notice: `taken` only when what it says is durable. */
  replyTo(taken: boolean): NoticeReply;
  query(orderNumber: string): Promise<PaymentAnswer>;
  /** Ends an order that nobody has paid, so that nobody can; only of a channel whose orders stay open otherwise. */
  close?(orderNumber: string): Promise<CloseAnswer>;
  refund(refund: RefundToAsk): Promise<RefundAnswer>;
  queryRefund(refund: Pick<RefundToAsk, 'orderNumber' | 'refundNumber'>): Promise<RefundAnswer>;
  /** The statement of a day; null when the channel has none. */
  statement(day: string): Promise<{ name: string; bytes: Buffer } | null>;
}

/** A channel that cannot be reached, or whose answer is not proved: nothing is known. */
export class ChannelAway extends Error {
  constructor(channel: ChannelCode, why: string) {
    super(`${channel}: ${why}`);
    this.name = 'ChannelAway';
  }
}

/** Our order number at channels: the payment's id, in the letters they all allow. */
export function orderNumberOf(paymentId: Id): string {
  return paymentId.replaceAll('-', '');
}

/** The payment's id behind an order number of ours; null for one that is not of that form. */
export function paymentIdOf(orderNumber: string): Id | null {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(
    orderNumber,
  );
  return match ? match.slice(1).join('-') : null;
}

/** How long a giver may pay what she has begun. */
export const PAY_WITHIN_MILLIS = 30 * 60_000;
/** How far the clock of a notice may be from ours. */
export const NOTICE_CLOCK_MILLIS = 5 * 60_000;
/** How long an answer is waited for. */
export const CHANNEL_TIMEOUT_MILLIS = 10_000;
