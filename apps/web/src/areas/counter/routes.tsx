import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';

registerTexts('counter', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'counter',
  beforeLoad: withTexts('counter'),
});

const till = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/till.tsx'), 'TillPage'),
});

/** What the buyer sees: the second screen. */
const screen = createRoute({
  getParentRoute: () => area,
  path: 'screen',
  component: lazyRouteComponent(() => import('./pages/screen.tsx'), 'ScreenPage'),
});

/** The counter area's routes. */
export const counterRoutes = [area.addChildren([till, screen])] as const;
