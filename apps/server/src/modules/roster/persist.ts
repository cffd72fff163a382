import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { meanwhile } from '../../platform/meanwhile.ts';
import type { StatedPerson } from '../resident/index.ts';
import type { HandPerson, PersonPlan } from './derive.types.ts';
import { insertFounded, replaceRowPersons } from './link.store.ts';
import { personsOfRows } from './part.store.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** A person who is somebody by now, with a hash of all that follows from her rows. */
type Known = PersonPlan & { personId: Id; hash: Buffer; isNew: boolean };

/** Rows that were put together: all, or these; and files opened by hand among them. */
interface Scope {
  hand: readonly HandPerson[];
  lineages: readonly Id[] | null;
}

/**
 * Writes down what linking found, portion by portion: new files, changed ones, whose row is whose; and at the end files whose
 * rows are another's now. Who has not changed is not written. System login.
 */
export class Persons {
  /** Persons there are. */
  count = 0;
  /** Of them new ones. */
  newCount = 0;
  readonly #needs: RosterNeeds;
  readonly #tx: Writing;
  readonly #scope: Scope;
  /** Those who were made of these rows before; null where these are all rows. */
  #before: readonly Id[] | null = null;
  readonly #present: Id[] = [];
  readonly #into = new Map<Id, Id>();

  private constructor(needs: RosterNeeds, tx: Writing, scope: Scope) {
    this.#needs = needs;
    this.#tx = tx;
    this.#scope = scope;
  }

  static async of(needs: RosterNeeds, tx: Writing, scope: Scope): Promise<Persons> {
    const persons = new Persons(needs, tx, scope);
    if (scope.lineages) persons.#before = await personsOfRows(tx, scope.lineages);
    return persons;
  }

  /** Writes some persons. */
  async save(plans: readonly PersonPlan[]): Promise<void> {
    const [needs, tx] = [this.#needs, this.#tx];
    const states = await needs.resident.derivedStates(
      tx,
      plans.flatMap(({ personId }) => personId ?? []),
    );
    const known = plans.map((plan) => knownOf(needs, plan, states));
    const changed = known.filter(({ personId, hash }) => {
      const state = states.get(personId);
      return !state?.hash?.equals(hash) || state.mergedInto !== null;
    });
    await keepStated(needs, tx, { changed, hand: this.#scope.hand });
    if (changed.length > 0) await savePersons(needs, tx, changed);
    const founded = known.flatMap(({ founder, personId }) =>
      founder === null ? [] : [{ lineage: founder, personId }],
    );
    await insertFounded(tx, founded);
    this.count += known.length;
    this.newCount += founded.length;
    for (const { personId, absorbs } of known) {
      this.#present.push(personId);
      for (const id of absorbs) this.#into.set(id, personId);
    }
  }

  /** Files whose rows are somebody else's now point to her; files that no row speaks of any more are emptied. */
  async emptyOthers(): Promise<void> {
    const [needs, tx, into] = [this.#needs, this.#tx, this.#into];
    const states = await needs.resident.otherStates(tx, {
      among: this.#before,
      present: this.#present,
    });
    const empty = [...states]
      .filter(([id, { hash }]) => into.has(id) || hash !== null)
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
}

function knownOf(needs: RosterNeeds, plan: PersonPlan, states: ReadonlyMap<Id, unknown>): Known {
  const { personId, founder: _, absorbs: __, ...rest } = plan;
  const hash = needs.vault.hash('derived_person', JSON.stringify(rest));
  const isNew = personId === null || !states.has(personId);
  return { ...plan, personId: personId ?? needs.newPersonId(), hash, isNew };
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
      isNew: one.isNew,
    })),
  );
  const boxes = await needs.vault.boxes(tx, ids);
  const replacing = needs.resident.replaceDerived(
    tx,
    persons.map(({ personId, isNew, facts, seats }) => ({
      id: personId,
      isNew,
      facts,
      seats: seats.map(({ key, ...seat }) => ({
        ...seat,
        numberHash: needs.vault.hash('household', key === 'alone' ? `alone ${personId}` : key),
      })),
    })),
  );
  const sealing = meanwhile(() =>
    persons.flatMap(({ personId, statements }) =>
      statements.map(({ said, ...statement }) => ({
        ...statement,
        personId,
        sealed: boxes.get(personId)!.seal(JSON.stringify(said)),
      })),
    ),
  );
  const [, rows] = await Promise.all([replacing, sealing]);
  await replaceRowPersons(tx, ids, rows);
}

/** A file that was emptied before keeps a hash of one byte. */
function isEmptied(hash: Buffer | null): boolean {
  return hash?.length === 1;
}
