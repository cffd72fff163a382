import { z } from 'zod';
import { route } from './route.ts';
import { areaRef, id, instant, listOf, page, plainDate, sumFen } from './values.ts';

export const benefitKinds = ['voucher', 'meal_card', 'coupon', 'pack', 'hours'] as const;
/** What stands on a shelf, in general words; meals and packs are sold by other ways. */
export const shelfCategories = [
  'grain_oil',
  'fresh',
  'snack',
  'drink',
  'household',
  'care',
  'clothing',
  'other',
] as const;
/**
 * Kinds of goods in general words: what an entitlement may pay for, and all that its giver is told of a purchase. Those of
 * the shelf, and some that only entitlements and tills know.
 */
export const goodsCategories = [...shelfCategories, 'meal', 'pack', 'alcohol', 'tobacco'] as const;
export type GoodsCategory = (typeof goodsCategories)[number];
export const benefitStates = ['issued', 'used_up', 'expired', 'cancelled'] as const;
/**
 * A voucher, a meal card's sum or promised hours: an entitlement to goods, meals or time that the federation pays
 * for when it is redeemed. Not bought, topped up, passed on or cashed. Counted in fen, hours in minutes.
 */
export const benefit = z.object({
  id,
  number: z.string(),
  kind: z.enum(benefitKinds),
  state: z.enum(benefitStates),
  label: z.string(),
  unit: z.enum(['fen', 'minute']),
  issued: sumFen,
  left: sumFen,
  issuedOn: plainDate,
  expiresOn: plainDate,
  maskedName: z.string().nullable(),
  area: areaRef,
  /** Where its value is held for a counter without network, or for an order not paid yet, and since when. */
  held: z.object({ place: z.string(), since: instant, forOrder: z.boolean() }).nullable(),
});

/** What it paid for, in general words. */
export const benefitUse = z.object({
  id,
  amountFen: sumFen,
  givenBackFen: sumFen,
  place: z.string(),
  goods: z.array(z.string()),
  at: instant,
});
const entitlementId = z.object({ entitlementId: id });

export const benefitRoutes = {
  mine: route({
    method: 'GET',
    path: '/api/my/entitlements',
    permission: 'award.own',
    summary: 'One’s own vouchers, meal cards and promised hours, with what is left of each.',
    output: z.object({ items: z.array(benefit) }),
    refusals: [],
  }),
  readMine: route({
    method: 'GET',
    path: '/api/my/entitlements/:entitlementId',
    permission: 'award.own',
    summary: 'One of one’s own entitlements: what is left, where it is held, what it paid for.',
    params: entitlementId,
    output: benefit.extend({ uses: z.array(benefitUse), paysFor: z.array(z.string()) }),
    refusals: ['not_found'],
  }),
  myCode: route({
    method: 'GET',
    path: '/api/my/entitlements/:entitlementId/code',
    permission: 'award.own',
    summary: 'The code to show at a counter now; another one every thirty seconds.',
    params: entitlementId,
    output: z.object({ text: z.string(), qrSvg: z.string(), seconds: z.int() }),
    refusals: ['not_found', 'voucher_over', 'voucher_not_goods'],
  }),
  printPaper: route({
    method: 'POST',
    path: '/api/entitlements/:entitlementId/papers',
    permission: 'award.act',
    summary:
      'Prints the code for who has no phone; an earlier paper ends. It needs her word or the last digits of her ID number.',
    params: entitlementId,
    body: z.object({ word: z.string().trim().min(2).max(12) }),
    output: z.object({ number: z.string(), text: z.string(), qrSvg: z.string() }),
    refusals: ['not_found', 'voucher_over', 'voucher_not_goods'],
  }),
  list: route({
    method: 'GET',
    path: '/api/entitlements',
    permission: 'entitlement.read',
    summary: 'Entitlements issued to people of one’s area, newest first.',
    query: page.extend({ state: z.enum(benefitStates).optional() }),
    output: listOf(benefit),
    refusals: [],
  }),
};
