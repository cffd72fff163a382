import { z } from 'zod';
import { campaign } from './donation.ts';
import { route } from './route.ts';
import { done, id, instant, line, page, paragraph, plainDate, sumFen, yuanText } from './values.ts';

const emergencyKinds = ['flood', 'fire', 'epidemic', 'cold', 'earthquake'] as const;
const picture = z.object({ id, widthPixels: z.int(), heightPixels: z.int() });
const news = z.object({
  id,
  title: z.string(),
  text: z.string(),
  isResult: z.boolean(),
  at: instant,
  pictures: z.array(picture),
});
/** A promise tied to sales, or a gift straight to a person: written down beside, never added up. */
const recorded = z.object({
  id,
  legalForm: z.enum(['sale_promise', 'direct_gift']),
  formSentence: z.string(),
  givenBy: z.string(),
  text: z.string(),
  amountFen: sumFen.nullable(),
  happenedOn: plainDate,
  campaignCode: z.string().nullable(),
});
const plan = z.object({
  name: z.string(),
  summary: z.string(),
  purpose: z.string(),
  beneficiaries: z.string(),
  useOfMoney: z.string(),
  costs: z.string(),
  remainderRule: z.string(),
  days: z.int(),
});

export const campaignRoutes = {
  totals: route({
    method: 'GET',
    path: '/api/public/campaign-totals',
    permission: 'public',
    summary: 'All campaigns together: how many, gifts, in, out, and the one to give one yuan to.',
    output: z.object({
      open: z.int(),
      ended: z.int(),
      gifts: z.int(),
      inFen: sumFen,
      outFen: sumFen,
      balanceFen: sumFen,
      /** Where one yuan goes from the home page; null while no campaign takes gifts. */
      oneYuan: z
        .object({
          campaignId: id,
          code: z.string(),
          name: z.string(),
          formSentence: z.string(),
          remainderRule: z.string(),
        })
        .nullable(),
      asOf: instant,
    }),
    refusals: [],
  }),
  news: route({
    method: 'GET',
    path: '/api/public/campaigns/:code/news',
    permission: 'public',
    summary: 'What the federation told of a campaign, newest first, with pictures in order.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({ items: z.array(news) }),
    refusals: ['not_found'],
  }),
  result: route({
    method: 'GET',
    path: '/api/public/campaigns/:code/result',
    permission: 'public',
    summary: 'What a campaign came to: in, done, left, and where the rest went by the filed rule.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({
      campaign,
      news: news.nullable(),
      /** What people gave here, and all else that came in: enterprises’ matching, what another campaign left. */
      giftsFen: sumFen,
      otherInFen: sumFen,
      payments: z.array(z.object({ payee: z.string(), amountFen: sumFen, payments: z.int() })),
      /** What went out otherwise: aid to persons, fees, what went back. */
      otherOutFen: sumFen,
      remainders: z.array(
        z.object({
          label: z.string(),
          link: z.string().nullable(),
          amountFen: sumFen,
          at: instant,
        }),
      ),
      leftFen: sumFen,
      remainderRule: z.string(),
      asOf: instant,
    }),
    refusals: ['not_found'],
  }),
  publish: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/news',
    permission: 'campaign.write',
    summary:
      'Publishes news or the result of a campaign, with pictures of things; tells its givers.',
    params: z.object({ campaignId: id }),
    body: z.object({
      title: line,
      text: paragraph,
      isResult: z.boolean().default(false),
      /** In the order they are shown. */
      pictureIds: z.array(id).max(12).default([]),
      tellGivers: z.boolean().default(true),
    }),
    output: done,
    refusals: ['not_found', 'campaign_not_ended', 'attachment_unknown'],
  }),
  settle: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/remainder',
    permission: 'campaign.write',
    summary: 'Sends what an ended campaign has left where its filed rule says.',
    params: z.object({ campaignId: id }),
    body: z.object({ target: z.object({ kind: z.enum(['campaign', 'fund']), id }) }),
    output: done,
    refusals: ['not_found', 'campaign_not_ended', 'balance_too_low', 'busy_elsewhere'],
  }),
  emergencyPlans: route({
    method: 'GET',
    path: '/api/campaigns/emergency',
    permission: 'campaign.write',
    summary: 'Ready plans for emergencies, with the certificate, platform and account used last.',
    output: z.object({
      plans: z.array(z.object({ kind: z.enum(emergencyKinds), plan })),
      certificateNumber: z.string(),
      listing: z.string(),
      ownAccount: z.string(),
    }),
    refusals: [],
  }),
  openEmergency: route({
    method: 'POST',
    path: '/api/campaigns/emergency',
    permission: 'campaign.write',
    summary: 'Opens an emergency campaign at once; its filing follows within ten days.',
    body: plan.omit({ days: true }).extend({
      name: line,
      summary: paragraph,
      kind: z.enum(emergencyKinds),
      closesOn: plainDate,
      goalYuan: yuanText.nullable(),
      certificateNumber: line,
      listing: line,
      ownAccount: line,
    }),
    output: campaign,
    refusals: ['amount_invalid', 'campaign_ticks_missing'],
  }),
  recorded: route({
    method: 'GET',
    path: '/api/public/recorded-giving',
    permission: 'public',
    summary: 'Promises tied to sales and gifts straight to persons: written down, never added up.',
    query: page.extend({ campaignCode: z.string().max(60).optional() }),
    output: z.object({ items: z.array(recorded), next: z.string().nullable() }),
    refusals: [],
  }),
  record: route({
    method: 'POST',
    path: '/api/recorded-giving',
    permission: 'campaign.write',
    summary: 'Writes down a merchant’s promise tied to sales, or a gift made straight to a person.',
    body: z.object({
      legalForm: z.enum(['sale_promise', 'direct_gift']),
      campaignId: id.nullable(),
      organizationId: id.nullable(),
      text: paragraph,
      amountYuan: yuanText.nullable(),
      happenedOn: plainDate,
    }),
    output: done,
    refusals: ['amount_invalid', 'not_found'],
  }),
};
