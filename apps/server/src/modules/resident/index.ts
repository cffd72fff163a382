import { dateInShanghai, type Id, type PlainDate } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { bindAccounts, type BindingCommand } from './binding.service.ts';
import { saveDerived, type DerivedPerson } from './derive.service.ts';
import {
  addPurposes,
  noteExchanges,
  type ExchangeCommand,
  type PurposeCommand,
} from './exchange.service.ts';
import { consentConsumer, noteFacts, type NoteCommand } from './facts.service.ts';
import { fileHandlers, purposeHandlers } from './file.routes.ts';
import { addMembers, createHouseholds, type MemberCommand } from './household.service.ts';
import { findHousehold } from './household.store.ts';
import { findMatches } from './search.service.ts';
import { readIdentities } from './identities.service.ts';
import { createPersons, readKnown } from './person.service.ts';
import {
  noteConsents,
  relativesOf,
  shareWithFederation,
  type ConsentCommand,
} from './record.service.ts';
import {
  derivedStates,
  otherStates,
  emptyFiles,
  keepStated,
  replaceDerived,
  statedByHand,
  type StatedPerson,
} from './derived.store.ts';
import { askRequest } from './my-data.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { residentHandlers } from './resident.routes.ts';
import type { KnownPerson, NewPerson, RequestKind, ShareBasis } from './resident.ts';
import { checkConsent } from './resident.ts';
import { readBound } from './resident.store.ts';

export { noteFactsChanged } from './changed.store.ts';
export type { DerivedFacts, DerivedState, StatedPerson } from './derived.store.ts';
export { maskName } from './masks.ts';
export type { ConsentCommand } from './record.service.ts';
export type { DerivedPerson } from './derive.service.ts';
export type {
  AidLine,
  DataSection,
  EntitlementLine,
  KeepingDuty,
  NeedLine,
  ResidentNeeds,
  SourceLine,
} from './resident.needs.ts';
export type { ConsentForm, ConsentPurpose, Identity, KnownPerson, NewPerson } from './resident.ts';
export type Resident = ReturnType<typeof createResident>;

/** Persons and their files; which account is bound to whom; what people see and ask of their own data. */
export function createResident(needs: ResidentNeeds) {
  return {
    handlers: residentHandlers(needs),
    fileHandlers: fileHandlers(needs),
    purposeHandlers: purposeHandlers(needs),
    consumers: [consentConsumer()],
    /** Opens files with the consent given; answers ids. Staff (own areas) or system login. */
    create: (tx: Writing, commands: readonly NewPerson[]): Promise<Id[]> =>
      createPersons(needs, tx, commands),
    /**
     * Opens or brings up to date the files of people that rosters name: identity, area, departments, search terms. Ids are
     * the caller's (`newPersonId`). Set-based; system login.
     */
    saveDerived: (tx: Writing, people: readonly DerivedPerson[]): Promise<void> =>
      saveDerived(needs, tx, people),
    /** Notes that data of people came in with a roster or went out on a list, with its legal basis (C-24). System login. */
    noteExchanges: (tx: Writing, commands: readonly ExchangeCommand[]): Promise<void> =>
      noteExchanges(needs, tx, commands),
    /** Allows departments named fields for named purposes. District office or system login. */
    addPurposes: (tx: Writing, commands: readonly PurposeCommand[]): Promise<Id[]> =>
      addPurposes(needs, tx, commands),
    /** Notes facts that a worker found out; refuses as the form does. Staff or system login. */
    noteFacts: (tx: Writing, commands: readonly NoteCommand[]): Promise<number[]> =>
      noteFacts(needs, tx, commands),
    /** Opens households by hand, each with its head; answers ids. Staff or system login. */
    createHouseholds: (
      tx: Writing,
      commands: readonly { personId: Id; since: PlainDate | null }[],
    ): Promise<Id[]> => createHouseholds(needs, tx, commands),
    /** Adds members to households put together by hand. Staff or system login. */
    addMembers: (tx: Writing, commands: readonly MemberCommand[]): Promise<void> =>
      addMembers(needs, tx, commands),
    /** Binds accounts to persons; refuses `person_not_in_area`, `already_bound`. Staff or system login. */
    bind: (tx: Writing, commands: readonly BindingCommand[]): Promise<void> =>
      bindAccounts(needs, tx, commands),
    /** Persons the caller may see, by id. */
    people: (tx: Scoped, personIds: readonly Id[]): Promise<Map<Id, KnownPerson>> =>
      readKnown(needs, tx, personIds),
    /** The person bound to each account, as far as the caller may see her; an account without is absent. */
    personsOf: (tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, Id>> =>
      readBound(tx, accountIds),
    /** The person bound to an account, or null: an account alone is never a person. */
    personOf: async (tx: Scoped, accountId: Id): Promise<Id | null> =>
      (await readBound(tx, [accountId])).get(accountId) ?? null,
    /** The household that an account's person lives in, else the person, else the account itself; system login. */
    householdOf: async (tx: Scoped, accountId: Id): Promise<Id> => {
      const personId = (await readBound(tx, [accountId])).get(accountId);
      if (!personId) return accountId;
      return (await findHousehold(tx, personId, dateInShanghai(tx.now))) ?? personId;
    },
    /** Puts a request about her own data on the desk of the asker's community; a person answers within 15 days. */
    ask: (actor: Actor, request: { kind: RequestKind; text: string }) =>
      askRequest(needs, actor, request),
    /** Which of the accounts must stand aside for one of the persons. */
    relativesOf,
    /** Notes consents after checking how they were given; refuses `consent_required`. */
    noteConsents: async (
      tx: Writing,
      commands: readonly (ConsentCommand & { birthDate?: string | null })[],
    ): Promise<Id[]> => {
      for (const { form, note, accountId, birthDate = null } of commands) {
        const byHerself = accountId !== null && accountId === tx.actor.accountId;
        checkConsent({ form, note, birthDate, byHerself }, tx.now);
      }
      return await noteConsents(needs, tx, commands);
    },
    /** Files as workers wrote them down, before any roster; system login. */
    statedByHand: (tx: Scoped, personIds: readonly Id[] | null): Promise<StatedPerson[]> =>
      statedByHand(needs, tx, personIds),
    /** Keeps that beside files into which rosters are about to be read; system login. */
    keepStated: (tx: Writing, persons: readonly StatedPerson[]): Promise<void> =>
      keepStated(needs, tx, persons),
    /** Hash, area and merging of every file; system login. */
    derivedStates,
    otherStates,
    /** Replaces facts and household places that follow from rows; system login. */
    replaceDerived,
    /** Takes from files what followed from rows that are another person's now, or nobody's; system login. */
    emptyFiles,
    /** What names people the caller may see, opened: for lists that go to whoever decides about them. */
    identities: (tx: Scoped, personIds: readonly Id[]) => readIdentities(needs, tx, personIds),
    /** Persons the caller may see whom a name, telephone or ID number means, six at most. */
    findByText: async (tx: Scoped, text: string): Promise<Id[]> =>
      (await findMatches(needs, tx, { text, limit: 6 })).rows.map((row) => row.id),
    /** Persons the caller may see whom an ID number means: two files may have the same. */
    findByIdNumber: async (tx: Scoped, idNumber: string): Promise<Id[]> =>
      (await findMatches(needs, tx, { text: idNumber, limit: 3 })).rows.map((row) => row.id),
    /** Lets the federation see persons, from consent or proposal on; refuses `person_not_in_area`. */
    shareWithFederation: (
      tx: Writing,
      commands: readonly { personId: Id; basis: ShareBasis }[],
    ): Promise<void> => shareWithFederation(tx, commands),
  };
}
