import type { Texts } from '../../../shared/i18n/index.ts';
import account from './en.account.ts';
import aid from './en.aid.ts';
import entitled from './en.entitled.ts';
import filing from './en.filing.ts';
import giving from './en.giving.ts';
import handouts from './en.handouts.ts';
import need from './en.need.ts';
import vouchers from './en.vouchers.ts';
import type zh from './zh.ts';

const en: Texts<typeof zh> = {
  ...account,
  ...aid,
  ...entitled,
  ...filing,
  ...need,
  ...giving,
  ...handouts,
  ...vouchers,
  nav: { home: 'Home', wall: 'Wishes', ask: 'Ask', messages: 'Messages', me: 'Me' },
  call: {
    label: 'Call the community',
    to: 'Call {{name}}',
    find: 'Find your community’s telephone',
  },
  home: {
    title: 'Hello',
    titleNamed: 'Hello, {{name}}',
    lead: 'Say what is hard. Help from one yuan on.',
    ask: 'I need help',
    wish: 'Make a wish',
    wishHint: 'One thing or one favour, up to ¥500',
    help: 'Ask for help',
    helpHint: 'Illness, housing, school, hardship. Never public',
    give: 'I can help',
    wall: 'See the wishes',
    wallHint: 'From one yuan, or goods, or time',
    offer: 'I have things or time',
    offerHint: 'Put it on the register; we call when somebody needs it',
    mine: 'My matters',
    mineAll: 'See all',
    mineNone: 'You have not asked for anything yet.',
    signInFirst: 'Sign in to see how far your matters are.',
    near: 'Wishes near me',
    nearNone: 'No open wishes in your community now.',
    nearAll: 'Wishes of the whole district',
    chooseArea: 'Tell us your community to see what is near you.',
    chooseAreaDo: 'Choose community',
    stillNeeds: '{{amount}} still needed',
    unread: '{{count}} new message(s)',
  },
};

export default en;
