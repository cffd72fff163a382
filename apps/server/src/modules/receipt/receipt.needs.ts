import type { Clock, Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { Publication } from '../publication/index.ts';

/** What `receipt` asks of lower modules, by name. */
export interface ReceiptNeeds {
  database: Database;
  vault: Vault;
  clock: Clock;
  newId(): Id;
  place: Pick<Place, 'district'>;
  access: Pick<Access, 'names' | 'holders'>;
  organization: Pick<OrganizationModule, 'names'>;
  message: Pick<MessageModule, 'send'>;
  fund: Pick<Fund, 'trace' | 'paidByNumber' | 'payersOf' | 'purposes'>;
  donation: Pick<Donation, 'giftFacts' | 'giftByToken' | 'unlinkGiver'>;
  publication: Pick<Publication, 'receipt' | 'seal' | 'forget'>;
  /** The site's address as papers name it; null: the one it was asked at. */
  publicAddress: string | null;
}

/** The charity as papers name it. */
export function charityName(needs: Pick<ReceiptNeeds, 'place'>): string {
  return `${needs.place.district()?.name ?? ''}慈善总会`;
}

/** Who answers for papers: an accountant of the federation, by name. */
export async function handlerName(needs: ReceiptNeeds, tx: Scoped): Promise<string> {
  const district = needs.place.district();
  if (!district) return '系统';
  const [holder] = await needs.access.holders(tx, 'federation_accountant', [district.id]);
  const names = holder ? await needs.access.names(tx, [holder.accountId]) : new Map<Id, string>();
  return (holder && names.get(holder.accountId)) ?? '系统';
}
