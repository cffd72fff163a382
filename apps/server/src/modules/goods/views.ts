import { dateInShanghai, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import type { Item, Lot } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { listParts } from './goods.store.ts';

export type ItemView = z.output<typeof shapes.goodsItem>;
export type LotView = z.output<typeof shapes.goodsLot>;
export type PlaceView = z.output<typeof shapes.servicePoint>;

/** Items as pages show them: with their picture and, of kits, what they hold. */
export async function itemViews(
  needs: Pick<GoodsNeeds, 'attachment'>,
  tx: Scoped,
  items: readonly Item[],
): Promise<ItemView[]> {
  const ids = items.map((item) => item.id);
  const pictures = ids.length > 0 ? await needs.attachment.of(tx, ids) : new Map();
  const parts = await listParts(
    tx,
    items.filter((item) => item.kind === 'kit').map((item) => item.id),
  );
  return items.map((item) => ({
    ...item,
    picture: pictures.get(item.id)?.[0] ?? null,
    parts: parts.filter((part) => part.kitId === item.id).map(({ kitId: _kitId, ...part }) => part),
  }));
}

/** A lot as pages show it. */
export function lotView(lot: Lot): LotView {
  const { recalledAt, sourceId: _source, createdAt: _created, ...view } = lot;
  return { ...view, recalledOn: recalledAt ? dateInShanghai(recalledAt) : null };
}

/** A service point as pages show it. */
export function placeView(needs: Pick<GoodsNeeds, 'place'>, point: ServicePoint): PlaceView {
  const { areaId, ...view } = point;
  return { ...view, area: needs.place.ref(areaId) };
}

/** Display names of accounts that may be missing; `—` for the system. */
export async function namesOf(
  needs: Pick<GoodsNeeds, 'access'>,
  tx: Scoped,
  accountIds: readonly (Id | null)[],
): Promise<(accountId: Id | null) => string> {
  const ids = [...new Set(accountIds.filter((id) => id !== null))];
  const names = ids.length > 0 ? await needs.access.names(tx, ids) : new Map<Id, string>();
  return (accountId) => (accountId === null ? '—' : (names.get(accountId) ?? '—'));
}
