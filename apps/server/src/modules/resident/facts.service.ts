import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import { consentFor, type FactByHand, factsResting, readFactValue } from './facts.ts';
import { deleteNotedFacts, endFactRow, insertFact } from './facts.store.ts';
import { openColumn } from './identity.ts';
import { endConsentRow, listConsents } from './record.store.ts';
import { noteConsents, tellWithdrawal } from './record.service.ts';
import { noteFactsChanged } from './changed.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import { checkConsent, type ConsentForm, type ConsentPurpose } from './resident.ts';
import { endConsentedShare, lockPerson, type PersonRow } from './resident.store.ts';

/** What a worker found out himself. */
export interface NoteCommand {
  readonly personId: Id;
  readonly field: FactByHand;
  /** A listed code, a date, or yuan for money. */
  readonly value: string;
  readonly since: PlainDate | null;
  /** How she agreed to its being kept; null when that consent is on file. */
  readonly consentForm: ConsentForm | null;
  readonly consentNote: string;
}

async function hold(
  needs: ResidentNeeds,
  tx: Writing,
  personId: Id,
): Promise<{ person: PersonRow; box: Box }> {
  const person = await lockPerson(tx, personId);
  const box = (await needs.vault.findBoxes(tx, [personId])).get(personId);
  if (!person || person.erased_at || !box) throw new Refusal('person_not_in_area');
  return { person, box };
}

/**
 * Notes facts that a worker found out himself. Health, special status and what a child under 14 is are kept only on a
 * consent of their own, the child's from the guardian (PIPL 28-31). Refuses `person_not_in_area`, `fact_invalid`,
 * `fact_consent_required`, `consent_required`. Staff or system login.
 */
export async function noteFacts(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly NoteCommand[],
): Promise<number[]> {
  const ids: number[] = [];
  const today = dateInShanghai(tx.now);
  for (const command of commands) {
    const { person, box } = await hold(needs, tx, command.personId);
    const stored = readFactValue(command.field, command.value);
    if (!stored || (command.since ?? today) > today) throw new Refusal('fact_invalid', {}, 'value');
    const birthDate = openColumn(person, box, 'birth_date');
    const purpose = consentFor(command.field, birthDate, today);
    if (purpose) await holdConsent(needs, tx, { person, birthDate, purpose, command });
    ids.push(
      await insertFact(tx, {
        personId: person.id,
        areaId: person.area_id,
        ...stored,
        since: command.since,
      }),
    );
    tx.touched('person', person.id, `fact:${command.field}`);
  }
  await noteFactsChanged(
    tx,
    commands.map((command) => command.personId),
  );
  return ids;
}

/** A consent of that purpose is on file or is given now. */
async function holdConsent(
  needs: ResidentNeeds,
  tx: Writing,
  {
    person,
    birthDate,
    purpose,
    command,
  }: {
    person: PersonRow;
    birthDate: PlainDate | null;
    purpose: ConsentPurpose;
    command: NoteCommand;
  },
): Promise<void> {
  const given = await listConsents(tx, { personId: person.id });
  if (given.some((consent) => consent.purpose === purpose && consent.withdrawn_at === null)) return;
  if (command.consentForm === null) throw new Refusal('fact_consent_required', {}, 'consentForm');
  await noteConsent(needs, tx, {
    person,
    birthDate,
    purpose,
    form: command.consentForm,
    note: command.consentNote,
  });
}

async function noteConsent(
  needs: ResidentNeeds,
  tx: Writing,
  {
    person,
    birthDate,
    purpose,
    form,
    note,
  }: {
    person: PersonRow;
    birthDate: PlainDate | null;
    purpose: ConsentPurpose;
    form: ConsentForm;
    note: string;
  },
): Promise<Id> {
  checkConsent({ form, note, birthDate, byHerself: false }, tx.now);
  const areaId = person.area_id;
  const consent = { personId: person.id, accountId: null, areaId, purpose, form, note };
  const [id] = await noteConsents(needs, tx, [consent]);
  tx.touched('consent', id!);
  return id!;
}

/** Notes that a person (or her guardian) agreed to one purpose; refuses `person_not_in_area`, `consent_required`. */
export async function giveConsent(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; purpose: ConsentPurpose; form: ConsentForm; note: string },
): Promise<{ id: Id }> {
  return await needs.database.write(actor, 'resident.note_consent', async (tx) => {
    const { person, box } = await hold(needs, tx, command.personId);
    const birthDate = openColumn(person, box, 'birth_date');
    return { id: await noteConsent(needs, tx, { person, birthDate, ...command }) };
  });
}

/**
 * Notes that she took a consent back by word: what rested on it goes, as when she does it herself. Refuses
 * `person_not_in_area`, `not_found`.
 */
export async function endConsent(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; consentId: Id },
): Promise<void> {
  await needs.database.write(actor, 'resident.end_consent', async (tx) => {
    const { person } = await hold(needs, tx, command.personId);
    const consent = await endConsentRow(tx, command);
    if (!consent) throw new Refusal('not_found');
    if (consent.purpose === 'share_with_federation') await endConsentedShare(tx, person.id);
    tx.touched('consent', command.consentId);
    await tellWithdrawal(needs, tx, { ...consent, id: command.consentId });
  });
}

/** Ends a fact that a worker noted; refuses `person_not_in_area`, `not_found` (also for what a roster says). */
export async function endFact(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; factId: number },
): Promise<void> {
  await needs.database.write(actor, 'resident.end_fact', async (tx) => {
    const { person } = await hold(needs, tx, command.personId);
    const until = dateInShanghai(tx.now);
    const ended = await endFactRow(tx, { personId: person.id, id: command.factId, until });
    if (!ended) throw new Refusal('not_found');
    tx.touched('person', person.id, 'fact_ended');
    await noteFactsChanged(tx, [person.id]);
  });
}

/** A consent that was taken back takes with it what workers noted on it. */
export function consentConsumer(): Consumer {
  return {
    name: 'resident.consents',
    topics: ['resident.consent_withdrawn'],
    async consume(tx, events) {
      for (const { body } of events) {
        const { personId, purpose } = body as { personId: Id | null; purpose: string };
        const fields = factsResting(purpose);
        if (personId === null || fields.length === 0) continue;
        const gone = await deleteNotedFacts(tx, personId, fields);
        if (gone === 0) continue;
        tx.touched('person', personId, `consent_withdrawn:${purpose}`);
        await noteFactsChanged(tx, [personId]);
      }
    },
  };
}
