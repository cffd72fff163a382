import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { RouteOutput } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { sealIdentity } from './identity.ts';
import type { Gender } from './id-number.ts';
import { buildingOf, maskName } from './masks.ts';
import { noteConsents } from './record.service.ts';
import type { ResidentNeeds } from './resident.needs.ts';
import {
  checkConsent,
  checkIdentity,
  type Identity,
  type KnownPerson,
  type NewPerson,
} from './resident.ts';
import { findPerson, insertPersons, readPersons, type PersonRow } from './resident.store.ts';
import { insertTerms } from './search.store.ts';
import { termNumber, termsOf } from './terms.ts';

export type PersonView = RouteOutput<typeof routes.resident.createPerson>;

/** What stands for a name that can no longer be read. */
const ERASED = '已删除';

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
  );
  await insertTerms(
    tx,
    identities.flatMap((identity, index) =>
      termsOf(identity).map((term) => ({
        term: termNumber(needs.vault, term),
        personId: ids[index]!,
      })),
    ),
    new Map(ids.map((id, index) => [id, commands[index]!.areaId])),
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

/** Persons as lists show them: masked, an erased one without a name. */
export async function viewPersons(
  needs: ResidentNeeds,
  tx: Scoped,
  rows: readonly PersonRow[],
): Promise<PersonView[]> {
  const boxes = await needs.vault.findBoxes(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const box = row.erased_at ? undefined : boxes.get(row.id);
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
    if (!box || row.erased_at) continue;
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
