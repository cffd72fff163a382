import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';

registerTexts('resident', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'my',
  beforeLoad: withTexts('resident'),
  component: lazyRouteComponent(() => import('./layout.tsx'), 'ResidentLayout'),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});

const signIn = createRoute({
  getParentRoute: () => area,
  path: 'sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});

/** The resident area's routes. */
export const residentRoutes = [area.addChildren([home, signIn])] as const;
