import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadTexts, registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute } from '../../shared/routing/root.tsx';
import { shelfSearch } from './mall/search.ts';
// With the app's first styles: what is drawn without them jumps when they come.
import './mall/mall.css';

registerTexts('mall', {
  zh: () => import('./texts/mall.zh.ts'),
  en: () => import('./texts/mall.en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'mall',
  beforeLoad: async ({ context }) => {
    await Promise.all([loadTexts(context.i18n, 'resident'), loadTexts(context.i18n, 'mall')]);
  },
  component: lazyRouteComponent(() => import('./layout.tsx'), 'ResidentLayout'),
});

const shelf = createRoute({
  getParentRoute: () => area,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => shelfSearch(search),
  component: lazyRouteComponent(() => import('./mall/shelf.tsx'), 'ShelfPage'),
});

const product = createRoute({
  getParentRoute: () => area,
  path: 'products/$productId',
  component: lazyRouteComponent(() => import('./mall/product.tsx'), 'ProductPage'),
});

const cart = createRoute({
  getParentRoute: () => area,
  path: 'cart',
  component: lazyRouteComponent(() => import('./mall/cart.tsx'), 'CartPage'),
});

const orders = createRoute({
  getParentRoute: () => area,
  path: 'orders',
  component: lazyRouteComponent(() => import('./mall/orders.tsx'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => area,
  path: 'orders/$orderId',
  component: lazyRouteComponent(() => import('./mall/order.tsx'), 'OrderPage'),
});

/** The mall, on the phone: texts of its own, so that the first load stays light. */
export const mallRoutes = [area.addChildren([shelf, product, cart, orders, order])] as const;
