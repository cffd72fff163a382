import type { Id, PlainDate } from '@wennuan/basics';
import type { Answer, AreaAlias, AreaNode, Evidence, LinkageModel } from '@wennuan/linkage';
import type { KeptRow } from './cells.ts';
import type { RosterColumn } from './understand.ts';

/** One wording of a row as it is kept, for the days on which it stood in its roster. */
export interface KeptVersion {
  id: Id;
  lineage: Id;
  rosterId: Id;
  /** Which columns its cells have: key of `columns`. */
  columnsKey: string;
  /** Its cells as one text (`packRow`), which goes from thread to thread at little cost. */
  packed: string;
  since: PlainDate | null;
  until: PlainDate | null;
}

/** The same with its cells. */
export interface RowVersion extends Omit<KeptVersion, 'packed'>, KeptRow {}

/** A person as a worker wrote her down; in the order files were opened. */
export interface HandPerson {
  personId: Id;
  name: string;
  gender: 'female' | 'male' | 'unknown';
  birthDate: PlainDate | null;
  idNumber: string | null;
  telephone: string | null;
  address: string | null;
  areaCode: string;
}

export interface RosterFacts {
  id: Id;
  name: string;
  departmentId: Id;
  departmentName: string;
  groupCode: string | null;
  registersDeaths: boolean;
}

/** What only all rows together say, and a part of them is put together by. */
export interface Whole {
  /** By roster, the year from which its ages count. */
  years: [Id, number][];
  /** Keys that many rows share. */
  longKeys: readonly number[];
}

/** What a part of all rows is put together by. */
export interface Part extends Whole {
  /** Pairs of rows of which something was said or taken back. */
  pairs: readonly (readonly [Id, Id])[];
}

/** All that persons are made of besides rows; nothing else decides what comes out. */
export interface DeriveGround {
  today: PlainDate;
  areas: AreaNode[];
  aliases: AreaAlias[];
  rosters: RosterFacts[];
  columns: Map<string, RosterColumn[]>;
  hand: HandPerson[];
  answers: Answer[];
  /** What rows taught before; null to learn anew. */
  model: LinkageModel | null;
  /** Set where these are not all rows but some that hang together with no others. */
  part?: Part;
}

/** The rows of some persons, with all of their wordings. */
export interface RowsOfPersons {
  versions: readonly KeptVersion[];
  /** Which person each row founded, the first founded first. */
  founded: ReadonlyMap<Id, Id>;
}

export interface DerivedFact {
  field: number;
  value: number;
  since: PlainDate | null;
  until: PlainDate | null;
  /** The row that says so; null for what a worker wrote down. */
  sourceRowId: Id | null;
  departmentId: Id | null;
}

/** A place in a household. `key` names the household within the district. */
export interface DerivedSeat {
  key: string;
  isHead: boolean;
  relation: string;
  since: PlainDate | null;
  until: PlainDate | null;
  sourceRowId: Id;
  departmentId: Id;
}

/** What one row says of its person. */
export interface RowStatement {
  sourceRowId: Id;
  lineage: Id;
  rosterId: Id;
  departmentId: Id;
  since: PlainDate | null;
  until: PlainDate | null;
  said: StatedFields;
}

/** Fields as a row writes them, read but not judged; what it lacks is left out. */
export interface StatedFields {
  name?: string;
  idNumber?: string;
  sex?: string;
  birthDate?: string;
  telephone?: string;
  area?: string;
  address?: string;
  registered?: string;
}

export interface PersonPlan {
  /** Null: nobody yet; her first row founds her. */
  personId: Id | null;
  founder: Id | null;
  isHand: boolean;
  name: string;
  gender: 'female' | 'male' | 'unknown';
  birthDate: PlainDate | null;
  bornYear: number | null;
  idNumber: string | null;
  telephone: string | null;
  address: string | null;
  /** Null where no row says: then she is the district's. */
  areaCode: string | null;
  departmentIds: Id[];
  facts: DerivedFact[];
  seats: DerivedSeat[];
  statements: RowStatement[];
  /** Persons whose rows are hers now. */
  absorbs: Id[];
}

/** One of two rows that a person is asked about, as she sees it. */
export interface ShownRow {
  rosterName: string;
  departmentName: string;
  name: string;
  idNumber: string;
  sex: string;
  birthDate: string;
  telephone: string;
  area: string;
  address: string;
}

export interface QuestionPlan {
  a: Id;
  b: Id;
  score: number;
  evidence: Evidence[];
  areaCodes: [string | null, string | null];
  /** Set when both rows are of one department. */
  departmentId: Id | null;
  shown: [ShownRow, ShownRow];
}

/** What linking found: persons and questions follow from it, some at a time. */
export interface Linked {
  rows: number;
  /** Persons come in so many portions. */
  portions: number;
  /** What these rows taught; null where they were put together by what was taught before. */
  model: LinkageModel | null;
  whole: Whole;
  /** Rows that hang together; empty where they are a part. */
  connected: Id[][];
  /** Of a part: what was said is about an ID number that a row borrowed, which can concern rows that are not here. */
  concernsOthers: boolean;
}
