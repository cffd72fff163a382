import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area } from './routes.root.tsx';

const rosters = createRoute({
  getParentRoute: () => area,
  path: 'rosters',
  component: lazyRouteComponent(() => import('./pages/rosters.tsx'), 'RostersPage'),
});

const delivery = createRoute({
  getParentRoute: () => area,
  path: 'rosters/$deliveryId',
  component: lazyRouteComponent(() => import('./pages/delivery.tsx'), 'DeliveryPage'),
});

const review = createRoute({
  getParentRoute: () => area,
  path: 'review',
  component: lazyRouteComponent(() => import('./pages/review.tsx'), 'ReviewPage'),
});

const answers = createRoute({
  getParentRoute: () => area,
  path: 'review/answers',
  component: lazyRouteComponent(() => import('./pages/review-answers.tsx'), 'ReviewAnswersPage'),
});

/** Rosters in, and who is who. */
export const rosterRoutes = [rosters, delivery, review, answers] as const;
