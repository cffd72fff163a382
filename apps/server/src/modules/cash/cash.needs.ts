import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Access } from '../access/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Place } from '../place/index.ts';

/** What `cash` asks of lower modules. */
export interface CashNeeds {
  database: Database;
  newId(): Id;
  place: Pick<Place, 'ref' | 'areaByCode'>;
  access: Pick<Access, 'findByTelephone' | 'telephoneKey'>;
  /** Display names of accounts. */
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  fund: Pick<Fund, 'listFunds'>;
  donation: Pick<Donation, 'recordHandGift' | 'handGifts' | 'cashPurposes' | 'campaigns'>;
  /** The site's own address, for the code on a slip. */
  siteUrl(): string;
}
