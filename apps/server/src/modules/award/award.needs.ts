import type { Id } from '@wennuan/basics';
import type { Policy } from '@wennuan/policy';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Approval } from '../approval/index.ts';
import type { AttachmentModule } from '../attachment/index.ts';
import type { Benefit } from '../benefit/index.ts';
import type { Desk } from '../desk/index.ts';
import type { Fund } from '../fund/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';
import type { Resident } from '../resident/index.ts';
import type { Candidate } from './award.ts';

/** A policy in force, who answers for it, and which version it is. */
export interface PolicyInForce {
  policy: Policy;
  versionId: Id | null;
  departmentId: Id | null;
}

/** What `award` asks of the module that finds people. */
export interface Programs {
  /** Policies in force today. */
  inForce(tx: Scoped): Promise<PolicyInForce[]>;
  /** Whom a programme is meant for, of these areas, as far as the reader may see them. */
  candidates(tx: Scoped, asked: { code: string; areaIds: readonly number[] }): Promise<Candidate[]>;
  /** How many each programme finds among the people the reader may see, and what one part to each comes to. */
  figures(tx: Scoped): Promise<ReadonlyMap<string, { people: number; amount: number }>>;
}

export interface AwardNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  /** A short code that is printed and typed: random, without letters that look like digits. */
  newCode: () => string;
  place: Pick<
    Place,
    | 'area'
    | 'ref'
    | 'areaByCode'
    | 'streetOf'
    | 'district'
    | 'above'
    | 'below'
    | 'all'
    | 'workingTime'
  >;
  access: Pick<Access, 'names' | 'holders'>;
  message: Pick<MessageModule, 'send'>;
  desk: Pick<Desk, 'open' | 'close' | 'move'>;
  attachment: Pick<AttachmentModule, 'adopt' | 'of'>;
  approval: Approval;
  resident: Pick<
    Resident,
    'people' | 'personOf' | 'noteConsents' | 'shareWithFederation' | 'identities' | 'findByIdNumber'
  >;
  fund: Pick<Fund, 'listFunds' | 'proposeList' | 'holdAmounts' | 'freeAmounts'>;
  benefit: Pick<Benefit, 'issue' | 'giveHours' | 'ofPersons'>;
  program: Programs;
}
