import { z } from 'zod';
import { route } from './route.ts';
import { done, id, instant, line, listOf, page, plainDate, sumFen, yuanText } from './values.ts';

const instalment = z.object({
  place: z.int(),
  dueOn: plainDate,
  amountFen: sumFen,
  /** What of this instalment has been given: earlier ones are filled first. */
  givenFen: sumFen,
  state: z.enum(['coming', 'due', 'overdue', 'met']),
});
const pledgeStates = ['open', 'fulfilled', 'released'] as const;
/** A promise to give (认捐): never a gift, and in no total of gifts. */
const pledge = z.object({
  id,
  number: z.string(),
  campaignCode: z.string(),
  campaignName: z.string(),
  campaignId: id,
  /** The enterprise, the chosen name, or 爱心人士. */
  promisedBy: z.string(),
  promisedFen: sumFen,
  givenFen: sumFen,
  gifts: z.int(),
  state: z.enum(pledgeStates),
  overdueFen: sumFen,
  nextDueOn: plainDate.nullable(),
  agreementNumber: z.string().nullable(),
  releasedReason: z.string().nullable(),
  promisedAt: instant,
  instalments: z.array(instalment),
});
const instalmentBody = z.object({ dueOn: plainDate, amountYuan: yuanText });
const pledgeBody = z.object({
  campaignId: id,
  amountYuan: yuanText,
  instalments: z.array(instalmentBody).min(1).max(36),
  agreementNumber: z.string().trim().max(100).nullable().default(null),
  formId: id,
});
/** Where to pay, and the gift's own link. */
const begun = z.object({ giftId: id, token: z.string(), cashierUrl: z.string() });
const beginRefusals = [
  'campaign_not_open',
  'not_found',
  'channel_away',
  'channel_refused',
] as const;

const turnStates = ['asked', 'given', 'skipped'] as const;
/** A standing intention to give each month (月捐); each month's gift is the giver's own tap. */
const monthly = z.object({
  id,
  campaignCode: z.string(),
  campaignName: z.string(),
  amountFen: sumFen,
  dayOfMonth: z.int(),
  state: z.enum(['running', 'ended']),
  startedOn: plainDate,
  endedOn: plainDate.nullable(),
  /** The day on which we ask next; null once it has ended. */
  nextOn: plainDate.nullable(),
  givenFen: sumFen,
  turns: z.array(
    z.object({
      id,
      month: z.string(),
      askedAt: instant,
      state: z.enum(turnStates),
      giftToken: z.string().nullable(),
    }),
  ),
});

export const pledgeRoutes = {
  ofCampaign: route({
    method: 'GET',
    path: '/api/public/campaigns/:code/pledges',
    permission: 'public',
    summary: 'What was promised to a campaign and what of it was given, apart.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({
      promisedFen: sumFen,
      givenFen: sumFen,
      overdueFen: sumFen,
      items: z.array(
        z.object({
          number: z.string(),
          promisedBy: z.string(),
          promisedFen: sumFen,
          givenFen: sumFen,
          state: z.enum(pledgeStates),
          nextDueOn: plainDate.nullable(),
        }),
      ),
      /** How many give each month, and how much they mean to. */
      monthlyGivers: z.int(),
      monthlyFen: sumFen,
      asOf: instant,
    }),
    refusals: ['not_found'],
  }),
  pledges: route({
    method: 'GET',
    path: '/api/pledges',
    permission: 'claim.read',
    summary: 'Pledges as the federation reads them, overdue ones first.',
    query: page,
    output: listOf(pledge),
    refusals: [],
  }),
  record: route({
    method: 'POST',
    path: '/api/pledges',
    permission: 'claim.write',
    summary: 'Records a pledge that an enterprise made on paper.',
    body: pledgeBody.extend({ organizationId: id }),
    output: pledge,
    refusals: ['amount_invalid', 'not_found', 'pledge_sum_differs'],
  }),
  link: route({
    method: 'POST',
    path: '/api/pledges/:pledgeId/gifts',
    permission: 'claim.write',
    summary: 'Counts a gift that has come in, by its number, towards a pledge.',
    params: z.object({ pledgeId: id }),
    body: z.object({ giftNumber: line }),
    output: pledge,
    refusals: [
      'not_found',
      'gift_unknown',
      'pledge_gift_differs',
      'pledge_gift_taken',
      'pledge_ended',
    ],
  }),
  release: route({
    method: 'POST',
    path: '/api/pledges/:pledgeId/release',
    permission: 'claim.write',
    summary: 'Ends a pledge that will not be kept, with the reason.',
    params: z.object({ pledgeId: id }),
    body: z.object({ reason: line }),
    output: pledge,
    refusals: ['not_found', 'pledge_ended'],
  }),
  myPledges: route({
    method: 'GET',
    path: '/api/my/pledges',
    permission: 'gift.own',
    summary: 'One’s own pledges, and one’s enterprise’s.',
    output: z.object({ items: z.array(pledge) }),
    refusals: [],
  }),
  promise: route({
    method: 'POST',
    path: '/api/my/pledges',
    permission: 'gift.own',
    summary: 'Promises to give to a campaign by a day or in instalments.',
    body: pledgeBody.extend({
      /** The name others see; nothing for 爱心人士. An enterprise appears by its own name. */
      displayName: z.string().trim().max(20).nullable().default(null),
    }),
    output: pledge,
    refusals: ['amount_invalid', 'not_found', 'campaign_not_open', 'pledge_sum_differs'],
  }),
  give: route({
    method: 'POST',
    path: '/api/my/pledges/:pledgeId/give',
    permission: 'gift.own',
    summary: 'Begins a gift that counts towards one’s own pledge once it has arrived.',
    params: z.object({ pledgeId: id }),
    body: z.object({ amountYuan: yuanText, formId: id }),
    output: begun,
    refusals: ['amount_invalid', 'pledge_ended', ...beginRefusals],
  }),
  myMonthly: route({
    method: 'GET',
    path: '/api/my/monthly-gifts',
    permission: 'gift.own',
    summary: 'One’s monthly gifts with every month asked.',
    output: z.object({ items: z.array(monthly) }),
    refusals: [],
  }),
  startMonthly: route({
    method: 'POST',
    path: '/api/my/monthly-gifts',
    permission: 'gift.own',
    summary: 'Means to give each month: we ask on the day, and nothing is ever pulled.',
    body: z.object({
      campaignId: id,
      amountYuan: yuanText,
      dayOfMonth: z.coerce.number().int().min(1).max(28),
      displayName: z.string().trim().max(20).nullable().default(null),
      formId: id,
    }),
    output: monthly,
    refusals: ['amount_invalid', 'not_found', 'campaign_not_open', 'monthly_running'],
  }),
  endMonthly: route({
    method: 'POST',
    path: '/api/my/monthly-gifts/:monthlyId/end',
    permission: 'gift.own',
    summary: 'Ends a monthly gift.',
    params: z.object({ monthlyId: id }),
    output: done,
    refusals: ['not_found'],
  }),
  giveMonth: route({
    method: 'POST',
    path: '/api/my/monthly-turns/:turnId/give',
    permission: 'gift.own',
    summary:
      'Begins this month’s gift: answers where to pay. Again is the same gift while it waits.',
    params: z.object({ turnId: id }),
    output: begun,
    refusals: ['monthly_turn_ended', ...beginRefusals],
  }),
  skipMonth: route({
    method: 'POST',
    path: '/api/my/monthly-turns/:turnId/skip',
    permission: 'gift.own',
    summary: 'Leaves this month out; the next one is asked as usual.',
    params: z.object({ turnId: id }),
    output: done,
    refusals: ['not_found', 'monthly_turn_ended'],
  }),
};
