import { z } from 'zod';
import { trace } from './fund.shapes.ts';
import { route } from './route.ts';
import {
  id,
  instant,
  line,
  listOf,
  page,
  paragraph,
  plainDate,
  sumFen,
  yuanText,
} from './values.ts';

/** Legal form of every gift (Charity Law; rules.md): gates pages, label and receipt. */
export const legalForms = [
  'public_fundraising',
  'designated_form',
  'agreed_gift',
  'mutual_aid',
  'sale_promise',
  'direct_gift',
] as const;
export const campaignStates = ['draft', 'filed', 'open', 'closed'] as const;
export const campaignTicks = [
  'qualified_charity',
  'filed_plan',
  'live_listing',
  'own_account',
] as const;
export const campaign = z.object({
  id,
  code: z.string(),
  name: z.string(),
  summary: z.string(),
  legalForm: z.enum(legalForms),
  formSentence: z.string(),
  state: z.enum(campaignStates),
  filingNumber: z.string().nullable(),
  certificateNumber: z.string().nullable(),
  platformName: z.string().nullable(),
  opensOn: plainDate,
  closesOn: plainDate,
  goalFen: sumFen.nullable(),
  remainderRule: z.string(),
  /** All that came in; given − returned = in, and in − out = balance. */
  givenFen: sumFen,
  /** What of it went back to its givers. */
  returnedFen: sumFen,
  inFen: sumFen,
  outFen: sumFen,
  balanceFen: sumFen,
  gifts: z.int(),
  asOf: instant,
  ticks: z.array(
    z.object({ tick: z.enum(campaignTicks), done: z.boolean(), detail: z.string().nullable() }),
  ),
  contact: z.string(),
});
export const giftTarget = z.object({ kind: z.enum(['campaign', 'item', 'fund']), id });
/** How a giver appears: 爱心人士 unless she chose a name. Three switches; the federation's receipts always know. */
export const nameChoice = z.object({
  displayName: z.string().trim().max(20).nullable(),
  hideFromPublic: z.boolean().default(true),
  hideFromRecipient: z.boolean().default(true),
  hideFromStaff: z.boolean().default(false),
});
export const gift = z.object({
  id,
  number: z.string(),
  amountFen: sumFen,
  at: instant,
  targetLabel: z.string(),
  targetLink: z.string().nullable(),
  legalForm: z.enum(legalForms),
  displayName: z.string(),
  state: z.enum(['waiting', 'received', 'unknown', 'failed']),
  token: z.string().nullable(),
});
export const giftView = gift.extend({
  trace: trace.nullable(),
  /** Of what waits: how much is used before it, and how much a day was used there lately; null when nothing waits. */
  waits: z.object({ beforeFen: sumFen, paceFenPerDay: sumFen }).nullable(),
  remainderRule: z.string().nullable(),
  platformName: z.string(),
  platformOrder: z.string().nullable(),
  /** True when it is in the reader's own list already. */
  kept: z.boolean(),
});
export const claimStates = ['locked', 'paid', 'expired', 'cancelled'] as const;
export const claim = z.object({
  id,
  number: z.string(),
  itemId: id,
  itemTitle: z.string(),
  enterpriseName: z.string(),
  amountFen: sumFen,
  state: z.enum(claimStates),
  lockedUntil: instant,
  agreementNumber: z.string(),
  paidAt: instant.nullable(),
  giftNumber: z.string().nullable(),
});
/** What the designated platform sends, signed (Ed25519 over the exact body) in the header `wennuan-sandbox-signature`. */
export const platformNotice = z.object({
  platformOrder: z.string().min(1).max(64),
  projectCode: z.string().min(1).max(40),
  /** Any number here: one that is no amount is refused with `amount_invalid`, not as a broken form. */
  amountFen: z.number(),
  paidAt: instant,
  sentAt: instant,
  giftId: id.nullable(),
  giverName: z.string().max(60).nullable(),
});

export const donationRoutes = {
  campaigns: route({
    method: 'GET',
    path: '/api/public/campaigns',
    permission: 'public',
    summary: 'Campaigns open or ended.',
    query: page,
    output: listOf(campaign),
    refusals: [],
  }),
  campaign: route({
    method: 'GET',
    path: '/api/public/campaigns/:code',
    permission: 'public',
    summary: 'One campaign with its plan, its filing and its money.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({
      campaign,
      purpose: z.string(),
      beneficiaries: z.string(),
      useOfMoney: z.string(),
      costs: z.string(),
      recentGifts: z.array(z.object({ name: z.string(), amountFen: sumFen, at: instant })),
      items: z.array(
        z.object({
          needId: id.nullable(),
          itemId: id,
          title: z.string(),
          targetFen: sumFen,
          givenFen: sumFen,
          state: z.string(),
        }),
      ),
    }),
    refusals: ['not_found'],
  }),
  draftCampaign: route({
    method: 'POST',
    path: '/api/campaigns',
    permission: 'campaign.write',
    summary: 'Drafts a campaign with every field of the plan (Charity Law 24).',
    body: z.object({
      name: line,
      legalForm: z.enum(legalForms),
      summary: paragraph,
      purpose: paragraph,
      beneficiaries: paragraph,
      useOfMoney: paragraph,
      costs: paragraph,
      remainderRule: paragraph,
      opensOn: plainDate,
      closesOn: plainDate,
      goalYuan: yuanText.nullable(),
      /** Opens without waiting for its filing, which follows within ten days (Charity Law 72). */
      isEmergency: z.boolean().default(false),
    }),
    output: campaign,
    refusals: ['amount_invalid'],
  }),
  setTick: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/ticks',
    permission: 'campaign.write',
    summary: 'Puts one of the four requirements of public fundraising on file.',
    params: z.object({ campaignId: id }),
    body: z.object({ tick: z.enum(campaignTicks), detail: line, filedOn: plainDate.nullable() }),
    output: campaign,
    refusals: ['not_found'],
  }),
  openCampaign: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/open',
    permission: 'campaign.write',
    summary: 'Opens a campaign when all its form requires is on file.',
    params: z.object({ campaignId: id }),
    output: campaign,
    refusals: ['not_found', 'campaign_ticks_missing'],
  }),
  startGift: route({
    method: 'POST',
    path: '/api/gifts',
    permission: 'public',
    summary:
      'Begins a gift: answers where to pay (the designated platform’s cashier) and the giver’s own link.',
    body: z.object({
      target: giftTarget,
      amountYuan: yuanText,
      name: nameChoice,
      formId: id,
      /** One of the ways to pay that are offered; the first when it is left out. */
      channel: z.string().max(20).optional(),
      /** Where the giver is: a computer, a telephone's browser, inside WeChat. */
      scene: z.enum(['page', 'phone', 'wechat']).optional(),
      payerId: z.string().max(128).optional(),
    }),
    output: z.object({
      giftId: id,
      token: z.string(),
      cashierUrl: z.string(),
      /** A code to scan instead of going there. */
      code: z.string().nullable(),
      /** Values for the page to call the channel's own window with. */
      call: z.record(z.string(), z.string()).nullable(),
    }),
    refusals: [
      'amount_invalid',
      'campaign_not_open',
      'item_not_open',
      'not_found',
      'claim_locked',
      'channel_unknown',
      'channel_away',
      'channel_refused',
    ],
  }),
  readGift: route({
    method: 'GET',
    path: '/api/gifts/:token',
    permission: 'public',
    summary: 'One gift by its giver’s link: where every fen went, hop by hop.',
    params: z.object({ token: z.string().max(80) }),
    output: giftView,
    refusals: ['not_found'],
  }),
  keepGift: route({
    method: 'POST',
    path: '/api/gifts/:token/keep',
    permission: 'gift.own',
    summary: 'Puts a gift into one’s own list.',
    params: z.object({ token: z.string().max(80) }),
    output: gift,
    refusals: ['not_found'],
  }),
  myGifts: route({
    method: 'GET',
    path: '/api/my/gifts',
    permission: 'gift.own',
    summary: 'One’s own gifts.',
    query: page,
    output: listOf(gift),
    refusals: [],
  }),
  gifts: route({
    method: 'GET',
    path: '/api/gifts',
    permission: 'gift.read',
    summary: 'Gifts as the federation reads them.',
    query: page.extend({ campaignCode: z.string().max(60).optional() }),
    output: listOf(gift),
    refusals: [],
  }),
  notice: route({
    method: 'POST',
    path: '/api/platform/sandbox/notices',
    permission: 'signed_notice',
    summary:
      'A signed notice of the designated platform: answered only when the gift is durable; repeating it answers the same.',
    body: platformNotice,
    output: z.object({ giftNumber: z.string(), platformOrder: z.string(), repeated: z.boolean() }),
    refusals: [
      'signature_invalid',
      'notice_altered',
      'notice_too_old',
      'amount_invalid',
      'project_unknown',
    ],
  }),
  sandboxOrder: route({
    method: 'GET',
    path: '/api/sandbox/orders/:orderId',
    permission: 'public',
    summary: 'Sandbox cashier: what is to be paid.',
    params: z.object({ orderId: id }),
    output: z.object({
      projectName: z.string(),
      amountFen: sumFen,
      state: z.enum(['waiting', 'paid', 'cancelled']),
      returnPath: z.string(),
    }),
    refusals: ['not_found'],
  }),
  sandboxPay: route({
    method: 'POST',
    path: '/api/sandbox/orders/:orderId/pay',
    permission: 'public',
    summary: 'Sandbox cashier: pays, sends the signed notice, answers where to return.',
    params: z.object({ orderId: id }),
    output: z.object({ returnPath: z.string(), delivered: z.boolean() }),
    refusals: ['not_found', 'payment_already_made'],
  }),
  claim: route({
    method: 'POST',
    path: '/api/claims',
    permission: 'claim.own',
    summary: 'An enterprise claims (part of) an item by agreement; locked 72 hours until it pays.',
    body: z.object({ itemId: id, amountYuan: yuanText, agreementNumber: line, formId: id }),
    output: claim,
    refusals: ['amount_invalid', 'claim_too_much', 'claim_locked', 'item_not_open', 'not_found'],
  }),
  myClaims: route({
    method: 'GET',
    path: '/api/my/claims',
    permission: 'claim.own',
    summary: 'Claims of one’s enterprise.',
    query: page,
    output: listOf(claim),
    refusals: [],
  }),
  claims: route({
    method: 'GET',
    path: '/api/claims',
    permission: 'claim.read',
    summary: 'All claims.',
    query: page.extend({ state: z.enum(claimStates).optional() }),
    output: listOf(claim),
    refusals: [],
  }),
  claimPaid: route({
    method: 'POST',
    path: '/api/claims/:claimId/payment',
    permission: 'claim.write',
    summary: 'Records the bank transfer of a claim; it becomes an agreed gift.',
    params: z.object({ claimId: id }),
    body: z.object({ bankReference: line, paidOn: plainDate }),
    output: claim,
    refusals: ['not_found', 'claim_expired', 'payment_already_made'],
  }),
};
