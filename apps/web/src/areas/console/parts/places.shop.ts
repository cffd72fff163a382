import type { Place } from './places.ts';

/** The shop's pages; part of `places`. */
export const shopPlaces: readonly Place[] = [
  {
    key: 'stations',
    to: '/desk/shop/stations',
    permission: 'settlement.read',
    group: 'goods',
    icon: 'list',
  },
  {
    key: 'settlements',
    to: '/desk/shop/settlements',
    permission: 'settlement.read',
    group: 'goods',
    icon: 'list',
    waits: ['share_late'],
  },
  {
    key: 'merchants',
    to: '/desk/shop/merchants',
    permission: 'shop.read',
    group: 'goods',
    icon: 'list',
  },
  {
    key: 'products',
    to: '/desk/shop/products',
    permission: 'shop.read',
    group: 'goods',
    icon: 'list',
  },
  {
    key: 'shopOrders',
    to: '/desk/shop/orders',
    permission: 'sale.read',
    group: 'goods',
    icon: 'list',
  },
];
