import {
  addDays,
  dateInShanghai,
  parseYuan,
  Refusal,
  type Id,
  type PlainDate,
} from '@wennuan/basics';
import type { routes, shapes } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { z } from 'zod';
import type { RouteOutput } from '@wennuan/contract';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import { compareLots, edge, EXPIRING_DAYS, type Lot } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import {
  findBarCode,
  insertItem,
  insertLots,
  listLots,
  listStocks,
  readItems,
} from './goods.store.ts';
import { listOnTheWay } from './movement.store.ts';
import {
  knownItem,
  openSources,
  openStockAccounts,
  ownPlace,
  postPieces,
  shelvesOf,
} from './stock.service.ts';
import { itemViews, lotView, placeView, type ItemView } from './views.ts';

type ItemBody = z.output<typeof shapes.goodsItemBody>;
type StockView = RouteOutput<typeof routes.goods.stock>;

/** Puts a kind of thing on file. Refuses `bar_code_taken`, `item_name_taken`, `item_unknown` (a part). */
export async function addItem(needs: GoodsNeeds, tx: Writing, body: ItemBody): Promise<ItemView> {
  const parts = new Map(body.parts.map((part) => [part.itemId, part.quantity]));
  if (parts.size !== body.parts.length) throw new Refusal('line_twice', {}, 'parts');
  if ((await readItems(tx, [...parts.keys()])).size !== parts.size)
    throw new Refusal('item_unknown', {}, 'parts');
  const same = body.barCode ? await findBarCode(tx, body.barCode) : undefined;
  if (same) throw new Refusal('bar_code_taken', { name: same.name }, 'barCode');
  const id = needs.newId();
  const added = await insertItem(
    tx,
    {
      id,
      name: body.name,
      unit: body.unit,
      kind: parts.size > 0 ? 'kit' : 'simple',
      bar_code: body.barCode,
      shelf_days: body.shelfDays,
      imported: body.imported,
      papers: body.papers,
      created_at: tx.now,
      created_by: tx.actor.accountId,
    },
    body.parts,
  );
  if (!added) throw new Refusal('item_name_taken', {}, 'name');
  if (body.pictureId)
    await needs.attachment.adopt(tx, [body.pictureId], {
      subjectKind: 'goods_item',
      subjectId: id,
      areaId: null,
      published: true,
    });
  tx.touched('goods_item', id);
  return (await itemViews(needs, tx, [await knownItem(tx, id)]))[0]!;
}

export interface ReceiveCommand {
  placeId: Id;
  itemId: Id;
  quantity: number;
  batch: string;
  expiresOn: PlainDate | null;
  unitValueFen: number;
  origin: 'bought' | 'opening' | 'given';
  originLabel: string;
  sourceId: Id | null;
  formId: Id | null;
}

/** What a person typed as a receipt, as a command; refuses `amount_invalid`, `payee_missing`. */
export async function receiveCommand(
  needs: GoodsNeeds,
  tx: Scoped,
  body: z.output<(typeof routes.goods.receive)['body']>,
): Promise<ReceiveCommand> {
  const { unitValueYuan, supplierId, ...rest } = body;
  const unitValueFen = parseYuan(unitValueYuan);
  if (!unitValueFen) throw new Refusal('amount_invalid', {}, 'unitValueYuan');
  const supplier = supplierId
    ? (await needs.organization.names(tx, [supplierId])).get(supplierId)
    : '';
  if (body.origin === 'bought' && !supplier) throw new Refusal('payee_missing', {}, 'supplierId');
  const originLabel = body.origin === 'bought' ? supplier! : '启用系统前库存';
  return { ...rest, unitValueFen, originLabel, sourceId: null };
}

/**
 * Takes things in as new lots, one posting for all. A form that was sent before answers its lot. Refuses
 * `place_not_yours`, `item_unknown`, `goods_expired`.
 */
export async function receive(
  needs: GoodsNeeds,
  tx: Writing,
  commands: readonly ReceiveCommand[],
): Promise<Lot[]> {
  const [first] = commands;
  if (commands.length === 1 && first?.formId) {
    const [again] = await listLots(tx, { formId: first.formId });
    if (again) return [again];
  }
  const lots: Lot[] = [];
  const places: ServicePoint[] = [];
  for (const command of commands) {
    places.push(await ownPlace(needs, tx, command.placeId));
    const item = await knownItem(tx, command.itemId);
    if (command.expiresOn !== null && command.expiresOn < dateInShanghai(tx.now))
      throw new Refusal('goods_expired', {}, 'expiresOn');
    lots.push({
      ...command,
      id: needs.newId(),
      itemName: item.name,
      unit: item.unit,
      recalledAt: null,
      keptFor: null,
      createdAt: tx.now,
    });
  }
  await insertLots(
    tx,
    lots.map((lot, index) => ({
      id: lot.id,
      item_id: lot.itemId,
      batch: lot.batch,
      expires_on: lot.expiresOn,
      origin: lot.origin,
      origin_label: lot.originLabel,
      unit_value_fen: lot.unitValueFen,
      source_id: lot.sourceId,
      created_at: tx.now,
      created_by: tx.actor.accountId,
      form_id: commands[index]!.formId,
    })),
  );
  await openSources(
    needs,
    tx,
    lots.map((lot) => ({ ...lot, label: lot.originLabel, isGiven: lot.origin === 'given' })),
  );
  const stocks = await openStockAccounts(
    needs,
    tx,
    lots.map((lot, index) => ({ place: places[index]!, lot })),
  );
  for (const lot of lots) tx.touched('goods_lot', lot.id);
  await postPieces(
    needs,
    tx,
    lots.map((lot, index) => ({
      key: `receipt:${lot.id}`,
      from: edge('source', lot.id),
      to: stocks[index]!.id,
      amount: commands[index]!.quantity,
      reason: 'receipt',
      document: { kind: 'goods_lot', id: lot.id },
      actor: tx.actor.accountId,
    })),
  );
  return lots;
}

/** What is where: items by name, in each its lots, first to expire first. */
export async function readStock(
  needs: GoodsNeeds,
  tx: Scoped,
  query: { placeId?: Id | undefined; itemId?: Id | undefined },
): Promise<StockView> {
  const stocks = await listStocks(tx, {
    placeIds: query.placeId ? [query.placeId] : undefined,
    itemIds: query.itemId ? [query.itemId] : undefined,
  });
  const shelves = await shelvesOf(tx, stocks);
  const counters = new Map(
    (
      await balances(
        tx.sql,
        stocks.map((stock) => stock.id),
      )
    ).map((row) => [row.accountId, row]),
  );
  const full = shelves.filter(({ stock }) => (counters.get(stock.id)?.balance ?? 0) > 0);
  const places = await needs.place.servicePoints(
    tx,
    full.map(({ stock }) => stock.placeId),
  );
  const onTheWay = await onTheWayOf(tx);
  const itemIds = new Set([
    ...full.map(({ stock }) => stock.itemId),
    ...[...onTheWay.keys()].filter((id) => !query.itemId || id === query.itemId),
  ]);
  const items = await itemViews(needs, tx, [...(await readItems(tx, [...itemIds])).values()]);
  const soon = addDays(dateInShanghai(tx.now), EXPIRING_DAYS);
  return {
    asOf: tx.now.toISOString(),
    places: [...places.values()].map((point) => placeView(needs, point)),
    items: items
      .map((item) => {
        const lines = full
          .filter(({ stock }) => stock.itemId === item.id)
          .toSorted((one, other) => compareLots(one.lot, other.lot))
          .map(({ stock, lot, available }) => ({
            placeId: stock.placeId,
            placeName: places.get(stock.placeId)!.name,
            lot: lotView(lot),
            quantity: counters.get(stock.id)!.balance,
            available,
          }));
        const sum = (of: (line: (typeof lines)[number]) => number) =>
          lines.reduce((total, line) => total + of(line), 0);
        return {
          item,
          quantity: sum((line) => line.quantity),
          valueFen: sum((line) => line.quantity * line.lot.unitValueFen),
          expiringSoon: sum(({ lot, quantity }) =>
            lot.expiresOn !== null && lot.expiresOn <= soon ? quantity : 0,
          ),
          onTheWay: query.placeId ? 0 : (onTheWay.get(item.id) ?? 0),
          lines,
        };
      })
      .toSorted((one, other) => one.item.name.localeCompare(other.item.name, 'zh')),
  };
}

/** Pieces paid or sent and not yet taken in, by item. */
async function onTheWayOf(tx: Scoped): Promise<Map<Id, number>> {
  const lines = await listOnTheWay(tx);
  const counters = await balances(
    tx.sql,
    lines.map((line) => line.accountId),
  );
  const byAccount = new Map(counters.map((row) => [row.accountId, row.balance]));
  const sums = new Map<Id, number>();
  for (const { accountId, itemId } of lines) {
    const quantity = byAccount.get(accountId) ?? 0;
    if (quantity > 0) sums.set(itemId, (sums.get(itemId) ?? 0) + quantity);
  }
  return sums;
}
