import { timingSafeEqual } from 'node:crypto';
import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import {
  insertDelivery,
  listDeliveries,
  listVolunteers,
  moveDelivery,
  type DeliveryRow,
} from './delivery.store.ts';
import { freeCode } from './pick-up-code.ts';
import type { OrderRow } from './order.store.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { lockOrder, updateOrder } from './sale.store.ts';

/** Working minutes in which somebody should have taken it, and then brought it. */
const TAKE_MINUTES = 4 * 60;
const BRING_MINUTES = 4 * 60;
/** Orders that one volunteer has at a time. */
const CARRY_MOST = 5;
/** Wrong codes at a door. */
const CODE_TRIES = 5;
const STATION: readonly ['community_worker', 'station_operator'] = [
  'community_worker',
  'station_operator',
];

/** An order was paid that is to be brought: it waits for a volunteer, and the station hears of it when nobody comes. */
export async function openDelivery(needs: SaleNeeds, tx: Writing, order: OrderRow): Promise<void> {
  await insertDelivery(tx, {
    orderId: order.id,
    placeId: order.place_id,
    areaId: order.area_id,
  });
  await openTask(needs, tx, order, 'find_carrier');
  const volunteers = await listVolunteers(tx, { areaIds: [order.area_id], states: ['accepted'] });
  await needs.message.send(
    tx,
    volunteers
      .filter((one) => one.account_id !== order.account_id)
      .map((one) => ({
        accountId: one.account_id,
        topic: 'service' as const,
        title: '有邻居的东西等人送上门',
        body: '有空就打开“送货上门”接单，先到先得。',
        link: '/mall/deliveries',
      })),
  );
}

async function openTask(
  needs: SaleNeeds,
  tx: Writing,
  order: Pick<OrderRow, 'id' | 'number' | 'area_id'>,
  kind: 'find_carrier' | 'bring_order',
): Promise<void> {
  const minutes = kind === 'find_carrier' ? TAKE_MINUTES : BRING_MINUTES;
  await needs.desk.open(tx, [
    {
      kind,
      subjectKind: 'sale_order',
      subjectId: order.id,
      number: order.number,
      title: '商城订单送上门',
      detail: null,
      areaId: order.area_id,
      building: null,
      roles: STATION,
      level: 'community',
      dueAt: needs.place.workingTime.add(tx.now, minutes),
      warnAt: needs.place.workingTime.add(tx.now, minutes / 2),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/** Order and delivery, locked in this order everywhere; refuses `not_found`. */
async function lockBoth(tx: Writing, orderId: Id): Promise<{ order: OrderRow; row: DeliveryRow }> {
  const order = await lockOrder(tx, orderId);
  const [row] = await listDeliveries(tx, { ids: [orderId], lock: true });
  if (!order || !row) throw new Refusal('not_found');
  return { order, row };
}

/**
 * A volunteer takes an order: one of several at once gets it. Refuses `delivery_not_yours` (no volunteer of its community,
 * or her own order), `delivery_taken`, `delivery_too_many`. System login.
 */
export async function takeDelivery(needs: SaleNeeds, tx: Writing, orderId: Id): Promise<void> {
  const accountId = tx.actor.accountId!;
  const { order, row } = await lockBoth(tx, orderId);
  const mine = await listVolunteers(tx, { accountId, states: ['accepted'] });
  if (!mine.some((one) => one.area_id === row.area_id) || order.account_id === accountId)
    throw new Refusal('delivery_not_yours');
  const carrying = await listDeliveries(tx, { carrierId: accountId, states: ['taken', 'fetched'] });
  if (carrying.some((one) => one.order_id === orderId)) return;
  if (carrying.length >= CARRY_MOST) throw new Refusal('delivery_too_many', { most: CARRY_MOST });
  const taken = await moveDelivery(tx, orderId, ['open'], {
    state: 'taken',
    by_account_id: accountId,
    taken_at: tx.now,
    fetch_code: await freeCode(needs, tx, order.place_id),
  });
  if (!taken) throw new Refusal('delivery_taken');
  await needs.desk.close(tx, [{ subjectId: orderId, kinds: ['find_carrier'] }]);
  await openTask(needs, tx, order, 'bring_order');
  tx.touched('sale_order', orderId, 'delivery_taken');
  await tellBuyer(needs, tx, order, '志愿者接单了', '志愿者会去驿站取货，取到后送来。');
}

/** Somebody of the station brings it herself, with the goods in hand. Refuses `delivery_taken`. System login. */
export async function takeAtStation(needs: SaleNeeds, tx: Writing, orderId: Id): Promise<void> {
  const { order } = await lockBoth(tx, orderId);
  const taken = await moveDelivery(tx, orderId, ['open'], {
    state: 'fetched',
    by_account_id: tx.actor.accountId!,
    taken_at: tx.now,
    fetched_at: tx.now,
  });
  if (!taken) throw new Refusal('delivery_taken');
  await needs.desk.close(tx, [{ subjectId: orderId, kinds: ['find_carrier'] }]);
  await openTask(needs, tx, order, 'bring_order');
  tx.touched('sale_order', orderId, 'delivery_fetched');
  await tellOnTheWay(needs, tx, order);
}

/** The station gives the goods to who says the fetch code; null when no delivery has it. System login. */
export async function giveToCarrier(
  needs: SaleNeeds,
  tx: Writing,
  { placeId, code }: { placeId: Id; code: string },
): Promise<Id | null> {
  const [found] = await listDeliveries(tx, { placeId, fetchCode: code, states: ['taken'] });
  if (!found) return null;
  const { order } = await lockBoth(tx, found.order_id);
  const moved = await moveDelivery(tx, order.id, ['taken'], {
    state: 'fetched',
    fetched_at: tx.now,
    fetch_code: null,
  });
  if (!moved) return null;
  tx.touched('sale_order', order.id, 'delivery_fetched');
  await tellOnTheWay(needs, tx, order);
  return order.id;
}

/**
 * Hands over at the door: with the buyer's code, or to somebody for her, which is noted and told to her. From then on
 * nobody sees where she lives. Refuses `delivery_not_yours`, `delivery_proxy_missing`; answers the refusal of a wrong
 * code, to be thrown once it is committed: five are counted, then none is right. System login.
 */
export async function handAtDoor(
  needs: SaleNeeds,
  tx: Writing,
  command: { orderId: Id; code: string; proxy: string },
): Promise<Refusal | null> {
  const { order, row } = await lockBoth(tx, command.orderId);
  if (row.by_account_id !== tx.actor.accountId) throw new Refusal('delivery_not_yours');
  if (row.state === 'delivered') return null;
  if (row.state !== 'fetched') throw new Refusal('delivery_not_yours');
  const code = command.code.trim();
  const isWrong = row.wrong_codes >= CODE_TRIES || !isSame(code, order.pick_up_code ?? '');
  if (code !== '' && isWrong) {
    const tries = Math.max(0, CODE_TRIES - row.wrong_codes - 1);
    await moveDelivery(tx, order.id, ['fetched'], { wrong_codes: row.wrong_codes + 1 });
    return new Refusal('delivery_code_wrong', { tries }, 'code');
  }
  if (code === '' && command.proxy === '') throw new Refusal('delivery_proxy_missing', {}, 'proxy');
  await moveDelivery(tx, order.id, ['fetched'], { state: 'delivered', ended_at: tx.now });
  await collect(needs, tx, order, command.proxy);
  await needs.desk.close(tx, [{ subjectId: order.id }]);
  if (code === '')
    await tellBuyer(
      needs,
      tx,
      order,
      '您的东西已由别人代收',
      `送到时由“${command.proxy}”代收。如果不对，请马上告诉驿站。`,
    );
  return null;
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** The order is in its buyer's hands: who took it for her is noted, and where she lives is forgotten. */
export async function collect(
  needs: Pick<SaleNeeds, 'vault'>,
  tx: Writing,
  order: OrderRow,
  note: string,
): Promise<void> {
  const box =
    note !== '' && order.account_id
      ? (await needs.vault.boxes(tx, [order.account_id])).get(order.account_id)
      : undefined;
  await updateOrder(tx, order.id, {
    state: 'collected',
    collected_at: tx.now,
    by_account_id: tx.actor.accountId,
    delivery_sealed: null,
    ...(box && { pick_up_note_sealed: box.seal(note) }),
  });
  tx.touched('sale_order', order.id, 'collected');
}

/** Gives an order back for somebody else. `by`: only what she has herself; null: the station takes it off anybody. */
export async function giveUpDelivery(
  needs: SaleNeeds,
  tx: Writing,
  { orderId, by, reason }: { orderId: Id; by: Id | null; reason: string },
): Promise<void> {
  const { order, row } = await lockBoth(tx, orderId);
  const isHeld = row.state === 'taken' || row.state === 'fetched';
  if (!isHeld || (by !== null && row.by_account_id !== by)) throw new Refusal('delivery_not_yours');
  await moveDelivery(tx, orderId, ['taken', 'fetched'], {
    state: 'open',
    by_account_id: null,
    fetch_code: null,
    taken_at: null,
    fetched_at: null,
    given_up: row.given_up + 1,
  });
  await needs.desk.close(tx, [{ subjectId: orderId, kinds: ['bring_order'] }]);
  await openTask(needs, tx, order, 'find_carrier');
  tx.touched('sale_order', orderId, `delivery_given_up: ${reason}`);
  const where = row.state === 'fetched' ? '，货由志愿者送回驿站' : '';
  await tellStation(needs, tx, order, `订单 ${order.number} 要另找人送${where}：${reason}`);
}

/** An order that is on its way to nobody any more: cancelled, given back, or fetched by its buyer. System login. */
export async function endDelivery(needs: SaleNeeds, tx: Writing, order: OrderRow): Promise<void> {
  if (order.kind !== 'delivery') return;
  const [row] = await listDeliveries(tx, { ids: [order.id], lock: true });
  if (!row || row.state === 'delivered' || row.state === 'ended') return;
  await moveDelivery(tx, order.id, [row.state as 'open'], {
    state: 'ended',
    fetch_code: null,
    ended_at: tx.now,
  });
  await needs.desk.close(tx, [{ subjectId: order.id }]);
  if (!row.by_account_id) return;
  await needs.message.send(tx, [
    {
      accountId: row.by_account_id,
      topic: 'service',
      title: '这一单不用送了',
      body: `订单 ${order.number} 已取消或由本人取走，谢谢您。`,
      link: null,
    },
  ]);
}

/** Refuses `order_on_its_way` while somebody carries the goods: they can be neither cancelled nor fetched. */
export async function checkAtStation(tx: Writing, order: OrderRow): Promise<void> {
  if (order.kind !== 'delivery') return;
  const [row] = await listDeliveries(tx, { ids: [order.id], lock: true });
  if (row?.state === 'fetched') throw new Refusal('order_on_its_way');
}

const tellOnTheWay = (needs: SaleNeeds, tx: Writing, order: OrderRow) =>
  tellBuyer(
    needs,
    tx,
    order,
    '您的东西在路上了',
    '送到门口时，请报订单上的六位取货码。志愿者不会问您要钱，也不会问短信验证码。',
  );

async function tellBuyer(
  needs: SaleNeeds,
  tx: Writing,
  order: OrderRow,
  ...[title, body]: [string, string]
): Promise<void> {
  await needs.message.send(tx, [
    {
      accountId: order.account_id!,
      topic: 'service',
      title,
      body,
      link: `/mall/orders/${order.id}`,
    },
  ]);
}

async function tellStation(
  needs: SaleNeeds,
  tx: Writing,
  order: OrderRow,
  body: string,
): Promise<void> {
  const holders = [];
  for (const role of STATION)
    holders.push(...(await needs.access.holders(tx, role, [order.area_id])));
  await needs.message.send(
    tx,
    [...new Set(holders.map((one) => one.accountId))].map((accountId) => ({
      accountId,
      topic: 'service' as const,
      title: '送货要另找人',
      body,
      link: '/desk/shop/deliveries',
    })),
  );
}
