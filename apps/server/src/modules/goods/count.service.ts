import { Refusal, type Id } from '@wennuan/basics';
import type { routes, RouteOutput } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ServicePoint } from '../place/index.ts';
import { edge } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { listStocks, readLots } from './goods.store.ts';
import {
  insertCount,
  listCountLines,
  listCounts,
  moveCount,
  upsertCountLine,
  type CountLineRow,
  type CountRow,
} from './movement.store.ts';
import { lockLotAt, openEdges, openSources, ownPlace, postPieces } from './stock.service.ts';
import { lotView, namesOf } from './views.ts';

type CountView = RouteOutput<typeof routes.goods.openCount>;

/** Begins a stock-take of a place; refuses `count_open` while another is under way there. */
export async function openCount(needs: GoodsNeeds, tx: Writing, placeId: Id): Promise<CountView> {
  const place = await ownPlace(needs, tx, placeId);
  const id = needs.newId();
  const added = await insertCount(tx, {
    id,
    place_id: place.id,
    area_id: place.areaId,
    state: 'open',
    opened_at: tx.now,
    opened_by: tx.actor.accountId!,
  });
  if (!added) {
    const [open] = await listCounts(tx, { openAt: place.id });
    throw new Refusal('count_open', { number: open?.number ?? '' });
  }
  tx.touched('goods_count', id);
  return await readCount(needs, tx, id);
}

/** The count when the actor may work on it and it is in that state; refuses `count_closed`. */
async function ownCount(
  needs: GoodsNeeds,
  tx: Writing,
  countId: Id,
  state: 'open' | 'submitted',
): Promise<{ count: CountRow; place: ServicePoint }> {
  const [known] = await listCounts(tx, { id: countId });
  if (!known) throw new Refusal('not_found');
  const place = await ownPlace(needs, tx, known.place_id);
  const [count] = await listCounts(tx, { id: countId, lock: true });
  if (count?.state !== state) throw new Refusal('count_closed');
  return { count, place };
}

/**
 * Notes what was counted of a lot beside what the ledger holds at this very moment, while its row is
 * locked: what moves before or after is in neither number.
 */
export async function countLot(
  needs: GoodsNeeds,
  tx: Writing,
  command: { countId: Id; lotId: Id; counted: number; reason: string },
): Promise<CountView> {
  const { count, place } = await ownCount(needs, tx, command.countId, 'open');
  const { stock } = await lockLotAt(tx, place.id, command.lotId);
  const [position] = await balances(tx.sql, [stock.id]);
  await upsertCountLine(tx, {
    count_id: count.id,
    stock_id: stock.id,
    lot_id: stock.lotId,
    area_id: place.areaId,
    counted: command.counted,
    expected: position!.balance,
    inflow: position!.inflow,
    outflow: position!.outflow,
    counted_at: tx.now,
    counted_by: tx.actor.accountId!,
    reason: command.reason.trim(),
  });
  tx.touched('goods_count', count.id, 'count');
  return await readCount(needs, tx, count.id);
}

const differs = (line: Pick<CountLineRow, 'counted' | 'expected'>) =>
  line.counted !== line.expected;

/** Ends the counting. Without differences it is booked; with them it waits for a second person. */
export async function finishCount(needs: GoodsNeeds, tx: Writing, countId: Id): Promise<CountView> {
  const { count } = await ownCount(needs, tx, countId, 'open');
  const lines = await listCountLines(tx, [count.id]);
  const different = lines.filter(differs);
  if (different.some((line) => line.reason.length < 2))
    throw new Refusal('reason_required', {}, 'reason');
  await moveCount(tx, count.id, { state: 'submitted', differs: different.length > 0 });
  if (different.length === 0) await moveCount(tx, count.id, { state: 'booked' });
  tx.touched('goods_count', count.id, 'finish');
  return await readCount(needs, tx, count.id);
}

/** A second person, who counted none of what differs, agrees; the differences are posted. */
export async function bookCount(needs: GoodsNeeds, tx: Writing, countId: Id): Promise<CountView> {
  const { count } = await ownCount(needs, tx, countId, 'submitted');
  const lines = (await listCountLines(tx, [count.id])).filter(differs);
  const people = [count.submitted_by, ...lines.map((line) => line.counted_by)];
  if (people.includes(tx.actor.accountId)) throw new Refusal('second_person_required');
  await listStocks(tx, { ids: lines.map((line) => line.stock_id), lock: true });
  const lots = await readLots(
    tx,
    lines.map((line) => line.lot_id),
  );
  await openEdges(
    needs,
    tx,
    [...lots.values()].map((lot) => ({ kind: 'lost', itemId: lot.itemId })),
  );
  await openSources(
    needs,
    tx,
    [...lots.values()].map((lot) => ({
      ...lot,
      label: lot.originLabel,
      isGiven: lot.origin === 'given',
    })),
  );
  await moveCount(tx, count.id, { state: 'booked' });
  tx.touched('goods_count', count.id, 'book');
  const view = await readCount(needs, tx, count.id);
  await postPieces(
    needs,
    tx,
    lines.map((line) => {
      const lot = lots.get(line.lot_id)!;
      const isSurplus = line.counted > line.expected;
      return {
        key: `count:${count.id}:${line.stock_id}`,
        from: isSurplus ? edge('source', lot.id) : line.stock_id,
        to: isSurplus ? line.stock_id : edge('lost', lot.itemId),
        amount: Math.abs(line.counted - line.expected),
        name: lot.itemName,
        reason: 'count',
        document: { kind: 'goods_count', id: count.id },
        actor: tx.actor.accountId,
      };
    }),
  );
  return view;
}

async function readCount(needs: GoodsNeeds, tx: Scoped, id: Id): Promise<CountView> {
  return (await countViews(needs, tx, await listCounts(tx, { id })))[0]!;
}

/** Stock-takes as pages show them: what is to be counted, and what was. */
export async function countViews(
  needs: GoodsNeeds,
  tx: Scoped,
  rows: readonly CountRow[],
): Promise<CountView[]> {
  const counted = await listCountLines(
    tx,
    rows.map((row) => row.id),
  );
  const open = rows.filter((row) => row.state === 'open').map((row) => row.place_id);
  const stocks = await listStocks(tx, { placeIds: open });
  const held = new Map(
    (
      await balances(
        tx.sql,
        stocks.map((stock) => stock.id),
      )
    ).map((row) => [row.accountId, row.balance]),
  );
  const lots = await readLots(tx, [
    ...counted.map((line) => line.lot_id),
    ...stocks.map((stock) => stock.lotId),
  ]);
  const places = await needs.place.servicePoints(
    tx,
    rows.map((row) => row.place_id),
  );
  const nameOf = await namesOf(
    needs,
    tx,
    rows.flatMap((row) => [row.opened_by, row.booked_by]),
  );
  return rows.map((row) => {
    const lines = counted.filter((line) => line.count_id === row.id);
    const waiting =
      row.state === 'open'
        ? stocks.filter(
            (stock) =>
              stock.placeId === row.place_id &&
              (held.get(stock.id) ?? 0) > 0 &&
              !lines.some((line) => line.stock_id === stock.id),
          )
        : [];
    const people = [row.submitted_by, ...lines.filter(differs).map((line) => line.counted_by)];
    return {
      id: row.id,
      number: row.number,
      placeId: row.place_id,
      placeName: places.get(row.place_id)!.name,
      state: row.state as CountView['state'],
      openedAt: row.opened_at.toISOString(),
      openedBy: nameOf(row.opened_by),
      bookedBy: row.booked_by ? nameOf(row.booked_by) : null,
      mayBook: row.state === 'submitted' && !people.includes(tx.actor.accountId),
      lines: [
        ...lines.map((line) => ({
          lot: lotView(lots.get(line.lot_id)!),
          countedAt: line.counted_at.toISOString(),
          counted: line.counted,
          expected: line.expected,
          reason: line.reason || null,
        })),
        ...waiting.map((stock) => ({
          lot: lotView(lots.get(stock.lotId)!),
          countedAt: null,
          counted: null,
          expected: null,
          reason: null,
        })),
      ],
    };
  });
}
