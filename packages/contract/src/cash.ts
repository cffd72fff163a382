import { z } from 'zod';
import { route } from './route.ts';
import {
  areaCode,
  areaRef,
  id,
  instant,
  line,
  listOf,
  optionalParagraph,
  page,
  paragraph,
  plainDate,
  sumFen,
  yuanText,
} from './values.ts';

/** Notes and coins in use, worth in fen. */
export const denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const;
/** How many of each note and coin, by its worth in fen. */
export const countedCash = z.partialRecord(
  z.enum(denominations.map(String) as [string, ...string[]]),
  z.int().min(0).max(100_000),
);

const countState = z.object({
  id,
  countedAt: instant,
  countedBy: z.string(),
  expectedFen: sumFen,
  countedFen: sumFen,
  /** Counted less expected. */
  differenceFen: sumFen,
  note: z.string(),
  confirmedBy: z.string().nullable(),
  mayConfirm: z.boolean(),
});
export const cashCounter = z.object({
  id,
  name: z.string(),
  area: areaRef,
  onHandFen: sumFen,
  /** Paid in, not on the bank's statement yet. */
  onWayFen: sumFen,
  gifts: z.int(),
  takenFen: sumFen,
  lastCount: countState.nullable(),
});
/** The slip a giver takes home. */
export const cashSlip = z.object({
  giftId: id,
  number: z.string(),
  giftNumber: z.string(),
  counter: z.string(),
  amountFen: sumFen,
  takenAt: instant,
  takenBy: z.string(),
  giverName: z.string(),
  /** True when the gift is in the list of the giver's own account. */
  inAccount: z.boolean(),
  targetLabel: z.string(),
  formSentence: z.string(),
  boxNumber: z.string().nullable(),
  /** Where the giver sees her gift, with the code that leads there. */
  path: z.string(),
  qrSvg: z.string(),
});
export const cashGift = cashSlip.omit({ qrSvg: true, formSentence: true, path: true });
export const cashDeposit = z.object({
  id,
  number: z.string(),
  counter: z.string(),
  amountFen: sumFen,
  slipNumber: z.string(),
  paidInOn: plainDate,
  madeBy: z.string(),
  state: z.enum(['on_way', 'at_bank', 'void']),
  /** The day of the bank's own line. */
  bankDay: plainDate.nullable(),
  voidReason: z.string().nullable(),
});
export const boxOpening = z.object({
  id,
  openedAt: instant,
  sealFound: z.string(),
  sealIntact: z.boolean(),
  sealNext: z.string().nullable(),
  /** Null for whoever still has to count it without knowing what the first one counted. */
  amountFen: sumFen.nullable(),
  counted: countedCash.nullable(),
  note: z.string(),
  countedBy: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  mayConfirm: z.boolean(),
  pictures: z.array(id),
});
export const donationBox = z.object({
  id,
  number: z.string(),
  place: z.string(),
  area: areaRef,
  counterId: id,
  counter: z.string(),
  campaign: z.string(),
  state: z.enum(['sealed', 'withdrawn']),
  sealNumber: z.string(),
  sealedAt: instant,
  sealedBy: z.string(),
  givenFen: sumFen,
  openings: z.array(boxOpening),
});

const counterParams = z.object({ counterId: id });

export const cashRoutes = {
  counters: route({
    method: 'GET',
    path: '/api/cash/counters',
    permission: 'cash.read',
    summary: 'Counters that take cash, with the cash on hand and on its way to the bank.',
    output: z.object({ items: z.array(cashCounter) }),
    refusals: [],
  }),
  openCounter: route({
    method: 'POST',
    path: '/api/cash/counters',
    permission: 'cash.write',
    summary: 'Opens a counter that takes cash for the federation.',
    body: z.object({ name: line, areaCode }),
    output: cashCounter,
    refusals: ['not_found', 'counter_name_taken'],
  }),
  purposes: route({
    method: 'GET',
    path: '/api/cash/purposes',
    permission: 'cash.read',
    summary: 'What cash may be given for now, each with what it is in law.',
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(['campaign', 'fund']),
          id,
          label: z.string(),
          formSentence: z.string(),
          /** A community's fund takes mutual aid of its own residents only: the giver's account is needed. */
          residentsOnly: z.boolean(),
        }),
      ),
    }),
    refusals: [],
  }),
  takeGift: route({
    method: 'POST',
    path: '/api/cash/counters/:counterId/gifts',
    permission: 'cash.take',
    summary: 'Notes a gift in cash in front of its giver; the same form again is the same gift.',
    params: counterParams,
    body: z.object({
      target: z.object({ kind: z.enum(['campaign', 'fund']), id }),
      amountYuan: yuanText,
      /** Empty for somebody who does not give a name. */
      giverName: z.string().trim().max(20).default(''),
      /** Of the giver's account, so that the gift is in her own list; empty without one. */
      telephone: z.string().trim().max(24).default(''),
      hideFromPublic: z.boolean().default(true),
      formId: id,
    }),
    output: cashSlip,
    refusals: [
      'not_found',
      'amount_invalid',
      'campaign_not_open',
      'not_permitted',
      'not_signed_in',
      'telephone_invalid',
      'cash_giver_unknown',
    ],
  }),
  gifts: route({
    method: 'GET',
    path: '/api/cash/gifts',
    permission: 'cash.read',
    summary: 'Gifts in cash, newest first.',
    query: page.extend({ counterId: id.optional() }),
    output: listOf(cashGift),
    refusals: [],
  }),
  slip: route({
    method: 'GET',
    path: '/api/cash/gifts/:giftId/slip',
    permission: 'cash.read',
    summary: 'The slip of one gift in cash, to print again.',
    params: z.object({ giftId: id }),
    output: cashSlip,
    refusals: ['not_found'],
  }),
  countCash: route({
    method: 'POST',
    path: '/api/cash/counters/:counterId/counts',
    permission: 'cash.take',
    summary: 'Counts the cash on hand; what differs needs a note and a second person.',
    params: counterParams,
    body: z.object({ counted: countedCash, note: optionalParagraph }),
    output: cashCounter,
    refusals: ['not_found', 'cash_count_waits', 'cash_note_required'],
  }),
  confirmCount: route({
    method: 'POST',
    path: '/api/cash/counts/:countId/confirmation',
    permission: 'cash.take',
    summary: 'Confirms a difference as a second person who has counted too.',
    params: z.object({ countId: id }),
    body: z.object({ amountYuan: z.string().max(20) }),
    output: cashCounter,
    refusals: ['not_found', 'second_person_required', 'cash_count_differs', 'amount_invalid'],
  }),
  payIn: route({
    method: 'POST',
    path: '/api/cash/counters/:counterId/deposits',
    permission: 'cash.take',
    summary: 'Notes that cash was paid in at the bank, under the number of its paying-in slip.',
    params: counterParams,
    body: z.object({ amountYuan: yuanText, slipNumber: line, paidInOn: plainDate }),
    output: cashDeposit,
    refusals: [
      'not_found',
      'amount_invalid',
      'cash_not_on_hand',
      'cash_count_waits',
      'cash_slip_used',
    ],
  }),
  voidDeposit: route({
    method: 'POST',
    path: '/api/cash/deposits/:depositId/void',
    permission: 'cash.write',
    summary:
      'Takes a paying-in slip back that the bank never booked, with a reason: the cash is on hand again.',
    params: z.object({ depositId: id }),
    body: z.object({ reason: paragraph }),
    output: cashDeposit,
    refusals: ['not_found', 'cash_deposit_at_bank'],
  }),
  deposits: route({
    method: 'GET',
    path: '/api/cash/deposits',
    permission: 'cash.read',
    summary: 'Paying-in slips, newest first, and whether the bank’s statement has met them.',
    query: page,
    output: listOf(cashDeposit),
    refusals: [],
  }),
  boxes: route({
    method: 'GET',
    path: '/api/cash/boxes',
    permission: 'cash.read',
    summary: 'Donation boxes with their seals and every opening.',
    output: z.object({ items: z.array(donationBox) }),
    refusals: [],
  }),
  sealBox: route({
    method: 'POST',
    path: '/api/cash/boxes',
    permission: 'cash.write',
    summary: 'Puts up a sealed box for a campaign that may take gifts.',
    body: z.object({ counterId: id, place: line, campaignId: id, sealNumber: line }),
    output: donationBox,
    refusals: ['not_found', 'campaign_not_open'],
  }),
  openBox: route({
    method: 'POST',
    path: '/api/cash/boxes/:boxId/openings',
    permission: 'box.open',
    summary:
      'Opens a box and notes what the first person counted, with a photograph of the protocol.',
    params: z.object({ boxId: id }),
    body: z.object({
      sealFound: line,
      sealIntact: z.boolean(),
      /** Empty when the box is not put up again. */
      sealNext: z.string().trim().max(100).default(''),
      counted: countedCash,
      note: optionalParagraph,
      attachmentIds: z.array(id).min(1).max(9),
    }),
    output: donationBox,
    refusals: [
      'not_found',
      'box_not_sealed',
      'box_opening_waits',
      'seal_note_required',
      'attachment_unknown',
    ],
  }),
  confirmOpening: route({
    method: 'POST',
    path: '/api/cash/openings/:openingId/confirmation',
    permission: 'box.open',
    summary:
      'The second person says what she counted; when both agree the money becomes one anonymous gift.',
    params: z.object({ openingId: id }),
    body: z.object({ counted: countedCash }),
    output: donationBox,
    refusals: ['not_found', 'second_person_required', 'cash_count_differs', 'campaign_not_open'],
  }),
};
