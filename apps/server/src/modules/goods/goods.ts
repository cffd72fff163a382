import { createHash } from 'node:crypto';
import { Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { ServicePoint } from '../place/index.ts';

/** A kind of thing. */
export interface Item {
  readonly id: Id;
  readonly name: string;
  readonly unit: string;
  readonly kind: 'simple' | 'kit';
  readonly barCode: string | null;
  readonly shelfDays: number | null;
  readonly imported: boolean;
  readonly papers: string | null;
}

export type LotOrigin = 'bought' | 'given' | 'opening' | 'assembled' | 'found';

/** What came together and is alike. */
export interface Lot {
  readonly id: Id;
  readonly itemId: Id;
  readonly itemName: string;
  readonly unit: string;
  readonly batch: string;
  readonly expiresOn: PlainDate | null;
  readonly origin: LotOrigin;
  readonly originLabel: string;
  readonly unitValueFen: number;
  readonly recalledAt: Date | null;
  readonly sourceId: Id | null;
  /** The charity sale it goes out by, and by nothing else. */
  readonly keptFor: Id | null;
  readonly createdAt: Date;
}

/** A lot at a place; its id is its account in the ledger. */
export interface Stock {
  readonly id: Id;
  readonly placeId: Id;
  readonly lotId: Id;
  readonly itemId: Id;
  readonly areaId: number;
}

/** How many of what are wanted from a place. */
export interface Want {
  readonly placeId: Id;
  readonly itemId: Id;
  readonly quantity: number;
  /** Of this lot only; without it of any lot that is kept for nothing. */
  readonly lotId?: Id | null;
}

/** Pieces of one lot that answer a want. */
export interface Taken {
  readonly stockId: Id;
  readonly lotId: Id;
  readonly itemId: Id;
  readonly quantity: number;
}

/** Days within which what expires is shown as expiring soon. */
export const EXPIRING_DAYS = 30;

/** The unit of an item's accounts in the ledger. */
export function unitOf(itemId: Id): string {
  return `piece:${itemId}`;
}

/**
 * The edges of the books for things, always the same for the same thing: where a lot came from, what was
 * lost, what did not come, what went into kits, what reached people of a community.
 */
export function edge(kind: 'source', lotId: Id): Id;
export function edge(kind: 'lost' | 'packed', itemId: Id): Id;
export function edge(kind: 'handed', itemId: Id, areaId: number): Id;
export function edge(kind: string, of: Id, areaId?: number): Id {
  const hash = createHash('sha256')
    .update(`goods:${kind}:${of}:${areaId ?? ''}`)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** A lot at a place with how many of it are free. */
export interface Shelf {
  readonly stock: Stock;
  readonly lot: Lot;
  readonly available: number;
}

/**
 * Answers wants out of shelves, first to expire first, then first come. Recalled and expired lots are
 * not touched, lots kept for a charity sale only by who names them. Pure; refuses `stock_too_low` naming the first thing that is not enough.
 */
export function takeInOrder(
  wants: readonly Want[],
  shelves: readonly Shelf[],
  today: PlainDate,
): Taken[][] {
  const left = new Map(shelves.map(({ stock, available }) => [stock.id, available]));
  const order = shelves
    .filter(({ lot }) => isIssuable(lot, today))
    .toSorted((one, other) => compareLots(one.lot, other.lot));
  return wants.map((want) => {
    const mine = order.filter(
      ({ stock, lot }) =>
        stock.placeId === want.placeId &&
        stock.itemId === want.itemId &&
        (want.lotId ? lot.id === want.lotId : lot.keptFor === null),
    );
    const available = mine.reduce((sum, { stock }) => sum + left.get(stock.id)!, 0);
    if (!Number.isSafeInteger(want.quantity) || want.quantity <= 0)
      throw new Refusal('input_invalid', {}, 'quantity');
    if (available < want.quantity) {
      const name = shelves.find(({ stock }) => stock.itemId === want.itemId)?.lot.itemName ?? '';
      throw new Refusal('stock_too_low', { name, needed: want.quantity, available });
    }
    const taken: Taken[] = [];
    let missing = want.quantity;
    for (const { stock, lot } of mine) {
      const quantity = Math.min(missing, left.get(stock.id)!);
      if (quantity === 0) continue;
      left.set(stock.id, left.get(stock.id)! - quantity);
      missing -= quantity;
      taken.push({ stockId: stock.id, lotId: lot.id, itemId: stock.itemId, quantity });
    }
    return taken;
  });
}

/** True when a lot may go out: not recalled, not past its date. */
export function isIssuable(lot: Pick<Lot, 'recalledAt' | 'expiresOn'>, today: PlainDate): boolean {
  return lot.recalledAt === null && (lot.expiresOn === null || lot.expiresOn >= today);
}

/** First to expire first; what never expires last; then what came first. */
export function compareLots(
  one: Pick<Lot, 'expiresOn' | 'createdAt' | 'id'>,
  other: Pick<Lot, 'expiresOn' | 'createdAt' | 'id'>,
): number {
  const far = '9999-12-31';
  const byDate = (one.expiresOn ?? far).localeCompare(other.expiresOn ?? far);
  if (byDate !== 0) return byDate;
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);
}

/** Whose goods an actor may move: staff those of places in their areas; federation and system all. */
export function mayMove(actor: Actor, place: Pick<ServicePoint, 'areaId'>): boolean {
  if (actor.login === 'federation' || actor.login === 'system') return true;
  return actor.login === 'staff' && actor.areaIds.includes(place.areaId);
}

/** Refuses a quantity above what there is, naming the thing. */
export function checkMost(received: number, most: number, name: string): void {
  if (received > most) throw new Refusal('pieces_too_many', { name, most }, 'lines');
}
