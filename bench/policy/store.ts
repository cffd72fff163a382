import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { FACT_TABLES } from '../../packages/policy/src/index.ts';
import { type MadeFact, type MadePerson, madePerson } from './people.ts';

const CHUNK = 5_000;

/** Where rows go: a connection for each, so that what is known of everybody and what rosters say lie apart. */
const STREAMS = [
  ['person_fact', (one: MadePerson) => factRows(one.id, one.base)],
  ['person_fact', (one: MadePerson) => factRows(one.id, one.rosters)],
  ['household_member', householdRow],
] as const;

/**
 * Loads so many generated people as imports would leave them: what is known of everybody apart from what rosters say, in no
 * order, so that the rows of one person lie apart. Each person is made once; indexes come last.
 */
export async function loadPeople(
  sql: pg.Client,
  count: number,
  { connect, log }: { connect: () => Promise<pg.Client>; log: (line: string) => void },
): Promise<void> {
  const statements = FACT_TABLES.split(';').map((statement) => statement.trim());
  const indexes = statements.filter((statement) => statement.startsWith('create index'));
  for (const statement of statements.filter((one) => one.startsWith('create table'))) {
    await sql.query(statement);
  }
  await sql.query(`create unlogged table result (
    policy int not null, person_id uuid not null, household_id uuid, amount bigint not null, held bigint not null)`);
  const clients = await Promise.all(STREAMS.map(connect));
  const copies = STREAMS.map(([table], place) =>
    clients[place]!.query(copyFrom(`copy ${table} from stdin`)),
  );
  const ended = copies.map((copy) => finished(copy));
  let made = 0;
  for (const chunk of chunked(count)) {
    await Promise.all(
      STREAMS.map(([, text], place) => written(copies[place]!, chunk.map(text).join(''))),
    );
    made += chunk.length;
    if (made % 200_000 === 0 && made < count) log(`made ${made} of ${count} people`);
  }
  for (const copy of copies) copy.end();
  await Promise.all(ended);
  for (const client of clients) await client.end();
  log(`made ${count} people; indexes next`);
  for (const statement of indexes) await sql.query(statement);
  for (const table of ['person_fact', 'household_member']) {
    await sql.query(`vacuum analyze ${table}`);
  }
}

async function written(copy: Writable, text: string): Promise<void> {
  if (text !== '' && !copy.write(text)) await once(copy, 'drain');
}

/** PostgreSQL's number of the type uuid. */
const UUID = 2950;

/**
 * Ids as the value of a `uuid[]` the way PostgreSQL keeps them, which a client sends as it is: the application has who
 * changed in a table, so that nobody writes and reads ids as text there.
 */
export function idArray(ids: readonly string[]): Buffer {
  const [oneDimension, noNulls, lowest, bytes] = [1, 0, 1, 16];
  const head = [oneDimension, noNulls, UUID, ids.length, lowest].map(wholeNumber);
  const each = ids.flatMap((id) => [
    wholeNumber(bytes),
    Buffer.from(id.replaceAll('-', ''), 'hex'),
  ]);
  return Buffer.concat([...head, ...each]);
}

function wholeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** People in an order that has nothing to do with their ids: every number once, a prime step apart. */
export function* shuffled(count: number): Generator<number> {
  const step = 7_368_787;
  for (let at = 0; at < count; at += 1) yield (at * step) % count;
}

function* chunked(count: number): Generator<MadePerson[]> {
  let chunk: MadePerson[] = [];
  for (const number of shuffled(count)) {
    chunk.push(madePerson(number));
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
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
