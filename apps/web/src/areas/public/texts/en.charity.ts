import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.charity.ts';

/** Words of charity sales for everybody; part of en.ts. */
export default {
  charitySales: {
    title: 'Charity sales',
    lead: 'Things that neighbours and enterprises gave, sold at stations. Everything goes to one fund or campaign; what was sold and where the money is stands here.',
    description:
      'Charity sales of {{federation}}: what was given, what it brought, where that went.',
    none: 'No charity sale yet',
    noneBody:
      'When one opens, its days, its stations and who gets everything stand here. To give things, enter a gift in kind under “Mine”.',
    all: 'All charity sales',
    states: { open: 'Selling', closed: 'Over' },
    goesTo: 'Everything goes to “{{target}}”',
    days: '{{from}} to {{until}}',
    soFar: '{{pieces}} pieces sold · proceeds {{sum}}',
    online: 'Also in the mall online',
    stationOnly: 'At the stations only',
    places: 'At these stations',
    purpose: 'What for',
    told: 'In plain sentences',
    money: 'Where the money is',
    gross: 'Sold',
    refunded: 'Given back',
    net: 'Proceeds',
    arrived: 'Arrived at “{{target}}”',
    result: 'Result',
    published: 'Published by itself · {{at}}',
    things: 'What is sold',
    thing: 'Thing',
    donor: 'Donor',
    price: 'Price',
    offered: 'Given',
    sold: 'Sold',
    left: 'Left',
    brought: 'Brought',
    nothing: 'Nothing in it yet.',
    buyer:
      'Buying at a charity sale is buying, not giving: there is no donation receipt. The donor is who gave the thing.',
    toFund: 'See where this money goes',
  },
} satisfies Texts<typeof zh>;
