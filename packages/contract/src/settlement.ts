import { z } from 'zod';
import { route } from './route.ts';
import { areaRef, id, line, plainDate, sumFen } from './values.ts';

const month = z.string().regex(/^\d{4}-\d{2}$/);
export const shareStates = ['none', 'due', 'paid'] as const;
export const voucherStates = ['none', 'open', 'proposed', 'paid'] as const;

/** One merchant's part of a settled month. */
export const settlement = z.object({
  id,
  number: z.string(),
  month,
  merchantId: id,
  merchantName: z.string(),
  orders: z.int(),
  goodsFen: sumFen,
  shareFen: sumFen,
  shareState: z.enum(shareStates),
  late: z.boolean(),
  dueOn: plainDate,
  paidOn: plainDate.nullable(),
  bankReference: z.string().nullable(),
  voucherFen: sumFen,
  voucherState: z.enum(voucherStates),
  proposalNumber: z.string().nullable(),
  /** False for who put the merchant on file: somebody else settles with it. */
  mayPay: z.boolean(),
  places: z.array(
    z.object({
      placeId: id,
      placeName: z.string(),
      goodsFen: sumFen,
      grossFen: sumFen,
      returnedFen: sumFen,
      carriedFen: sumFen,
      netFen: sumFen,
      fundName: z.string().nullable(),
    }),
  ),
});
/** A station as the federation sees it now. */
export const stationFigures = z.object({
  placeId: id,
  placeName: z.string(),
  area: areaRef,
  todayOrders: z.int(),
  todayFen: sumFen,
  monthOrders: z.int(),
  monthFen: sumFen,
  /** Promised of sales, not settled yet. */
  openShareFen: sumFen,
  /** Settled and not paid yet. */
  dueShareFen: sumFen,
  lateShareFen: sumFen,
  paidShareFen: sumFen,
  voucherFen: sumFen,
});
const settlementId = z.object({ settlementId: id });

export const settlementRoutes = {
  live: route({
    method: 'GET',
    path: '/api/shop/stations',
    permission: 'settlement.read',
    summary: 'Every station now: sales, 2 % owed, paid and late.',
    output: z.object({ asOf: z.string(), items: z.array(stationFigures) }),
    refusals: [],
  }),
  list: route({
    method: 'GET',
    path: '/api/shop/settlements',
    permission: 'settlement.read',
    summary: 'Settled months by merchant, newest first, and the month that can be settled next.',
    output: z.object({ nextMonth: month.nullable(), items: z.array(settlement) }),
    refusals: [],
  }),
  freeze: route({
    method: 'POST',
    path: '/api/shop/settlements',
    permission: 'settlement.write',
    summary:
      'Closes a month: what its sales posted belongs to it for good, later refunds to the next.',
    body: z.object({ month }),
    output: z.object({ items: z.array(settlement) }),
    refusals: ['period_not_over', 'nothing_to_settle', 'settled_already'],
  }),
  pay: route({
    method: 'POST',
    path: '/api/shop/settlements/:settlementId/payment',
    permission: 'settlement.write',
    summary:
      'Notes that a merchant’s 2 % arrived; it moves into the communities’ mutual-aid funds.',
    params: settlementId,
    body: z.object({ bankReference: line, paidOn: plainDate }),
    output: settlement,
    refusals: ['not_found', 'settled_already', 'onboarder_may_not_settle', 'input_invalid'],
  }),
  proposeVouchers: route({
    method: 'POST',
    path: '/api/shop/settlements/:settlementId/voucher-proposal',
    permission: 'settlement.write',
    summary:
      'Asks for the payment of what vouchers bought; two people agree to it like to any other.',
    params: settlementId,
    output: settlement,
    refusals: [
      'not_found',
      'settled_already',
      'onboarder_may_not_settle',
      'balance_too_low',
      'nothing_to_settle',
    ],
  }),
  statement: route({
    method: 'GET',
    path: '/api/shop/settlements/:settlementId/statement.xlsx',
    permission: 'settlement.read',
    summary: 'A merchant’s statement: every sale and refund of the month.',
    params: settlementId,
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
  stationSheet: route({
    method: 'GET',
    path: '/api/shop/stations/:placeId/months/:month/statement.xlsx',
    permission: 'settlement.read',
    summary: 'A station’s statement of a month: every sale and refund.',
    params: z.object({ placeId: id, month }),
    answers: 'file',
    output: z.any(),
    refusals: ['place_unknown'],
  }),
  month: route({
    method: 'GET',
    path: '/api/public/stations/:placeId/months/:month',
    permission: 'public',
    summary:
      'A station’s month for everybody: sales by day and kind, 2 % promised and given, vouchers apart.',
    params: z.object({ placeId: id, month }),
    output: z.object({
      placeName: z.string(),
      area: areaRef,
      month,
      months: z.array(month),
      orders: z.int(),
      goodsFen: sumFen,
      shareFen: sumFen,
      givenFen: sumFen,
      /** What vouchers paid, apart; null where fewer than five people would be told of. */
      voucherFen: sumFen.nullable(),
      fundName: z.string().nullable(),
      fundCode: z.string().nullable(),
      days: z.array(z.object({ day: plainDate, orders: z.int(), goodsFen: sumFen })),
      kinds: z.array(z.object({ category: z.string(), goodsFen: sumFen })),
      merchants: z.array(
        z.object({ name: z.string(), shareFen: sumFen, state: z.enum(['open', ...shareStates]) }),
      ),
    }),
    refusals: ['place_unknown'],
  }),
};
