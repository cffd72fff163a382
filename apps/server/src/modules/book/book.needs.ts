import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Payout } from '../payout/index.ts';

/** What `book` asks of lower modules. */
export interface BookNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  fund: Pick<Fund, 'openAccounts' | 'purposes' | 'listFunds'>;
  donation: Pick<Donation, 'campaignsOfItems' | 'campaigns'>;
  payout: Pick<Payout, 'batches' | 'batchLines' | 'answerLine' | 'managementFund'>;
}
