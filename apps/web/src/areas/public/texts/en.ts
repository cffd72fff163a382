import type { Texts } from '../../../shared/i18n/index.ts';
import { enCampaign } from './en.campaign.ts';
import { enLog } from './en.log.ts';
import { enMoney } from './en.money.ts';
import { enPay } from './en.pay.ts';
import { enAid } from './en.aid.ts';
import { enPolicies } from './en.policies.ts';
import { enRecord } from './en.record.ts';
import { enService } from './en.service.ts';
import charity from './en.charity.ts';
import station from './en.station.ts';
import { enWish } from './en.wish.ts';
import type zh from './zh.ts';

const en: Texts<typeof zh> = {
  ...station,
  ...charity,
  federation: 'Charity Federation of {{district}}',
  asOf: 'As of {{at}}',
  more: 'Next page',
  first: 'Back to the first page',
  nav: {
    wall: 'Wish wall',
    campaigns: 'Campaigns',
    funds: 'Accounts',
    responses: 'Response times',
    policies: 'Programmes',
    slips: 'Follow a slip',
    help: 'Telephone help',
    about: 'How it works',
    open: 'Open data',
    disclosures: 'Disclosure',
    complaints: 'Complaints',
    check: 'Check a receipt',
    log: 'Public log',
    my: 'My pages',
    desk: 'Desk',
    menu: 'Main pages',
    foot: 'All pages',
    preferences: 'Type size and language',
  },
  footer: {
    answer:
      'The {{federation}} answers for the information and the money; communities verify each need.',
    demo: 'Demonstration data: people, organisations, wishes and gifts are invented.',
    contact: 'Questions or complaints: {{federation}}, or telephone 12345.',
  },
  home: {
    title: 'Every call answered, every fen traced',
    description: '{{brand}}: say what is hard, help from one yuan, and see where each gift went.',
    lead: 'Say what is hard. Help, from one yuan.',
    ask: 'I need help',
    askHint: 'Tell your community: free, and never public',
    give: 'I want to help',
    giveHint: 'One yuan, one thing or two hours',
    near: 'Near me',
    nearHint: 'Community telephones, wishes nearby',
    slip: 'Follow a slip',
    slipHint: 'With the code on your paper slip',
    figures: 'How it stands',
    open: 'Wishes waiting',
    met: 'Wishes fulfilled',
    in: 'Into the funds',
    out: 'Out of the funds',
    pieces: 'wishes',
    newest: 'Latest wishes',
    wholeWall: 'All wishes',
    noneTitle: 'No wish is waiting now',
    noneBody: 'New wishes appear here once their community has verified them.',
    how: 'How a matter gets done',
    speed: 'How fast we answer',
    speedLead:
      'From filing to verification and to completion, as a median: half were faster, half slower.',
    speedStreets: 'See each street',
  },
  loop: {
    verify: 'Verify',
    verifyBody:
      'A community worker comes to see, looks up the price, and answers within 2 working days.',
    match: 'Match',
    matchBody: 'Money, things or hours: whatever fits best.',
    carryOut: 'Carry out',
    carryOutBody: 'Bought and brought home; the photo shows the thing, not the person.',
    feedBack: 'Feed back',
    feedBackBody: 'Done only when the asker says so; givers see where every fen went.',
  },
  ...enWish,
  ...enCampaign,
  ...enMoney,
  ...enPay,
  ...enLog,
  ...enRecord,
  ...enService,
  ...enAid,
  ...enPolicies,
};

export default en;
