import type { TaskKind } from '../codes.ts';
import type { Place } from './place.ts';

const needWork: readonly TaskKind[] = [
  'verify',
  'match',
  'carry_out',
  'feed_back',
  'assess',
  'appeal',
];

/** People and what they ask. */
export const work: readonly Place[] = [
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
    waits: ['visit', 'post_notice', 'objection', 'review_award', 'tell_decision'],
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
    permission: 'entitlement.read',
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
];
