import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { awardStates } from '@wennuan/contract';
import { area, oneOf, optional, wordOf } from './routes.root.tsx';

const rounds = createRoute({
  getParentRoute: () => area,
  path: 'aid',
  component: lazyRouteComponent(() => import('./pages/aid-rounds.tsx'), 'AidRoundsPage'),
});

const round = createRoute({
  getParentRoute: () => area,
  path: 'aid/rounds/$roundId',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ state: oneOf(awardStates, search.state), areaCode: wordOf(search.areaCode) }),
  component: lazyRouteComponent(() => import('./pages/aid-round.tsx'), 'AidRoundPage'),
});

const award = createRoute({
  getParentRoute: () => area,
  path: 'aid/awards/$awardId',
  component: lazyRouteComponent(() => import('./pages/award.tsx'), 'AwardPage'),
});

const lists = createRoute({
  getParentRoute: () => area,
  path: 'aid/lists',
  component: lazyRouteComponent(() => import('./pages/aid-lists.tsx'), 'AidListsPage'),
});

const list = createRoute({
  getParentRoute: () => area,
  path: 'aid/lists/$listId',
  component: lazyRouteComponent(() => import('./pages/aid-list.tsx'), 'AidListPage'),
});

const notices = createRoute({
  getParentRoute: () => area,
  path: 'aid/notices',
  component: lazyRouteComponent(() => import('./pages/aid-notices.tsx'), 'AidNoticesPage'),
});

const notice = createRoute({
  getParentRoute: () => area,
  path: 'aid/notices/$noticeId',
  component: lazyRouteComponent(() => import('./pages/aid-notice.tsx'), 'AidNoticePage'),
});

const giving = createRoute({
  getParentRoute: () => area,
  path: 'aid/giving',
  component: lazyRouteComponent(() => import('./pages/aid-giving.tsx'), 'AidGivingPage'),
});

const year = createRoute({
  getParentRoute: () => area,
  path: 'aid/year',
  component: lazyRouteComponent(() => import('./pages/aid-year.tsx'), 'AidYearPage'),
});

const imports = createRoute({
  getParentRoute: () => area,
  path: 'aid/imports',
  component: lazyRouteComponent(() => import('./pages/aid-imports.tsx'), 'AidImportsPage'),
});

/** From candidate to help. */
export const aidRoutes = [
  rounds,
  round,
  award,
  lists,
  list,
  notices,
  notice,
  giving,
  year,
  imports,
] as const;
