import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { balances, post, type TransferCommand } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import {
  edge,
  mayMove,
  takeInOrder,
  unitOf,
  type Item,
  type Lot,
  type Shelf,
  type Stock,
  type Taken,
  type Want,
} from './goods.ts';
import type { GoodsNeeds, NewAccount } from './goods.needs.ts';
import { listStocks, openStocks, readItems, readLots } from './goods.store.ts';

/** The place, when the actor may move its goods; refuses `place_unknown`, `place_not_yours`. */
export async function ownPlace(
  needs: Pick<GoodsNeeds, 'place'>,
  tx: Scoped,
  placeId: Id,
): Promise<ServicePoint> {
  const place = (await needs.place.servicePoints(tx, [placeId])).get(placeId);
  if (!place) throw new Refusal('place_unknown', {}, 'placeId');
  if (!mayMove(tx.actor, place)) throw new Refusal('place_not_yours', {}, 'placeId');
  return place;
}

/** The item; refuses `item_unknown`. */
export async function knownItem(tx: Scoped, itemId: Id): Promise<Item> {
  const item = (await readItems(tx, [itemId])).get(itemId);
  if (!item) throw new Refusal('item_unknown', {}, 'itemId');
  return item;
}

/** Opens the accounts of lots at a place, and where the lots came from; opening again changes nothing. */
export async function openStockAccounts(
  needs: GoodsNeeds,
  tx: Writing,
  wanted: readonly { place: ServicePoint; lot: Pick<Lot, 'id' | 'itemId' | 'itemName'> }[],
): Promise<Stock[]> {
  const rows = await openStocks(
    tx,
    wanted.map(({ place, lot }) => ({
      id: needs.newId(),
      placeId: place.id,
      lotId: lot.id,
      itemId: lot.itemId,
      areaId: place.areaId,
    })),
  );
  const found = wanted.map(({ place, lot }) =>
    rows.find((row) => row.placeId === place.id && row.lotId === lot.id)!,
  );
  await needs.fund.openAccounts(
    tx,
    found.map((stock, index) => ({
      id: stock.id,
      kind: 'inner',
      unit: unitOf(stock.itemId),
      code: null,
      purpose: {
        kind: 'organization',
        subjectId: stock.placeId,
        label: `${wanted[index]!.place.name} · ${wanted[index]!.lot.itemName}`,
        areaId: stock.areaId,
        isPublic: false,
      },
    })),
  );
  return found;
}

/** Where lots come from, as an edge of the books: supplier or giver in the words staff may read. */
export async function openSources(
  needs: GoodsNeeds,
  tx: Writing,
  lots: readonly { id: Id; itemId: Id; label: string; isGiven: boolean }[],
): Promise<void> {
  await needs.fund.openAccounts(
    tx,
    lots.map((lot) => ({
      id: edge('source', lot.id),
      kind: 'world',
      unit: unitOf(lot.itemId),
      code: null,
      purpose: {
        kind: lot.isGiven ? 'organization' : 'supplier',
        subjectId: lot.id,
        label: lot.label,
        areaId: null,
        isPublic: false,
      },
    })),
  );
}

/** Edges for what is lost of items or goes into kits. */
export async function openEdges(
  needs: GoodsNeeds,
  tx: Writing,
  edges: readonly { kind: 'lost' | 'packed'; itemId: Id }[],
): Promise<void> {
  const labels = { lost: '报损与盘亏', packed: '装入组合包' };
  const accounts = new Map<Id, NewAccount>();
  for (const { kind, itemId } of edges) {
    const id = edge(kind, itemId);
    accounts.set(id, {
      id,
      kind: 'world',
      unit: unitOf(itemId),
      code: null,
      purpose: {
        kind: 'organization',
        subjectId: itemId,
        label: labels[kind],
        areaId: null,
        isPublic: false,
      },
    });
  }
  await needs.fund.openAccounts(tx, [...accounts.values()]);
}

/**
 * What lies at places of items, with how many are free. Its rows are locked, so that who decides on these
 * numbers decides alone.
 */
export async function lockShelves(
  tx: Writing,
  wants: readonly Omit<Want, 'quantity'>[],
): Promise<Shelf[]> {
  const stocks = await listStocks(tx, {
    placeIds: wants.map((want) => want.placeId),
    itemIds: wants.map((want) => want.itemId),
    lock: true,
  });
  return await shelvesOf(tx, stocks);
}

/** Stocks with their lots and free pieces. */
export async function shelvesOf(tx: Scoped, stocks: readonly Stock[]): Promise<Shelf[]> {
  const lots = await readLots(
    tx,
    stocks.map((stock) => stock.lotId),
  );
  const counters = await balances(
    tx.sql,
    stocks.map((stock) => stock.id),
  );
  const available = new Map(counters.map((row) => [row.accountId, row.available]));
  return stocks.map((stock) => ({
    stock,
    lot: lots.get(stock.lotId)!,
    available: available.get(stock.id) ?? 0,
  }));
}

/** Answers wants out of what lies there, first to expire first; refuses `stock_too_low`. */
export async function allocate(tx: Writing, wants: readonly Want[]): Promise<Taken[][]> {
  const shelves = await lockShelves(tx, wants);
  const names = await readItems(
    tx,
    wants.map((want) => want.itemId),
  );
  for (const want of wants)
    if (!shelves.some(({ stock }) => stock.itemId === want.itemId))
      throw new Refusal('stock_too_low', {
        name: names.get(want.itemId)?.name ?? '',
        needed: want.quantity,
        available: 0,
      });
  return takeInOrder(wants, shelves, dateInShanghai(tx.now));
}

/** The stock of a lot at a place, locked; refuses `not_found`. */
export async function lockLotAt(tx: Writing, placeId: Id, lotId: Id): Promise<Shelf> {
  const stocks = await listStocks(tx, { placeIds: [placeId], lotIds: [lotId], lock: true });
  const [shelf] = await shelvesOf(tx, stocks);
  if (!shelf) throw new Refusal('not_found', {}, 'lotId');
  return shelf;
}

/**
 * Posts movements of pieces, all or none; call it last in a transaction. What an account lacks is
 * `stock_too_low`, with the name of the thing; a movement posted before is no error.
 */
export async function postPieces(
  needs: Pick<GoodsNeeds, 'newId'>,
  tx: Writing,
  commands: readonly (TransferCommand & { name?: string })[],
): Promise<Id[]> {
  const plain = commands.map(({ name: _name, ...command }) => command);
  const outcomes = await post(tx.sql, { commands: plain, at: tx.now, newId: needs.newId });
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status !== 'refused' || outcome.refusal === 'linked_failed') continue;
    if (outcome.refusal !== 'balance_too_low' && outcome.refusal !== 'hold_too_low')
      throw new Error(`pieces not posted: ${outcome.refusal} ${outcome.key}`);
    throw new Refusal('stock_too_low', {
      name: commands[index]!.name ?? '',
      needed: commands[index]!.amount,
      available: outcome.available ?? 0,
    });
  }
  return outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [] : outcome.transferIds));
}
