import type { Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { listVolunteers, type DeliveryRow, type VolunteerRow } from './delivery.store.ts';
import { listOrders, type OrderRow } from './order.store.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { readInside } from './sale.store.ts';

export type DeliveryView = z.output<typeof shapes.delivery>;

/** Where an order is to be brought. */
export interface DeliveryAddress {
  address: string;
  telephone: string;
  note: string;
}

/** Where orders are brought to, as long as that is kept. System login: the caller says who may read it. */
export async function openAddresses(
  needs: Pick<SaleNeeds, 'vault'>,
  tx: Scoped,
  rows: readonly Pick<OrderRow, 'id' | 'account_id' | 'delivery_sealed'>[],
): Promise<Map<Id, DeliveryAddress>> {
  const sealed = rows.filter((row) => row.delivery_sealed !== null);
  const boxes = await needs.vault.findBoxes(
    tx,
    sealed.map((row) => row.account_id!),
  );
  return new Map(
    sealed.flatMap((row) => {
      const text = boxes.get(row.account_id!)?.open(row.delivery_sealed!);
      return text ? [[row.id, JSON.parse(text) as DeliveryAddress]] : [];
    }),
  );
}

/** What carriers are called: the name a volunteer gave for the door, else the account's of the office. System login. */
export async function carrierNames(
  needs: SaleNeeds,
  tx: Scoped,
  rows: readonly Pick<DeliveryRow, 'by_account_id' | 'area_id'>[],
): Promise<Map<Id, string>> {
  const ids = [...new Set(rows.flatMap((row) => row.by_account_id ?? []))];
  if (ids.length === 0) return new Map();
  const volunteers = await listVolunteers(tx, { areaIds: rows.map((row) => row.area_id) });
  const named = await volunteerNames(
    needs,
    tx,
    volunteers.filter((one) => ids.includes(one.account_id)),
  );
  const others = await needs.access.names(
    tx,
    ids.filter((id) => !named.has(id)),
  );
  return new Map([...others, ...named]);
}

async function volunteerNames(
  needs: Pick<SaleNeeds, 'vault'>,
  tx: Scoped,
  rows: readonly VolunteerRow[],
): Promise<Map<Id, string>> {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.account_id),
  );
  return new Map(
    rows.map((row) => [row.account_id, boxes.get(row.account_id)?.open(row.name_sealed) ?? '']),
  );
}

/**
 * Deliveries for whoever looks: the fetch code to who will fetch it, the address to who carries it and to nobody else,
 * only until it is there. System login.
 */
export async function deliveryViews(
  needs: SaleNeeds,
  tx: Scoped,
  rows: readonly DeliveryRow[],
): Promise<DeliveryView[]> {
  const viewer = tx.actor.accountId;
  const ids = rows.map((row) => row.order_id);
  const orders = new Map(
    (ids.length > 0 ? await listOrders(tx, { ids }) : []).map((order) => [order.id, order]),
  );
  const { lines } = await readInside(tx, ids);
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.place_id),
  );
  const names = await carrierNames(needs, tx, rows);
  const isCarrying = (row: DeliveryRow) => row.state === 'fetched' && row.by_account_id === viewer;
  const addresses = await openAddresses(
    needs,
    tx,
    rows.filter(isCarrying).map((row) => orders.get(row.order_id)!),
  );
  const clocks = await needs.desk.clockOf(tx, ids);
  const instant = (at: Date | null) => at?.toISOString() ?? null;
  return rows.map((row) => ({
    orderId: row.order_id,
    number: orders.get(row.order_id)!.number,
    placeName: places.get(row.place_id)!.name,
    area: needs.place.ref(row.area_id),
    state: row.state as DeliveryView['state'],
    goods: lines
      .filter((line) => line.order_id === row.order_id)
      .map((line) => `${line.title} × ${line.quantity}`),
    openedAt: row.opened_at.toISOString(),
    takenAt: instant(row.taken_at),
    fetchedAt: instant(row.fetched_at),
    endedAt: instant(row.ended_at),
    carrierName: (row.by_account_id && names.get(row.by_account_id)) || null,
    mine: row.by_account_id !== null && row.by_account_id === viewer,
    fetchCode: row.by_account_id === viewer ? row.fetch_code : null,
    to: addresses.get(row.order_id) ?? null,
    dueAt: instant(clocks.get(row.order_id)?.dueAt ?? null),
  }));
}

/** Volunteers as the station and they themselves see them. System login. */
export async function volunteerViews(
  needs: SaleNeeds,
  tx: Scoped,
  rows: readonly VolunteerRow[],
): Promise<
  {
    accountId: Id;
    name: string;
    area: DeliveryView['area'];
    state: 'asked' | 'accepted' | 'ended';
    askedAt: string;
    brought: number;
  }[]
> {
  const names = await volunteerNames(needs, tx, rows);
  return rows.map((row) => ({
    accountId: row.account_id,
    name: names.get(row.account_id) ?? '',
    area: needs.place.ref(row.area_id),
    state: row.state as 'asked' | 'accepted' | 'ended',
    askedAt: row.asked_at.toISOString(),
    brought: row.brought ?? 0,
  }));
}
