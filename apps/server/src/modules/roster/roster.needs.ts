import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';

export interface RosterNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  /** A random id that says nothing: persons are keyed by it. */
  newPersonId: () => Id;
  place: Pick<Place, 'all' | 'areaByCode' | 'area' | 'ref' | 'above' | 'district' | 'formerNames'>;
  access: Pick<Access, 'names'>;
  organization: Pick<OrganizationModule, 'departments' | 'names'>;
  resident: Pick<
    Resident,
    | 'statedByHand'
    | 'keepStated'
    | 'derivedStates'
    | 'otherStates'
    | 'saveDerived'
    | 'replaceDerived'
    | 'emptyFiles'
    | 'people'
    | 'noteExchanges'
  >;
}
