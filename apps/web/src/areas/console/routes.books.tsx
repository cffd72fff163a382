import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { area, optional, wordOf } from './routes.root.tsx';

const MONTH = /^\d{4}-\d{2}$/;

/** The month of an address's query, or nothing. */
const monthOf = (search: Record<string, unknown>) => {
  const month = wordOf(search.month);
  return optional({ month: month && MONTH.test(month) ? month : undefined });
};

const batches = createRoute({
  getParentRoute: () => area,
  path: 'batches',
  component: lazyRouteComponent(() => import('./pages/batches.tsx'), 'BatchesPage'),
});

const batch = createRoute({
  getParentRoute: () => area,
  path: 'batches/$batchId',
  component: lazyRouteComponent(() => import('./pages/batch.tsx'), 'BatchPage'),
});

const payees = createRoute({
  getParentRoute: () => area,
  path: 'payees',
  component: lazyRouteComponent(() => import('./pages/payees.tsx'), 'PayeesPage'),
});

const purchases = createRoute({
  getParentRoute: () => area,
  path: 'purchases',
  component: lazyRouteComponent(() => import('./pages/purchases.tsx'), 'PurchasesPage'),
});

const returns = createRoute({
  getParentRoute: () => area,
  path: 'returns',
  component: lazyRouteComponent(() => import('./pages/returns.tsx'), 'ReturnsPage'),
});

const purposeChanges = createRoute({
  getParentRoute: () => area,
  path: 'purpose-changes',
  component: lazyRouteComponent(() => import('./pages/purpose-changes.tsx'), 'PurposeChangesPage'),
});

const budgets = createRoute({
  getParentRoute: () => area,
  path: 'budgets',
  component: lazyRouteComponent(() => import('./pages/budgets.tsx'), 'BudgetsPage'),
});

const books = createRoute({
  getParentRoute: () => area,
  path: 'books',
  validateSearch: monthOf,
  component: lazyRouteComponent(() => import('./pages/books.tsx'), 'BooksPage'),
});

const trialBalance = createRoute({
  getParentRoute: () => area,
  path: 'books/trial-balance',
  validateSearch: monthOf,
  component: lazyRouteComponent(() => import('./pages/trial-balance.tsx'), 'TrialBalancePage'),
});

const bank = createRoute({
  getParentRoute: () => area,
  path: 'bank',
  validateSearch: monthOf,
  component: lazyRouteComponent(() => import('./pages/bank.tsx'), 'BankPage'),
});

const agreedGifts = createRoute({
  getParentRoute: () => area,
  path: 'agreed-gifts',
  component: lazyRouteComponent(() => import('./pages/agreed-gifts.tsx'), 'AgreedGiftsPage'),
});

const cash = createRoute({
  getParentRoute: () => area,
  path: 'cash',
  component: lazyRouteComponent(() => import('./pages/cash.tsx'), 'CashPage'),
});

const boxes = createRoute({
  getParentRoute: () => area,
  path: 'boxes',
  component: lazyRouteComponent(() => import('./pages/boxes.tsx'), 'BoxesPage'),
});

const bankCredits = createRoute({
  getParentRoute: () => area,
  path: 'bank-credits',
  component: lazyRouteComponent(() => import('./pages/bank-credits.tsx'), 'BankCreditsPage'),
});

const years = createRoute({
  getParentRoute: () => area,
  path: 'years',
  component: lazyRouteComponent(() => import('./pages/years.tsx'), 'YearsPage'),
});

const management = createRoute({
  getParentRoute: () => area,
  path: 'management',
  component: lazyRouteComponent(() => import('./pages/management.tsx'), 'ManagementPage'),
});

/** Paying out, and the accountant's month. */
export const bookRoutes = [
  batches,
  batch,
  payees,
  purchases,
  returns,
  purposeChanges,
  budgets,
  books,
  trialBalance,
  bank,
  agreedGifts,
  bankCredits,
  cash,
  boxes,
  years,
  management,
] as const;
