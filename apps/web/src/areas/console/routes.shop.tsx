import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const stations = createRoute({
  getParentRoute: () => area,
  path: 'shop/stations',
  component: lazyRouteComponent(() => import('./shop/stations.tsx'), 'StationsPage'),
});

const settlements = createRoute({
  getParentRoute: () => area,
  path: 'shop/settlements',
  component: lazyRouteComponent(() => import('./shop/settlements.tsx'), 'SettlementsPage'),
});

const merchants = createRoute({
  getParentRoute: () => area,
  path: 'shop/merchants',
  component: lazyRouteComponent(() => import('./shop/merchants.tsx'), 'MerchantsPage'),
});

const products = createRoute({
  getParentRoute: () => area,
  path: 'shop/products',
  component: lazyRouteComponent(() => import('./shop/products.tsx'), 'ProductsPage'),
});

const orders = createRoute({
  getParentRoute: () => area,
  path: 'shop/orders',
  component: lazyRouteComponent(() => import('./shop/orders.tsx'), 'ShopOrdersPage'),
});

const deliveries = createRoute({
  getParentRoute: () => area,
  path: 'shop/deliveries',
  component: lazyRouteComponent(() => import('./shop/deliveries.tsx'), 'ShopDeliveriesPage'),
});

/** Stations with their 2 %, settling, merchants, goods on sale, orders to hand over. */
export const shopRoutes = [stations, settlements, merchants, products, orders, deliveries] as const;
