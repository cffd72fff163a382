import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Access } from '../access/index.ts';
import type { Approval } from '../approval/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Goods } from '../goods/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { Settlement } from '../settlement/index.ts';

/** What `charity-sale` asks of lower modules. */
export interface CharitySaleNeeds {
  database: Database;
  newId: () => Id;
  place: Pick<Place, 'servicePoints' | 'district'>;
  access: Pick<Access, 'names'>;
  approval: Pick<Approval, 'open' | 'decide' | 'cancel' | 'read'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of' | 'views'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  organization: Pick<OrganizationModule, 'create'>;
  fund: Pick<Fund, 'listFunds' | 'trace'>;
  donation: Pick<Donation, 'campaigns' | 'acceptsGifts'>;
  goods: Pick<Goods, 'donated' | 'keepLot'>;
  catalogue: Pick<
    Catalogue,
    'addMerchant' | 'addProduct' | 'setPrice' | 'takeOff' | 'variants' | 'sellingPlace'
  >;
  settlement: Pick<Settlement, 'settleProceeds' | 'settledProceeds' | 'proceedsReceipts'>;
}
