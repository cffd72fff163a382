import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area, oneOf, optional, wordOf } from './routes.root.tsx';
import { channelCodes, claimStates, paymentStates, proposalStates } from './parts/codes.ts';

const funds = createRoute({
  getParentRoute: () => area,
  path: 'funds',
  component: lazyRouteComponent(() => import('./pages/funds.tsx'), 'FundsPage'),
});

const proposals = createRoute({
  getParentRoute: () => area,
  path: 'proposals',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      state: oneOf(proposalStates, search.state),
    }),
  component: lazyRouteComponent(() => import('./pages/proposals.tsx'), 'ProposalsPage'),
});

const newProposal = createRoute({
  getParentRoute: () => area,
  path: 'proposals/new',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      needId: wordOf(search.needId),
      fundId: wordOf(search.fundId),
    }),
  component: lazyRouteComponent(() => import('./pages/new-proposal.tsx'), 'NewProposalPage'),
});

const proposal = createRoute({
  getParentRoute: () => area,
  path: 'proposals/$proposalId',
  component: lazyRouteComponent(() => import('./pages/proposal.tsx'), 'ProposalPage'),
});

const campaigns = createRoute({
  getParentRoute: () => area,
  path: 'campaigns',
  component: lazyRouteComponent(() => import('./pages/campaigns.tsx'), 'CampaignsPage'),
});

const newCampaign = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/new',
  component: lazyRouteComponent(() => import('./pages/new-campaign.tsx'), 'NewCampaignPage'),
});

const campaign = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/$code',
  component: lazyRouteComponent(() => import('./pages/campaign.tsx'), 'CampaignPage'),
});

const emergency = createRoute({
  getParentRoute: () => area,
  path: 'campaigns/emergency',
  component: lazyRouteComponent(() => import('./pages/emergency.tsx'), 'EmergencyPage'),
});

const matching = createRoute({
  getParentRoute: () => area,
  path: 'matching',
  component: lazyRouteComponent(() => import('./pages/matching.tsx'), 'MatchingPage'),
});

const pledges = createRoute({
  getParentRoute: () => area,
  path: 'pledges',
  component: lazyRouteComponent(() => import('./pages/pledges.tsx'), 'PledgesPage'),
});

const claims = createRoute({
  getParentRoute: () => area,
  path: 'claims',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ state: oneOf(claimStates, search.state) }),
  component: lazyRouteComponent(() => import('./pages/claims.tsx'), 'ClaimsPage'),
});

const gifts = createRoute({
  getParentRoute: () => area,
  path: 'gifts',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ campaign: wordOf(search.campaign) }),
  component: lazyRouteComponent(() => import('./pages/gifts.tsx'), 'GiftsPage'),
});

const incoming = createRoute({
  getParentRoute: () => area,
  path: 'incoming',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      channel: oneOf(channelCodes, search.channel),
      state: oneOf(paymentStates, search.state),
      overdue: wordOf(search.overdue),
    }),
  component: lazyRouteComponent(() => import('./pages/incoming.tsx'), 'IncomingPage'),
});

const reconciliation = createRoute({
  getParentRoute: () => area,
  path: 'reconciliation',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ from: wordOf(search.from), until: wordOf(search.until) }),
  component: lazyRouteComponent(() => import('./pages/reconciliation.tsx'), 'ReconciliationPage'),
});

const organizations = createRoute({
  getParentRoute: () => area,
  path: 'organizations',
  component: lazyRouteComponent(() => import('./pages/organizations.tsx'), 'OrganizationsPage'),
});

/** Funds, payments, campaigns, claims, gifts and organisations. */
export const moneyRoutes = [
  funds,
  proposals,
  newProposal,
  proposal,
  campaigns,
  newCampaign,
  campaign,
  emergency,
  matching,
  pledges,
  claims,
  gifts,
  incoming,
  reconciliation,
  organizations,
] as const;
