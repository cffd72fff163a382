import type { Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Place } from '../place/index.ts';

/** What `settlement` asks of lower modules. */
export interface SettlementNeeds {
  database: Database;
  newId: () => Id;
  place: Pick<Place, 'ref' | 'servicePoints' | 'area' | 'district'>;
  fund: Pick<Fund, 'listFunds' | 'createFunds' | 'propose' | 'proposalsById'>;
  desk: Pick<Desk, 'open' | 'close'>;
  catalogue: Pick<Catalogue, 'sellers' | 'merchantRows' | 'sellingPlace'>;
}
