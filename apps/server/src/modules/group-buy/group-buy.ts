import { createHash } from 'node:crypto';
import type { Id } from '@wennuan/basics';

/** Where a group-buy stands. `open` ends once, in `reached` or `failed`. */
export type GroupState = 'open' | 'reached' | 'ordered' | 'arrived' | 'done' | 'failed';

/**
 * Where a share stands. `waiting` has a place in the queue; `held` has pieces set aside until a moment; `lapsed` let
 * them go; `returning` is money on its way back.
 */
export type ShareState =
  | 'waiting'
  | 'held'
  | 'paid'
  | 'sold_out'
  | 'lapsed'
  | 'returning'
  | 'returned'
  | 'picked_up';

/** States in which a household takes part: it can do so once a group. */
export const LIVE_STATES: readonly ShareState[] = ['waiting', 'held', 'paid', 'picked_up'];

/** From so many pieces on, each costs so many fen. */
export interface PriceStep {
  fromPieces: number;
  priceFen: number;
}

export interface GroupBuy {
  id: Id;
  number: string;
  /** What neighbours share: six characters nobody confuses. */
  code: string;
  placeId: Id;
  areaId: number;
  merchantId: Id;
  merchantName: string;
  /** The variant of the catalogue it sells. */
  variantId: Id;
  title: string;
  unit: string;
  /** Pieces of its item that one piece of the group is. */
  perQuantity: number;
  description: string;
  minimumPieces: number;
  limitPieces: number;
  householdPieces: number;
  holdMinutes: number;
  opensAt: Date;
  closesAt: Date;
  pickUpOn: string;
  pickUpHours: string;
  state: GroupState;
  /** Why it failed: too few pieces, or the station's own words. */
  endReason: string | null;
  /** What a piece costs in the end; null until it is reached. */
  priceFen: number | null;
  decidedAt: Date | null;
  orderReference: string | null;
  orderedAt: Date | null;
  arrivedAt: Date | null;
}

export interface Share {
  id: Id;
  groupId: Id;
  areaId: number;
  /** The order of arrival in its group, from 1. */
  place: number;
  accountId: Id;
  householdKey: Id;
  wanted: number;
  pieces: number;
  state: ShareState;
  joinedAt: Date;
  heldUntil: Date | null;
  paidFen: number;
  paidAt: Date | null;
  /** The payment service's number of the payment; null in the sandbox. */
  transaction: string | null;
  /** The entry of the payment in the group's account. */
  entryId: Id | null;
  settledAt: Date | null;
  pickedUpAt: Date | null;
  pickUpNote: string | null;
  chasedAt: Date | null;
}

/** What a piece costs when so many are paid; below the first step its own price. Steps in rising order of pieces. */
export function priceAt(steps: readonly PriceStep[], pieces: number): number {
  const reached = steps.findLast((step) => pieces >= step.fromPieces);
  return (reached ?? steps[0]!).priceFen;
}

/** What is paid on joining: the dearest step. What the reached step is below it goes back. */
export function priceOnJoining(steps: readonly PriceStep[]): number {
  return steps[0]!.priceFen;
}

/** True when steps rise in pieces, fall in price, and the first begins with the first piece. */
export function stepsHold(steps: readonly PriceStep[], limitPieces: number): boolean {
  if (steps[0]?.fromPieces !== 1) return false;
  return steps.every((step, at) => {
    const before = steps[at - 1];
    if (step.fromPieces > limitPieces || step.priceFen < 1) return false;
    return !before || (step.fromPieces > before.fromPieces && step.priceFen < before.priceFen);
  });
}

/** What counts a seller's money: never the unit of the federation's funds, so the two cannot be mixed. */
export const SELLER_UNIT = 'seller_fen';

/** The edge of the books that mirrors a seller's own merchant number; its id follows from the merchant. */
export function sellerEdge(merchantId: Id): Id {
  const hex = createHash('sha256').update(`group-buy seller ${merchantId}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const CHECK_DIGITS = 4;

/** A keyed hash that only the server can make. */
export type KeyedHash = (kind: string, text: string) => Buffer;

/** Makes and reads pick-up codes: the group's code, the place in it, and four digits only the server can make. */
export function pickUpCodes(hash: KeyedHash) {
  const digitsOf = (shareId: Id) =>
    String(hash('group pick-up', shareId).readUInt32BE(0) % 10 ** CHECK_DIGITS).padStart(
      CHECK_DIGITS,
      '0',
    );
  return {
    of: (group: Pick<GroupBuy, 'code'>, share: Pick<Share, 'id' | 'place'>): string =>
      `${group.code}-${share.place}-${digitsOf(share.id)}`,
    /** Which share a code names; null when it has not that form. Whether its digits are right is `fits`. */
    read(text: string): { code: string; place: number; digits: string } | null {
      const plain = text.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '');
      const match = /^([0-9A-Z]{6})-?(\d{1,7})-(\d{4})$/.exec(plain);
      return match && { code: match[1]!, place: Number(match[2]), digits: match[3]! };
    },
    fits: (shareId: Id, digits: string): boolean => digitsOf(shareId) === digits,
  };
}
