import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { findingKinds } from '@wennuan/contract';
import { loadTexts } from '../../shared/i18n/index.ts';
import './audit/words.ts';
import { area, oneOf, optional, wordOf } from './routes.root.tsx';

const overview = createRoute({
  getParentRoute: () => area,
  path: 'overview',
  component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage'),
});

const findings = createRoute({
  getParentRoute: () => area,
  path: 'findings',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      kind: oneOf(findingKinds, search.kind),
      open: oneOf(['true', 'false'] as const, search.open),
    }),
  component: lazyRouteComponent(() => import('./pages/findings.tsx'), 'FindingsPage'),
});

const finding = createRoute({
  getParentRoute: () => area,
  path: 'findings/$findingId',
  component: lazyRouteComponent(() => import('./pages/finding.tsx'), 'FindingPage'),
});

const coverage = createRoute({
  getParentRoute: () => area,
  path: 'coverage',
  component: lazyRouteComponent(() => import('./pages/coverage.tsx'), 'CoveragePage'),
});

const audit = createRoute({
  getParentRoute: () => area,
  path: 'audit',
  validateSearch: (search: Record<string, unknown>) =>
    optional({
      subjectId: wordOf(search.subjectId),
      action: wordOf(search.action),
    }),
  beforeLoad: ({ context }) => loadTexts(context.i18n, 'audit'),
  component: lazyRouteComponent(() => import('./audit/page.tsx'), 'AuditPage'),
});

const ledger = createRoute({
  getParentRoute: () => area,
  path: 'ledger',
  component: lazyRouteComponent(() => import('./pages/ledger.tsx'), 'LedgerPage'),
});

const accounts = createRoute({
  getParentRoute: () => area,
  path: 'accounts',
  component: lazyRouteComponent(() => import('./pages/accounts.tsx'), 'AccountsPage'),
});

const assessments = createRoute({
  getParentRoute: () => area,
  path: 'impact-assessments',
  component: lazyRouteComponent(() => import('./pages/assessments.tsx'), 'AssessmentsPage'),
});

const deputies = createRoute({
  getParentRoute: () => area,
  path: 'deputies',
  component: lazyRouteComponent(() => import('./pages/deputies.tsx'), 'DeputiesPage'),
});

const messages = createRoute({
  getParentRoute: () => area,
  path: 'messages',
  component: lazyRouteComponent(() => import('./pages/messages.tsx'), 'MessagesPage'),
});

const request = createRoute({
  getParentRoute: () => area,
  path: 'data-requests/$requestId',
  component: lazyRouteComponent(() => import('./pages/request.tsx'), 'RequestPage'),
});

/** Oversight, accounts and one's own settings. */
export const watchRoutes = [
  overview,
  findings,
  finding,
  coverage,
  audit,
  ledger,
  accounts,
  assessments,
  deputies,
  messages,
  request,
] as const;
