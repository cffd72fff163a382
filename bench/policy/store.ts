import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { FACT_TABLES } from '../../packages/policy/src/index.ts';
import { type MadeFact, type MadePerson, madePerson } from './people.ts';

const CHUNK = 5_000;

/**
 * Loads so many generated people as imports would leave them: first what is known of everybody, then roster by roster,
 * so that the rows of one person lie apart. Indexes come last.
 */
export async function loadPeople(sql: pg.Client, count: number): Promise<void> {
  const statements = FACT_TABLES.split(';').map((statement) => statement.trim());
  const indexes = statements.filter((statement) => statement.startsWith('create index'));
  for (const statement of statements.filter((one) => one.startsWith('create table'))) {
    await sql.query(statement);
  }
  await sql.query(`create unlogged table result (
    policy int not null, person_id uuid not null, household_id uuid, amount bigint not null, held bigint not null)`);
  await copy(
    sql,
    'person_fact',
    rows(count, (one) => factRows(one.id, one.base)),
  );
  await copy(
    sql,
    'person_fact',
    rows(count, (one) => factRows(one.id, one.rosters)),
  );
  await copy(sql, 'household_member', rows(count, householdRow));
  for (const statement of indexes) await sql.query(statement);
  for (const table of ['person_fact', 'household_member']) {
    await sql.query(`vacuum analyze ${table}`);
  }
}

/** People in an order that has nothing to do with their ids: every number once, a prime step apart. */
export function* shuffled(count: number): Generator<number> {
  const step = 7_368_787;
  for (let at = 0; at < count; at += 1) yield (at * step) % count;
}

function* rows(count: number, text: (person: MadePerson) => string): Generator<string> {
  let chunk: string[] = [];
  for (const number of shuffled(count)) {
    chunk.push(text(madePerson(number)));
    if (chunk.length < CHUNK) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}

function factRows(id: string, facts: readonly MadeFact[]): string {
  return facts
    .map(
      ({ field, value, since, until }) =>
        `${id}\t${field}\t${value}\t${since ?? '\\N'}\t${until ?? '\\N'}\n`,
    )
    .join('');
}

function householdRow({ id, household }: MadePerson): string {
  return household === null ? '' : `${household.id}\t${id}\t${household.isHead}\t\\N\t\\N\n`;
}

async function copy(sql: pg.Client, table: string, chunks: Generator<string>): Promise<void> {
  await pipeline(Readable.from(chunks), sql.query(copyFrom(`copy ${table} from stdin`)));
}
