import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { OrganizationModule } from '../organization/index.ts';

/** What `matching` asks of lower modules. */
export interface MatchingNeeds {
  database: Database;
  newId(): Id;
  organization: Pick<OrganizationModule, 'names' | 'giverNames'>;
  fund: Pick<Fund, 'openAccounts' | 'listFunds'>;
  donation: Pick<Donation, 'campaigns' | 'fillPot' | 'giftsById' | 'giftNumbers'>;
}
