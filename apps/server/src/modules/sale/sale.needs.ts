import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Benefit } from '../benefit/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Goods } from '../goods/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';

/** What `sale` asks of lower modules. */
export interface SaleNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  place: Pick<Place, 'ref' | 'servicePoints' | 'below'>;
  access: Pick<Access, 'names' | 'telephoneKey'>;
  attachment: Pick<AttachmentModule, 'of'>;
  message: Pick<MessageModule, 'send'>;
  goods: Pick<Goods, 'available' | 'takeOut' | 'setAside' | 'giveBack' | 'items'>;
  benefit: Pick<Benefit, 'redeem' | 'giveBackRedeemed'>;
  fund: Pick<Fund, 'openAccounts' | 'trace'>;
  catalogue: Catalogue;
}
