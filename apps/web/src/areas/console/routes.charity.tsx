import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const charitySales = createRoute({
  getParentRoute: () => area,
  path: 'charity-sales',
  component: lazyRouteComponent(() => import('./charity/charity-sales.tsx'), 'CharitySalesPage'),
});

const newCharitySale = createRoute({
  getParentRoute: () => area,
  path: 'charity-sales/new',
  component: lazyRouteComponent(
    () => import('./charity/new-charity-sale.tsx'),
    'NewCharitySalePage',
  ),
});

const charitySale = createRoute({
  getParentRoute: () => area,
  path: 'charity-sales/$saleId',
  component: lazyRouteComponent(() => import('./charity/charity-sale.tsx'), 'CharitySalePage'),
});

/** Charity sales: planning, agreeing, following them to the fund. */
export const charityRoutes = [charitySales, newCharitySale, charitySale] as const;
