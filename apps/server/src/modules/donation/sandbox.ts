import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { Refusal, type Clock, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { DesignatedPlatform, PlatformAnswer, SignedNotice } from './donation.needs.ts';
import { SIGNATURE_HEADER, type PlatformNotice } from './notice.ts';
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
  vault: Pick<Vault, 'hash'>;
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

/** The PKCS #8 frame of an Ed25519 private key; its 32 bytes follow. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The platform's key pair, derived from the installation's secret so that it survives a restart. */
export function sandboxKeys(vault: Pick<Vault, 'hash'>): {
  privateKey: KeyObject;
  publicKey: KeyObject;
} {
  const seed = vault.hash('sandbox-platform', 'ed25519');
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Signs a notice over its exact bytes. */
export function signNotice(notice: PlatformNotice, privateKey: KeyObject): SignedNotice {
  const body = Buffer.from(JSON.stringify(notice), 'utf8');
  return { body, signature: sign(null, body, privateKey).toString('base64') };
}

export type Sandbox = ReturnType<typeof createSandbox>;

/**
 * A sandbox of the designated platform: a cashier that takes no real money, sends the same signed notices
 * over HTTP, sends them again until they are acknowledged, and answers when asked.
 */
export function createSandbox(needs: SandboxNeeds) {
  const keys = sandboxKeys(needs.vault);
  const { database } = needs;
  const noticeOf = (order: SandboxOrder) =>
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
      keys.privateKey,
    );
  const platform: DesignatedPlatform = {
    name: '公益捐赠平台（沙箱）',
    publicKey: keys.publicKey,
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
    privateKey: keys.privateKey,
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
  noticeOf: (order: SandboxOrder) => SignedNotice,
): Promise<boolean> {
  const { body, signature } = noticeOf(order);
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
  noticeOf: (order: SandboxOrder) => SignedNotice,
): Promise<Map<Id, PlatformAnswer>> {
  const orders = await needs.database.write(ACTOR, null, async (tx) => {
    await cancelSandboxOrders(tx, new Date(tx.now.getTime() - PAY_WITHIN_MILLIS));
    return await listSandboxOrders(tx, { ids });
  });
  return new Map(
    orders.map((order): [Id, PlatformAnswer] => [
      order.id,
      order.state === 'paid' ? { state: 'paid', notice: noticeOf(order) } : { state: order.state },
    ]),
  );
}
