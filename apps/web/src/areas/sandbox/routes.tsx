import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';

registerTexts('sandbox', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sandbox',
  beforeLoad: withTexts('sandbox'),
  component: lazyRouteComponent(() => import('./layout.tsx'), 'SandboxLayout'),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});

/** The sandbox area's routes. */
export const sandboxRoutes = [area.addChildren([home])] as const;
