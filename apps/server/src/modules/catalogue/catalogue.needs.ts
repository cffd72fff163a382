import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Fund } from '../fund/index.ts';
import type { CharitySale } from './catalogue.ts';
import type { Goods } from '../goods/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';

/** What `catalogue` asks of lower modules. */
export interface CatalogueNeeds {
  database: Database;
  newId: () => Id;
  place: Pick<Place, 'ref' | 'servicePoints'>;
  access: Pick<Access, 'names'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  organization: Pick<OrganizationModule, 'get' | 'names'>;
  goods: Pick<Goods, 'items' | 'available' | 'lotsAvailable'>;
  fund: Pick<Fund, 'openAccounts'>;
  /** Port to `charity-sale`: charity sales by id; with `lock` none of them ends before this transaction does. */
  charitySales(
    tx: Scoped,
    ids: readonly Id[],
    lock?: boolean,
  ): Promise<ReadonlyMap<Id, CharitySale>>;
}
