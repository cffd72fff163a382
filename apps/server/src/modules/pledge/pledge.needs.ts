import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Desk } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';

/** What `pledge` asks of lower modules. */
export interface PledgeNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  place: Pick<Place, 'district' | 'workingTime'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  organization: Pick<OrganizationModule, 'names' | 'giverNames'>;
  donation: Pick<
    Donation,
    'campaigns' | 'acceptsGifts' | 'startGift' | 'payAt' | 'giftsByNumber' | 'giftsById' | 'tokenOf'
  >;
}
