import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Desk, Message } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';
import type { Resource } from '../resource/index.ts';

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
  desk: Pick<Desk, 'open' | 'close' | 'pause' | 'resume' | 'clockOf' | 'setAsker'>;
  message: Message;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  resident: Pick<
    Resident,
    'people' | 'personOf' | 'relativesOf' | 'shareWithFederation' | 'noteConsents'
  >;
  donation: Pick<Donation, 'openItems' | 'closeItems' | 'itemsOf'> & {
    /** The rule for what is left over, as givers are shown it. */
    remainderRule?(tx: Scoped): Promise<string>;
  };
  resource: Pick<Resource, 'reserve' | 'release' | 'keep' | 'nameNeed' | 'deliver' | 'ofNeeds'>;
}
