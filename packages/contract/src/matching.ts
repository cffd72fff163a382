import { z } from 'zod';
import { route } from './route.ts';
import { id, instant, line, listOf, page, plainDate, sumFen, yuanText } from './values.ts';

/** Why a match was less than the ratio gives: the cap of a gift, of a payer, or an empty pot. */
const matchCuts = ['gift_cap', 'payer_cap', 'pot'] as const;

/** An enterprise's money that is locked to match gifts to one campaign. */
const pot = z.object({
  id,
  code: z.string(),
  campaignCode: z.string(),
  campaignName: z.string(),
  enterpriseName: z.string(),
  agreementNumber: z.string(),
  ratioPercent: z.int(),
  capPerGiftFen: sumFen,
  capPerPayerFen: sumFen,
  fromOn: plainDate,
  untilOn: plainDate,
  /** What the enterprise put in. */
  amountFen: sumFen,
  matchedFen: sumFen,
  takenBackFen: sumFen,
  leftFen: sumFen,
  gifts: z.int(),
  /** Gifts that got less because the pot was empty by then. */
  cutByPot: z.int(),
  state: z.enum(['coming', 'running', 'used_up', 'over', 'ended']),
  ruleSentence: z.string(),
  remainderSentence: z.string(),
  asOf: instant,
});

export const matchingRoutes = {
  ofCampaign: route({
    method: 'GET',
    path: '/api/public/campaigns/:code/matching',
    permission: 'public',
    summary: 'Enterprises that match gifts to a campaign: rule, what was matched, what is left.',
    params: z.object({ code: z.string().max(60) }),
    output: z.object({ items: z.array(pot) }),
    refusals: ['not_found'],
  }),
  pots: route({
    method: 'GET',
    path: '/api/matching',
    permission: 'gift.read',
    summary: 'Every matching pot, newest first.',
    output: listOf(pot),
    refusals: [],
  }),
  open: route({
    method: 'POST',
    path: '/api/matching',
    permission: 'agreed_gift.write',
    summary:
      'Records an enterprise’s agreed gift into a locked pot that matches gifts to a campaign.',
    body: z.object({
      campaignId: id,
      organizationId: id,
      amountYuan: yuanText,
      bankReference: line,
      paidOn: plainDate,
      agreementNumber: line,
      ratioPercent: z.coerce.number().int().min(1).max(500),
      capPerGiftYuan: yuanText,
      capPerPayerYuan: yuanText,
      fromOn: plainDate,
      untilOn: plainDate,
      /** The enterprise's earmark that gets what is left; null for the campaign. */
      remainderFundId: id.nullable(),
    }),
    output: pot,
    refusals: [
      'amount_invalid',
      'not_found',
      'pot_campaign_form',
      'pot_open_already',
      'payment_already_made',
      'period_closed',
    ],
  }),
  matches: route({
    method: 'GET',
    path: '/api/matching/:potId/matches',
    permission: 'gift.read',
    summary: 'A pot’s matches, newest gift first, with what cut them short.',
    params: z.object({ potId: id }),
    query: page,
    output: listOf(
      z.object({
        giftNumber: z.string(),
        giftFen: sumFen,
        ruleFen: sumFen,
        matchFen: sumFen,
        takenBackFen: sumFen,
        cutBy: z.enum(matchCuts).nullable(),
        at: instant,
      }),
    ),
    refusals: [],
  }),
};
