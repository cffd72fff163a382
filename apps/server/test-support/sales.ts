import { newId, type Id } from '@wennuan/basics';
import type { SaleCommand } from '../src/modules/sale/index.ts';
import type { TestShop } from './shop.ts';

export type Sales = ReturnType<typeof sales>;
/** An order rung up, with its lines in the order they were asked for. */
export interface RungUp {
  orderId: Id;
  goodsFen: number;
  shareFen: number;
  lines: { id: Id; quantity: number }[];
}

/** A till that sells and gives back at the shop's stations. */
export function sales(shop: TestShop) {
  return {
    /** Sells, paid in cash unless it is said otherwise. */
    async sell(
      lines: readonly { goods: keyof TestShop['goods']; quantity: number }[],
      change: { place?: number; accountId?: Id; payments?: SaleCommand['payments'] } = {},
    ): Promise<RungUp> {
      const basket = {
        placeId: shop.stations[change.place ?? 0]!.id,
        accountId: change.accountId ?? null,
        lines: lines.map(({ goods, quantity }) => ({
          variantId: shop.goods[goods].variantId,
          quantity,
        })),
      };
      return await shop.write(async (tx) => {
        const { goodsFen, shareFen } = await shop.sale.price(tx, basket);
        const [outcome] = await shop.sale.record(tx, [
          {
            key: newId(),
            channel: 'till',
            kind: 'counter',
            basket,
            payments: change.payments ?? [{ means: 'cash', amountFen: goodsFen, reference: '' }],
            at: shop.clock.now(),
            handedOver: true,
          },
        ]);
        if (outcome?.status !== 'recorded') throw new Error(JSON.stringify(outcome));
        const rows = await tx.db
          .selectFrom('sale_line')
          .select(['id', 'quantity'])
          .where('order_id', '=', outcome.orderId)
          .orderBy('position')
          .execute();
        return { orderId: outcome.orderId, goodsFen, shareFen, lines: rows };
      });
    },
    /** Gives so many pieces of a line back. */
    giveBack: (order: RungUp, quantity: number, line = 0) =>
      shop.write((tx) =>
        shop.sale.refund(tx, [
          {
            key: newId(),
            orderId: order.orderId,
            lines: [{ lineId: order.lines[line]!.id, quantity }],
            reason: '不想要了',
            restock: true,
            at: shop.clock.now(),
          },
        ]),
      ),
  };
}
