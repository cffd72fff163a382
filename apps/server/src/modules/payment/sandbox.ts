import { sign, type KeyObject } from 'node:crypto';
import { Refusal, type Clock, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { DesignatedPlatform, PlatformAnswer, SignedNotice } from './donation.needs.ts';
import { SIGNATURE_HEADER, type PlatformNotice } from './notice.ts';
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
const PAY_WITHIN_MILLIS = 30 * 60_000;
const FIRST_RETRY_MILLIS = 5_000;
const LAST_RETRY_MILLIS = 10 * 60_000;
const SEND_AT_ONCE = 50;
const SEND_TIMEOUT_MILLIS = 10_000;

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
  const platform: DesignatedPlatform = {
    name: '公益捐赠平台（沙箱）',
    publicKey: async () => (await keys()).publicKey,
    order: (tx, order) => insertSandboxOrder(tx, { ...order, id: order.orderId }),
    cashierUrl: (orderId) => `/sandbox/cashier/${orderId}`,
    query: (ids) => answerQuery(needs, ids, noticeOf),
  };
  const find = async (id: Id) => {
    const [order] = await database.read(ACTOR, (tx) => listSandboxOrders(tx, { ids: [id] }));
    if (!order) throw new Refusal('not_found');
    return order;
  };
  return {
    platform,
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

async function answerQuery(
  needs: SandboxNeeds,
  ids: readonly Id[],
  noticeOf: (order: SandboxOrder) => Promise<SignedNotice>,
): Promise<Map<Id, PlatformAnswer>> {
  const orders = await needs.database.write(ACTOR, null, async (tx) => {
    await cancelSandboxOrders(tx, new Date(tx.now.getTime() - PAY_WITHIN_MILLIS));
    return await listSandboxOrders(tx, { ids });
  });
  const answers = new Map<Id, PlatformAnswer>();
  for (const order of orders) {
    const { id, state } = order;
    answers.set(id, state === 'paid' ? { state, notice: await noticeOf(order) } : { state });
  }
  return answers;
}
