import { dateInShanghai, type Id, type PlainDate } from '@wennuan/basics';
import { balances } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { isIssuable } from './goods.ts';
import { listGivenLots, listStocks, readLots, setKeptFor } from './goods.store.ts';
import { kindGiftViews } from './kind-gift.service.ts';
import { listKindGifts } from './kind-gift.store.ts';

/** A lot that somebody gave, with whose hand took it in and where its pieces lie. */
export interface DonatedLot {
  lotId: Id;
  itemId: Id;
  itemName: string;
  unit: string;
  unitValueFen: number;
  expiresOn: PlainDate | null;
  /** The charity sale that keeps it. */
  keptFor: Id | null;
  giftId: Id;
  giftNumber: string;
  /** The giver as everybody may read her. */
  donorName: string;
  /** What the giver wished it for. */
  purpose: string;
  takenBy: string | null;
  takenOn: PlainDate | null;
  /** Free pieces by place; none of a lot that is recalled or past its date. */
  stocks: { placeId: Id; available: number }[];
}

/** Donated lots by id, or with pieces at places. A lot without a gift on file is absent. System login. */
export async function donatedLots(
  needs: GoodsNeeds,
  tx: Scoped,
  chosen: { lotIds?: readonly Id[]; placeIds?: readonly Id[] },
): Promise<DonatedLot[]> {
  const given = await listGivenLots(tx, chosen);
  const lots = [
    ...(
      await readLots(
        tx,
        given.map((one) => one.lotId),
      )
    ).values(),
  ];
  const rows = await Promise.all(
    [...new Set(given.map((one) => one.giftId))].map(
      async (id) => (await listKindGifts(tx, { id }))[0]!,
    ),
  );
  const views = await kindGiftViews(needs, tx, rows);
  const names = await needs.access.names(
    tx,
    rows.flatMap((row) => row.received_by ?? []),
  );
  const stocks = await listStocks(tx, {
    lotIds: lots.map((lot) => lot.id),
    placeIds: chosen.placeIds,
  });
  const counters = await balances(
    tx.sql,
    stocks.map((stock) => stock.id),
  );
  const free = new Map(counters.map((row) => [row.accountId, row.available]));
  const today = dateInShanghai(tx.now);
  return lots.map((lot) => {
    const row = rows.find((one) => one.id === lot.sourceId)!;
    const view = views.find((one) => one.id === lot.sourceId)!;
    return {
      lotId: lot.id,
      itemId: lot.itemId,
      itemName: lot.itemName,
      unit: lot.unit,
      unitValueFen: lot.unitValueFen,
      expiresOn: lot.expiresOn,
      keptFor: lot.keptFor,
      giftId: row.id,
      giftNumber: row.number,
      donorName: view.publicName,
      purpose: row.purpose,
      takenBy: (row.received_by && names.get(row.received_by)) ?? null,
      takenOn: row.received_at ? dateInShanghai(row.received_at) : null,
      stocks: stocks
        .filter((stock) => stock.lotId === lot.id)
        .map((stock) => ({
          placeId: stock.placeId,
          available: isIssuable(lot, today) ? (free.get(stock.id) ?? 0) : 0,
        })),
    };
  });
}

/** Free pieces of lots at a place, also of those that are kept. System login. */
export async function lotsAvailable(
  tx: Scoped,
  placeId: Id,
  lotIds: readonly Id[],
): Promise<Map<Id, number>> {
  if (lotIds.length === 0) return new Map();
  const stocks = await listStocks(tx, { placeIds: [placeId], lotIds });
  const lots = await readLots(tx, lotIds);
  const counters = await balances(
    tx.sql,
    stocks.map((stock) => stock.id),
  );
  const free = new Map(counters.map((row) => [row.accountId, row.available]));
  const today = dateInShanghai(tx.now);
  return new Map(
    stocks.map((stock) => [
      stock.lotId,
      isIssuable(lots.get(stock.lotId)!, today) ? (free.get(stock.id) ?? 0) : 0,
    ]),
  );
}

/**
 * Keeps a lot for a charity sale (`for`), or frees it (null); false when it is not kept as `instead` says, as somebody
 * else was faster. System login.
 */
export async function keepLot(
  tx: Writing,
  command: { lotId: Id; for: Id | null; instead: Id | null },
): Promise<boolean> {
  const done = await setKeptFor(tx, command);
  if (done) tx.touched('goods_lot', command.lotId, command.for ?? 'free');
  return done;
}
