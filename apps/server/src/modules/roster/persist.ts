import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { DerivedState, StatedPerson } from '../resident/index.ts';
import type { Derivation, HandPerson, PersonPlan } from './derive.types.ts';
import { insertFounded, replaceRowPersons } from './link.store.ts';
import { personsOfRows } from './part.store.ts';
import { saveQuestions } from './review.store.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** Persons written at once: what is sealed and on its way to the database stays small. */
const PERSONS_AT_ONCE = 2_000;

/** A person who is somebody by now, with a hash of all that follows from her rows. */
type Known = PersonPlan & { personId: Id; hash: Buffer };

/** What linking found, of all rows or of these. */
interface Found {
  derivation: Derivation;
  hand: readonly HandPerson[];
  lineages?: readonly Id[] | null;
}

/**
 * Writes down what linking found: new files, changed ones, files whose rows are another's now, whose row is whose, and
 * questions. Who has not changed is not written. System login.
 */
export async function persist(
  needs: RosterNeeds,
  tx: Writing,
  { derivation, hand, lineages = null }: Found,
): Promise<{ persons: number; newPersons: number }> {
  const states = await needs.resident.derivedStates(
    tx,
    lineages && (await personsOfRows(tx, lineages)),
  );
  const known = derivation.persons.map((plan) => knownOf(needs, plan));
  const founded = known.filter(({ founder }) => founder !== null);
  const changed = known.filter(({ personId, hash }) => {
    const state = states.get(personId);
    return !state?.hash?.equals(hash) || state.mergedInto !== null;
  });
  await keepStated(needs, tx, { changed, hand });
  for (let start = 0; start < changed.length; start += PERSONS_AT_ONCE)
    await savePersons(needs, tx, changed.slice(start, start + PERSONS_AT_ONCE));
  await insertFounded(
    tx,
    founded.map(({ founder, personId }) => ({ lineage: founder!, personId })),
  );
  await emptyOthers(needs, tx, { known, states });
  await saveQuestions(needs, tx, { questions: derivation.questions, lineages });
  return { persons: known.length, newPersons: founded.length };
}

function knownOf(needs: RosterNeeds, plan: PersonPlan): Known {
  const { personId, founder: _, absorbs: __, ...rest } = plan;
  const hash = needs.vault.hash('derived_person', JSON.stringify(rest));
  return { ...plan, personId: personId ?? needs.newPersonId(), hash };
}

async function keepStated(
  needs: RosterNeeds,
  tx: Writing,
  { changed, hand }: { changed: readonly Known[]; hand: readonly HandPerson[] },
): Promise<void> {
  const written = new Set(changed.filter(({ isHand }) => isHand).map(({ personId }) => personId));
  const absorbed = new Set(changed.flatMap(({ absorbs }) => absorbs));
  const stated = hand
    .filter(({ personId }) => written.has(personId) || absorbed.has(personId))
    .map(({ personId, areaCode, ...identity }): StatedPerson => {
      const areaId = needs.place.areaByCode(areaCode).id;
      return { id: personId, identity, areaId };
    });
  await needs.resident.keepStated(tx, stated);
}

async function savePersons(
  needs: RosterNeeds,
  tx: Writing,
  persons: readonly Known[],
): Promise<void> {
  const ids = persons.map(({ personId }) => personId);
  const district = needs.place.district()!;
  await needs.resident.saveDerived(
    tx,
    persons.map((one) => ({
      id: one.personId,
      identity: one,
      areaId: one.areaCode === null ? district.id : needs.place.areaByCode(one.areaCode).id,
      departmentIds: one.departmentIds,
      derivedHash: one.hash,
    })),
  );
  await needs.resident.replaceDerived(
    tx,
    persons.map(({ personId, facts, seats }) => ({
      id: personId,
      facts,
      seats: seats.map(({ key, ...seat }) => ({
        ...seat,
        numberHash: needs.vault.hash('household', key === 'alone' ? `alone ${personId}` : key),
      })),
    })),
  );
  const boxes = await needs.vault.boxes(tx, ids);
  const rows = persons.flatMap(({ personId, statements }) =>
    statements.map(({ said, ...statement }) => ({
      ...statement,
      personId,
      sealed: boxes.get(personId)!.seal(JSON.stringify(said)),
    })),
  );
  await replaceRowPersons(tx, ids, rows);
}

/** Files whose rows are somebody else's now point to her; files that no row speaks of any more are emptied. */
async function emptyOthers(
  needs: RosterNeeds,
  tx: Writing,
  { known, states }: { known: readonly Known[]; states: ReadonlyMap<Id, DerivedState> },
): Promise<void> {
  const present = new Set(known.map(({ personId }) => personId));
  const into = new Map(
    known.flatMap(({ personId, absorbs }) => absorbs.map((id) => [id, personId] as const)),
  );
  const empty = [...states]
    .filter(([id, { hash }]) => !present.has(id) && (into.has(id) || hash !== null))
    .filter(
      ([id, { hash, mergedInto }]) => (into.get(id) ?? null) !== mergedInto || !isEmptied(hash),
    )
    .map(([id]) => ({ id, into: into.get(id) ?? null }));
  if (empty.length === 0) return;
  await needs.resident.emptyFiles(tx, empty);
  await replaceRowPersons(
    tx,
    empty.map(({ id }) => id),
    [],
  );
}

/** A file that was emptied before keeps a hash of one byte. */
function isEmptied(hash: Buffer | null): boolean {
  return hash?.length === 1;
}
