import type { Clock, Id } from '@wennuan/basics';
import type { Database } from '../../platform/database/database.ts';
import type { CharitySaleModule } from '../charity-sale/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Donation } from '../donation/index.ts';
import type { Fund } from '../fund/index.ts';
import type { Place } from '../place/index.ts';

/** What `disclosure` asks of lower modules, by name. */
export interface DisclosureNeeds {
  database: Database;
  clock: Clock;
  newId(): Id;
  place: Pick<Place, 'district' | 'ref'>;
  desk: Pick<Desk, 'open' | 'close'>;
  fund: Pick<Fund, 'listFunds' | 'specialFunds' | 'largePayments' | 'publicFunds'>;
  charitySale: Pick<CharitySaleModule, 'ended' | 'words'>;
  donation: Pick<Donation, 'openedCampaigns' | 'largeGifts' | 'publicCampaigns'>;
}

/** The charity's place on the calendar: one for the district, whatever its areas are called. */
export const CHARITY_ID: Id = '00000000-0000-7000-8003-000000000001';

/** The charity as pages name it. */
export function charityName(needs: Pick<DisclosureNeeds, 'place'>): string {
  return `${needs.place.district()?.name ?? ''}慈善总会`;
}
