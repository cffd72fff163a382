import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { RouteOutput } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Box } from '../../platform/vault.ts';
import type { Gender } from './id-number.ts';
import { buildingOf, maskAddress, maskBirthDate, maskIdNumber, maskName } from './masks.ts';
import { listConsents, listOpenings, listVisits, insertOpening } from './record.store.ts';
import { viewConsents, viewOpenings, noteConsents } from './record.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import {
  checkConsent,
  checkIdentity,
  hasReason,
  termsOf,
  termsTyped,
  type Identity,
  type KnownPerson,
  type NewPerson,
  type SensitiveField,
} from './resident.ts';
import {
  findPerson,
  insertPersons,
  listPersons,
  readPersons,
  type PersonRow,
} from './resident.store.ts';

type PersonView = RouteOutput<typeof routes.resident.createPerson>;
type PersonFile = RouteOutput<typeof routes.resident.readPerson>;

/** What stands for a name that can no longer be read. */
const ERASED = '—';

/**
 * Opens files of persons met at a door or counter, with the consent that was given. Refuses
 * `area_unknown` outside the actor's areas, `id_number_invalid`, `born_in_future`,
 * `telephone_invalid`, `consent_required`. Staff or system login; answers the ids.
 */
export async function createPersons(
  needs: ResidentNeeds,
  tx: Writing,
  commands: readonly NewPerson[],
): Promise<Id[]> {
  const ids = commands.map(() => needs.newPersonId());
  const identities = commands.map((command) => checkNew(needs, tx, command));
  const boxes = await needs.vault.boxes(tx, ids);
  await insertPersons(
    tx,
    identities.map((identity, index) => ({
      id: ids[index]!,
      area_id: commands[index]!.areaId,
      ...sealIdentity(identity, boxes.get(ids[index]!)!),
      created_at: tx.now,
      created_by: tx.actor.accountId,
    })),
    identities.flatMap((identity, index) =>
      termsOf(identity).map(({ kind, text }) => ({
        term: needs.vault.hash(kind, text),
        person_id: ids[index]!,
        area_id: commands[index]!.areaId,
      })),
    ),
  );
  await noteConsents(
    needs,
    tx,
    commands.map((command, index) => ({
      personId: ids[index]!,
      accountId: null,
      areaId: command.areaId,
      purpose: 'need_handling',
      form: command.consentForm,
      note: command.consentNote,
    })),
  );
  for (const id of ids) tx.touched('person', id);
  return ids;
}

function checkNew(needs: ResidentNeeds, tx: Writing, command: NewPerson): Identity {
  if (tx.actor.login !== 'system' && !tx.actor.areaIds.includes(command.areaId))
    throw new Refusal('area_unknown', {}, 'areaCode');
  const identity = checkIdentity(command, tx.now, needs.access.telephoneKey);
  const { birthDate } = identity;
  const consent = { form: command.consentForm, note: command.consentNote };
  checkConsent({ ...consent, birthDate, byHerself: false }, tx.now);
  return identity;
}

/** An identity as its row holds it: coded facts plain, the rest sealed. */
function sealIdentity(identity: Identity, box: Box) {
  const sealed = (text: string | null) => (text === null ? null : box.seal(text));
  return {
    gender: identity.gender,
    born_year: identity.birthDate ? Number(identity.birthDate.slice(0, 4)) : null,
    name_sealed: box.seal(identity.name),
    telephone_sealed: sealed(identity.telephone),
    id_number_sealed: sealed(identity.idNumber),
    address_sealed: sealed(identity.address),
    birth_date_sealed: sealed(identity.birthDate),
  };
}

/** Opens one file, as the form does; a person lives in a community. */
export async function createPerson(
  needs: ResidentNeeds,
  actor: Actor,
  input: Omit<NewPerson, 'areaId'> & { areaCode: string },
): Promise<PersonView> {
  const area = needs.place.areaByCode(input.areaCode);
  if (area.level !== 'community') throw new Refusal('area_unknown', {}, 'areaCode');
  return await needs.database.write(actor, 'resident.create_person', async (tx) => {
    const [id] = await createPersons(needs, tx, [{ ...input, areaId: area.id }]);
    const [view] = await viewPersons(needs, tx, [(await findPerson(tx, id!))!]);
    return view!;
  });
}

/** Persons of the actor's areas; `text` finds a whole name, telephone or ID number. */
export async function findPersons(
  needs: ResidentNeeds,
  actor: Actor,
  search: { text?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: PersonView[]; next: Id | null }> {
  const terms = search.text
    ? termsTyped(search.text).map(({ kind, text }) => needs.vault.hash(kind, text))
    : null;
  return await needs.database.read(actor, async (tx) => {
    const rows = await listPersons(tx, { terms, after: search.after, limit: search.limit });
    const shown = rows.slice(0, search.limit);
    return {
      items: await viewPersons(needs, tx, shown),
      next: rows.length > search.limit ? shown.at(-1)!.id : null,
    };
  });
}

async function viewPersons(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: readonly PersonRow[],
): Promise<PersonView[]> {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const box = boxes.get(row.id);
    return {
      id: row.id,
      maskedName: box ? maskName(box.open(row.name_sealed)) : ERASED,
      area: needs.place.ref(row.area_id),
      bornYear: row.born_year,
      hasAccount: row.account_id !== null,
    };
  });
}

/** Persons by id as other modules know them, as far as the caller may see them; erased ones are absent. */
export async function readKnown(
  needs: ResidentNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<Map<Id, KnownPerson>> {
  const rows = await readPersons(tx, ids);
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  const known = new Map<Id, KnownPerson>();
  for (const row of rows) {
    const box = boxes.get(row.id);
    if (!box) continue;
    const name = box.open(row.name_sealed);
    known.set(row.id, {
      id: row.id,
      name,
      maskedName: maskName(name),
      gender: row.gender as Gender,
      bornYear: row.born_year,
      areaId: row.area_id,
      building: row.address_sealed ? buildingOf(box.open(row.address_sealed)) : null,
      accountId: row.account_id,
    });
  }
  return known;
}

/** One person's file with everything personal masked; refuses `person_not_in_area`. */
export async function readPersonFile(
  needs: ResidentNeeds,
  actor: Actor,
  personId: Id,
): Promise<PersonFile> {
  return await needs.database.read(actor, async (tx) => {
    const row = await findPerson(tx, personId);
    const box = (await needs.vault.findBoxes(tx, [personId])).get(personId);
    if (!row || !box) throw new Refusal('person_not_in_area');
    const [view] = await viewPersons(needs, tx, [row]);
    const masked = (sealed: Buffer | null, mask: (text: string) => string) =>
      sealed ? mask(box.open(sealed)) : null;
    const visits = await listVisits(tx, { personId });
    const names = await needs.access.names(
      tx,
      visits.map((visit) => visit.by_account_id),
    );
    return {
      ...view!,
      masked: {
        telephone: masked(row.telephone_sealed, needs.access.maskTelephone),
        idNumber: masked(row.id_number_sealed, maskIdNumber),
        address: masked(row.address_sealed, maskAddress),
        birthDate: masked(row.birth_date_sealed, maskBirthDate),
      },
      gender: row.gender as Gender,
      consents: await viewConsents(needs, tx, await listConsents(tx, { personId })),
      visits: visits.map((visit) => ({
        id: visit.id,
        visitedAt: visit.visited_at.toISOString(),
        purpose: visit.purpose,
        byName: names.get(visit.by_account_id) ?? '',
        note: box.open(visit.note_sealed),
      })),
      needs: (await needs.needsOf?.(tx, personId)) ?? [],
      opened: await viewOpenings(needs, tx, await listOpenings(tx, { personId })),
    };
  });
}

const SEALED_COLUMN: Record<SensitiveField, keyof PersonRow> = {
  name: 'name_sealed',
  telephone: 'telephone_sealed',
  id_number: 'id_number_sealed',
  address: 'address_sealed',
  birth_date: 'birth_date_sealed',
};

/** What is in a field of a person, opened with her key. */
export function openColumn(row: PersonRow, box: Box, field: SensitiveField): string | null {
  const sealed = row[SEALED_COLUMN[field]] as Buffer | null;
  return sealed ? box.open(sealed) : null;
}

/**
 * Opens one field. Who, when and why stays in the file for the person to see; the audit names the field
 * but not the reason, which may itself be personal. Refuses `reason_required`, `person_not_in_area`.
 */
export async function openField(
  needs: ResidentNeeds,
  actor: Actor,
  command: { personId: Id; field: SensitiveField; reason: string },
): Promise<{ value: string | null }> {
  if (!hasReason(command.reason)) throw new Refusal('reason_required', {}, 'reason');
  return await needs.database.write(actor, 'resident.open_field', async (tx) => {
    const row = await findPerson(tx, command.personId);
    const box = (await needs.vault.findBoxes(tx, [command.personId])).get(command.personId);
    if (!row || !box) throw new Refusal('person_not_in_area');
    await insertOpening(tx, {
      id: needs.newId(),
      person_id: row.id,
      account_id: row.account_id,
      area_id: row.area_id,
      field: command.field,
      reason_sealed: box.seal(command.reason),
      at: tx.now,
      by_account_id: actor.accountId!,
    });
    tx.touched('person', row.id, command.field);
    return { value: openColumn(row, box, command.field) };
  });
}
