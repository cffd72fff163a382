import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Desk } from '../desk/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { ProgramModule } from '../program/index.ts';
import type { Resident } from '../resident/index.ts';

/** What `supervision` asks of lower modules by name. */
export interface SupervisionNeeds {
  database: Database;
  vault: Vault;
  newId(): Id;
  place: Pick<Place, 'ref' | 'workingTime' | 'all' | 'area'>;
  access: Pick<Access, 'holders' | 'names'>;
  desk: Pick<Desk, 'open' | 'close' | 'clockOf'>;
  organization: Pick<OrganizationModule, 'names'>;
  resident: Pick<Resident, 'people'>;
  program: Pick<ProgramModule, 'policies'>;
}
