import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';
import type { SellerPaying, SellerPayStep } from '../sale/index.ts';

/** What a seller offers, as far as a group-buy must know it. */
export interface OfferedVariant {
  variantId: Id;
  merchantId: Id;
  merchantName: string;
  unit: string;
  /** Pieces of its item that one piece of the group is: 1 bag, or 500 of its grams. */
  perQuantity: number;
  /** What everybody pays for a piece in the shop. */
  priceFen: number;
}

/** A share of a group that was reached, to be recorded as a sale. */
export interface GroupSale {
  /** The share's id: the same key is the same sale. */
  key: Id;
  placeId: Id;
  variantId: Id;
  accountId: Id;
  pieces: number;
  perQuantity: number;
  /** What a piece costs in the end. */
  priceFen: number;
  paidAt: Date;
  /** The payment service's number of her payment, and all that was paid under it; null in the sandbox. */
  transaction: { number: string; paidFen: number } | null;
  /** True when it was fetched before it was recorded. */
  isPickedUp: boolean;
}

/** How a seller's own merchant number is spoken to. Each call may be repeated: one number, one payment or refund. */
export interface SellerChannel {
  /** `refused`: not now, as the channel said; it is asked for again. */
  refund(refund: {
    refundId: Id;
    shareId: Id;
    merchantId: Id;
    /** The payment service's number of the payment; null in the sandbox. */
    transaction: string | null;
    amountFen: number;
    totalFen: number;
    tries: number;
  }): Promise<'done' | 'unknown' | { refused: string }>;
}

/** Sellers' real numbers at a payment service. */
export interface SellerNumbers {
  /** Of merchants, those whose number is a real one, with it. System login. */
  of(tx: Scoped, merchantIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  /** Begins the payment of a share; the same share again is the same payment. Refuses `channel_away`, `channel_refused`. */
  begin(
    payment: SellerPaying & {
      number: string;
      shareId: Id;
      amountFen: number;
      group: { code: string; number: string; title: string };
      expiresAt: Date;
    },
  ): Promise<SellerPayStep>;
  /** Asks whether a share was paid, and takes it when it was. */
  ask(asked: { shareId: Id; number: string }): Promise<void>;
}

export interface GroupBuyNeeds {
  database: Database;
  newId: () => Id;
  clock: Clock;
  /** Makes the short codes that neighbours share. */
  newCode: () => string;
  /** Signs tickets and pick-up codes. */
  vault: Pick<Vault, 'hash'>;
  /** True when the machine's clock runs: then the database's own clock decides who was in time. */
  isLive: boolean;
  place: Pick<Place, 'ref' | 'servicePoints' | 'workingTime'>;
  access: Pick<Access, 'names'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  fund: Pick<Fund, 'openAccounts'>;
  /** The household an account's person lives in; the account itself for who is in none on file. */
  householdOf(tx: Scoped, accountId: Id): Promise<Id>;
  /** A variant that may be sold today at a place (agreement and licences in force); refuses by name what may not. */
  offered(tx: Scoped, wanted: { variantId: Id; placeId: Id }): Promise<OfferedVariant>;
  /** What a merchant gives of a sale of so many fen today, as the page says before paying. */
  promiseFen(tx: Scoped, merchantId: Id, amountFen: number): Promise<number>;
  /**
   * Records sales with their 2 %; posts, so it is called last. A key known before changes nothing. Answers the keys of
   * those that may not be sold any more.
   */
  recordSales(tx: Writing, sales: readonly GroupSale[]): Promise<Id[]>;
  /** Notes that the sale of a share was handed over; refuses `order_not_now` when its money went back. */
  collectSale(tx: Writing, shareId: Id): Promise<void>;
  /** The sellers' channels; null while no seller takes payments online. */
  seller: SellerChannel | null;
  /** Sellers' real numbers; null where none is set up, and the sandbox plays them all. */
  numbers: SellerNumbers | null;
}
