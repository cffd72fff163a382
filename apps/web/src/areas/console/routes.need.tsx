import { needKindCodes, needStates, taskKinds } from '@wennuan/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area, oneOf, optional, wordOf } from './routes.root.tsx';
import { needScopes } from './parts/codes.ts';

const desk = createRoute({
  getParentRoute: () => area,
  path: '/',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      kind: oneOf(taskKinds, search.kind),
      overdue: search.overdue === true ? true : undefined,
      mine: search.mine === true ? true : undefined,
    }),
  component: lazyRouteComponent(() => import('./pages/desk.tsx'), 'DeskPage'),
});

const signIn = createRoute({
  getParentRoute: () => area,
  path: 'sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});

const more = createRoute({
  getParentRoute: () => area,
  path: 'more',
  component: lazyRouteComponent(() => import('./pages/more.tsx'), 'MorePage'),
});

const needs = createRoute({
  getParentRoute: () => area,
  path: 'needs',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      kind: oneOf(needKindCodes, search.kind),
      state: oneOf(needStates, search.state),
      areaCode: wordOf(search.areaCode?.toString()),
      scope: oneOf(needScopes, search.scope),
    }),
  component: lazyRouteComponent(() => import('./pages/needs.tsx'), 'NeedsPage'),
});

const newNeed = createRoute({
  getParentRoute: () => area,
  path: 'needs/new',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ personId: wordOf(search.personId) }),
  component: lazyRouteComponent(() => import('./pages/new-need.tsx'), 'NewNeedPage'),
});

const need = createRoute({
  getParentRoute: () => area,
  path: 'needs/$needId',
  component: lazyRouteComponent(() => import('./pages/need.tsx'), 'NeedPage'),
});

const slip = createRoute({
  getParentRoute: () => area,
  path: 'needs/$needId/slip',
  component: lazyRouteComponent(() => import('./pages/slip.tsx'), 'SlipPage'),
});

const persons = createRoute({
  getParentRoute: () => area,
  path: 'persons',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ text: wordOf(search.text?.toString()) }),
  component: lazyRouteComponent(() => import('./pages/persons.tsx'), 'PersonsPage'),
});

const person = createRoute({
  getParentRoute: () => area,
  path: 'persons/$personId',
  component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPage'),
});

const offers = createRoute({
  getParentRoute: () => area,
  path: 'offers',
  component: lazyRouteComponent(() => import('./pages/offers.tsx'), 'OffersPage'),
});

/** Today's list, needs, people and resources. */
export const needRoutes = [
  desk,
  signIn,
  more,
  needs,
  newNeed,
  need,
  slip,
  persons,
  person,
  offers,
] as const;
