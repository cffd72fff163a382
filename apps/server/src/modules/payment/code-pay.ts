import type { Clock } from '@wennuan/basics';

/** A payment with the code on a buyer's telephone, into a seller's own number. */
export interface CodePay {
  /** Ours; the same again is the same payment. */
  orderNumber: string;
  amountFen: number;
  authCode: string;
  /** The seller's number at the payment service. */
  seller: string;
}

/** What became of it. `paying`: the buyer still types her password. `unknown`: nobody can say yet; ask, or reverse. */
export type CodeAnswer =
  | { state: 'paid'; transaction: string }
  | { state: 'paying' | 'unknown' }
  | { state: 'failed'; reason: string };

/** A way to take payments by code. What cannot be reached throws; it is never a guess. */
export interface CodeGateway {
  /** Seconds after asking for a payment before which it may not be reversed. */
  readonly reverseAfterSeconds: number;
  /** True when a seller's number can be paid into. */
  takes(seller: string): boolean;
  pay(payment: CodePay): Promise<CodeAnswer>;
  query(asked: { orderNumber: string; seller: string; amountFen: number }): Promise<CodeAnswer>;
  /** True once it is sure that nothing is taken, or that all goes back. */
  reverse(asked: { orderNumber: string; seller: string }): Promise<boolean>;
}

const AUTH_CODE = /^1[0-5]\d{16}$/;

/** WeChat's payment code as a scanner gives it: eighteen digits that begin with 10 to 15; null for anything else. */
export function readAuthCode(text: string): string | null {
  const digits = text.replace(/\s/g, '');
  return AUTH_CODE.test(digits) ? digits : null;
}

/** Codes of the sandbox that end so play what happens at a till. */
const SLOW = '01';
const NEVER = '02';
const POOR = '03';
const SLOW_MILLIS = 4_000;

/**
 * A gateway that moves no real money: pays at once; codes that end in 01 take some seconds (用户付款中), in 02 are never
 * paid, in 03 are refused.
 */
export function sandboxCodeGateway(clock: Clock): CodeGateway {
  const orders = new Map<string, { paidAt: number; reversed: boolean }>();
  const answer = (orderNumber: string): CodeAnswer => {
    const order = orders.get(orderNumber);
    if (!order || order.reversed) return { state: 'failed', reason: '订单已撤销' };
    return clock.now().getTime() >= order.paidAt
      ? { state: 'paid', transaction: `SBXC${orderNumber.replaceAll('-', '')}` }
      : { state: 'paying' };
  };
  return {
    reverseAfterSeconds: 0,
    takes: () => true,
    async pay({ orderNumber, authCode }) {
      const end = authCode.slice(-2);
      if (end === POOR) return { state: 'failed', reason: '余额不足' };
      const wait = end === SLOW ? SLOW_MILLIS : end === NEVER ? Number.POSITIVE_INFINITY : 0;
      const known = orders.get(orderNumber);
      if (!known)
        orders.set(orderNumber, { paidAt: clock.now().getTime() + wait, reversed: false });
      return answer(orderNumber);
    },
    async query({ orderNumber }) {
      return answer(orderNumber);
    },
    async reverse({ orderNumber }) {
      const order = orders.get(orderNumber);
      if (order) order.reversed = true;
      return true;
    },
  };
}

/** Real numbers where they are set up, the sandbox for the others; null when there is neither. */
export function codeGatewayOf(
  real: CodeGateway | null,
  sandbox: CodeGateway | null,
): CodeGateway | null {
  if (!real || !sandbox) return real ?? sandbox;
  const of = (seller: string) => (real.takes(seller) ? real : sandbox);
  return {
    reverseAfterSeconds: real.reverseAfterSeconds,
    takes: () => true,
    pay: (payment) => of(payment.seller).pay(payment),
    query: (asked) => of(asked.seller).query(asked),
    reverse: (asked) => of(asked.seller).reverse(asked),
  };
}
