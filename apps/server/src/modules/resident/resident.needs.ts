import type { Id } from '@wennuan/basics';
import type { Database, Scoped } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Access } from '../access/index.ts';
import type { Desk } from '../desk/index.ts';
import type { MessageModule } from '../message/index.ts';
import type { Place } from '../place/index.ts';

/** A part of the my-data page that another module fills: plain rows of label and value. */
export interface DataSection {
  title: string;
  rows: Record<string, string>[];
}

/** A need of a person, as her file lists it. */
export interface NeedLine {
  id: Id;
  number: string;
  title: string;
  state: string;
  filedAt: string;
}

export interface ResidentNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  /** A random id that says nothing, not even when it was made: persons are keyed by it. */
  newPersonId: () => Id;
  place: Pick<Place, 'areaByCode' | 'area' | 'ref' | 'district'>;
  access: Pick<Access, 'names' | 'telephoneKey' | 'maskTelephone' | 'findByTelephone' | 'facts'>;
  message: Pick<MessageModule, 'send' | 'ownSections'>;
  desk: Pick<Desk, 'open' | 'close'>;
  /** Port: the needs of a person, for her file (module `need`). */
  needsOf?: (tx: Scoped, personId: Id) => Promise<NeedLine[]>;
  /** Port: what other modules hold about the caller's account, for her my-data page. */
  sections?: readonly ((tx: Scoped) => Promise<DataSection[]>)[];
}
