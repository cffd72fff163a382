import type { Place } from './place.ts';

/** The federation's books. */
export const books: readonly Place[] = [
  {
    key: 'batches',
    to: '/desk/batches',
    permission: 'payout.read',
    group: 'books',
    icon: 'money',
  },
  {
    key: 'payees',
    to: '/desk/payees',
    permission: 'payout.read',
    group: 'books',
    icon: 'persons',
  },
  {
    key: 'purchases',
    to: '/desk/purchases',
    permission: 'payout.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'budgets',
    to: '/desk/budgets',
    permission: 'payout.read',
    group: 'books',
    icon: 'watch',
  },
  {
    key: 'month',
    to: '/desk/books',
    permission: 'book.read',
    group: 'books',
    icon: 'watch',
  },
  {
    key: 'bank',
    to: '/desk/bank',
    permission: 'book.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'credits',
    to: '/desk/bank-credits',
    permission: 'book.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'agreed',
    to: '/desk/agreed-gifts',
    permission: 'book.read',
    group: 'books',
    icon: 'money',
  },
  {
    key: 'returns',
    to: '/desk/returns',
    permission: 'payout.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'changes',
    to: '/desk/purpose-changes',
    permission: 'payout.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'management',
    to: '/desk/management',
    permission: 'payout.read',
    group: 'books',
    icon: 'list',
  },
  {
    key: 'years',
    to: '/desk/years',
    permission: 'book.read',
    group: 'books',
    icon: 'watch',
  },
];
