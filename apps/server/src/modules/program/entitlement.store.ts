import type { Id, PlainDate } from '@wennuan/basics';
import { type Member, type Person, readFacts } from '@wennuan/policy';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

interface Row {
  personId: Id;
  householdId: Id | null;
  isHead: boolean | null;
  field: number | null;
  value: number | null;
  since: PlainDate | null;
  until: PlainDate | null;
  departmentId: Id | null;
  notedAt: Date | null;
}

/** Who says a fact, and since when it is on file. */
export interface FactSource {
  field: number;
  since: PlainDate | null;
  until: PlainDate | null;
  departmentId: Id | null;
  notedAt: Date;
}

export interface EntitledPerson {
  person: Person;
  /** Other households she is in, whose benefits may come to her too. */
  otherHouseholds: readonly (readonly Member[])[];
  sources: readonly FactSource[];
}

/**
 * A person as policies see her, with her households on a day; null where the caller may not see her. For a worker in whose
 * areas she lives and for herself; the database's own function gives no more.
 */
export async function readEntitled(
  tx: Scoped,
  personId: Id,
  on: PlainDate,
): Promise<EntitledPerson> {
  const { rows } =
    await sql<Row>`select person_id as "personId", household_id as "householdId", is_head as "isHead",
    field, value, since, until, department_id as "departmentId", noted_at as "notedAt"
    from entitlement_facts(${personId}::uuid)`.execute(tx.db);
  const facts = rows.filter((row) => row.field !== null);
  const factsOf = (id: Id) =>
    readFacts(
      facts
        .filter((row) => row.personId === id)
        .map(({ field, value, since, until }) => ({ field: field!, value: value!, since, until })),
    );
  const seats = rows.filter((row) => row.householdId !== null && isOn(row, on));
  const homes = [
    ...new Set(seats.filter((row) => row.personId === personId).map((row) => row.householdId!)),
  ].toSorted();
  const households = homes.map((home) =>
    seats
      .filter((row) => row.householdId === home)
      .map((row) => ({
        personId: row.personId,
        isHead: row.isHead === true,
        facts: factsOf(row.personId),
      })),
  );
  return {
    person: { personId, facts: factsOf(personId), household: households[0] ?? null },
    otherHouseholds: households.slice(1),
    sources: facts
      .filter((row) => row.personId === personId)
      .map(({ field, since, until, departmentId, notedAt }) => ({
        field: field!,
        since,
        until,
        departmentId,
        notedAt: notedAt!,
      })),
  };
}

function isOn({ since, until }: Row, on: PlainDate): boolean {
  return (since === null || since <= on) && (until === null || on < until);
}
