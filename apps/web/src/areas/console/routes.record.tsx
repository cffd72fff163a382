import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area, oneOf, optional } from './routes.root.tsx';

const disclosures = createRoute({
  getParentRoute: () => area,
  path: 'disclosures',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ all: oneOf(['true'] as const, String(search.all)) }),
  component: lazyRouteComponent(() => import('./pages/disclosures.tsx'), 'DisclosuresPage'),
});

const disclosure = createRoute({
  getParentRoute: () => area,
  path: 'disclosures/$dutyId',
  component: lazyRouteComponent(() => import('./pages/disclosure.tsx'), 'DisclosurePage'),
});

const complaints = createRoute({
  getParentRoute: () => area,
  path: 'complaints',
  component: lazyRouteComponent(() => import('./pages/complaints.tsx'), 'ComplaintsPage'),
});

const complaint = createRoute({
  getParentRoute: () => area,
  path: 'complaints/$complaintId',
  component: lazyRouteComponent(() => import('./pages/complaint.tsx'), 'ComplaintPage'),
});

const fiscal = createRoute({
  getParentRoute: () => area,
  path: 'fiscal-receipts',
  validateSearch: (search: Record<string, unknown>) =>
    optional({ state: oneOf(['asked', 'issued', 'waived'] as const, search.state) }),
  component: lazyRouteComponent(() => import('./pages/fiscal-receipts.tsx'), 'FiscalReceiptsPage'),
});

/** The public record from the office's side: disclosures, complaints, fiscal receipts. */
export const recordRoutes = [disclosures, disclosure, complaints, complaint, fiscal] as const;
