import { z } from 'zod';
import { route } from './route.ts';
import { areaRef, id, listOf, page, plainDate, sumFen } from './values.ts';

export const benefitKinds = ['voucher', 'meal_card', 'hours'] as const;
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
});

export const benefitRoutes = {
  mine: route({
    method: 'GET',
    path: '/api/my/entitlements',
    permission: 'award.own',
    summary: 'One’s own vouchers, meal cards and promised hours, with what is left of each.',
    output: z.object({ items: z.array(benefit) }),
    refusals: [],
  }),
  list: route({
    method: 'GET',
    path: '/api/entitlements',
    permission: 'award.read',
    summary: 'Entitlements issued to people of one’s area, newest first.',
    query: page.extend({ state: z.enum(benefitStates).optional() }),
    output: listOf(benefit),
    refusals: [],
  }),
};
