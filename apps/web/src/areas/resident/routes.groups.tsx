import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadTexts, registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute } from '../../shared/routing/root.tsx';

registerTexts('groups', {
  zh: () => import('./texts/groups.zh.ts'),
  en: () => import('./texts/groups.en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'mall/groups',
  beforeLoad: async ({ context }) => {
    await Promise.all([loadTexts(context.i18n, 'resident'), loadTexts(context.i18n, 'groups')]);
  },
  component: lazyRouteComponent(() => import('./layout.tsx'), 'ResidentLayout'),
});

const groups = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./groups/groups.tsx'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => area,
  path: '$code',
  component: lazyRouteComponent(() => import('./groups/group.tsx'), 'GroupPage'),
});

/** Group-buys of stations, on the phone: texts of their own, so that the first load stays light. */
export const groupRoutes = [area.addChildren([groups, group])] as const;
