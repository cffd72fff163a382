import type { Place } from './place.ts';

/** Accounts and messages. */
export const system: readonly Place[] = [
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
