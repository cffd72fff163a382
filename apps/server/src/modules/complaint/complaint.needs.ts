import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Desk } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';

/** What `complaint` asks of lower modules, by name. */
export interface ComplaintNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  place: Pick<Place, 'district' | 'workingTime'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  fund: Pick<Fund, 'listFunds'>;
  donation: Pick<Donation, 'openedCampaigns' | 'giverAccounts'>;
}
