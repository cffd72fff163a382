import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const groupBuys = createRoute({
  getParentRoute: () => area,
  path: 'group-buys',
  component: lazyRouteComponent(() => import('./groups/group-buys.tsx'), 'GroupBuysPage'),
});

const newGroupBuy = createRoute({
  getParentRoute: () => area,
  path: 'group-buys/new',
  component: lazyRouteComponent(() => import('./groups/new-group-buy.tsx'), 'NewGroupBuyPage'),
});

const groupBuy = createRoute({
  getParentRoute: () => area,
  path: 'group-buys/$groupId',
  component: lazyRouteComponent(() => import('./groups/group-buy.tsx'), 'GroupBuyPage'),
});

/** Group-buys of stations: opening, ordering, handing over. */
export const groupRoutes = [groupBuys, newGroupBuy, groupBuy] as const;
