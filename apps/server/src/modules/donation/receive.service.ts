import type { Id } from '@wennuan/basics';
import { appendEvents, balances, post, type NewEvent, type Outcome } from '@wennuan/ledger';
import { paymentsActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import {
  type ChannelCode,
  noticeHash,
  orderNumberOf,
  paymentIdOf,
  type PaidFacts,
  type PlatformNotice,
  type ReceivedPayment,
  SANDBOX_MERCHANT,
} from '../payment/index.ts';
import { channelAccount } from './books.ts';
import { cleanName, giftNumber } from './donation.ts';
import type { DonationNeeds } from './donation.needs.ts';
import {
  insertGifts,
  listByPlatformOrder,
  listOrdersForNotices,
  listProjects,
  listSerials,
  markOrdersReceived,
  type NewGift,
  type OrderForNotice,
  type Project,
} from './gift.store.ts';
import { tellComplete } from './item.service.ts';
import { lockItems, type LockedItem } from './item.store.ts';

/** What a checked notice, or a channel's answer, says was paid; without a channel it is the sandbox's. */
export interface PaidNotice extends Omit<PlatformNotice, 'sentAt'> {
  channel?: ChannelCode;
  merchant?: string;
  orderNumber?: string;
}

/** Facts of a channel as this module receives them. */
export function paidNotice(channel: ChannelCode, facts: PaidFacts): PaidNotice {
  return {
    channel,
    merchant: facts.merchant,
    orderNumber: facts.orderNumber,
    platformOrder: facts.transaction,
    projectCode: facts.projectCode ?? '',
    amountFen: facts.amountFen,
    paidAt: facts.paidAt.toISOString(),
    giftId: paymentIdOf(facts.orderNumber),
    giverName: facts.giverName,
  };
}

/** The merchant order number of what was paid. */
function orderOf(notice: PaidNotice): string {
  if (notice.orderNumber !== undefined) return notice.orderNumber;
  return notice.giftId === null ? notice.platformOrder : orderNumberOf(notice.giftId);
}

/** What became of one notice. A refusal is an answer, so that it does not fail the others of its batch. */
export type NoticeOutcome =
  | { status: 'received' | 'repeated'; giftId: Id; giftNumber: string; platformOrder: string }
  | { status: 'refused'; code: 'notice_altered' | 'project_unknown' };

interface ReceiveNeeds extends Pick<DonationNeeds, 'newId'> {
  payment: Pick<DonationNeeds['payment'], 'listPaidOrders' | 'noteReceived'>;
}

interface Decided {
  notice: PaidNotice;
  hash: string;
  giftId: Id;
  /** The order it pays, or null for a gift begun on the platform itself. */
  orderId: Id | null;
  project: Project;
  publicName: string | null;
}

/** {@link receiveGifts} in a transaction of its own, as a payment platform does it. */
export function writeReceived(
  needs: ReceiveNeeds & Pick<DonationNeeds, 'database'>,
  notices: readonly PaidNotice[],
): Promise<NoticeOutcome[]> {
  return needs.database.write(paymentsActor('payment channel'), 'donation.receive', (tx) =>
    receiveGifts(needs, tx, notices),
  );
}

/**
 * Receives what signed notices tell, many at once: a handful of statements whatever their number. Money that
 * has arrived is always taken, also for a closed item (the sweep hands it on). The same order again answers
 * the same gift; with other content it is refused and noted.
 */
export async function receiveGifts(
  needs: ReceiveNeeds,
  tx: Writing,
  notices: readonly PaidNotice[],
): Promise<NoticeOutcome[]> {
  const known = await listByPlatformOrder(
    tx,
    notices.map((notice) => notice.platformOrder),
  );
  const orders = await listOrdersForNotices(
    tx,
    notices.flatMap((notice) => notice.giftId ?? []),
  );
  const codeOf = (notice: PaidNotice) =>
    notice.projectCode || (orders.get(notice.giftId ?? '')?.projectCode ?? '');
  const projects = await listProjects(tx, [...new Set(notices.map(codeOf))]);
  const stated = await knownByStatement(needs, tx, notices);
  const decided = new Map<string, Decided>();
  const orderIds = new Set<Id>();
  const refused = new Map<number, NoticeOutcome>();
  notices.forEach((notice, index) => {
    const hash = noticeHash(notice);
    const earlier = known.get(notice.platformOrder)?.noticeHash;
    const inBatch = decided.get(notice.platformOrder)?.hash;
    const before = earlier ?? inBatch;
    if (before !== undefined) {
      if (before !== hash) refused.set(index, altered(tx, notice));
      return;
    }
    const paidFen = stated.get(index)?.amountFen;
    if (paidFen !== undefined) {
      if (paidFen !== notice.amountFen) refused.set(index, altered(tx, notice));
      return;
    }
    const project = projects.get(codeOf(notice));
    if (!project) return void refused.set(index, { status: 'refused', code: 'project_unknown' });
    const order = notice.giftId === null ? undefined : orders.get(notice.giftId);
    if (order && !sameAsOrdered(notice, order)) return void refused.set(index, altered(tx, notice));
    // An order paid twice is two gifts; the second has an id of its own.
    const orderId =
      order && order.state !== 'received' && !orderIds.has(notice.giftId!) ? notice.giftId : null;
    if (orderId !== null) orderIds.add(orderId);
    decided.set(notice.platformOrder, {
      notice,
      hash,
      giftId: orderId ?? needs.newId(),
      orderId,
      project,
      publicName: order ? order.publicName : cleanName(notice.giverName),
    });
  });
  const serials = await writeGifts(needs, tx, [...decided.values()]);
  return answersOf(notices, (platformOrder, index) => {
    const no = refused.get(index);
    if (no) return no;
    const earlier = known.get(platformOrder) ?? stated.get(index);
    const giftId = earlier?.giftId ?? decided.get(platformOrder)!.giftId;
    return { giftId, serial: earlier?.serial ?? serials.get(giftId)!, isOld: Boolean(earlier) };
  });
}

/**
 * Gifts that a statement told of before their notice came, by place among the notices. Only the sandbox lets
 * one order be paid twice; elsewhere an order is one payment, whoever tells of it first.
 */
async function knownByStatement(
  needs: ReceiveNeeds,
  tx: Writing,
  notices: readonly PaidNotice[],
): Promise<Map<number, { giftId: Id; serial: number; amountFen: number }>> {
  const asked = notices.map((notice) => (notice.channel ? orderOf(notice) : null));
  const orders = asked.filter((order) => order !== null);
  if (orders.length === 0) return new Map();
  const paid = await needs.payment.listPaidOrders(tx, orders);
  const serials = await listSerials(
    tx,
    [...paid.values()].map((one) => one.id),
  );
  return new Map(
    asked.flatMap((order, index) => {
      const one = order === null ? undefined : paid.get(order);
      const serial = one && serials.get(one.id);
      return serial === undefined
        ? []
        : [[index, { giftId: one!.id, serial, amountFen: one!.amountFen }] as const];
    }),
  );
}

type Found = { giftId: Id; serial: number; isOld: boolean } | NoticeOutcome;

/** Answers in the order of the notices; of the same order twice in one batch the second is repeated. */
function answersOf(
  notices: readonly PaidNotice[],
  find: (platformOrder: string, index: number) => Found,
): NoticeOutcome[] {
  const told = new Set<string>();
  return notices.map(({ platformOrder }, index): NoticeOutcome => {
    const found = find(platformOrder, index);
    if ('status' in found) return found;
    const status = found.isOld || told.has(platformOrder) ? 'repeated' : 'received';
    told.add(platformOrder);
    const { giftId, serial } = found;
    return { status, giftId, giftNumber: giftNumber(serial), platformOrder };
  });
}

function altered(tx: Writing, notice: PaidNotice): NoticeOutcome {
  tx.touched('notice', notice.platformOrder, 'notice_altered');
  return { status: 'refused', code: 'notice_altered' };
}

function sameAsOrdered(notice: PaidNotice, order: OrderForNotice): boolean {
  const sameProject = notice.projectCode === '' || notice.projectCode === order.projectCode;
  return notice.amountFen === order.amountFen && sameProject;
}

async function writeGifts(
  needs: ReceiveNeeds,
  tx: Writing,
  gifts: readonly Decided[],
): Promise<Map<Id, number>> {
  if (gifts.length === 0) return new Map();
  const itemIds = gifts
    .filter((gift) => gift.project.targetKind === 'item')
    .map((gift) => gift.project.targetId);
  const items = await lockItems(tx, itemIds);
  await markOrdersReceived(
    tx,
    gifts.flatMap((gift) => gift.orderId ?? []),
  );
  const outcomes = await post(tx.sql, {
    commands: gifts.map((gift) => ({
      key: keyOf(gift),
      from: channelAccount[gift.notice.channel ?? 'sandbox'],
      to: gift.project.targetId,
      amount: gift.notice.amountFen,
      reason: 'gift',
      document: { kind: 'gift', id: gift.giftId },
      actor: null,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  await needs.payment.noteReceived(
    tx,
    gifts.map((gift, index) => receivedPayment(gift, outcomes[index]!)),
  );
  const serials = await insertGifts(
    tx,
    gifts.map((gift, index) => newGift(gift, outcomes[index]!)),
  );
  // One audit row for the batch: each gift's own row already holds its order, its notice and its posting.
  const numbers = [...serials.values()];
  tx.touched('gifts', `${Math.min(...numbers)}–${Math.max(...numbers)}`, `${numbers.length}`);
  await tellComplete(needs, tx, await fullyGiven(tx, items));
  await appendEvents(tx.sql, giftEvents(needs, gifts, items));
  return serials;
}

function keyOf({ notice, giftId }: Decided): string {
  return notice.channel ? `payment:${giftId}` : `sandbox:${notice.platformOrder}`;
}

function receivedPayment(gift: Decided, outcome: Outcome): ReceivedPayment {
  const { notice, giftId, orderId, project } = gift;
  // An order of the sandbox that was paid again: the second gift has the cashier's own number.
  const isAgain = !notice.channel && notice.giftId !== null && orderId === null;
  return {
    id: giftId,
    begunHere: orderId !== null,
    channel: notice.channel ?? 'sandbox',
    merchant: notice.merchant ?? SANDBOX_MERCHANT,
    orderNumber: isAgain ? notice.platformOrder : orderOf(notice),
    transaction: notice.platformOrder,
    amountFen: notice.amountFen,
    projectCode: notice.projectCode || project.code,
    paidAt: notice.paidAt,
    accountId: project.targetId,
    transferId: transferOf(outcome),
  };
}

function transferOf(outcome: Outcome): Id {
  if (outcome.status !== 'posted') throw new Error(`gift not posted: ${outcome.status}`);
  return outcome.transferIds[0]!;
}

function newGift(gift: Decided, outcome: Outcome): NewGift {
  const { legalForm, targetKind, targetId, campaignId } = gift.project;
  return {
    id: gift.giftId,
    amountFen: gift.notice.amountFen,
    paidAt: gift.notice.paidAt,
    legalForm,
    targetKind,
    targetId,
    campaignId,
    publicName: gift.publicName,
    organizationId: null,
    claimId: null,
    transferId: transferOf(outcome),
    platformOrder: gift.notice.platformOrder,
    noticeHash: gift.hash,
  };
}

/** Items that the ledger says have all they need and that were not told complete before. */
export async function fullyGiven(tx: Writing, items: readonly LockedItem[]): Promise<LockedItem[]> {
  const open = items.filter((item) => item.completedAt === null);
  if (open.length === 0) return [];
  const held = await balances(
    tx.sql,
    open.map((item) => item.itemId),
  );
  const given = new Map(held.map((one) => [one.accountId, one.inflow]));
  return open.filter((item) => (given.get(item.itemId) ?? 0) >= item.targetFen);
}

/** One event for each gift to an item; gifts of a batch to one campaign or fund are told together. */
function giftEvents(
  needs: Pick<DonationNeeds, 'newId'>,
  gifts: readonly Decided[],
  items: readonly LockedItem[],
): NewEvent[] {
  const areaOf = new Map(items.map((item) => [item.itemId, item.areaId]));
  const groups = Map.groupBy(gifts, (gift) =>
    gift.project.targetKind === 'item' ? gift.giftId : gift.project.targetId,
  );
  return [...groups.values()].map((group) => {
    const last = group.at(-1)!;
    const { targetKind, targetId, needId } = last.project;
    const isItem = targetKind === 'item';
    return giftEvent(needs, {
      giftId: last.giftId,
      itemId: isItem ? targetId : null,
      needId,
      areaId: areaOf.get(targetId) ?? null,
      amountFen: group.reduce((sum, gift) => sum + gift.notice.amountFen, 0),
    });
  });
}

/** The event that a gift has been received. */
export function giftEvent(
  needs: Pick<DonationNeeds, 'newId'>,
  gift: {
    giftId: Id;
    itemId: Id | null;
    needId: Id | null;
    areaId: number | null;
    amountFen: number;
  },
): NewEvent {
  const { areaId, ...body } = gift;
  return {
    id: needs.newId(),
    topic: 'donation.gift_received',
    subjectKind: 'gift',
    subjectId: gift.giftId,
    areaId,
    body,
  };
}
