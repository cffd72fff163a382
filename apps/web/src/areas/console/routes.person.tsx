import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const counter = createRoute({
  getParentRoute: () => area,
  path: 'counter',
  component: lazyRouteComponent(() => import('./pages/counter.tsx'), 'CounterPage'),
});

const move = createRoute({
  getParentRoute: () => area,
  path: 'moves/$moveId',
  component: lazyRouteComponent(() => import('./pages/move.tsx'), 'MovePage'),
});

const purposes = createRoute({
  getParentRoute: () => area,
  path: 'purposes',
  component: lazyRouteComponent(() => import('./pages/purposes.tsx'), 'PurposesPage'),
});

/** The counter, moves between communities, and what departments may read. */
export const personRoutes = [counter, move, purposes] as const;
