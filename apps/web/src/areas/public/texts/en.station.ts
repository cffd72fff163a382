import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.station.ts';

const en: Texts<typeof zh> = {
  station: {
    title: 'Charity station',
    of: '{{place}}: {{month}}',
    months: 'Other months',
    orderCount: '{{count}} orders',
    lead: 'Of each sale at a station the merchant gives 2 % to the community’s mutual-aid fund. These are the month’s figures.',
    orders: 'Sold in',
    sold: 'Sold',
    share: 'The merchants’ 2 %',
    given: 'In the fund',
    voucher: 'Of that, paid by vouchers (no new gifts)',
    few: 'Too few people to be told apart',
    fund: 'Into',
    merchants: 'The 2 % by merchant',
    merchant: 'Merchant',
    states: { open: 'Not settled', none: 'Nothing to pay', due: 'Owed', paid: 'In the fund' },
    kinds: 'What was sold',
    kind: 'Kind',
    days: 'Day by day',
    day: 'Day',
    goods: {
      grain_oil: 'Rice, flour, oil',
      fresh: 'Fresh',
      snack: 'Food',
      drink: 'Drinks, milk',
      household: 'Household',
      care: 'Care',
      clothing: 'Clothes, bedding',
      other: 'Other',
    },
  },
};
export default en;
