import type { Channel } from '../src/modules/payment/index.ts';
import { createSale } from '../src/modules/sale/index.ts';
import type { TestShop } from './shop.ts';

/** Sales of a shop whose one seller is paid into a number of its own, over a channel. */
export const saleOfSeller = (shop: TestShop, number: string, channel: Channel) =>
  createSale({
    ...shop,
    goods: shop.goodsModule,
    randomBelow: (bound) => Math.floor(Math.random() * bound),
    sandbox: null,
    sellers: {
      of: (asked) => (asked === number ? channel : null),
      numbers: [number],
      groupUrl: (code) => `https://warm.example/mall/groups/${code}`,
      orderUrl: (id) => `https://warm.example/mall/orders/${id}`,
    },
    groups: { takePaid: async () => false, takeRefund: async () => false },
    given: async () => new Map(),
  });
