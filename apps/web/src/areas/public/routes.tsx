import { routes } from '@wennuan/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { preload, rootRoute, withTexts } from '../../shared/routing/root.tsx';
import { afterSearch, fundsSearch, helpSearch, wallQuery, wallSearch } from './search.ts';
// Here and not in a page, so that it is in the one style sheet a page without JavaScript has.
import './styles/index.css';

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
  loader: ({ context }) =>
    Promise.all([
      preload(context, routes.need.wall, { query: { state: 'open', limit: 4 } }),
      preload(context, routes.fund.publicFunds, { query: { limit: 1 } }),
      preload(context, routes.need.responses),
    ]),
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});

const wall = createRoute({
  getParentRoute: () => area,
  path: 'wall',
  validateSearch: wallSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    Promise.all([
      preload(context, routes.place.areas),
      preload(context, routes.need.wall, { query: wallQuery(deps) }),
    ]),
  component: lazyRouteComponent(() => import('./pages/wall.tsx'), 'WallPage'),
});

const wish = createRoute({
  getParentRoute: () => area,
  path: 'wishes/$needId',
  loader: ({ context, params }) =>
    preload(context, routes.need.wish, { params: { needId: params.needId } }),
  component: lazyRouteComponent(() => import('./pages/wish.tsx'), 'WishPage'),
});

const campaigns = createRoute({
  getParentRoute: () => area,
  path: 'campaigns',
  loader: ({ context }) => preload(context, routes.donation.campaigns, { query: { limit: 100 } }),
  component: lazyRouteComponent(() => import('./pages/campaigns.tsx'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/$code',
  loader: ({ context, params }) =>
    preload(context, routes.donation.campaign, { params: { code: params.code } }),
  component: lazyRouteComponent(() => import('./pages/campaign.tsx'), 'CampaignPage'),
});

const gift = createRoute({
  getParentRoute: () => area,
  path: 'gifts/$token',
  loader: ({ context, params }) =>
    Promise.all([
      preload(context, routes.donation.readGift, { params: { token: params.token } }),
      preload(context, routes.publication.giftProof, { params: { token: params.token } }),
    ]),
  component: lazyRouteComponent(() => import('./pages/gift.tsx'), 'GiftPage'),
});

const funds = createRoute({
  getParentRoute: () => area,
  path: 'funds',
  validateSearch: fundsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    preload(context, routes.fund.publicFunds, { query: { ...deps, limit: 20 } }),
  component: lazyRouteComponent(() => import('./pages/funds.tsx'), 'FundsPage'),
});

const fund = createRoute({
  getParentRoute: () => area,
  path: 'funds/$code',
  validateSearch: afterSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    preload(context, routes.fund.publicFund, {
      params: { code: params.code },
      query: { ...deps, limit: 30 },
    }),
  component: lazyRouteComponent(() => import('./pages/fund.tsx'), 'FundPage'),
});

const payment = createRoute({
  getParentRoute: () => area,
  path: 'payments/$number',
  loader: ({ context, params }) =>
    preload(context, routes.fund.publicPayment, { params: { number: params.number } }),
  component: lazyRouteComponent(() => import('./pages/payment.tsx'), 'PaymentPage'),
});

const responses = createRoute({
  getParentRoute: () => area,
  path: 'responses',
  loader: ({ context }) =>
    Promise.all([preload(context, routes.place.areas), preload(context, routes.need.responses)]),
  component: lazyRouteComponent(() => import('./pages/responses.tsx'), 'ResponsesPage'),
});

const slips = createRoute({
  getParentRoute: () => area,
  path: 'slips',
  validateSearch: (search: Record<string, unknown>): { code?: string } =>
    search.code ? { code: String(search.code) } : {},
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps }) => {
    if (deps.code) await preload(context, routes.need.lookUp, { params: { code: deps.code } });
  },
  component: lazyRouteComponent(() => import('./pages/slips.tsx'), 'SlipsPage'),
});

const slip = createRoute({
  getParentRoute: () => area,
  path: 'slips/$code',
  loader: ({ context, params }) =>
    preload(context, routes.need.lookUp, { params: { code: params.code } }),
  component: lazyRouteComponent(() => import('./pages/slips.tsx'), 'SlipPage'),
});

const help = createRoute({
  getParentRoute: () => area,
  path: 'help',
  validateSearch: helpSearch,
  loader: ({ context }) => preload(context, routes.place.areas),
  component: lazyRouteComponent(() => import('./pages/help.tsx'), 'HelpPage'),
});

const policies = createRoute({
  getParentRoute: () => area,
  path: 'policies',
  loader: ({ context }) => preload(context, routes.program.policies),
  component: lazyRouteComponent(() => import('./pages/policies.tsx'), 'PoliciesPage'),
});

const policy = createRoute({
  getParentRoute: () => area,
  path: 'policies/$code',
  loader: ({ context, params }) =>
    preload(context, routes.program.policy, { params: { code: params.code } }),
  component: lazyRouteComponent(() => import('./pages/policy.tsx'), 'PolicyPage'),
});

const about = createRoute({
  getParentRoute: () => area,
  path: 'about',
  component: lazyRouteComponent(() => import('./pages/about.tsx'), 'AboutPage'),
});

const open = createRoute({
  getParentRoute: () => area,
  path: 'open',
  loader: ({ context }) => preload(context, routes.publication.publicLog),
  component: lazyRouteComponent(() => import('./pages/open.tsx'), 'OpenPage'),
});

/** The public area's routes. */
export const publicRoutes = [
  area.addChildren([
    home,
    wall,
    wish,
    campaigns,
    campaign,
    gift,
    funds,
    fund,
    payment,
    responses,
    slips,
    slip,
    help,
    policies,
    policy,
    about,
    open,
  ]),
] as const;
