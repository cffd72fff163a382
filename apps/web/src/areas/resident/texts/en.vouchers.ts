import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.vouchers.ts';

const vouchers: Texts<typeof zh> = {
  vouchers: {
    title: 'My vouchers',
    lead: 'Show the code when you buy at a station. What is left is always here.',
    none: 'You have no voucher to use now',
    noneBody:
      'When your community issues a voucher, meal card, coupon or gift pack it appears here, and you get a message.',
    all: 'All aid I get',
    open: 'Use this one',
    left: 'Left',
    until: 'until {{date}}',
    kind: {
      voucher: 'Voucher',
      meal_card: 'Meal card',
      coupon: 'Coupon',
      pack: 'Gift pack',
      hours: 'Hours of service',
    },
    show: 'Show this to the cashier',
    qr: 'Code to pay with',
    changes: 'The code changes every 30 seconds; the next one in {{seconds}} seconds.',
    photo: 'A photograph does not work, and nobody else can use it.',
    again: 'Show a new code',
    inOrder:
      'An order of yours (since {{since}}) waits to be paid, and its value is kept for that. It is free again once you pay or cancel.',
    held: 'Its value is held for the counter at {{place}} since {{since}}, which has no network. Use it there; it is free again once that counter is back on line.',
    over: 'This one cannot be used any more.',
    hours: 'This is time that volunteers promised you; there is nothing to scan.',
    paysFor: 'Pays for: {{goods}}',
    paysForAll: 'Pays for everything for daily life at a station, but not for alcohol or tobacco.',
    bought: 'What it bought',
    boughtNone: 'Not used yet.',
    givenBack: '{{amount}} given back',
    rules:
      'It cannot be passed on, turned into cash or topped up. What is not used by its last day goes back to the fund it came from.',
    paper:
      'Without a phone, ask your community worker to print it: it works with the word you agreed on or the last four digits of your ID number.',
    back: 'Back to my vouchers',
  },
};

export default vouchers;
