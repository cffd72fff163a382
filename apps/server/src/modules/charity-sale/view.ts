import { dateInShanghai, type Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import { wordsOf } from '../approval/index.ts';
import {
  dueOn,
  isSelling,
  obstaclesOf,
  sentencesOf,
  type CharitySaleView,
  type HeadView,
  type PublicView,
  type Sale,
} from './charity-sale.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import {
  findReceiver,
  listPlaces,
  listResults,
  listThings,
  readMeans,
  readProceeds,
  readSold,
  type ThingRow,
} from './charity-sale.store.ts';
import { endView } from './end.service.ts';
import { readTargets, type Target } from './terms.service.ts';
import { piecesOf } from './thing.service.ts';

type Places = PublicView['places'];

/** What pages need of many charity sales, read once. System login. */
async function readKnown(needs: CharitySaleNeeds, tx: Scoped, sales: readonly Sale[]) {
  const ids = sales.map((sale) => sale.id);
  const places = await listPlaces(tx, ids);
  const points = await needs.place.servicePoints(
    tx,
    places.map((one) => one.placeId),
  );
  return {
    targets: await readTargets(needs, tx, sales),
    placesOf: (id: Id): Places =>
      places
        .filter((one) => one.saleId === id)
        .map(({ placeId }) => {
          const point = points.get(placeId)!;
          return { id: placeId, name: point.name, address: point.address };
        }),
    things: await listThings(tx, { saleIds: ids }),
    sold: new Map((await readSold(tx, ids)).map((one) => [one.variantId, one])),
    proceeds: new Map((await readProceeds(tx, ids)).map((one) => [one.saleId, one])),
    receipts: await needs.settlement.proceedsReceipts(tx, ids),
    settled: new Map(
      (await needs.settlement.settledProceeds(tx, ids)).map((one) => [one.saleId, one]),
    ),
  };
}
type Known = Awaited<ReturnType<typeof readKnown>>;

function headOf(tx: Scoped, sale: Sale, known: Known) {
  const { mayBeOnline, ...target } = known.targets.get(sale.targetId) as Target;
  const sells = isSelling(sale, dateInShanghai(tx.now));
  return {
    id: sale.id,
    number: sale.number,
    name: sale.name,
    purpose: sale.purpose,
    state: sale.state,
    target,
    opensOn: sale.opensOn,
    closesOn: sale.closesOn,
    isOnline: sale.isOnline,
    sellsOnline: sells && sale.isOnline && mayBeOnline,
    places: known.placesOf(sale.id),
  };
}

function proceedsOf(sale: Sale, known: Known): PublicView['proceeds'] {
  const { grossFen = 0, refundedFen = 0, orders = 0 } = known.proceeds.get(sale.id) ?? {};
  const settled = known.settled.get(sale.id);
  return {
    grossFen,
    refundedFen,
    proceedsFen: grossFen - refundedFen,
    orders,
    settled: settled
      ? { number: settled.number, netFen: settled.netFen, paidOn: settled.paidOn }
      : null,
  };
}

/** Charity sales in a list. System login. */
export async function headViews(
  needs: CharitySaleNeeds,
  tx: Scoped,
  sales: readonly Sale[],
): Promise<HeadView[]> {
  const known = await readKnown(needs, tx, sales);
  return sales.map((sale) => {
    const mine = known.things.filter((thing) => thing.saleId === sale.id);
    return {
      ...headOf(tx, sale, known),
      things: mine.length,
      piecesSold: mine.reduce((sum, one) => sum + (known.sold.get(one.variantId)?.sold ?? 0), 0),
      proceedsFen: proceedsOf(sale, known).proceedsFen,
    };
  });
}

async function thingViews(
  needs: CharitySaleNeeds,
  tx: Scoped,
  { rows, sale, known }: { rows: readonly ThingRow[]; sale: Sale; known: Known },
) {
  const variants = new Map(
    (await needs.catalogue.variants(tx, { ids: rows.map((one) => one.variantId) })).map((one) => [
      one.id,
      one,
    ]),
  );
  const lots = new Map(
    (await needs.goods.donated(tx, { lotIds: rows.map((one) => one.lotId) })).map((lot) => [
      lot.lotId,
      lot,
    ]),
  );
  const pictures = await needs.attachment.of(
    tx,
    [...variants.values()].map((one) => one.productId),
  );
  const placeIds = known.placesOf(sale.id).map((one) => one.id);
  return rows.map((row) => {
    const variant = variants.get(row.variantId)!;
    const lot = lots.get(row.lotId)!;
    const { sold = 0, fen = 0 } = known.sold.get(row.variantId) ?? {};
    const left = row.piecesLeft ?? piecesOf(lot, placeIds);
    return {
      variantId: row.variantId,
      productId: variant.productId,
      title: variant.title,
      unit: variant.unit,
      priceFen: variant.priceFen,
      donorName: row.donorName,
      unitValueFen: row.unitValueFen,
      offered: row.piecesOffered ?? left,
      sold,
      left,
      proceedsFen: fen,
      picture: pictures.get(variant.productId)?.[0] ?? null,
      lotId: row.lotId,
      giftId: row.giftId,
      giftNumber: lot.giftNumber,
      takenBy: lot.takenBy,
      takenOn: lot.takenOn,
      leftover: row.leftover,
      barCode: variant.barCode,
    };
  });
}

async function resultOf(tx: Scoped, saleId: Id): Promise<PublicView['result']> {
  const [row] = await listResults(tx, [saleId]);
  if (!row) return null;
  return {
    publishedAt: row.published_at.toISOString(),
    donors: row.donors,
    things: row.things,
    piecesOffered: row.pieces_offered,
    piecesSold: row.pieces_sold,
    piecesLeft: row.pieces_left,
    orders: row.orders,
    grossFen: row.gross_fen,
    refundedFen: row.refunded_fen,
  };
}

/** A charity sale as everybody reads it: givers by the names they chose, no hand that took a thing. System login. */
export async function publicView(
  needs: CharitySaleNeeds,
  tx: Scoped,
  sale: Sale,
): Promise<PublicView> {
  const known = await readKnown(needs, tx, [sale]);
  const things = (await thingViews(needs, tx, { rows: known.things, sale, known })).map(
    ({
      lotId: _lot,
      giftId: _gift,
      giftNumber: _number,
      takenBy: _by,
      takenOn: _on,
      leftover: _rule,
      barCode: _code,
      ...thing
    }) => thing,
  );
  const sum = (of: (thing: (typeof things)[number]) => number) =>
    things.reduce((total, thing) => total + of(thing), 0);
  const head = headOf(tx, sale, known);
  const proceeds = proceedsOf(sale, known);
  const told = {
    ...head,
    proceeds,
    donors: new Set(known.things.map((thing) => thing.giftId)).size,
    offered: sum((thing) => thing.offered),
    sold: sum((thing) => thing.sold),
    left: sum((thing) => thing.left),
  };
  return {
    ...head,
    things,
    proceeds,
    result: await resultOf(tx, sale.id),
    sentences: sentencesOf(told, tx.actor.language),
    asOf: tx.now.toISOString(),
  };
}

/** A charity sale as the office works on it. System login. */
export async function saleView(
  needs: CharitySaleNeeds,
  tx: Scoped,
  sale: Sale,
): Promise<CharitySaleView> {
  const known = await readKnown(needs, tx, [sale]);
  const head = headOf(tx, sale, known);
  const approval = sale.approvalId
    ? (await needs.approval.read(tx, [sale.approvalId])).get(sale.approvalId)
    : undefined;
  const papers = await needs.attachment.views(
    tx,
    [sale.agreementPaperId, sale.planPaperId].filter((id) => id !== null),
  );
  const paperOf = (id: Id | null) => (id && papers.get(id)) || null;
  const names = await needs.access.names(tx, sale.plannedBy ? [sale.plannedBy] : []);
  const pointName = new Map(head.places.map((one) => [one.id, one.name]));
  const means = await readMeans(tx, sale.id);
  const obstacles = obstaclesOf(sale, {
    things: known.things.length,
    receiver: (await findReceiver(tx))?.state ?? 'missing',
    mayBeOnline: known.targets.get(sale.targetId)!.mayBeOnline,
    today: dateInShanghai(tx.now),
  });
  return {
    ...head,
    things: await thingViews(needs, tx, { rows: known.things, sale, known }),
    proceeds: proceedsOf(sale, known),
    result: await resultOf(tx, sale.id),
    agreement: paperOf(sale.agreementPaperId),
    plan: paperOf(sale.planPaperId),
    plannedBy: (sale.plannedBy && names.get(sale.plannedBy)) || null,
    reason: sale.reason,
    ...wordsOf(tx, approval, sale.state === 'proposed'),
    obstacles: ['draft', 'proposed', 'approved'].includes(sale.state) ? obstacles : [],
    means: means.map((one) => ({
      means: one.means as CharitySaleView['means'][number]['means'],
      placeName: pointName.get(one.placeId) ?? '',
      amountFen: one.fen,
    })),
    receivedFen:
      known.settled.get(sale.id)?.netFen ??
      known.receipts.reduce((sum, one) => sum + one.amountFen, 0),
    receipts: known.receipts
      .filter((one) => one.saleId === sale.id)
      .map(({ bankReference, amountFen, paidOn }) => ({ bankReference, amountFen, paidOn })),
    maySettle: sale.plannedBy === null || sale.plannedBy !== tx.actor.accountId,
    dueOn: dueOn(sale),
    end: await endView(needs, tx, sale.id),
    isSelling: isSelling(sale, dateInShanghai(tx.now)),
    version: sale.version,
  };
}
