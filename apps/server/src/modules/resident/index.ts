import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { bindAccounts, type BindingCommand } from './binding.service.ts';
import { createPersons, readKnown } from './person.service.ts';
import {
  noteConsents,
  relativesOf,
  shareWithFederation,
  type ConsentCommand,
} from './record.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { residentHandlers } from './resident.routes.ts';
import type { KnownPerson, NewPerson, ShareBasis } from './resident.ts';
import { checkConsent } from './resident.ts';
import { readBound } from './resident.store.ts';

export { noteFactsChanged } from './changed.store.ts';
export { maskName } from './masks.ts';
export type { ConsentCommand } from './record.service.ts';
export type { DataSection, NeedLine, ResidentNeeds } from './resident.needs.ts';
export type { ConsentForm, ConsentPurpose, KnownPerson, NewPerson } from './resident.ts';
export type Resident = ReturnType<typeof createResident>;

/** Persons and their files; which account is bound to whom; what people see and ask of their own data. */
export function createResident(needs: ResidentNeeds) {
  return {
    handlers: residentHandlers(needs),
    /** Opens files with the consent given; answers ids. Staff (own areas) or system login. */
    create: (tx: Writing, commands: readonly NewPerson[]): Promise<Id[]> =>
      createPersons(needs, tx, commands),
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
    /** Lets the federation see persons, from consent or proposal on; refuses `person_not_in_area`. */
    shareWithFederation: (
      tx: Writing,
      commands: readonly { personId: Id; basis: ShareBasis }[],
    ): Promise<void> => shareWithFederation(tx, commands),
  };
}
