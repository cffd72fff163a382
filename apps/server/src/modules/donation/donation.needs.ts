import type { KeyObject } from 'node:crypto';
import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Payment } from '../payment/index.ts';
import type { Place } from '../place/index.ts';

/** An order as a giver is redirected with it. */
export interface PlatformOrder {
  orderId: Id;
  projectCode: string;
  projectName: string;
  amountFen: number;
}

/** A notice with the signature over its exact bytes. */
export interface SignedNotice {
  body: Buffer;
  signature: string;
}

/** What the platform answers when asked about an order. */
export type PlatformAnswer =
  | { state: 'paid'; notice: SignedNotice }
  | { state: 'waiting' }
  | { state: 'cancelled' };

/** The designated platform's side: its cashier takes the money, its signed notices tell us. */
export interface DesignatedPlatform {
  /** As pages name it. */
  name: string;
  /** What its signatures are checked with. */
  publicKey(): Promise<KeyObject>;
  /** Hands an order over; again changes nothing. */
  order(tx: Writing, order: PlatformOrder): Promise<void>;
  /** Where the giver pays it. */
  cashierUrl(orderId: Id): string;
  /** Asks what became of orders; one it does not know is absent. */
  query(orderIds: readonly Id[]): Promise<ReadonlyMap<Id, PlatformAnswer>>;
}

/** What `donation` asks of lower modules by name, and of the outside through the platform. */
export interface DonationNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  newId(): Id;
  place: Pick<Place, 'ref' | 'district' | 'workingTime' | 'above'>;
  fund: Pick<Fund, 'openAccounts' | 'trace' | 'listFunds' | 'purposes'>;
  desk: Pick<Desk, 'open' | 'close'>;
  organization: Pick<OrganizationModule, 'names'>;
  payment: Pick<
    Payment,
    | 'recordStatements'
    | 'notePosted'
    | 'sumStatements'
    | 'countDifferences'
    | 'lockEntries'
    | 'openStatements'
  >;
  /** Communities where the person bound to an account is registered or lives; empty when unbound. */
  homeAreas(tx: Scoped, accountId: Id): Promise<readonly number[]>;
  /** Telephone and address of the federation, as campaign pages must show them. */
  contact: string;
  platform: DesignatedPlatform;
  /** Port: campaigns that take no gifts now because of a complaint. */
  pausedCampaigns?(tx: Scoped, campaignIds: readonly Id[]): Promise<ReadonlySet<Id>>;
}
