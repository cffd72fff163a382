import { sign, type KeyObject } from 'node:crypto';
import { isRefusal, Refusal, yuanNumber, type Clock, type Id } from '@wennuan/basics';
import { routes, shapes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  type Channel,
  type NoticeReading,
  orderNumberOf,
  PAY_WITHIN_MILLIS,
  type PaidFacts,
  type PaymentAnswer,
  paymentIdOf,
  type PayStep,
  type RawNotice,
} from './channel.ts';
import { checkNotice, checkSignature, SIGNATURE_HEADER, type PlatformNotice } from './notice.ts';
import { sandboxKeys } from './sandbox.key.ts';
import {
  cancelSandboxOrders,
  insertSandboxOrder,
  listSandboxOrders,
  markSandboxPaid,
  noteTry,
  type SandboxOrder,
} from './sandbox.store.ts';

export interface SandboxNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** How the platform reaches us: over HTTP like any other. */
  fetch: typeof fetch;
  /** Our address as the platform knows it; asked when a notice is sent, as the port may be chosen late. */
  baseUrl(): string;
}

const ACTOR = systemActor('sandbox platform');
const FIRST_RETRY_MILLIS = 5_000;
const LAST_RETRY_MILLIS = 10 * 60_000;
const SEND_AT_ONCE = 50;
const SEND_TIMEOUT_MILLIS = 10_000;

/** A notice with the signature over its exact bytes. */
export interface SignedNotice {
  body: Buffer;
  signature: string;
}

/** The sandbox's cashier collects under this merchant number. */
export const SANDBOX_MERCHANT = 'sandbox';

/** Signs a notice over its exact bytes (RSA, SHA-256). */
export function signNotice(notice: PlatformNotice, privateKey: KeyObject): SignedNotice {
  const body = Buffer.from(JSON.stringify(notice), 'utf8');
  return { body, signature: sign('sha256', body, privateKey).toString('base64') };
}

export type Sandbox = ReturnType<typeof createSandbox>;

/**
 * A sandbox of the designated platform: a cashier that takes no real money, sends the same signed notices
 * over HTTP, sends them again until they are acknowledged, and answers when asked.
 */
export function createSandbox(needs: SandboxNeeds) {
  const keys = sandboxKeys(needs);
  const { database } = needs;
  const noticeOf = async (order: SandboxOrder) =>
    signNotice(
      {
        platformOrder: order.platformOrder!,
        projectCode: order.projectCode,
        amountFen: order.amountFen,
        paidAt: order.paidAt!.toISOString(),
        sentAt: needs.clock.now().toISOString(),
        giftId: order.id,
        giverName: order.giverName,
      },
      (await keys()).privateKey,
    );
  const channel = sandboxChannel(needs, async () => (await keys()).publicKey);
  const find = async (id: Id) => {
    const [order] = await database.read(ACTOR, (tx) => listSandboxOrders(tx, { ids: [id] }));
    if (!order) throw new Refusal('not_found');
    return order;
  };
  return {
    channel,
    /** What its signatures are checked with. */
    publicKey: async () => (await keys()).publicKey,
    /** What the platform signs with. */
    privateKey: async () => (await keys()).privateKey,
    find,
    /** Takes the payment and sends the notice; true when it was acknowledged at once. */
    async pay(orderId: Id): Promise<boolean> {
      await database.write(ACTOR, 'sandbox.pay', (tx) => takePayment(tx, orderId));
      return await send(needs, await find(orderId), noticeOf);
    },
    /** Sends again what is due; answers how many were acknowledged. */
    async sendDue(): Promise<number> {
      const due = await database.read(ACTOR, (tx) =>
        listSandboxOrders(tx, { dueAt: tx.now, limit: SEND_AT_ONCE }),
      );
      let acknowledged = 0;
      for (const order of due) if (await send(needs, order, noticeOf)) acknowledged += 1;
      return acknowledged;
    },
  };
}

async function takePayment(tx: Writing, orderId: Id): Promise<void> {
  const [order] = await listSandboxOrders(tx, { ids: [orderId], lock: true });
  if (!order) throw new Refusal('not_found');
  if (order.state === 'cancelled') throw new Refusal('payment_lapsed');
  if (order.state !== 'waiting') throw new Refusal('payment_already_made');
  const nextTryAt = new Date(tx.now.getTime() + FIRST_RETRY_MILLIS);
  const platformOrder = `SBX${orderId.replaceAll('-', '')}`;
  await markSandboxPaid(tx, { id: orderId, platformOrder, nextTryAt });
  tx.touched('sandbox_order', orderId);
}

/** One try over HTTP. Anything but a good answer is tried again later, ever more seldom. */
async function send(
  needs: SandboxNeeds,
  order: SandboxOrder,
  noticeOf: (order: SandboxOrder) => Promise<SignedNotice>,
): Promise<boolean> {
  const { body, signature } = await noticeOf(order);
  const acknowledged = await needs
    .fetch(new URL(routes.donation.notice.path, needs.baseUrl()), {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MILLIS),
    })
    .then((answer) => answer.ok)
    .catch(() => false);
  const wait = Math.min(FIRST_RETRY_MILLIS * 2 ** order.tries, LAST_RETRY_MILLIS);
  await needs.database.write(ACTOR, null, (tx) =>
    noteTry(tx, order.id, { acknowledged, nextTryAt: new Date(tx.now.getTime() + wait) }),
  );
  return acknowledged;
}

/** The sandbox as a channel like any other, but for its books, which are in our own house. */
function sandboxChannel(needs: SandboxNeeds, publicKey: () => Promise<KeyObject>): Channel {
  const stepOf = (orderNumber: string): PayStep => ({
    kind: 'redirect',
    url: `/sandbox/cashier/${paymentIdOf(orderNumber)}`,
  });
  return {
    code: 'sandbox',
    name: '公益捐赠平台（沙箱）',
    merchant: SANDBOX_MERCHANT,
    async handOver(tx, payment) {
      const { projectCode, projectName, amountFen, orderNumber } = payment;
      const id = paymentIdOf(orderNumber)!;
      await insertSandboxOrder(tx, { id, projectCode, projectName, amountFen });
      return stepOf(orderNumber);
    },
    begin: async (payment) => stepOf(payment.orderNumber),
    readNotice: async (notice) => readNotice(needs, notice, await publicKey()),
    replyTo: (taken) => ({
      status: taken ? 200 : 503,
      type: 'application/json',
      body: JSON.stringify({ taken }),
    }),
    query: (orderNumber) => answerQuery(needs, orderNumber),
    // No real money moves here, so that giving it back always succeeds.
    refund: async () => ({ state: 'done', at: needs.clock.now() }),
    queryRefund: async () => ({ state: 'done', at: needs.clock.now() }),
    statement: (day) => statementOf(needs, day),
  };
}

/** The facts of a notice whose signature and times were checked. */
export function factsOfNotice(notice: PlatformNotice): PaidFacts {
  return {
    merchant: SANDBOX_MERCHANT,
    orderNumber: notice.giftId === null ? notice.platformOrder : orderNumberOf(notice.giftId),
    transaction: notice.platformOrder,
    amountFen: notice.amountFen,
    paidAt: new Date(notice.paidAt),
    projectCode: notice.projectCode,
    giverName: notice.giverName,
  };
}

async function readNotice(
  needs: SandboxNeeds,
  notice: RawNotice,
  publicKey: KeyObject,
): Promise<NoticeReading> {
  try {
    const signature = notice.headers[SIGNATURE_HEADER];
    await checkSignature({ body: notice.body, signature }, publicKey);
    const read = shapes.platformNotice.safeParse(JSON.parse(notice.body.toString('utf8')));
    if (!read.success) return { kind: 'refused', code: 'notice_unreadable' };
    checkNotice(read.data, needs.clock.now());
    return { kind: 'paid', facts: factsOfNotice(read.data) };
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'signature_invalid')
      return { kind: 'refused', code: 'signature_invalid' };
    if (isRefusal(thrown) && thrown.code === 'notice_too_old')
      return { kind: 'refused', code: 'notice_too_old' };
    return { kind: 'refused', code: 'notice_unreadable' };
  }
}

async function answerQuery(needs: SandboxNeeds, orderNumber: string): Promise<PaymentAnswer> {
  const id = paymentIdOf(orderNumber);
  if (id === null) return { state: 'unknown' };
  const [order] = await needs.database.write(ACTOR, null, async (tx) => {
    await cancelSandboxOrders(tx, new Date(tx.now.getTime() - PAY_WITHIN_MILLIS));
    return await listSandboxOrders(tx, { ids: [id] });
  });
  if (!order) return { state: 'absent' };
  if (order.state === 'waiting') return { state: 'waiting' };
  if (order.state === 'cancelled') return { state: 'closed' };
  return {
    state: 'paid',
    facts: {
      merchant: SANDBOX_MERCHANT,
      orderNumber,
      transaction: order.platformOrder!,
      amountFen: order.amountFen,
      paidAt: order.paidAt!,
      projectCode: order.projectCode,
      giverName: order.giverName,
    },
  };
}

const STATEMENT_TITLES =
  '平台流水号,商户号,商户订单号,项目编号,项目名称,捐赠时间,捐赠金额(元),渠道手续费(元),状态';

/** The day's export, in the form the designated platform has. */
async function statementOf(needs: SandboxNeeds, day: string) {
  const orders = await needs.database.read(ACTOR, (tx) => listSandboxOrders(tx, { paidOn: day }));
  if (orders.length === 0) return null;
  const rows = orders.map((order) =>
    [
      order.platformOrder,
      SANDBOX_MERCHANT,
      orderNumberOf(order.id),
      order.projectCode,
      `"${order.projectName.replaceAll('"', '""')}"`,
      order.paidAt!.toISOString(),
      yuanNumber(order.amountFen).replaceAll(',', ''),
      '0.00',
      '成功',
    ].join(','),
  );
  const text = `\ufeff${[STATEMENT_TITLES, ...rows].join('\r\n')}\r\n`;
  return { name: `sandbox-${day}.csv`, bytes: Buffer.from(text, 'utf8') };
}
