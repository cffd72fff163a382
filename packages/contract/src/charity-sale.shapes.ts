import { z } from 'zod';
import { attachment } from './attachment.ts';
import { approvalStep } from './approval.shapes.ts';
import { saleMeans } from './sale.shapes.ts';
import { id, instant, plainDate, sumFen, version } from './values.ts';

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

export const charityTarget = z.object({
  kind: z.enum(charityTargetKinds),
  id,
  name: z.string(),
  code: z.string(),
});
export const charityPlace = z.object({ id, name: z.string(), address: z.string() });
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
  target: charityTarget,
  opensOn: plainDate,
  closesOn: plainDate,
  isOnline: z.boolean(),
  /** True while it also sells on the network: open, and its campaign stands behind the four conditions today. */
  sellsOnline: z.boolean(),
  places: z.array(charityPlace),
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
export const donatedLot = z.object({
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
