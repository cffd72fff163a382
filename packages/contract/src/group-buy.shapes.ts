import { z } from 'zod';
import { areaRef, id, instant, line, plainDate, sumFen, yuanText } from './values.ts';

export const groupStates = ['open', 'reached', 'ordered', 'arrived', 'done', 'failed'] as const;
/** `chased`: arrived, paid, not fetched in time, and reminded. */
export const groupShareStates = [
  'waiting',
  'held',
  'paid',
  'chased',
  'sold_out',
  'lapsed',
  'returning',
  'returned',
  'picked_up',
] as const;

export const groupStep = z.object({ fromPieces: z.int(), priceFen: sumFen });
export const groupCard = z.object({
  id,
  number: z.string(),
  /** What neighbours share: six characters. */
  code: z.string(),
  title: z.string(),
  unit: z.string(),
  merchantName: z.string(),
  placeName: z.string(),
  area: areaRef,
  state: z.enum(groupStates),
  minimumPieces: z.int(),
  limitPieces: z.int(),
  paidPieces: z.int(),
  heldPieces: z.int(),
  /** Households in the queue. */
  waiting: z.int(),
  opensAt: instant,
  closesAt: instant,
  pickUpOn: plainDate,
  pickUpHours: z.string(),
  steps: z.array(groupStep),
  /** What a piece costs with what is paid until now, or in the end. */
  priceFen: sumFen,
});
/** A group-buy in the station's list. */
export const groupRow = groupCard.extend({
  /** Shares paid and not fetched yet. */
  toFetch: z.int(),
  pickedUp: z.int(),
  refundsUnderWay: z.int(),
  refundsDone: z.int(),
});
/** A group-buy as everybody may see it: counts, never who. */
export const groupPage = groupCard.extend({
  description: z.string(),
  placeAddress: z.string(),
  householdPieces: z.int(),
  holdMinutes: z.int(),
  /** What is paid for a piece on joining; what the price in the end is below it goes back. */
  joiningFen: sumFen,
  /** What the merchant gives of a piece at the present price, in fen. */
  promiseFen: sumFen,
  endReason: z.string().nullable(),
  refundsUnderWay: z.int(),
  refundsDone: z.int(),
  /** The address that neighbours send on, and its picture to scan. */
  shareLink: z.string(),
  shareQr: z.string(),
  asOf: instant,
});
/** A share as its own neighbour sees it. */
export const ownGroupShare = z.object({
  id,
  groupCode: z.string(),
  title: z.string(),
  unit: z.string(),
  placeName: z.string(),
  placeAddress: z.string(),
  pickUpOn: plainDate,
  pickUpHours: z.string(),
  groupState: z.enum(groupStates),
  state: z.enum(groupShareStates),
  pieces: z.int(),
  wanted: z.int(),
  joinedAt: instant,
  /** How many wait before her; null when she does not wait. */
  ahead: z.int().nullable(),
  heldUntil: instant.nullable(),
  /** True when it is paid into the seller’s own number, false in the sandbox. */
  isReal: z.boolean(),
  toPayFen: sumFen,
  paidFen: sumFen,
  /** What of it goes or went back; zero while that is not known. */
  backFen: sumFen,
  /** True while the payment service will not send it back: somebody at the station sees to it. */
  isBackRefused: z.boolean(),
  /** Said or shown at the station; null while there is nothing to fetch. */
  pickUpCode: z.string().nullable(),
  pickUpQr: z.string().nullable(),
});
/** What a joiner is told. `waiting` while pieces are only held; `sold_out` only when all are paid. */
export const joinDecision = z.object({
  outcome: z.enum(['held', 'waiting', 'already_joined', 'sold_out', 'closed', 'not_found']),
  shareId: id.nullable(),
  /** What the household takes part with, when it did so before; null for one that has all it will get. */
  state: z.enum(groupShareStates).nullable(),
  pieces: z.int(),
  ahead: z.int(),
  heldUntil: instant.nullable(),
});
/** A share as the station sees it: by its place, with a name to call. */
export const stationShare = z.object({
  id,
  place: z.int(),
  name: z.string(),
  pieces: z.int(),
  state: z.enum(groupShareStates),
  paidFen: sumFen,
  pickedUpAt: instant.nullable(),
  pickUpNote: z.string().nullable(),
  chasedAt: instant.nullable(),
});
/** A refund that a seller's number does not send back; by its place, without a name. */
export const refusedGroupRefund = z.object({
  id,
  groupId: id,
  groupNumber: z.string(),
  title: z.string(),
  merchantName: z.string(),
  place: z.int(),
  amountFen: sumFen,
  /** One of `refundReasons`, or what the payment service said. */
  refusal: z.string(),
  askedAt: instant,
});
export const groupRecord = groupPage.extend({
  refused: z.array(refusedGroupRefund),
  orderReference: z.string().nullable(),
  orderedAt: instant.nullable(),
  arrivedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  shares: z.array(stationShare),
});
export const groupBody = z.object({
  placeId: id,
  variantId: id,
  title: line,
  description: z.string().trim().max(500).default(''),
  minimumPieces: z.int().min(1).max(100_000),
  limitPieces: z.int().min(1).max(100_000),
  householdPieces: z.int().min(1).max(1_000),
  holdMinutes: z.int().min(1).max(60).default(10),
  steps: z
    .array(z.object({ fromPieces: z.int().min(1), priceYuan: yuanText }))
    .min(1)
    .max(5),
  closesAt: instant,
  pickUpOn: plainDate,
  pickUpHours: line,
  formId: id,
});
