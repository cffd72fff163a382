import type { Texts } from '../../../shared/i18n/index.ts';
import type { zhPolicies } from './zh.policies.ts';

export const enPolicies: Texts<typeof zhPolicies> = {
  policies: {
    title: 'Programmes',
    description: 'The programmes in force: what is given, to whom, how, and who answers for it.',
    lead: 'The programmes in force. The community finds those who meet them; you can look for yourself too.',
    mine: 'See what I may get',
    call: 'Call the community',
    all: 'All programmes',
    noneTitle: 'No programmes are published',
    noneBody: 'Programmes stand here once they are decided.',
    oneLead: 'Standard, steps and rules.',
    count: 'On {{at}}, {{total}} {{unit}} meet it by what is on file.',
    few: 'Few people meet it, so the number is not published.',
    people: 'people',
    households: 'households',
    person:
      'The system only finds people by what is on file and refuses nobody. If it looks wrong, ask a worker of the community to check.',
  },
};
