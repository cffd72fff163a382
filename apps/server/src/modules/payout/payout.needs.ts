import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Approval } from '../approval/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Payment } from '../payment/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';

/** What `payout` asks of lower modules. */
export interface PayoutNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  place: Pick<Place, 'district' | 'workingTime'>;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  approval: Approval;
  desk: Pick<Desk, 'open' | 'close'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  organization: Pick<OrganizationModule, 'names'>;
  resident: Pick<Resident, 'people' | 'shareWithFederation'>;
  fund: Pick<
    Fund,
    | 'createFunds'
    | 'listFunds'
    | 'purposes'
    | 'lines'
    | 'lineViews'
    | 'sendLines'
    | 'takeLinesBack'
    | 'payLines'
    | 'rejectLines'
    | 'payeeLabels'
    | 'proposalsById'
  >;
  donation: Pick<
    Donation,
    'giftsByNumber' | 'giftsById' | 'filingOf' | 'noteReturned' | 'recordRefunds'
  >;
  payment: Pick<Payment, 'channels' | 'paymentsToReturn' | 'transfersOfRefund'>;
}
