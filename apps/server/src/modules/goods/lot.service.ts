import { Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { balances, statement, trace, traceHop, type TraceEntry } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { edge, type Lot } from './goods.ts';
import type { GoodsNeeds, Receiver } from './goods.needs.ts';
import { listStocks, readLots, updateLot } from './goods.store.ts';
import { lotView, namesOf } from './views.ts';

type LotTrace = RouteOutput<typeof routes.goods.lotTrace>;
type Movement = RouteOutput<typeof routes.goods.movements>['items'][number];

/** Things are moved a few times, never a dozen. */
const HOPS_MOST = 12;
const ENTRIES_PER_HOP = 2_000;
const LINES_MOST = 100;

/** Everything that became of lots, from the moment they came: hops are opened to their last entry. */
export async function followLots(tx: Scoped, lotIds: readonly Id[]) {
  const transferIds: Id[] = [];
  for (const lotId of lotIds) {
    const page = await statement(tx.sql, { accountId: edge('source', lotId), limit: LINES_MOST });
    transferIds.push(
      ...page.lines.filter((line) => line.direction === 'out').map((line) => line.id),
    );
  }
  if (transferIds.length === 0) return { arrived: 0, ends: [] as TraceEntry[], resting: [] };
  const start = { transferIds };
  const result = await trace(tx.sql, { start, direction: 'forward', maxHops: HOPS_MOST });
  const last = Math.max(0, ...result.groups.map((group) => group.hop));
  const ends: TraceEntry[] = [];
  for (let hop = 1; hop <= last; hop += 1) {
    const opened = await traceHop(tx.sql, {
      start,
      direction: 'forward',
      hop,
      limit: ENTRIES_PER_HOP,
    });
    ends.push(...opened.entries.filter(({ transfer }) => transfer.toAt === null));
  }
  return { arrived: result.amount, ends, resting: result.resting };
}

/** Where all of a lot is or went: to the hand that took it, as far as the reader may know her. */
export async function traceLot(needs: GoodsNeeds, tx: Scoped, lotId: Id): Promise<LotTrace> {
  const lot = (await readLots(tx, [lotId])).get(lotId);
  if (!lot) throw new Refusal('not_found');
  const { arrived, ends, resting } = await followLots(tx, [lot.id]);
  const handed = ends.filter(({ transfer }) => transfer.reason === 'handed_over');
  const receivers = await needs.receivers(
    tx,
    handed.map(({ transfer }) => transfer.document.id),
  );
  const sum = (of: string) =>
    ends
      .filter(({ transfer }) => transfer.reason === of)
      .reduce((total, entry) => total + entry.amount, 0);
  const labels = await labelsOf(
    tx,
    resting.map((one) => one.accountId),
  );
  return {
    lot: lotView(lot),
    arrived,
    resting: resting.map((one) => ({
      label: labels.get(one.accountId) ?? '',
      quantity: Math.ceil(one.amount),
    })),
    writtenOff: sum('write_off') + sum('count') + sum('difference'),
    intoKits: sum('assembly'),
    sold: sum('sale'),
    handedOver: handedLines(needs, handed, receivers),
    elsewhere: handed
      .filter(({ transfer }) => !receivers.has(transfer.document.id))
      .reduce((total, entry) => total + entry.amount, 0),
  };
}

/** One line for each receiver: of a lot that is in kits, in kits. */
function handedLines(
  needs: GoodsNeeds,
  handed: readonly TraceEntry[],
  receivers: ReadonlyMap<Id, Receiver>,
): LotTrace['handedOver'] {
  const lines = new Map<Id, LotTrace['handedOver'][number]>();
  for (const { transfer, amount } of handed) {
    const receiver = receivers.get(transfer.document.id);
    if (!receiver) continue;
    const known = lines.get(receiver.recipientId);
    if (known) known.quantity += amount;
    else {
      const { areaId, ...rest } = receiver;
      lines.set(receiver.recipientId, {
        ...rest,
        areaName: needs.place.ref(areaId).name,
        quantity: amount,
        at: transfer.at.toISOString(),
      });
    }
  }
  return [...lines.values()].toSorted((one, other) => one.serial - other.serial);
}

/** What accounts are for, as `fund` notes it. */
async function labelsOf(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account_purpose')
    .select(['account_id', 'label'])
    .where('account_id', 'in', [...new Set(accountIds)])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.label]));
}

/** Stops a lot: it is neither issued nor sent any more. Answers who holds it. */
export async function recallLot(
  needs: GoodsNeeds,
  tx: Writing,
  command: { lotId: Id; reason: string },
): Promise<LotTrace> {
  const lot = (await readLots(tx, [command.lotId])).get(command.lotId);
  if (!lot) throw new Refusal('not_found');
  // Whoever is issuing it at this moment comes first or sees the recall.
  await listStocks(tx, { lotIds: [lot.id], lock: true });
  await updateLot(tx, lot.id, { recallReason: command.reason });
  tx.touched('goods_lot', lot.id, 'recall');
  return await traceLot(needs, tx, lot.id);
}

const kinds: Record<string, Movement['kind']> = {
  receipt: 'receipt',
  order: 'order',
  transfer: 'transfer',
  transfer_in: 'transfer_in',
  difference: 'difference',
  count: 'count',
  write_off: 'write_off',
  assembly: 'assembly',
  set_aside: 'set_aside',
  returned: 'returned',
  handed_over: 'handed_over',
  sale: 'sold',
};

/** What came in and went out of an item at a place, newest first, with the balance of its lot after each. */
export async function listMovements(
  needs: GoodsNeeds,
  tx: Scoped,
  chosen: { itemId: Id; placeId: Id },
): Promise<Movement[]> {
  const stocks = await listStocks(tx, { itemIds: [chosen.itemId], placeIds: [chosen.placeId] });
  const lots = await readLots(
    tx,
    stocks.map((stock) => stock.lotId),
  );
  const lines = [];
  for (const stock of stocks) {
    const page = await statement(tx.sql, { accountId: stock.id, limit: LINES_MOST });
    lines.push(...page.lines.map((line) => ({ line, lot: lots.get(stock.lotId) as Lot })));
  }
  const nameOf = await namesOf(
    needs,
    tx,
    lines.map(({ line }) => line.actor),
  );
  return lines
    .toSorted((one, other) => other.line.at.getTime() - one.line.at.getTime())
    .slice(0, LINES_MOST)
    .map(({ line, lot }) => ({
      id: line.id,
      at: line.at.toISOString(),
      kind: kinds[line.reason] ?? 'other',
      itemName: lot.itemName,
      unit: lot.unit,
      batch: lot.batch,
      direction: line.direction,
      quantity: line.amount,
      balance: line.balanceAfter ?? 0,
      byName: line.actor ? nameOf(line.actor) : null,
    }));
}

/** Free pieces of items at a place. */
export async function availableAt(
  tx: Scoped,
  placeId: Id,
  itemIds: readonly Id[],
): Promise<Map<Id, number>> {
  const all = await listStocks(tx, { placeIds: [placeId], itemIds });
  const lots = await readLots(
    tx,
    all.map((stock) => stock.lotId),
  );
  const stocks = all.filter((stock) => lots.get(stock.lotId)!.keptFor === null);
  const counters = await balances(
    tx.sql,
    stocks.map((stock) => stock.id),
  );
  const byId = new Map(counters.map((row) => [row.accountId, row.available]));
  const sums = new Map<Id, number>();
  for (const stock of stocks)
    sums.set(stock.itemId, (sums.get(stock.itemId) ?? 0) + (byId.get(stock.id) ?? 0));
  return sums;
}
