import type { Id } from '@wennuan/basics';

/**
 * How many pieces of a group are set aside and paid, as its one row says. The row is locked whenever it is read to be
 * changed, so that everything below is decided by one at a time. Nobody waits while a piece is free: that is what keeps
 * a piece from being left over while somebody was refused.
 */
export interface Shelf {
  groupId: Id;
  limitPieces: number;
  heldPieces: number;
  paidPieces: number;
  /** How many households wait. */
  waiting: number;
  /** The place of who joins next. */
  nextPlace: number;
  closesAt: Date;
  isClosed: boolean;
}

/** Somebody who wants pieces. */
export interface Joiner {
  groupId: Id;
  householdKey: Id;
  wanted: number;
}

/** What becomes of somebody who joins. */
export type JoinDecision =
  | { outcome: 'held'; place: number; pieces: number }
  | { outcome: 'waiting'; place: number; ahead: number }
  | { outcome: 'already_joined' }
  | { outcome: 'sold_out' }
  | { outcome: 'closed' };

/** Pieces that are neither set aside nor paid. */
export function freePieces(shelf: Shelf): number {
  return shelf.limitPieces - shelf.heldPieces - shelf.paidPieces;
}

/** True when every piece is paid: only then somebody is told that all are sold. */
export function isSoldOut(shelf: Shelf): boolean {
  return shelf.paidPieces >= shelf.limitPieces;
}

/**
 * Decides joiners of one group in the order they came, and changes the shelf accordingly. `takesPart` says whether a
 * household does so already; who is decided here counts from then on. Who asks for more than is free is offered the rest.
 */
export function decideJoins(
  shelf: Shelf,
  joiners: readonly Joiner[],
  known: { at: Date; takesPart: ReadonlySet<Id> },
): JoinDecision[] {
  const decided = new Set<Id>();
  return joiners.map(({ householdKey, wanted }) => {
    if (known.takesPart.has(householdKey) || decided.has(householdKey))
      return { outcome: 'already_joined' };
    if (isSoldOut(shelf)) return { outcome: 'sold_out' };
    if (shelf.isClosed || known.at >= shelf.closesAt) return { outcome: 'closed' };
    decided.add(householdKey);
    const place = shelf.nextPlace;
    shelf.nextPlace += 1;
    const pieces = Math.min(wanted, freePieces(shelf));
    if (pieces > 0) {
      shelf.heldPieces += pieces;
      return { outcome: 'held', place, pieces };
    }
    shelf.waiting += 1;
    return { outcome: 'waiting', place, ahead: shelf.waiting - 1 };
  });
}

/**
 * Gives what is free to those who wait, in order of their places, and changes the shelf accordingly. Answers who got how
 * many pieces; the last may get fewer than she wanted.
 */
export function passOn(
  shelf: Shelf,
  waiting: readonly { id: Id; wanted: number }[],
): { id: Id; pieces: number }[] {
  const granted: { id: Id; pieces: number }[] = [];
  for (const { id, wanted } of waiting) {
    const pieces = Math.min(wanted, freePieces(shelf));
    if (pieces === 0) break;
    shelf.heldPieces += pieces;
    shelf.waiting -= 1;
    granted.push({ id, pieces });
  }
  return granted;
}

/** Takes pieces off what is set aside: they were paid, or their time is over. */
export function endHold(shelf: Shelf, pieces: number, isPaid: boolean): void {
  shelf.heldPieces -= pieces;
  if (isPaid) shelf.paidPieces += pieces;
}

/** True when nothing more can happen to the group's pieces: time is up and nobody holds or waits, or all are paid. */
export function mayDecide(shelf: Shelf, at: Date): boolean {
  if (isSoldOut(shelf)) return true;
  return at >= shelf.closesAt && shelf.heldPieces === 0 && shelf.waiting === 0;
}
