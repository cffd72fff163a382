import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { distributionStates } from './parts/goods-codes.ts';
import { area, oneOf, optional, wordOf } from './routes.root.tsx';

const goods = createRoute({
  getParentRoute: () => area,
  path: 'goods',
  validateSearch: (search: Record<string, unknown>) => optional({ place: wordOf(search.place) }),
  component: lazyRouteComponent(() => import('./pages/goods.tsx'), 'GoodsPage'),
});

const moves = createRoute({
  getParentRoute: () => area,
  path: 'goods/moves',
  component: lazyRouteComponent(() => import('./pages/goods-moves.tsx'), 'GoodsMovesPage'),
});

const item = createRoute({
  getParentRoute: () => area,
  path: 'goods/items/$itemId',
  validateSearch: (search: Record<string, unknown>) => optional({ lot: wordOf(search.lot) }),
  component: lazyRouteComponent(() => import('./pages/goods-item.tsx'), 'GoodsItemPage'),
});

const kindGifts = createRoute({
  getParentRoute: () => area,
  path: 'kind-gifts',
  component: lazyRouteComponent(() => import('./pages/kind-gifts.tsx'), 'KindGiftsPage'),
});

const distributions = createRoute({
  getParentRoute: () => area,
  path: 'distributions',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ state: oneOf(distributionStates, search.state) }),
  component: lazyRouteComponent(() => import('./pages/distributions.tsx'), 'DistributionsPage'),
});

const newDistribution = createRoute({
  getParentRoute: () => area,
  path: 'distributions/new',
  component: lazyRouteComponent(
    () => import('./pages/new-distribution.tsx'),
    'NewDistributionPage',
  ),
});

const distribution = createRoute({
  getParentRoute: () => area,
  path: 'distributions/$planId',
  component: lazyRouteComponent(() => import('./pages/distribution.tsx'), 'DistributionPage'),
});

const handOver = createRoute({
  getParentRoute: () => area,
  path: 'distributions/$planId/hand-over',
  component: lazyRouteComponent(() => import('./pages/hand-over.tsx'), 'HandOverPage'),
});

/** Stock, what moves, gifts in kind, and distributions with the page for the day itself. */
export const goodsRoutes = [
  goods,
  moves,
  item,
  kindGifts,
  distributions,
  newDistribution,
  distribution,
  handOver,
] as const;
