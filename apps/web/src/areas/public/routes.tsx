import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';

registerTexts('public', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  id: 'public',
  beforeLoad: withTexts('public'),
  component: lazyRouteComponent(() => import('./layout.tsx'), 'PublicLayout'),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});

/** The public area's routes. */
export const publicRoutes = [area.addChildren([home])] as const;
