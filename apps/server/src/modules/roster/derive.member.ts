import type { Id } from '@wennuan/basics';
import type { AreaBook, RosterRow, RowFacts } from '@wennuan/linkage';
import type { DeriveGround, HandPerson, RosterFacts, RowVersion } from './derive.types.ts';

/** One row (or hand-opened file) of a person, read. Exactly one of `version` and `hand` is set. */
export interface Member {
  facts: RowFacts;
  row: RosterRow;
  version: RowVersion | null;
  roster: RosterFacts | null;
  hand: HandPerson | null;
}

export interface DeriveContext {
  input: DeriveGround;
  areas: AreaBook;
  rosterOf: ReadonlyMap<Id, RosterFacts>;
  versionsOf: ReadonlyMap<Id, RowVersion[]>;
  levelOf: ReadonlyMap<string, string>;
  /** Which person each row founded. */
  founded: ReadonlyMap<Id, Id>;
  /** Place of a person in the order in which persons were founded. */
  foundedPlace: ReadonlyMap<Id, number>;
}

/** Lists of things by key, in the order in which they came. */
export function groupBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
