import type { Id, PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
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

/** A row of a roster as far as it concerns a person's file (module `roster`). */
export interface SourceLine {
  sourceRowId: Id;
  departmentId: Id;
  department: string;
  roster: string;
  /** The day the delivery was imported that the row stands in. */
  deliveredOn: PlainDate;
  /** What it says of who she is, in the clear: `resident` masks it. */
  says: {
    name?: string | null;
    telephone?: string | null;
    idNumber?: string | null;
    address?: string | null;
    birthDate?: PlainDate | null;
  };
}

/** Aid a person got, newest first (modules `award` and `fund`). */
export type AidLine = PersonFileParts['aid'][number];
/** What a programme comes to for a person (module `program`). */
export type EntitlementLine = PersonFileParts['entitlements'][number];
type PersonFileParts = RouteOutput<typeof routes.resident.readPerson>;

/** Why somebody's identity must be kept although she asks to delete it: a sentence for her. */
export interface KeepingDuty {
  words: string;
}

export interface ResidentNeeds {
  database: Database;
  vault: Vault;
  newId: () => Id;
  /** A random id that says nothing, not even when it was made: persons are keyed by it. */
  newPersonId: () => Id;
  place: Pick<Place, 'above' | 'areaByCode' | 'area' | 'ref' | 'district' | 'all' | 'workingTime'>;
  access: Pick<Access, 'names' | 'telephoneKey' | 'maskTelephone' | 'findByTelephone' | 'facts'>;
  message: Pick<MessageModule, 'send' | 'ownSections'>;
  desk: Pick<Desk, 'open' | 'close'>;
  /** Port: the needs of a person, for her file (module `need`). */
  needsOf?: (tx: Scoped, personId: Id) => Promise<NeedLine[]>;
  /** Port: names of organisations, for the departments that say something of her (module `organization`). */
  organizationNames?: (tx: Scoped, ids: readonly Id[]) => Promise<Map<Id, string>>;
  /** Port: the roster rows of a person that the caller may see (module `roster`). */
  sourcesOf?: (tx: Scoped, personId: Id) => Promise<SourceLine[]>;
  /** Port: aid she got, newest first, at most so many (modules `award`, `fund`). */
  aidOf?: (tx: Scoped, personId: Id, most: number) => Promise<AidLine[]>;
  /** Port: what every programme comes to for her, what she is entitled to first (module `program`). Staff login. */
  entitlementsOf?: (tx: Scoped, personId: Id) => Promise<EntitlementLine[]>;
  /** Port: legal duties of other modules to keep who she is: running aid, open matters. */
  keeps?: readonly ((tx: Scoped, personId: Id) => Promise<KeepingDuty[]>)[];
  /** Port: she lives elsewhere now; what others keep with her area goes along. System login. */
  follows?: readonly ((tx: Writing, personId: Id, areaId: number) => Promise<void>)[];
  /** Port: what other modules hold about the caller's account, for her my-data page. */
  sections?: readonly ((tx: Scoped) => Promise<DataSection[]>)[];
  /**
   * Port: what other modules hold about an account and nothing keeps them from forgetting; each says in words for her
   * what it forgot, or null when it held nothing. System login.
   */
  forgets?: readonly ((
    tx: Writing,
    asked: { accountId: Id; reason: string },
  ) => Promise<string | null>)[];
}
