import { z } from 'zod';
import { attachment } from './attachment.ts';
import { approvalStep, decisionWord } from './approval.shapes.ts';
import { route } from './route.ts';
import { saleMeans } from './sale.shapes.ts';
import { id, instant, line, paragraph, plainDate, sumFen, version, yuanText } from './values.ts';

export const charitySaleStates = [
  'draft',
  'proposed',
  'approved',
  'open',
  'closed',
  'refused',
  'cancelled',
] as const;
export const charityTargetKinds = ['fund', 'campaign'] as const;
/** What becomes of what nobody bought: it serves any purpose, or waits for another charity sale. */
export const leftoverRules = ['stock', 'next_sale'] as const;
/** What stands against opening a charity sale; empty when nothing does. */
export const charitySaleObstacles = [
  'papers_missing',
  'not_agreed',
  'things_missing',
  'receiver_missing',
  'ticks_missing',
  'days_over',
] as const;

const target = z.object({
  kind: z.enum(charityTargetKinds),
  id,
  name: z.string(),
  code: z.string(),
});
const salePlace = z.object({ id, name: z.string(), address: z.string() });
/** A thing of a charity sale as everybody reads it. */
const publicThing = z.object({
  variantId: id,
  productId: id,
  title: z.string(),
  unit: z.string(),
  priceFen: sumFen,
  /** The giver by the name she chose, or “爱心人士”. */
  donorName: z.string(),
  /** What it was valued at when it was given. */
  unitValueFen: sumFen,
  offered: z.int(),
  sold: z.int(),
  left: z.int(),
  proceedsFen: sumFen,
  picture: attachment.nullable(),
});
/** Where the proceeds are: with the buyers’ money at stations, or in the fund. */
const proceeds = z.object({
  grossFen: sumFen,
  refundedFen: sumFen,
  proceedsFen: sumFen,
  orders: z.int(),
  /** Arrived in the federation’s account and in the fund; null before. */
  settled: z.object({ number: z.string(), netFen: sumFen, paidOn: plainDate }).nullable(),
});
const head = {
  id,
  number: z.string(),
  name: z.string(),
  purpose: z.string(),
  state: z.enum(charitySaleStates),
  target,
  opensOn: plainDate,
  closesOn: plainDate,
  isOnline: z.boolean(),
  /** True while it also sells on the network: open, and its campaign stands behind the four conditions today. */
  sellsOnline: z.boolean(),
  places: z.array(salePlace),
};
/** A charity sale in a list. */
export const charitySaleHead = z.object({
  ...head,
  things: z.int(),
  piecesSold: z.int(),
  proceedsFen: sumFen,
});
/** The result that a charity sale publishes by itself when it closes. */
const result = z.object({
  publishedAt: instant,
  donors: z.int(),
  things: z.int(),
  piecesOffered: z.int(),
  piecesSold: z.int(),
  piecesLeft: z.int(),
  orders: z.int(),
  grossFen: sumFen,
  refundedFen: sumFen,
});
export const publicCharitySale = z.object({
  ...head,
  things: z.array(publicThing),
  proceeds,
  result: result.nullable(),
  /** In a sentence each, as everybody reads them. */
  sentences: z.array(z.string()),
  asOf: instant,
});
const thing = publicThing.extend({
  lotId: id,
  giftId: id,
  giftNumber: z.string(),
  /** Who took it in, and when. */
  takenBy: z.string().nullable(),
  takenOn: plainDate.nullable(),
  leftover: z.enum(leftoverRules),
  barCode: z.string().nullable(),
});
/** A charity sale as the office works on it. */
export const charitySale = z.object({
  ...head,
  things: z.array(thing),
  proceeds,
  result: result.nullable(),
  agreement: attachment.nullable(),
  plan: attachment.nullable(),
  plannedBy: z.string().nullable(),
  reason: z.string().nullable(),
  steps: z.array(approvalStep),
  /** The refusal that keeps the reader from deciding; null when she may, or when there is nothing to decide. */
  mayNotWhy: z.string().nullable(),
  mayDecide: z.boolean(),
  /** What stands against opening it now. */
  obstacles: z.array(z.enum(charitySaleObstacles)),
  /** What buyers paid with, after what was given back: cash lies in the tills until it is paid in. */
  means: z.array(z.object({ means: z.enum(saleMeans), placeName: z.string(), amountFen: sumFen })),
  /** What of its proceeds is in the federation’s account: all of it once it is settled. */
  receivedFen: sumFen,
  /** Each part in which its money came. */
  receipts: z.array(z.object({ bankReference: z.string(), amountFen: sumFen, paidOn: plainDate })),
  /** False for who planned it: somebody else settles it. */
  maySettle: z.boolean(),
  dueOn: plainDate,
  /** Somebody asked to end it before its last day; null when nobody did. */
  end: z
    .object({
      reason: z.string(),
      state: z.enum(['proposed', 'agreed', 'refused']),
      askedBy: z.string().nullable(),
      askedAt: instant,
      steps: z.array(approvalStep),
      mayNotWhy: z.string().nullable(),
      mayDecide: z.boolean(),
    })
    .nullable(),
  /** True while its things are sold: it can be asked to end. */
  isSelling: z.boolean(),
  version,
});
const donatedLot = z.object({
  lotId: id,
  itemName: z.string(),
  unit: z.string(),
  giftNumber: z.string(),
  donorName: z.string(),
  purpose: z.string(),
  unitValueFen: sumFen,
  expiresOn: plainDate.nullable(),
  pieces: z.int(),
  placeNames: z.array(z.string()),
});
const saleId = z.object({ saleId: id });
const thingId = saleId.extend({ variantId: id });

export const charitySaleRoutes = {
  list: route({
    method: 'GET',
    path: '/api/shop/charity-sales',
    permission: 'charity_sale.read',
    summary: 'Charity sales, newest first.',
    output: z.object({
      items: z.array(charitySaleHead),
      /** Whether the federation’s own merchant number is on file and agreed to: it receives the money. */
      receiver: z.enum(['missing', 'proposed', 'active']),
    }),
    refusals: [],
  }),
  choices: route({
    method: 'GET',
    path: '/api/shop/charity-sales/choices',
    permission: 'charity_sale.write',
    summary: 'Funds, campaigns and stations a charity sale can be planned for.',
    output: z.object({
      targets: z.array(target.extend({ mayBeOnline: z.boolean() })),
      places: z.array(salePlace),
    }),
    refusals: [],
  }),
  setReceiver: route({
    method: 'POST',
    path: '/api/shop/charity-sales/receiver',
    permission: 'charity_sale.write',
    summary: 'Puts the federation’s own merchant number on file; a second person agrees to it.',
    body: z.object({
      paymentNumber: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z]{6,32}$/),
      formId: id,
    }),
    output: z.object({ receiver: z.enum(['proposed', 'active']) }),
    refusals: ['merchant_on_file', 'payment_number_taken'],
  }),
  read: route({
    method: 'GET',
    path: '/api/shop/charity-sales/:saleId',
    permission: 'charity_sale.read',
    summary: 'A charity sale with its papers, things, money and what can be done next.',
    params: saleId,
    output: charitySale,
    refusals: ['not_found'],
  }),
  plan: route({
    method: 'POST',
    path: '/api/shop/charity-sales',
    permission: 'charity_sale.write',
    summary: 'Plans a charity sale: what for, who gets everything, days, stations, online or not.',
    body: z.object({
      name: line,
      purpose: paragraph,
      target: z.object({ kind: z.enum(charityTargetKinds), id }),
      opensOn: plainDate,
      closesOn: plainDate,
      placeIds: z.array(id).min(1).max(30),
      isOnline: z.boolean(),
      formId: id,
    }),
    output: charitySale,
    refusals: [
      'input_invalid',
      'charity_sale_target_unknown',
      'place_unknown',
      'not_a_selling_place',
      'charity_sale_not_online',
      'charity_sale_days_wrong',
    ],
  }),
  addPapers: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/papers',
    permission: 'charity_sale.write',
    summary: 'Attaches the signed agreement and the plan.',
    params: saleId,
    body: z.object({ agreementId: id, planId: id }),
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now', 'attachment_unknown'],
  }),
  donated: route({
    method: 'GET',
    path: '/api/shop/charity-sales/:saleId/donated',
    permission: 'charity_sale.price',
    summary: 'Donated goods that lie at its stations and are free.',
    params: saleId,
    output: z.object({ items: z.array(donatedLot) }),
    refusals: ['not_found'],
  }),
  addThing: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/things',
    permission: 'charity_sale.price',
    summary: 'Puts a donated lot into it at a price; from then on it goes out by it alone.',
    params: saleId,
    body: z.object({
      lotId: id,
      title: line,
      detail: z.string().trim().max(500).default(''),
      priceYuan: yuanText,
      leftover: z.enum(leftoverRules),
      pictureId: id.nullable().default(null),
      formId: id,
    }),
    output: charitySale,
    refusals: [
      'not_found',
      'charity_sale_not_now',
      'charity_sale_donor_missing',
      'charity_sale_lot_taken',
      'charity_sale_receiver_missing',
      'stock_too_low',
      'amount_invalid',
      'place_not_yours',
      'attachment_unknown',
    ],
  }),
  setPrice: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/things/:variantId/price',
    permission: 'charity_sale.price',
    summary: 'Sets the price of a thing.',
    params: thingId,
    body: z.object({ priceYuan: yuanText }),
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now', 'amount_invalid', 'place_not_yours'],
  }),
  removeThing: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/things/:variantId/removal',
    permission: 'charity_sale.price',
    summary: 'Takes a thing out of it again before it opens.',
    params: thingId,
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now', 'place_not_yours'],
  }),
  submit: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/submission',
    permission: 'charity_sale.write',
    summary: 'Asks two people to agree to it; not without agreement and plan.',
    params: saleId,
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now', 'charity_sale_papers_missing'],
  }),
  decide: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/decision',
    permission: 'charity_sale.decide',
    summary: 'Agrees to it or not; two people, neither of them who planned it.',
    params: saleId,
    body: z.object({
      decision: decisionWord,
      note: z.string().trim().max(300).default(''),
    }),
    output: charitySale,
    refusals: [
      'not_found',
      'charity_sale_not_now',
      'approval_closed',
      'approver_is_proposer',
      'approver_already_decided',
      'reason_required',
    ],
  }),
  open: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/opening',
    permission: 'charity_sale.write',
    summary: 'Opens it now; on its first day it opens by itself.',
    params: saleId,
    output: charitySale,
    refusals: [
      'not_found',
      'charity_sale_not_now',
      'charity_sale_papers_missing',
      'charity_sale_without_things',
      'charity_sale_receiver_missing',
      'charity_sale_not_online',
      'charity_sale_days_wrong',
    ],
  }),
  askEnd: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/end',
    permission: 'charity_sale.write',
    summary: 'Asks two people to end it before its last day, with a reason.',
    params: saleId,
    body: z.object({ reason: line }),
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now'],
  }),
  decideEnd: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/end/decision',
    permission: 'charity_sale.decide',
    summary:
      'Agrees to end it early or not; with the second yes it ends, and its result is published.',
    params: saleId,
    body: z.object({
      decision: decisionWord,
      note: z.string().trim().max(300).default(''),
    }),
    output: charitySale,
    refusals: [
      'not_found',
      'charity_sale_not_now',
      'approval_closed',
      'approver_is_proposer',
      'approver_already_decided',
      'reason_required',
    ],
  }),
  cancel: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/cancellation',
    permission: 'charity_sale.write',
    summary: 'Calls it off before it opens; its things are free again.',
    params: saleId,
    body: z.object({ reason: line }),
    output: charitySale,
    refusals: ['not_found', 'charity_sale_not_now'],
  }),
  settle: route({
    method: 'POST',
    path: '/api/shop/charity-sales/:saleId/settlement',
    permission: 'settlement.write',
    summary:
      'Notes that all its proceeds are in the federation’s account: they reach the named fund, once, after its end.',
    params: saleId,
    body: z.object({
      bankReference: line,
      paidOn: plainDate,
      /** Less than what is still missing when it comes in parts; without it all that is missing. */
      amountYuan: yuanText.optional(),
    }),
    output: charitySale,
    refusals: [
      'not_found',
      'charity_sale_not_now',
      'settled_already',
      'proceeds_too_high',
      'amount_invalid',
      'nothing_to_settle',
      'planner_may_not_settle',
      'bank_reference_taken',
      'input_invalid',
    ],
  }),
  publicList: route({
    method: 'GET',
    path: '/api/charity-sales',
    permission: 'public',
    summary: 'Charity sales that are open or over, newest first.',
    output: z.object({ items: z.array(charitySaleHead), asOf: instant }),
    refusals: [],
  }),
  publicOne: route({
    method: 'GET',
    path: '/api/charity-sales/:number',
    permission: 'public',
    summary: 'A charity sale with its things, what they brought, and where that went.',
    params: z.object({ number: z.string().max(20) }),
    output: publicCharitySale,
    refusals: ['not_found'],
  }),
};
