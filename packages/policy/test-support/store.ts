import pg from 'pg';
import { emptyDatabase } from '../../../tooling/test-database.ts';
import {
  type Candidate,
  FACT_TABLES,
  type Person,
  type Plan,
  readRow,
  type ResultRow,
} from '../src/index.ts';
import { storedNumber } from '../src/facts.ts';

/** The fact tables on a real PostgreSQL of a test's own. */
export interface Store {
  sql: pg.Client;
  put(people: readonly Person[]): Promise<void>;
  run(plan: Plan): Promise<Candidate[]>;
  close(): Promise<void>;
}

/** An empty store. */
export async function openStore(): Promise<Store> {
  const database = await emptyDatabase();
  const sql = new pg.Client({ connectionString: database.ownerUrl });
  await sql.connect();
  await sql.query(FACT_TABLES);
  return {
    sql,
    put: (people) => put(sql, people),
    run: async (plan) =>
      (await sql.query<ResultRow>(plan.text, plan.values)).rows.map((row) => readRow(plan, row)),
    close: async () => {
      await sql.end();
      await database.drop();
    },
  };
}

async function put(sql: pg.Client, people: readonly Person[]): Promise<void> {
  const facts = people.flatMap(({ personId, facts: own }) =>
    own.map((fact) => ({ personId, ...fact })),
  );
  await sql.query(
    `insert into person_fact select * from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::date[], $5::date[])`,
    [
      facts.map(({ personId }) => personId),
      facts.map(({ field }) => storedNumber(field)),
      facts.map(({ value }) => value),
      facts.map(({ since }) => since),
      facts.map(({ until }) => until),
    ],
  );
  const seats = people.flatMap(({ personId, household }) => {
    if (household === null) return [];
    const ids = household.map((member) => member.personId).toSorted();
    const isHead = household.some((member) => member.personId === personId && member.isHead);
    return [{ personId, householdId: householdIdOf(ids[0]!), isHead }];
  });
  await sql.query(
    'insert into household_member select * from unnest($1::uuid[], $2::uuid[], $3::boolean[])',
    [
      seats.map(({ householdId }) => householdId),
      seats.map(({ personId }) => personId),
      seats.map(({ isHead }) => isHead),
    ],
  );
}

/** The household of tests whose member with the lowest id is that one. */
export function householdIdOf(lowest: string): string {
  return lowest.replace(/^0/, 'f');
}
