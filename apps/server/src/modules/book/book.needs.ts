import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Payout } from '../payout/index.ts';
import type { Pledge } from '../pledge/index.ts';

/** What `book` asks of lower modules. */
export interface BookNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  organization: Pick<OrganizationModule, 'names'>;
  fund: Pick<Fund, 'openAccounts' | 'purposes' | 'listFunds'>;
  donation: Pick<
    Donation,
    | 'campaignsOfItems'
    | 'campaigns'
    | 'recordAgreedGifts'
    | 'recordClaimPayment'
    | 'recordHandGift'
    | 'cashPurposes'
    | 'itemsToGiveFor'
  >;
  pledge: Pick<Pledge, 'awaited' | 'linkGift'>;
  payout: Pick<Payout, 'batches' | 'batchLines' | 'answerLine' | 'managementFund'>;
}
