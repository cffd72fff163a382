import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadTexts, registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute } from '../../shared/routing/root.tsx';

registerTexts('deliveries', {
  zh: () => import('./texts/deliveries.zh.ts'),
  en: () => import('./texts/deliveries.en.ts'),
});

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: 'mall/deliveries',
  beforeLoad: async ({ context }) => {
    await Promise.all([loadTexts(context.i18n, 'resident'), loadTexts(context.i18n, 'deliveries')]);
  },
  component: lazyRouteComponent(() => import('./layout.tsx'), 'ResidentLayout'),
});

const deliveries = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./deliveries/deliveries.tsx'), 'DeliveriesPage'),
});

/** Bringing neighbours' orders to the door: texts of its own, so that the mall's first load stays light. */
export const deliveryRoutes = [area.addChildren([deliveries])] as const;
