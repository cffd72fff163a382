import type { Clock, Id, PlainDate } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Access } from '../access/index.ts';
import type { Approval } from '../approval/index.ts';
import type { Desk } from '../desk/index.ts';
import type { OrganizationModule } from '../organization/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';

/** Two files of which it is not decided whether they are one person's. */
export interface OpenQuestion {
  questionId: Id;
  personA: Id;
  personB: Id;
}

export interface ProgramNeeds {
  database: Database;
  clock: Clock;
  newId: () => Id;
  place: Pick<Place, 'all' | 'area' | 'areaByCode' | 'below' | 'district' | 'ref' | 'streetOf'> & {
    workingTime: Place['workingTime'];
  };
  access: Pick<Access, 'names'>;
  approval: Pick<Approval, 'open' | 'decide' | 'cancel' | 'read'>;
  desk: Pick<Desk, 'open' | 'close'>;
  organization: Pick<OrganizationModule, 'names'>;
  resident: Pick<Resident, 'people' | 'personOf'>;
  /** Puts a question about her own data on the desk of the asker's community. */
  askAboutData(
    actor: Actor,
    request: { kind: 'explain'; text: string },
  ): Promise<{ id: Id; answerBy: PlainDate }>;
  /** Port: which links wait for a person's word; system login. */
  openQuestions(tx: Scoped): Promise<readonly OpenQuestion[]>;
  /** Port: how many questions stand in the review; several may be about one pair of persons. System login. */
  countQuestions(tx: Scoped): Promise<number>;
}
