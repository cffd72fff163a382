import { z } from 'zod';
import { route } from './route.ts';
import { id, line, plainDate, sumFen } from './values.ts';

/** What a credit of the bank can be: a gift to a campaign or one wish, towards a pledge, of a claim, to a fund. */
const creditKinds = ['campaign', 'item', 'pledge', 'claim', 'fund'] as const;
const creditView = z.object({
  bankLineId: id,
  day: plainDate,
  amountFen: sumFen,
  reference: z.string(),
  counterparty: z.string(),
  note: z.string(),
  /** `unknown`: held apart until somebody says whose it is. */
  state: z.enum(['open', 'unknown', 'returning', 'returned']),
  heldNote: z.string().nullable(),
  returnReason: z.string().nullable(),
  /** True for the second person whose word a return waits for. */
  mayAgree: z.boolean(),
  proposals: z.array(
    z.object({
      kind: z.enum(creditKinds),
      id,
      label: z.string(),
      organizationId: id.nullable(),
      why: z.array(z.enum(['number', 'agreement', 'name', 'amount', 'payer'])),
    }),
  ),
});
/** Credits of the bank nobody has explained, with the campaigns and wishes that take gifts now. */
const creditList = z.object({
  items: z.array(creditView),
  campaigns: z.array(z.object({ id, label: z.string() })),
  wishes: z.array(z.object({ id, code: z.string(), name: z.string(), neededFen: sumFen })),
});
const ofLine = z.object({ bankLineId: id });

/** What came in at the bank and met nothing the books know. */
export const creditRoutes = {
  credits: route({
    method: 'GET',
    path: '/api/bank-credits',
    permission: 'book.read',
    summary: 'Credits of the bank that met nothing the books know, each with what it may be.',
    output: creditList,
    refusals: [],
  }),
  recogniseCredit: route({
    method: 'POST',
    path: '/api/bank-credits/:bankLineId/gift',
    permission: 'agreed_gift.write',
    summary: 'Says which gift a credit is; a line of the bank is one gift.',
    params: ofLine,
    body: z.object({
      kind: z.enum(creditKinds),
      id,
      organizationId: id.nullable().default(null),
    }),
    output: creditList,
    refusals: [
      'not_found',
      'bank_line_matched',
      'campaign_not_open',
      'claim_expired',
      'not_permitted',
      'period_closed',
      'receipt_recorded',
      'item_not_open',
      'pledge_ended',
      'pledge_gift_differs',
    ],
  }),
  holdCredit: route({
    method: 'POST',
    path: '/api/bank-credits/:bankLineId/hold',
    permission: 'agreed_gift.write',
    summary: 'Holds a credit apart as unknown: owed, not income.',
    params: ofLine,
    body: z.object({ note: line }),
    output: creditList,
    refusals: ['not_found', 'bank_line_matched'],
  }),
  askCreditReturn: route({
    method: 'POST',
    path: '/api/bank-credits/:bankLineId/return',
    permission: 'agreed_gift.write',
    summary: 'Asks that unknown money goes back where it came from.',
    params: ofLine,
    body: z.object({ reason: line }),
    output: creditList,
    refusals: ['not_found', 'bank_line_matched', 'credit_not_held'],
  }),
  agreeCreditReturn: route({
    method: 'POST',
    path: '/api/bank-credits/:bankLineId/return/agreement',
    permission: 'refund.approve',
    summary: 'Agrees as a second person that unknown money goes back.',
    params: ofLine,
    output: creditList,
    refusals: ['not_found', 'second_person_required'],
  }),
};
