import { routes } from '@wennuan/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { registerTexts } from '../../shared/i18n/index.ts';
import { preload, rootRoute, withTexts } from '../../shared/routing/root.tsx';
import {
  afterSearch,
  checkSearch,
  complaintSearch,
  fundsSearch,
  helpSearch,
  wallQuery,
  wallSearch,
} from './search.ts';
// Here and not in a page, so that it is in the one style sheet a page without JavaScript has.
import './styles/index.css';
import { thisYear } from './parts/this-year.ts';

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
      preload(context, routes.campaign.totals),
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
  loader: ({ context }) =>
    Promise.all([
      preload(context, routes.donation.campaigns, { query: { limit: 100 } }),
      preload(context, routes.campaign.totals),
      preload(context, routes.campaign.recorded, { query: { limit: 20 } }),
    ]),
  component: lazyRouteComponent(() => import('./pages/campaigns.tsx'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/$code',
  loader: ({ context, params: { code } }) =>
    Promise.all([
      preload(context, routes.donation.campaign, { params: { code } }),
      preload(context, routes.matching.ofCampaign, { params: { code } }),
      preload(context, routes.pledge.ofCampaign, { params: { code } }),
      preload(context, routes.campaign.news, { params: { code } }),
      preload(context, routes.campaign.recorded, { query: { limit: 20, campaignCode: code } }),
      preload(context, routes.complaint.pausedCampaign, { params: { code } }),
      preload(context, routes.disclosure.publicDuties, { query: { subject: code } }),
    ]),
  component: lazyRouteComponent(() => import('./pages/campaign.tsx'), 'CampaignPage'),
});

const campaignResult = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/$code/result',
  loader: ({ context, params: { code } }) =>
    preload(context, routes.campaign.result, { params: { code } }),
  component: lazyRouteComponent(() => import('./pages/campaign-result.tsx'), 'CampaignResultPage'),
});

const gift = createRoute({
  getParentRoute: () => area,
  path: 'gifts/$token',
  loader: ({ context, params }) =>
    Promise.all([
      preload(context, routes.donation.readGift, { params: { token: params.token } }),
      preload(context, routes.publication.giftProof, { params: { token: params.token } }),
      preload(context, routes.receipt.confirmation, { params: { token: params.token } }),
    ]),
  component: lazyRouteComponent(() => import('./pages/gift.tsx'), 'GiftPage'),
});

const pay = createRoute({
  getParentRoute: () => area,
  path: 'gifts/$token/pay',
  component: lazyRouteComponent(() => import('./pages/pay.tsx'), 'PayPage'),
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
  loader: ({ context, params: { code }, deps }) =>
    Promise.all([
      preload(context, routes.fund.publicFund, { params: { code }, query: { ...deps, limit: 30 } }),
      preload(context, routes.disclosure.publicDuties, { query: { subject: code } }),
    ]),
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

const aidUse = createRoute({
  getParentRoute: () => area,
  path: 'aid',
  loader: ({ context }) =>
    preload(context, routes.award.publicAid, { query: { year: thisYear() } }),
  component: lazyRouteComponent(() => import('./pages/aid-use.tsx'), 'AidUsePage'),
});

/** Where the code on a paper notice leads. */
const objections = createRoute({
  getParentRoute: () => area,
  path: 'objections',
  validateSearch: (search: Record<string, unknown>): { code?: string } =>
    typeof search.code === 'string' && search.code !== '' ? { code: search.code } : {},
  component: lazyRouteComponent(() => import('./pages/objections.tsx'), 'ObjectionsPage'),
});

const about = createRoute({
  getParentRoute: () => area,
  path: 'about',
  component: lazyRouteComponent(() => import('./pages/about.tsx'), 'AboutPage'),
});

const check = createRoute({
  getParentRoute: () => area,
  path: 'check',
  validateSearch: checkSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps: { number, code } }) => {
    if (number && code)
      await preload(context, routes.receipt.checkConfirmation, {
        params: { number },
        query: { code },
      });
  },
  component: lazyRouteComponent(() => import('./pages/check.tsx'), 'CheckPage'),
});

const disclosures = createRoute({
  getParentRoute: () => area,
  path: 'disclosures',
  validateSearch: afterSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    Promise.all([
      preload(context, routes.disclosure.publicDuties),
      preload(context, routes.disclosure.disclosures, {
        query: { limit: 20, after: deps.after },
      }),
    ]),
  component: lazyRouteComponent(() => import('./pages/disclosures.tsx'), 'DisclosuresPage'),
});

const disclosure = createRoute({
  getParentRoute: () => area,
  path: 'disclosures/$number',
  loader: ({ context, params }) =>
    preload(context, routes.disclosure.disclosure, { params: { number: params.number } }),
  component: lazyRouteComponent(() => import('./pages/disclosure.tsx'), 'DisclosurePage'),
});

const complaints = createRoute({
  getParentRoute: () => area,
  path: 'complaints',
  validateSearch: complaintSearch,
  loader: ({ context }) =>
    preload(context, routes.complaint.publicComplaints, { query: { limit: 50 } }),
  component: lazyRouteComponent(() => import('./pages/complaints.tsx'), 'ComplaintsPage'),
});

const log = createRoute({
  getParentRoute: () => area,
  path: 'log',
  loader: ({ context }) => preload(context, routes.publication.publicLog),
  component: lazyRouteComponent(() => import('./pages/log.tsx'), 'LogPage'),
});

const open = createRoute({
  getParentRoute: () => area,
  path: 'open',
  loader: ({ context }) =>
    Promise.all([
      preload(context, routes.open.openCatalogue),
      preload(context, routes.publication.publicLog),
    ]),
  component: lazyRouteComponent(() => import('./pages/open.tsx'), 'OpenPage'),
});

const station = createRoute({
  getParentRoute: () => area,
  path: 'stations/$placeId/$month',
  loader: ({ context, params }) => preload(context, routes.settlement.month, { params }),
  component: lazyRouteComponent(() => import('./pages/station.tsx'), 'StationPage'),
});

const charitySales = createRoute({
  getParentRoute: () => area,
  path: 'charity-sales',
  loader: ({ context }) => preload(context, routes.charitySale.publicList),
  component: lazyRouteComponent(() => import('./pages/charity-sales.tsx'), 'CharitySalesPage'),
});

const charitySale = createRoute({
  getParentRoute: () => area,
  path: 'charity-sales/$number',
  loader: ({ context, params }) => preload(context, routes.charitySale.publicOne, { params }),
  component: lazyRouteComponent(() => import('./pages/charity-sale.tsx'), 'CharitySalePage'),
});

/** The public area's routes. */
export const publicRoutes = [
  area.addChildren([
    home,
    station,
    charitySales,
    charitySale,
    wall,
    wish,
    campaigns,
    campaign,
    campaignResult,
    gift,
    pay,
    funds,
    fund,
    payment,
    responses,
    slips,
    slip,
    help,
    policies,
    policy,
    aidUse,
    objections,
    about,
    open,
    check,
    disclosures,
    disclosure,
    complaints,
    log,
  ]),
] as const;
