import type { KeyObject } from 'node:crypto';
import type { Clock, Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Benefit } from '../benefit/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Goods } from '../goods/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Channel, PaidFacts, RefundAnswer, RefundFacts } from '../payment/index.ts';
import type { Place } from '../place/index.ts';

/** What `sale` asks of lower modules. */
export interface SaleNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  place: Pick<Place, 'ref' | 'servicePoints' | 'below' | 'workingTime' | 'areaByCode'>;
  access: Pick<Access, 'names' | 'telephoneKey' | 'holders'>;
  desk: Pick<Desk, 'open' | 'close' | 'clockOf'>;
  attachment: Pick<AttachmentModule, 'of'>;
  message: Pick<MessageModule, 'send'>;
  goods: Pick<Goods, 'available' | 'takeOut' | 'setAside' | 'giveBack' | 'items'>;
  benefit: Pick<
    Benefit,
    | 'redeem'
    | 'giveBackRedeemed'
    | 'ownedBy'
    | 'chooseOwned'
    | 'planOf'
    | 'labels'
    | 'holdFor'
    | 'endHolds'
  >;
  fund: Pick<Fund, 'openAccounts' | 'listFunds'>;
  catalogue: Catalogue;
  clock: Clock;
  /** A number below a bound, from the system's randomness: pick-up codes. */
  randomBelow(bound: number): number;
  /** The sandbox of sellers' payment numbers; null where real ones are used. */
  sandbox: SellerSandbox | null;
  /** Sellers' real channels; null where none is set up. */
  sellers: SellerChannels | null;
  /** Port to `group-buy`, whose shares are paid into sellers' numbers too. */
  groups: GroupPayments;
  /** Port to `settlement`: the parts whose share was paid, into which fund and when. */
  given(tx: Scoped, partIds: readonly Id[]): Promise<ReadonlyMap<Id, { fundId: Id; on: string }>>;
}

/** Sellers' own numbers at payment services, each with its own keys. */
export interface SellerChannels {
  /** The channel of a number; null where none is set up. */
  of(number: string): Channel | null;
  /** All that are set up. */
  numbers: readonly string[];
  /** Where a buyer comes back to after paying. */
  orderUrl(orderId: Id): string;
  groupUrl(code: string): string;
}

/** Payments and refunds of group-buys, as sellers' channels tell of them. Both refuse `notice_altered`. */
export interface GroupPayments {
  /** False for what is no share. */
  takePaid(paid: PaidFacts & { shareId: Id }): Promise<boolean>;
  /** False for what is no refund of a share. */
  takeRefund(told: { refundId: Id; facts: RefundFacts; answer: RefundAnswer }): Promise<boolean>;
}

/** What signs and checks notices of sellers' numbers in the sandbox, and carries them to us over HTTP. */
export interface SellerSandbox {
  publicKey(): Promise<KeyObject>;
  privateKey(): Promise<KeyObject>;
  /** True when it was acknowledged. */
  send(body: Buffer, signature: string): Promise<boolean>;
}
