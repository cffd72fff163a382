import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { rootRoute, withTexts } from '../../shared/routing/root.tsx';
import { readFilingSearch } from './filing/search.ts';
import { deliveryRoutes } from './routes.deliveries.tsx';
import { groupRoutes } from './routes.groups.tsx';
import { mallRoutes } from './routes.mall.tsx';

registerTexts('resident', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

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
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = optional(search.next);
    return next && /^\/(?!\/)/.test(next) ? { next } : {};
  },
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});

const needs = createRoute({
  getParentRoute: () => area,
  path: 'needs',
  component: lazyRouteComponent(() => import('./pages/needs.tsx'), 'NeedsPage'),
});

const newNeed = createRoute({
  getParentRoute: () => area,
  path: 'needs/new',
  validateSearch: readFilingSearch,
  component: lazyRouteComponent(() => import('./pages/new-need.tsx'), 'NewNeedPage'),
});

const need = createRoute({
  getParentRoute: () => area,
  path: 'needs/$needId',
  component: lazyRouteComponent(() => import('./pages/need.tsx'), 'NeedPage'),
});

const messages = createRoute({
  getParentRoute: () => area,
  path: 'messages',
  component: lazyRouteComponent(() => import('./pages/messages.tsx'), 'MessagesPage'),
});

const pushSettings = createRoute({
  getParentRoute: () => area,
  path: 'messages/settings',
  component: lazyRouteComponent(() => import('./pages/push-settings.tsx'), 'PushSettingsPage'),
});

const gifts = createRoute({
  getParentRoute: () => area,
  path: 'gifts',
  component: lazyRouteComponent(() => import('./pages/gifts.tsx'), 'GiftsPage'),
});

const pledges = createRoute({
  getParentRoute: () => area,
  path: 'pledges',
  validateSearch: (search: Record<string, unknown>): { campaign?: string } => {
    const campaign = optional(search.campaign);
    return campaign ? { campaign } : {};
  },
  component: lazyRouteComponent(() => import('./pages/pledges.tsx'), 'PledgesPage'),
});

const monthly = createRoute({
  getParentRoute: () => area,
  path: 'monthly',
  validateSearch: (search: Record<string, unknown>): { campaign?: string; turn?: string } => {
    const [campaign, turn] = [optional(search.campaign), optional(search.turn)];
    return { ...(campaign && { campaign }), ...(turn && { turn }) };
  },
  component: lazyRouteComponent(() => import('./pages/monthly.tsx'), 'MonthlyPage'),
});

/** One's own gifts of a year, by campaign. */
const giftYear = createRoute({
  getParentRoute: () => area,
  path: 'gifts/year',
  validateSearch: (search: Record<string, unknown>): { year?: number } => {
    const year = Number(search.year);
    return Number.isInteger(year) && year > 2000 ? { year } : {};
  },
  component: lazyRouteComponent(() => import('./pages/gift-year.tsx'), 'GiftYearPage'),
});

const offers = createRoute({
  getParentRoute: () => area,
  path: 'offers',
  component: lazyRouteComponent(() => import('./pages/offers.tsx'), 'OffersPage'),
});

/** With `needId`: takes on that wish of the wall; without: puts an offer on the register. */
const newOffer = createRoute({
  getParentRoute: () => area,
  path: 'offers/new',
  validateSearch: (search: Record<string, unknown>): { needId?: string } => ({
    needId: optional(search.needId),
  }),
  component: lazyRouteComponent(() => import('./pages/new-offer.tsx'), 'NewOfferPage'),
});

const claims = createRoute({
  getParentRoute: () => area,
  path: 'claims',
  component: lazyRouteComponent(() => import('./pages/claims.tsx'), 'ClaimsPage'),
});

/** An enterprise claims the rest of a wish of the wall. */
const newClaim = createRoute({
  getParentRoute: () => area,
  path: 'claims/new',
  validateSearch: (search: Record<string, unknown>): { needId?: string } => ({
    needId: optional(search.needId),
  }),
  component: lazyRouteComponent(() => import('./pages/new-claim.tsx'), 'NewClaimPage'),
});

const myData = createRoute({
  getParentRoute: () => area,
  path: 'data',
  component: lazyRouteComponent(() => import('./pages/my-data.tsx'), 'MyDataPage'),
});

const entitlements = createRoute({
  getParentRoute: () => area,
  path: 'entitlements',
  component: lazyRouteComponent(() => import('./pages/entitlements.tsx'), 'EntitlementsPage'),
});

const aid = createRoute({
  getParentRoute: () => area,
  path: 'aid',
  component: lazyRouteComponent(() => import('./pages/aid.tsx'), 'AidPage'),
});

const vouchers = createRoute({
  getParentRoute: () => area,
  path: 'vouchers',
  component: lazyRouteComponent(() => import('./pages/vouchers.tsx'), 'VouchersPage'),
});

/** One voucher with the code to show. */
const voucher = createRoute({
  getParentRoute: () => area,
  path: 'vouchers/$entitlementId',
  component: lazyRouteComponent(() => import('./pages/vouchers.tsx'), 'VoucherPage'),
});

const settings = createRoute({
  getParentRoute: () => area,
  path: 'settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
});

const handouts = createRoute({
  getParentRoute: () => area,
  path: 'handouts',
  component: lazyRouteComponent(() => import('./pages/handouts.tsx'), 'HandoutsPage'),
});

const kindGifts = createRoute({
  getParentRoute: () => area,
  path: 'kind-gifts',
  component: lazyRouteComponent(() => import('./pages/kind-gifts.tsx'), 'KindGiftsPage'),
});

const newKindGift = createRoute({
  getParentRoute: () => area,
  path: 'kind-gifts/new',
  component: lazyRouteComponent(() => import('./pages/new-kind-gift.tsx'), 'NewKindGiftPage'),
});

const kindGift = createRoute({
  getParentRoute: () => area,
  path: 'kind-gifts/$giftId',
  component: lazyRouteComponent(() => import('./pages/kind-gifts.tsx'), 'KindGiftPage'),
});

/** The resident area's routes. */
export const residentRoutes = [
  area.addChildren([
    home,
    signIn,
    needs,
    newNeed,
    need,
    messages,
    pushSettings,
    gifts,
    giftYear,
    pledges,
    monthly,
    offers,
    newOffer,
    claims,
    newClaim,
    myData,
    entitlements,
    aid,
    vouchers,
    voucher,
    settings,
    handouts,
    kindGifts,
    newKindGift,
    kindGift,
  ]),
  ...mallRoutes,
  ...deliveryRoutes,
  ...groupRoutes,
] as const;
