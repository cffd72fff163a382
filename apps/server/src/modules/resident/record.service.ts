import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  insertConsents,
  insertRelative,
  insertVisit,
  listTies,
  withdrawConsentRow,
  type listConsents,
  type listOpenings,
} from './record.store.ts';
import { listHouseholdTies } from './household.store.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import type { ConsentForm, ConsentPurpose, ShareBasis, VisitPurpose } from './resident.ts';
import { endConsentedShare, findPerson, insertShares, readPersons } from './resident.store.ts';

/** How somebody agreed to one purpose: a person on file, or an account no person is bound to. */
export interface ConsentCommand {
  readonly personId: Id | null;
  readonly accountId: Id | null;
  readonly areaId: number | null;
  readonly purpose: ConsentPurpose;
  readonly form: ConsentForm;
  readonly note: string;
}

/**
 * Notes consents, sealed with the key of whom they are of. The forms were checked by the caller
 * (`checkConsent`); the account bound to a person is put beside them, so that she sees them.
 */
export async function noteConsents(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly ConsentCommand[],
): Promise<Id[]> {
  if (commands.length === 0) return [];
  const owners = commands.map((command) => command.personId ?? command.accountId!);
  const boxes = await needs.vault.boxes(tx, owners);
  const persons = await readPersons(
    tx,
    commands.flatMap((command) => (command.accountId === null ? (command.personId ?? []) : [])),
  );
  const accountOf = new Map(persons.map((person) => [person.id, person.account_id]));
  const rows = commands.map((command, index) => ({
    id: needs.newId(),
    person_id: command.personId,
    account_id: command.accountId ?? accountOf.get(command.personId!) ?? null,
    area_id: command.areaId,
    purpose: command.purpose,
    form: command.form,
    note_sealed: command.note ? boxes.get(owners[index]!)!.seal(command.note) : null,
    given_at: tx.now,
    noted_by: tx.actor.accountId,
  }));
  await insertConsents(tx, rows);
  return rows.map((row) => row.id);
}

/** Consents as pages show them. */
export async function viewConsents(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: Awaited<ReturnType<typeof listConsents>>,
) {
  const names = await needs.access.names(
    tx,
    rows.flatMap((row) => row.noted_by ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose as ConsentPurpose,
    form: row.form as ConsentForm,
    givenAt: row.given_at.toISOString(),
    notedBy: (row.noted_by && names.get(row.noted_by)) ?? '',
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }));
}

/** Openings of fields as pages show them; a reason that can no longer be read is empty. */
export async function viewOpenings(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: Awaited<ReturnType<typeof listOpenings>>,
) {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.person_id),
  );
  const names = await needs.access.names(
    tx,
    rows.map((row) => row.by_account_id),
  );
  return rows.map((row) => ({
    at: row.at.toISOString(),
    byName: names.get(row.by_account_id) ?? '',
    field: row.field,
    reason: boxes.get(row.person_id)?.open(row.reason_sealed) ?? '',
  }));
}

/** Notes a home visit in the actor's areas; refuses `person_not_in_area`. Answers its id. */
export async function recordVisit(
  needs: ResidentNeeds,
  actor: Actor,
  visit: { personId: Id; purpose: VisitPurpose; visitedAt: string; note: string },
): Promise<{ id: Id }> {
  return await needs.database.write(actor, 'resident.record_visit', async (tx) => {
    const person = await findPerson(tx, visit.personId);
    if (!person || person.erased_at) throw new Refusal('person_not_in_area');
    const id = needs.newId();
    const box = (await needs.vault.boxes(tx, [person.id])).get(person.id)!;
    await insertVisit(tx, {
      id,
      person_id: person.id,
      account_id: person.account_id,
      area_id: person.area_id,
      purpose: visit.purpose,
      visited_at: visit.visitedAt,
      note_sealed: box.seal(visit.note),
      by_account_id: actor.accountId!,
    });
    tx.touched('person', person.id);
    tx.touched('visit', id);
    return { id };
  });
}

/** Declares that a person the actor may see is her relative; once is enough. Refuses `not_found`. */
export async function declareRelative(
  needs: ResidentNeeds,
  actor: Actor,
  tie: { personId: Id; relation: string },
): Promise<void> {
  await needs.database.write(actor, 'resident.declare_relative', async (tx) => {
    const person = await findPerson(tx, tie.personId);
    if (!person || person.erased_at) throw new Refusal('not_found');
    const box = (await needs.vault.boxes(tx, [tie.personId])).get(tie.personId)!;
    await insertRelative(tx, {
      account_id: actor.accountId!,
      person_id: tie.personId,
      relation_sealed: box.seal(tie.relation),
      declared_at: tx.now,
    });
    tx.touched('person', tie.personId);
  });
}

/**
 * Which of the accounts must stand aside for one of the persons: declared relatives, who lives in one household with her,
 * and the persons themselves.
 */
export async function relativesOf(
  tx: Scoped,
  accountIds: readonly Id[],
  personIds: readonly Id[],
): Promise<Set<Id>> {
  if (accountIds.length === 0 || personIds.length === 0) return new Set();
  const ties = await listTies(tx, accountIds, personIds);
  const on = dateInShanghai(tx.now);
  const households = await listHouseholdTies(tx, { accountIds, personIds, on });
  return new Set([...ties, ...households].map((tie) => tie.accountId));
}

/**
 * Lets the federation see persons, from their consent or the proposal on. Refuses
 * `person_not_in_area` for one the actor may not see herself. The federation's own login, which sees
 * only who is shared already, changes nothing.
 */
export async function shareWithFederation(
  tx: Writing,
  commands: readonly { personId: Id; basis: ShareBasis }[],
): Promise<void> {
  if (commands.length === 0) return;
  const persons = await readPersons(
    tx,
    commands.map((command) => command.personId),
  );
  const byId = new Map(persons.map((person) => [person.id, person]));
  if (commands.some((command) => !byId.has(command.personId)))
    throw new Refusal('person_not_in_area');
  if (tx.actor.login === 'federation') return;
  await insertShares(
    tx,
    commands.map(({ personId, basis }) => ({
      person_id: personId,
      basis,
      area_id: byId.get(personId)!.area_id,
      account_id: byId.get(personId)!.account_id,
      since: tx.now,
      by_account_id: tx.actor.accountId,
    })),
  );
  for (const { personId, basis } of commands) tx.touched('person', personId, `share:${basis}`);
}

/**
 * Withdraws one of the caller's consents; what the federation saw only because of it, it sees no more.
 * Others hear `resident.consent_withdrawn`. Refuses `not_found`.
 */
export async function withdrawConsent(
  needs: ResidentNeeds,
  actor: Actor,
  consentId: Id,
): Promise<void> {
  await needs.database.write(actor, 'resident.withdraw_consent', async (tx) => {
    const consent = await withdrawConsentRow(tx, consentId, actor.accountId!);
    if (!consent) throw new Refusal('not_found');
    if (consent.purpose === 'share_with_federation' && consent.personId !== null)
      await endConsentedShare(tx, consent.personId);
    tx.touched('consent', consentId);
    await tellWithdrawal(needs, tx, { ...consent, id: consentId });
  });
}

/** Others hear that a consent was taken back. */
export async function tellWithdrawal(
  needs: ResidentNeeds,
  tx: Writing,
  consent: { id: Id; personId: Id | null; purpose: string; areaId: number | null },
): Promise<void> {
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'resident.consent_withdrawn',
      subjectKind: 'consent',
      subjectId: consent.id,
      areaId: consent.areaId,
      body: { personId: consent.personId, purpose: consent.purpose },
    },
  ]);
}
