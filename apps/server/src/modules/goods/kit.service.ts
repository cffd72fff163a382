import { Refusal, type Id } from '@wennuan/basics';
import type { TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { edge, type Lot, type Taken } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { insertLots, listLots, listParts, readLots } from './goods.store.ts';
import {
  allocate,
  knownItem,
  openEdges,
  openSources,
  openStockAccounts,
  ownPlace,
  postPieces,
} from './stock.service.ts';

/**
 * Packs kits out of what lies at a place: parts leave their lots and as many kits enter, in one linked
 * posting, so that a trace goes on through the box. A kit lasts as long as the first of its parts.
 * Refuses `not_a_kit`, `stock_too_low`, `place_not_yours`.
 */
export async function assemble(
  needs: GoodsNeeds,
  tx: Writing,
  command: { placeId: Id; itemId: Id; count: number; formId: Id },
): Promise<Lot> {
  const [again] = await listLots(tx, { formId: command.formId });
  if (again) return again;
  const place = await ownPlace(needs, tx, command.placeId);
  const item = await knownItem(tx, command.itemId);
  const parts = await listParts(tx, [item.id]);
  if (parts.length === 0) throw new Refusal('not_a_kit', { name: item.name }, 'itemId');
  const taken = (
    await allocate(
      tx,
      parts.map((part) => ({
        placeId: place.id,
        itemId: part.itemId,
        quantity: part.quantity * command.count,
      })),
    )
  ).flat();
  const from = await readLots(
    tx,
    taken.map((one) => one.lotId),
  );
  const lot: Lot = {
    id: needs.newId(),
    itemId: item.id,
    itemName: item.name,
    unit: item.unit,
    batch: '',
    origin: 'assembled',
    originLabel: `${place.name}装配`,
    recalledAt: null,
    sourceId: null,
    keptFor: null,
    createdAt: tx.now,
    ...lastsAndCosts(taken, from, command.count),
  };
  await insertLots(tx, [
    {
      id: lot.id,
      item_id: item.id,
      batch: '',
      expires_on: lot.expiresOn,
      origin: 'assembled',
      origin_label: lot.originLabel,
      unit_value_fen: lot.unitValueFen,
      created_at: tx.now,
      created_by: tx.actor.accountId,
      form_id: command.formId,
    },
  ]);
  await openSources(needs, tx, [{ ...lot, label: lot.originLabel, isGiven: false }]);
  await openEdges(
    needs,
    tx,
    parts.map((part) => ({ kind: 'packed', itemId: part.itemId })),
  );
  const [stock] = await openStockAccounts(needs, tx, [{ place, lot }]);
  tx.touched('goods_lot', lot.id, 'assemble');
  await postPieces(
    needs,
    tx,
    packingMoves(tx, { lot, stockId: stock!.id, taken, count: command.count }),
  );
  return lot;
}

/** Parts out of their lots and kits into theirs, under one link. */
function packingMoves(
  tx: Writing,
  packed: { lot: Lot; stockId: Id; taken: readonly Taken[]; count: number },
): TransferCommand[] {
  const { lot } = packed;
  const common = {
    link: `assembly:${lot.id}`,
    reason: 'assembly',
    document: { kind: 'goods_lot', id: lot.id },
    actor: tx.actor.accountId,
  };
  return [
    ...packed.taken.map((one) => ({
      ...common,
      key: `assembly:${lot.id}:${one.stockId}`,
      from: one.stockId,
      to: edge('packed', one.itemId),
      amount: one.quantity,
    })),
    {
      ...common,
      key: `assembly:${lot.id}`,
      from: edge('source', lot.id),
      to: packed.stockId,
      amount: packed.count,
    },
  ];
}

/** The date of the first part to expire, and what one kit is worth. */
function lastsAndCosts(
  taken: readonly Taken[],
  lots: ReadonlyMap<Id, Lot>,
  count: number,
): { expiresOn: string | null; unitValueFen: number } {
  const dates = taken.flatMap((one) => lots.get(one.lotId)?.expiresOn ?? []).toSorted();
  const value = taken.reduce(
    (sum, one) => sum + one.quantity * (lots.get(one.lotId)?.unitValueFen ?? 0),
    0,
  );
  return { expiresOn: dates[0] ?? null, unitValueFen: Math.round(value / count) };
}
