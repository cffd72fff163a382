import type { Texts } from '../../../shared/i18n/index.ts';
import type { zhAid } from './zh.aid.ts';

export const enAid: Texts<typeof zhAid> = {
  aidUse: {
    title: 'Use of aid funds',
    description:
      'How many people each programme helped and with how much, by street; fewer than five are merged.',
    lead: 'How many people each programme helped and with how much. Fewer than five are merged, so that nobody can be told.',
    year: '{{year}}',
    people: '{{count}} people',
    picture: 'People helped by programme',
    programme: 'Programme',
    value: 'People',
    street: 'Street',
    amount: 'Sum',
    others: 'Other streets',
    clause: 'Clause',
    source: { statutory: 'Statutory', department: 'Department', charity: 'Charity' },
    fewer:
      '{{programmes}} more programmes helped fewer than five each, {{people}} people together; they are not listed.',
    noneTitle: 'There are no figures to publish for this year yet',
    noneBody: 'Once a programme has helped five people, its sums by street are published here.',
    object: 'Object to a notice',
    minutes: '{{count}} hours',
    times: '{{count}} times',
  },
  objections: {
    title: 'Object to a notice',
    description:
      'Object with the code on a paper notice; no name is needed, and the street answers.',
    lead: 'Notices hang on the community’s board only. Type the code on it; no name is needed, and the street looks into it.',
    code: 'Code',
    codeHint: 'In the last line of the notice, 8 letters and digits',
    look: 'Find the notice',
    what: 'Notice',
    community: 'Community',
    until: 'Until',
    place: 'Which line (empty for the whole sheet)',
    text: 'What you object',
    contact: 'Contact (optional)',
    contactHint: 'With a telephone number the street can tell you the result',
    send: 'Send',
    sentTitle: 'Received',
    sentBody: 'The street looks into it; meanwhile the line waits. Thank you.',
    over: 'This notice is not hanging now. Please tell the community or the street directly.',
  },
};
