import type { Place } from './place.ts';

/** What is looked after. */
export const watch: readonly Place[] = [
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
    permission: 'coverage.read',
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
];
