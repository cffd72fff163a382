import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Approval } from '../approval/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Goods } from '../goods/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';

/** Somebody whom a programme is meant for. */
export interface ProgrammeCandidate {
  personId: Id;
}

export interface DistributionNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  place: Pick<
    Place,
    'areaByCode' | 'area' | 'ref' | 'below' | 'district' | 'servicePoints' | 'workingTime'
  >;
  access: Pick<Access, 'names'>;
  approval: Approval;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  desk: Pick<Desk, 'open' | 'close'>;
  message: Pick<MessageModule, 'send'>;
  resident: Pick<Resident, 'people'> & {
    /** Persons the caller may see whom a name, telephone or ID number means, a few at most. */
    find(tx: Scoped, text: string): Promise<Id[]>;
  };
  goods: Pick<
    Goods,
    'itemViews' | 'items' | 'lots' | 'available' | 'mayMove' | 'setAside' | 'giveBack' | 'handOver'
  >;
  /** Open candidates of a programme in areas, as far as the caller may see them; null: no such programme. */
  candidates(
    tx: Scoped,
    search: { code: string; areaIds: readonly number[]; limit: number },
  ): Promise<ProgrammeCandidate[] | null>;
}
