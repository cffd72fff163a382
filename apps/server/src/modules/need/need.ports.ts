import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Desk, Message } from '../desk/index.ts';
import type { Place } from '../place/index.ts';
import type { Resource } from '../resource/index.ts';

/** A person on file, as far as the loop has to know her. */
export interface KnownPerson {
  name: string;
  areaId: number;
  building: string | null;
  /** The account that was bound to her face to face, when there is one. */
  accountId: Id | null;
}

/** What the loop wants of the files of residents. */
export interface ResidentPort {
  /** The person an account is bound to. */
  personOf(tx: Scoped, accountId: Id): Promise<Id | null>;
  /** Persons whom the actor may see. */
  people(tx: Scoped, personIds: readonly Id[]): Promise<Map<Id, KnownPerson>>;
  /** True when the account's holder is a declared or household relative of the person, or she herself. */
  relatives(tx: Scoped, accountId: Id, personId: Id): Promise<boolean>;
}

/** Where a campaign's item for a wish stands. */
export interface ItemStanding {
  itemId: Id;
  targetFen: number;
  givenFen: number;
  state: 'open' | 'claimed' | 'complete' | 'closed';
  claimedUntil: Date | null;
  claimedByName: string | null;
}

/** What the loop wants of the campaigns. */
export interface DonationPort {
  /** Puts verified wishes into the filed campaign as items. */
  openItems(
    tx: Writing,
    commands: readonly {
      needId: Id;
      title: string;
      text: string;
      areaId: number;
      targetFen: number;
    }[],
  ): Promise<readonly { itemId: Id }[]>;
  /** Ends items; what is left is handed on by the rule givers were shown. */
  closeItems(tx: Writing, commands: readonly { itemId: Id; reason: string }[]): Promise<unknown>;
  itemsOf(tx: Scoped, needIds: readonly Id[]): Promise<Map<Id, ItemStanding>>;
  /** The rule for what is left over, as givers are shown it. */
  remainderRule?(tx: Scoped): Promise<string>;
}

export interface NeedNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  newId: () => Id;
  /** A code nobody can guess for a slip: 16 characters of `A–Z2–9`. */
  newSlipCode: () => string;
  place: Pick<
    Place,
    'workingTime' | 'area' | 'areaByCode' | 'ref' | 'below' | 'streetOf' | 'all' | 'above'
  >;
  access: Pick<Access, 'names' | 'telephoneKey'>;
  desk: Pick<Desk, 'open' | 'close' | 'pause' | 'resume' | 'clockOf'>;
  message: Message;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  resident: ResidentPort;
  donation: DonationPort;
  resource: Pick<Resource, 'reserve' | 'release' | 'keep' | 'nameNeed' | 'deliver' | 'ofNeeds'>;
}
