import {
  dateInShanghai,
  formatYuan,
  isRefusal,
  parseYuan,
  Refusal,
  type Id,
} from '@wennuan/basics';
import type { RefusalCode } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { isOver, obstaclesOf, type Obstacle, type Sale } from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import {
  dueSales,
  findReceiver,
  giversOf,
  hasWaiting,
  insertResult,
  listPlaces,
  listThings,
  readProceeds,
  readSold,
  updateSale,
  updateThing,
  type ThingRow,
} from './charity-sale.store.ts';
import { dropEnd, endAgreed } from './end.service.ts';
import { lockSale, openTask } from './lock.service.ts';
import { readTargets } from './terms.service.ts';
import { countOffered, piecesOf } from './thing.service.ts';

const REFUSALS: Record<Obstacle, RefusalCode> = {
  papers_missing: 'charity_sale_papers_missing',
  not_agreed: 'charity_sale_not_now',
  things_missing: 'charity_sale_without_things',
  receiver_missing: 'charity_sale_receiver_missing',
  ticks_missing: 'charity_sale_not_online',
  days_over: 'charity_sale_days_wrong',
};

/**
 * Opens a charity sale that was agreed to. Refuses what stands against it, agreement and plan first. System login.
 */
export async function openSale(needs: CharitySaleNeeds, tx: Writing, saleId: Id): Promise<void> {
  const sale = await lockSale(tx, saleId, ['draft', 'proposed', 'approved']);
  const [obstacle] = obstaclesOf(sale, {
    things: (await listThings(tx, { saleIds: [saleId] })).length,
    receiver: (await findReceiver(tx))?.state ?? 'missing',
    mayBeOnline: (await readTargets(needs, tx, [sale])).get(sale.targetId)?.mayBeOnline === true,
    today: dateInShanghai(tx.now),
  });
  if (obstacle) throw new Refusal(REFUSALS[obstacle], { state: '没有批准' });
  await countOffered(needs, tx, saleId);
  await updateSale(tx, saleId, { state: 'open', opened_at: tx.now });
  tx.touched('charity_sale', saleId, 'opened');
}

/**
 * Closes a charity sale whose last day is over, and publishes its result: what was given, sold and left, what it brought.
 * What is left goes back to stock, or waits for another charity sale as its giver wished. While an order waits for its
 * payment it stays open for those minutes. False when there is nothing to close. System login.
 */
export async function closeSale(
  needs: CharitySaleNeeds,
  tx: Writing,
  saleId: Id,
): Promise<boolean> {
  await endAgreed(tx, saleId);
  const sale = await lockSale(tx, saleId, ['open', 'closed']);
  if (!isOver(sale, dateInShanghai(tx.now)) || (await hasWaiting(tx, saleId))) return false;
  const things = await listThings(tx, { saleIds: [saleId] });
  const left = await countLeft(needs, tx, saleId, things);
  const sold = new Map((await readSold(tx, [saleId])).map((one) => [one.variantId, one]));
  const [proceeds] = await readProceeds(tx, [saleId]);
  const sum = (of: (thing: ThingRow) => number) =>
    things.reduce((total, thing) => total + of(thing), 0);
  await insertResult(tx, {
    sale_id: saleId,
    published_at: tx.now,
    donors: new Set(things.map((thing) => thing.giftId)).size,
    things: things.length,
    pieces_offered: sum((thing) => thing.piecesOffered ?? 0),
    pieces_sold: sum((thing) => sold.get(thing.variantId)?.sold ?? 0),
    pieces_left: sum((thing) => left.get(thing.variantId)!),
    orders: proceeds?.orders ?? 0,
    gross_fen: proceeds?.grossFen ?? 0,
    refunded_fen: proceeds?.refundedFen ?? 0,
  });
  await updateSale(tx, saleId, { state: 'closed', closed_at: tx.now });
  await dropEnd(needs, tx, saleId);
  for (const thing of things)
    if (thing.leftover === 'stock')
      await needs.goods.keepLot(tx, { lotId: thing.lotId, for: null, instead: saleId });
  const netFen = (proceeds?.grossFen ?? 0) - (proceeds?.refundedFen ?? 0);
  if (netFen > 0) await openTask(needs, tx, { sale, kind: 'charity_settle' });
  await tellGivers(needs, tx, { sale, things, sold });
  tx.touched('charity_sale', saleId, 'closed');
  return true;
}

async function countLeft(
  needs: CharitySaleNeeds,
  tx: Writing,
  saleId: Id,
  things: readonly ThingRow[],
): Promise<Map<Id, number>> {
  const placeIds = (await listPlaces(tx, [saleId])).map((one) => one.placeId);
  const lots = new Map(
    (await needs.goods.donated(tx, { lotIds: things.map((one) => one.lotId) })).map((lot) => [
      lot.lotId,
      lot,
    ]),
  );
  const left = new Map<Id, number>();
  for (const thing of things) {
    const pieces = piecesOf(lots.get(thing.lotId)!, placeIds);
    left.set(thing.variantId, Math.min(pieces, thing.piecesOffered ?? pieces));
    await updateThing(tx, thing.variantId, { pieces_left: left.get(thing.variantId)! });
  }
  return left;
}

/** Every giver with an account hears what her things brought. */
async function tellGivers(
  needs: CharitySaleNeeds,
  tx: Writing,
  {
    sale,
    things,
    sold,
  }: {
    sale: Sale;
    things: readonly ThingRow[];
    sold: ReadonlyMap<Id, { sold: number; fen: number }>;
  },
): Promise<void> {
  const givers = await giversOf(
    tx,
    things.map((thing) => thing.giftId),
  );
  const target = (await readTargets(needs, tx, [sale])).get(sale.targetId)!;
  await needs.message.send(
    tx,
    givers.map(({ giftId, accountId }) => {
      const mine = things.filter((thing) => thing.giftId === giftId);
      const pieces = mine.reduce((sum, one) => sum + (sold.get(one.variantId)?.sold ?? 0), 0);
      const fen = mine.reduce((sum, one) => sum + (sold.get(one.variantId)?.fen ?? 0), 0);
      return {
        accountId,
        topic: 'service' as const,
        title: `义卖结束：${sale.name}`,
        body:
          pieces === 0
            ? '您捐的东西这次没有卖出，已按您的意愿保管。'
            : `您捐的东西卖出 ${pieces} 件，得 ${formatYuan(fen)}，全部归“${target.name}”。`,
        link: `/my/kind-gifts/${giftId}`,
        text: null,
      };
    }),
  );
}

/** Notes that proceeds, all or a part, are in the federation's account; posts, call it last. System login. */
export async function settleSale(
  needs: CharitySaleNeeds,
  tx: Writing,
  command: { saleId: Id; bankReference: string; paidOn: string; amountYuan?: string | undefined },
): Promise<void> {
  const sale = await lockSale(tx, command.saleId, ['closed']);
  const { amountYuan, ...rest } = command;
  const amountFen = amountYuan === undefined ? undefined : parseYuan(amountYuan);
  if (amountFen === null) throw new Refusal('amount_invalid', {}, 'amountYuan');
  const isSettled = await needs.settlement.settleProceeds(tx, {
    ...rest,
    ...(amountFen !== undefined && { amountFen }),
    targetId: sale.targetId,
    plannedBy: sale.plannedBy,
  });
  if (isSettled) await needs.desk.close(tx, [{ subjectId: sale.id, kinds: ['charity_settle'] }]);
}

/** Opens what its first day has come for and closes what is over, each by itself; what cannot open yet waits. */
export async function runDue(needs: CharitySaleNeeds): Promise<void> {
  const actor = systemActor('charity_sale.run');
  const due = await needs.database.read(actor, (tx) => dueSales(tx, dateInShanghai(tx.now)));
  for (const { id, state } of due)
    try {
      await needs.database.write(actor, null, async (tx) => {
        if (state === 'open') await closeSale(needs, tx, id);
        else await openSale(needs, tx, id);
      });
    } catch (thrown) {
      // Its page says what stands against it; the next round tries again.
      if (!isRefusal(thrown)) throw thrown;
    }
}
