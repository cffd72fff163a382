import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Application } from '../../apps/server/src/compose/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { createVault, type Box, type Vault } from '../../apps/server/src/platform/vault.ts';
import {
  departmentTermsOf,
  type Term,
  termNumber,
  termsOf,
} from '../../apps/server/src/modules/resident/terms.ts';
import { secondsOf } from '../ledger/server.ts';
import { homeOf, type MadeIdentity, madeIdentity } from './identities.ts';
import { type MadePerson, madePerson } from './people.ts';
import { copyTwins, makeTwinTables, SEALED_AT_MOST } from './twins.ts';

const AT_ONCE = 5_000;
const TERMS_KEPT = 300_000;
/** Every so manyth person stands on the rosters of the department that is filled. */
const ROSTER_STEP = 5;
const FILLED = [
  'person_term',
  'department_term',
  'person_fact',
  'household_member',
  'person',
] as const;

interface Filling {
  owner: pg.Client;
  application: Application;
  connection: { secret: string };
  count: number;
  areas: readonly { id: number; name: string }[];
  log: (line: string) => void;
}

/**
 * Puts so many people in as imports would leave them: sealed with a key each, terms of every kind, facts and households; those
 * beyond the first hundred thousand as twins of these (`copyTwins`), but for their facts and households. Rows are copied,
 * indexes come last; foreign keys are not checked row by row, as nothing that is missing is referred to.
 */
export async function fillFiles(filling: Filling): Promise<void> {
  const { owner, count, log } = filling;
  const vault = createVault(filling.connection.secret);
  const department = await makeDepartment(filling);
  await owner.query('set session_replication_role = replica');
  await makeTwinTables(owner);
  const indexes = await dropIndexes(owner);
  const seconds = await secondsOf(async () => {
    const numberOf = rememberedNumbers(vault);
    // One process makes the next rows while the other takes these.
    let taking: Promise<void> = Promise.resolve();
    for (let start = 0; start < count; start += AT_ONCE) {
      const end = Math.min(count, start + AT_ONCE);
      const copies = await makeSome({ ...filling, vault, department, numberOf }, start, end);
      await taking;
      taking = copyAll(owner, copies);
      // Whoever waits for it next hears of a fault.
      taking.catch(() => undefined);
      if (end % 100_000 === 0) log(`made ${end} of ${count} files`);
    }
    await taking;
    await copyTwins(owner);
    log('made their twins; indexes next');
    for (const statement of indexes) await owner.query(statement);
    for (const table of [...FILLED, 'data_key', 'household'])
      await owner.query(`vacuum analyze ${table}`);
  });
  await owner.query('set session_replication_role = origin');
  const { rows } = await owner.query<{ terms: number; bytes: string }>(
    `select count(*)::int as terms, pg_size_pretty(pg_total_relation_size('person_term')) as bytes from person_term`,
  );
  log(
    `filling ${count} files took ${seconds.toFixed(0)} s: ${rows[0]!.terms} terms, ${rows[0]!.bytes}`,
  );
}

async function makeDepartment({ application }: Filling): Promise<string> {
  const name = '民政局';
  const made = await application.database.write(systemActor('bench'), null, (tx) =>
    application.organization.departments(tx, [name]),
  );
  return made.get(name)!;
}

/** Takes the indexes of the large tables away; answers the statements that bring them back. */
async function dropIndexes(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{
    name: string;
    definition: string;
    constraint: string | null;
    table: string;
  }>(
    `select i.relname as name, pg_get_indexdef(i.oid) as definition, c.conname as constraint, t.relname as table
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    left join pg_constraint c on c.conindid = i.oid and c.contype in ('p', 'u')
    where t.relname = any($1) and t.relname <> 'person' and t.relnamespace = current_schema()::regnamespace`,
    [FILLED],
  );
  const again: string[] = [];
  for (const { name, definition, constraint, table } of rows) {
    again.push(
      definition,
      ...(constraint
        ? [`alter table ${table} add constraint ${constraint} primary key using index ${name}`]
        : []),
    );
    await owner.query(
      constraint ? `alter table ${table} drop constraint ${constraint}` : `drop index ${name}`,
    );
  }
  return again;
}

type Copies = readonly (readonly [table: string, lines: readonly string[]])[];

interface Making extends Filling {
  vault: Vault;
  department: string;
  numberOf: (term: Term) => string;
}

async function makeSome(making: Making, start: number, end: number): Promise<Copies> {
  const { department, areas } = making;
  const now = new Date().toISOString();
  const numbers = Array.from({ length: end - start }, (_, order) => start + order);
  const people = numbers.map((number) => ({
    person: madePerson(number),
    areaId: homeOf(number, areas).id,
  }));
  const sealed = numbers.filter((number) => number < SEALED_AT_MOST);
  const twins = numbers.filter((number) => number >= SEALED_AT_MOST);
  return [
    ...(sealed.length === 0 ? [] : await makeSealed(making, sealed, now)),
    ['twin (id, model, area_id, turn)', twins.map((number) => twinLine(number, areas))],
    [
      'person_fact (person_id, area_id, department_id, field, value, since, until, noted_at)',
      people.flatMap((one) => factLines(one, department, now)),
    ],
    [
      'household (id, area_id, source, number_hash, created_at)',
      people.flatMap(({ person: { household }, areaId }) =>
        household?.isHead
          ? [`${household.id}\t${areaId}\troster\t\\\\x${household.id.replaceAll('-', '')}\t${now}`]
          : [],
      ),
    ],
    [
      'household_member (household_id, person_id, area_id, department_id, is_head)',
      people.flatMap(({ person: { id, household }, areaId }) =>
        household ? [`${household.id}\t${id}\t${areaId}\t${department}\t${household.isHead}`] : [],
      ),
    ],
  ];
}

/** Keys, persons and terms of people who are made one by one. */
async function makeSealed(
  { application, vault, department, numberOf, areas }: Making,
  numbers: readonly number[],
  now: string,
): Promise<Copies> {
  const people = numbers.map((number) => madeIdentity(number, areas));
  const boxes = await application.database.write(systemActor('bench'), null, (tx) =>
    vault.boxes(
      tx,
      people.map(({ id }) => id),
    ),
  );
  return [
    [
      'person (id, area_id, gender, born_year, name_sealed, telephone_sealed, id_number_sealed, address_sealed, birth_date_sealed, department_ids, created_at)',
      people.map((one) => personLine(one, boxes.get(one.id)!, { department, now })),
    ],
    [
      'person_term (term, area_id, person_id)',
      people.flatMap((one) =>
        termsOf(one).map((term) => `${numberOf(term)}\t${one.areaId}\t${one.id}`),
      ),
    ],
    [
      'department_term (term, department_id, person_id)',
      people
        .filter(isOnRoster)
        .flatMap((one) =>
          departmentTermsOf(one).map((term) => `${numberOf(term)}\t${department}\t${one.id}`),
        ),
    ],
    [
      'own_term (term)',
      people.map(({ idNumber }) => numberOf({ kind: 'id_number', text: idNumber })),
    ],
  ];
}

function twinLine(number: number, areas: Making['areas']): string {
  const model = madePerson(number % SEALED_AT_MOST).id;
  const turn = Math.floor(number / SEALED_AT_MOST);
  return `${madePerson(number).id}\t${model}\t${homeOf(number, areas).id}\t${turn}`;
}

async function copyAll(owner: pg.Client, copies: Copies): Promise<void> {
  for (const [table, lines] of copies)
    if (lines.length > 0)
      await pipeline(
        Readable.from([`${lines.join('\n')}\n`]),
        owner.query(copyFrom(`copy ${table} from stdin`)),
      );
}

/** Numbers of terms, each reckoned once while there are few: thousands share a name, nobody a number of her own. */
function rememberedNumbers(vault: Vault): (term: Term) => string {
  const known = new Map<string, string>();
  return (term) => {
    const key = `${term.kind} ${term.text}`;
    const number = known.get(key) ?? termNumber(vault, term);
    if (known.size < TERMS_KEPT) known.set(key, number);
    return number;
  };
}

const isOnRoster = ({ id }: MadeIdentity) => Number.parseInt(id.slice(-4), 16) % ROSTER_STEP === 0;

function personLine(
  one: MadeIdentity,
  box: Box,
  { department, now }: { department: string; now: string },
): string {
  const sealed = (text: string) => `\\\\x${box.seal(text).toString('hex')}`;
  const departments = isOnRoster(one) ? `{${department}}` : '{}';
  return [
    one.id,
    one.areaId,
    'unknown',
    one.birthDate.slice(0, 4),
    sealed(one.name),
    sealed(one.telephone),
    sealed(one.idNumber),
    sealed(one.address),
    sealed(one.birthDate),
    departments,
    now,
  ].join('\t');
}

function factLines(
  { areaId, person }: { areaId: number; person: MadePerson },
  department: string,
  now: string,
): string[] {
  return [...person.base, ...person.rosters].map(
    ({ field, value, since, until }) =>
      `${person.id}\t${areaId}\t${department}\t${field}\t${value}\t${since ?? '\\N'}\t${until ?? '\\N'}\t${now}`,
  );
}
