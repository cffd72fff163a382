import { z } from 'zod';
import { route } from './route.ts';
import { done, id, instant, line, sumFen } from './values.ts';

/**
 * Why money did not go back, where it is not a payment service's own sentence: the seller has no channel; the service told
 * of a failure; WeChat closed the refund, or cannot reach the account it was paid from.
 */
export const refundReasons = [
  'seller_unconnected',
  'channel_failed',
  'CLOSED',
  'ABNORMAL',
] as const;

/** What in sellers' own numbers waits for a person. */
export const sellerMoneyRoutes = {
  list: route({
    method: 'GET',
    path: '/api/seller-money',
    permission: 'settlement.read',
    summary:
      'Money that sellers’ numbers took and nobody ordered in that sum, and refunds that they refused.',
    output: z.object({
      strays: z.array(
        z.object({
          id,
          kind: z.enum(['paid', 'refunded']),
          /** The seller’s number at the payment service. */
          seller: z.string(),
          orderNumber: z.string(),
          transaction: z.string(),
          amountFen: sumFen,
          /** The order it names and what that was for; null where there is none. */
          number: z.string().nullable(),
          expectedFen: sumFen.nullable(),
          receivedAt: instant,
          times: z.int(),
          cleared: z.object({ at: instant, by: z.string(), how: z.string() }).nullable(),
        }),
      ),
      refunds: z.array(
        z.object({
          number: z.string(),
          orderNumber: z.string(),
          seller: z.string(),
          amountFen: sumFen,
          at: instant,
          /** One of `refundReasons`, or what the payment service said. */
          refusal: z.string(),
        }),
      ),
    }),
    refusals: [],
  }),
  clear: route({
    method: 'POST',
    path: '/api/seller-money/:noticeId/clear',
    permission: 'settlement.write',
    summary:
      'Notes what became of money that nobody ordered: given back by the seller, or what it was.',
    params: z.object({ noticeId: id }),
    body: z.object({ how: line }),
    output: done,
    refusals: ['busy_elsewhere'],
  }),
};
