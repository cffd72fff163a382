import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './deliveries.zh.ts';

const en: Texts<typeof zh> = {
  title: 'Bringing orders',
  lead: 'Bring what neighbours who cannot easily go out bought at the station. Say the code there; at the door she says six digits to you.',
  join: 'I would like to bring orders',
  joinMore: 'Another station',
  joinLead:
    'Come to the station once; when they know you, you can take orders. Only who has fetched an order sees where to, and only until it is there.',
  station: 'At which station',
  stationChoose: 'Choose a station',
  name: 'What should neighbours call you',
  nameHint: 'They see it when you come, for example: Aunt Wang',
  joinSend: 'Put my name down',
  joined: 'Your name is down; please come to the station once',
  asked: '{{area}}: your name is down, the station will meet you',
  accepted: '{{area}}: you can take orders, {{count}} brought',
  stop: 'No more for {{area}}',
  carrying: 'In my hands',
  waiting: 'Waiting for somebody',
  waitingNone: 'No order waits for somebody now. You get a message when one does.',
  brought: 'Brought',
  from: '{{place}} · {{area}}',
  due: 'Please before {{time}}',
  since: 'ordered {{time}}',
  at: 'there {{time}}',
  take: 'I bring it',
  states: {
    open: 'Waiting',
    taken: 'Fetch it',
    fetched: 'Bring it',
    delivered: 'Brought',
    ended: 'Not needed any more',
  },
  fetchCode: 'Say these six digits at the station',
  to: 'Bring it to',
  call: 'Call {{telephone}}',
  hand: 'It is there',
  code: 'The six digits she says',
  proxy: 'She is not there: who takes it for her',
  proxyHint: 'For example: daughter, the neighbour opposite. She is told.',
  handSend: 'It was handed over',
  handed: 'Thank you, it is there',
  giveUp: 'I cannot bring it',
  giveUpReason: 'Why',
  giveUpFetched: 'Please take the goods back to the station first.',
  giveUpSend: 'Give it back',
  keep: 'I bring it',
};

/** The same words in English. */
export default en;
