import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from './icons.tsx';
import type { TaskKind } from './codes.ts';
import { shopPlaces } from './places.shop.ts';

/** A page of the console as the navigation knows it. */
export interface Place {
  key:
    | 'desk'
    | 'needs'
    | 'newNeed'
    | 'persons'
    | 'counter'
    | 'offers'
    | 'rosters'
    | 'review'
    | 'programs'
    | 'aid'
    | 'aidLists'
    | 'aidGiving'
    | 'aidYear'
    | 'aidImports'
    | 'distributions'
    | 'goodsStock'
    | 'goodsMoves'
    | 'kindGifts'
    | 'groupBuys'
    | 'stations'
    | 'settlements'
    | 'merchants'
    | 'products'
    | 'shopOrders'
    | 'till'
    | 'overview'
    | 'findings'
    | 'coverage'
    | 'funds'
    | 'proposals'
    | 'campaigns'
    | 'claims'
    | 'matching'
    | 'pledges'
    | 'gifts'
    | 'fiscal'
    | 'disclosures'
    | 'complaints'
    | 'incoming'
    | 'reconciliation'
    | 'organizations'
    | 'batches'
    | 'payees'
    | 'purchases'
    | 'returns'
    | 'changes'
    | 'budgets'
    | 'month'
    | 'bank'
    | 'agreed'
    | 'credits'
    | 'cash'
    | 'boxes'
    | 'years'
    | 'management'
    | 'audit'
    | 'ledger'
    | 'assessments'
    | 'purposes'
    | 'accounts'
    | 'deputies'
    | 'messages';
  to: LinkProps['to'];
  permission: string;
  group: 'work' | 'goods' | 'money' | 'books' | 'watch' | 'system';
  icon: IconName;
  exact?: boolean;
  /** The kinds of tasks whose number stands beside it. */
  waits?: readonly TaskKind[];
}

const needWork: readonly TaskKind[] = [
  'verify',
  'match',
  'carry_out',
  'feed_back',
  'assess',
  'appeal',
];

/** Every page, in the order of the navigation; a role sees those whose permission it holds. */
export const places: readonly Place[] = [
  { key: 'desk', to: '/desk', permission: 'desk.read', group: 'work', icon: 'desk', exact: true },
  {
    key: 'needs',
    to: '/desk/needs',
    permission: 'need.read',
    group: 'work',
    icon: 'needs',
    waits: needWork,
  },
  { key: 'newNeed', to: '/desk/needs/new', permission: 'need.file', group: 'work', icon: 'add' },
  {
    key: 'persons',
    to: '/desk/persons',
    permission: 'person.read',
    group: 'work',
    icon: 'persons',
  },
  { key: 'counter', to: '/desk/counter', permission: 'person.read', group: 'work', icon: 'person' },
  { key: 'offers', to: '/desk/offers', permission: 'offer.read', group: 'work', icon: 'list' },
  {
    key: 'rosters',
    to: '/desk/rosters',
    permission: 'roster.read',
    group: 'work',
    icon: 'list',
  },
  {
    key: 'review',
    to: '/desk/review',
    permission: 'roster.review',
    group: 'work',
    icon: 'persons',
    exact: true,
  },
  {
    key: 'programs',
    to: '/desk/programs',
    permission: 'program.read',
    group: 'work',
    icon: 'list',
  },
  {
    key: 'aid',
    to: '/desk/aid',
    permission: 'award.read',
    group: 'work',
    icon: 'persons',
    exact: true,
    waits: ['visit', 'post_notice', 'objection', 'review_award'],
  },
  {
    key: 'aidLists',
    to: '/desk/aid/lists',
    permission: 'proposal.read',
    group: 'work',
    icon: 'list',
  },
  {
    key: 'aidGiving',
    to: '/desk/aid/giving',
    permission: 'award.read',
    group: 'work',
    icon: 'money',
    waits: ['give_part', 'ask_received'],
  },
  { key: 'aidYear', to: '/desk/aid/year', permission: 'award.act', group: 'work', icon: 'list' },
  {
    key: 'aidImports',
    to: '/desk/aid/imports',
    permission: 'roster.read',
    group: 'work',
    icon: 'list',
  },
  {
    key: 'distributions',
    to: '/desk/distributions',
    permission: 'distribution.read',
    group: 'goods',
    icon: 'list',
    waits: ['hand_over'],
  },
  {
    key: 'goodsStock',
    to: '/desk/goods',
    permission: 'goods.read',
    group: 'goods',
    icon: 'list',
    exact: true,
  },
  {
    key: 'goodsMoves',
    to: '/desk/goods/moves',
    permission: 'goods.read',
    group: 'goods',
    icon: 'list',
  },
  {
    key: 'kindGifts',
    to: '/desk/kind-gifts',
    permission: 'kind_gift.read',
    group: 'goods',
    icon: 'list',
  },
  {
    key: 'till',
    to: '/counter',
    permission: 'till.act',
    group: 'goods',
    icon: 'list',
  },
  ...shopPlaces,
  {
    key: 'groupBuys',
    to: '/desk/group-buys',
    permission: 'sale.read',
    group: 'goods',
    icon: 'list',
    waits: ['group_order', 'group_collect'],
  },
  {
    key: 'proposals',
    to: '/desk/proposals',
    permission: 'proposal.read',
    group: 'money',
    icon: 'money',
    waits: ['approve', 'pay'],
  },
  { key: 'funds', to: '/desk/funds', permission: 'fund.read', group: 'money', icon: 'money' },
  {
    key: 'campaigns',
    to: '/desk/campaigns',
    permission: 'campaign.write',
    group: 'money',
    icon: 'list',
  },
  {
    key: 'claims',
    to: '/desk/claims',
    permission: 'claim.read',
    group: 'money',
    icon: 'list',
    waits: ['claim_payment'],
  },
  {
    key: 'pledges',
    to: '/desk/pledges',
    permission: 'claim.read',
    group: 'money',
    icon: 'list',
    waits: ['pledge_overdue'],
  },
  { key: 'matching', to: '/desk/matching', permission: 'gift.read', group: 'money', icon: 'money' },
  { key: 'gifts', to: '/desk/gifts', permission: 'gift.read', group: 'money', icon: 'list' },
  {
    key: 'incoming',
    to: '/desk/incoming',
    permission: 'incoming.read',
    group: 'money',
    icon: 'money',
  },
  {
    key: 'reconciliation',
    to: '/desk/reconciliation',
    permission: 'incoming.read',
    group: 'money',
    icon: 'list',
  },
  {
    key: 'organizations',
    to: '/desk/organizations',
    permission: 'organization.read',
    group: 'money',
    icon: 'list',
  },
  {
    key: 'fiscal',
    to: '/desk/fiscal-receipts',
    permission: 'receipt.read',
    group: 'money',
    icon: 'list',
  },
  {
    key: 'disclosures',
    to: '/desk/disclosures',
    permission: 'disclosure.read',
    group: 'watch',
    icon: 'watch',
    waits: ['disclose'],
  },
  {
    key: 'complaints',
    to: '/desk/complaints',
    permission: 'complaint.answer',
    group: 'watch',
    icon: 'note',
    waits: ['answer_complaint'],
  },
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
    key: 'cash',
    to: '/desk/cash',
    permission: 'cash.read',
    group: 'money',
    icon: 'money',
  },
  {
    key: 'boxes',
    to: '/desk/boxes',
    permission: 'cash.read',
    group: 'money',
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
  { key: 'overview', to: '/desk/overview', permission: 'desk.read', group: 'watch', icon: 'watch' },
  {
    key: 'findings',
    to: '/desk/findings',
    permission: 'finding.read',
    group: 'watch',
    icon: 'watch',
    waits: ['supervise'],
  },
  {
    key: 'coverage',
    to: '/desk/coverage',
    permission: 'finding.read',
    group: 'watch',
    icon: 'list',
  },
  { key: 'audit', to: '/desk/audit', permission: 'audit.read', group: 'watch', icon: 'list' },
  { key: 'ledger', to: '/desk/ledger', permission: 'audit.read', group: 'watch', icon: 'money' },
  {
    key: 'assessments',
    to: '/desk/impact-assessments',
    permission: 'audit.read',
    group: 'watch',
    icon: 'list',
  },
  {
    key: 'purposes',
    to: '/desk/purposes',
    permission: 'purpose.read',
    group: 'watch',
    icon: 'lock',
  },
  {
    key: 'accounts',
    to: '/desk/accounts',
    permission: 'account.write',
    group: 'system',
    icon: 'persons',
  },
  {
    key: 'deputies',
    to: '/desk/deputies',
    permission: 'deputy.own',
    group: 'system',
    icon: 'person',
  },
  {
    key: 'messages',
    to: '/desk/messages',
    permission: 'message.own',
    group: 'system',
    icon: 'note',
  },
];

/** The groups of the side navigation from top to bottom. */
export const groups = ['work', 'goods', 'money', 'books', 'watch', 'system'] as const;
