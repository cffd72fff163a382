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

const messages = createRoute({
  getParentRoute: () => area,
  path: 'messages',
  component: lazyRouteComponent(() => import('./pages/messages.tsx'), 'MessagesPage'),
});

const codes = createRoute({
  getParentRoute: () => area,
  path: 'codes',
  component: lazyRouteComponent(() => import('./pages/codes.tsx'), 'CodesPage'),
});

const cashier = createRoute({
  getParentRoute: () => area,
  path: 'cashier/$orderId',
  component: lazyRouteComponent(() => import('./pages/cashier.tsx'), 'CashierPage'),
});

const wechat = createRoute({
  getParentRoute: () => area,
  path: 'wechat/$orderNumber',
  component: lazyRouteComponent(() => import('./pages/wechat.tsx'), 'WechatPage'),
});

/** The sandbox area's routes. */
export const sandboxRoutes = [area.addChildren([messages, codes, cashier, wechat])] as const;
