import { balances } from '@wennuan/ledger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sales } from '../../../test-support/sales.ts';
import { testShop, type TestShop } from '../../../test-support/shop.ts';
import { callOf } from '../../../test-support/things.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

it('stock counted while selling: what was sold after a lot was counted is no difference', async () => {
  const placeId = shop.stations[0]!.id;
  const { rows } = await shop.owner.query<{ id: string; lot_id: string }>(
    'select id, lot_id from goods_stock where place_id = $1 and item_id = $2',
    [placeId, shop.goods.rice.itemId],
  );
  const { id: stockId, lot_id: lotId } = rows[0]!;
  const [worker, second] = [shop.actors['worker']!, shop.actors['worker2']!];
  const handlers = shop.goodsModule.handlers;
  const till = sales(shop);
  await till.sell([{ goods: 'rice', quantity: 5 }]);
  const open = await handlers.openCount(callOf(worker, { body: { placeId } }));
  const countId = open.id;
  // Two bags are missing of what should lie there; three are sold before everything is counted.
  const there = shop.plenty - 5;
  await handlers.countLot(
    callOf(worker, { params: { countId }, body: { lotId, counted: there - 2, reason: '破袋' } }),
  );
  await till.sell([{ goods: 'rice', quantity: 3 }]);
  for (const { lot, expected } of open.lines.filter((line) => line.lot.id !== lotId))
    await handlers.countLot(
      callOf(worker, {
        params: { countId },
        body: { lotId: lot.id, counted: expected ?? shop.plenty, reason: '' },
      }),
    );
  await handlers.finishCount(callOf(worker, { params: { countId } }));
  await handlers.bookCount(callOf(second, { params: { countId } }));
  const [row] = await shop.database.read(shop.system, (tx) => balances(tx.sql, [stockId]));
  expect(row!.balance).toBe(there - 2 - 3);
});
