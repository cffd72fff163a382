import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import {
  affectedPeople,
  compile,
  PLAN_SETTINGS,
  type Plan,
  type Policy,
  readPolicies,
  readRow,
  type ResultRow,
} from '../packages/policy/src/index.ts';
import { type BenchServer, benchServer } from './ledger/server.ts';
import type { BenchOptions, Figures } from './main.ts';
import {
  type Clocks,
  clocksOf,
  clocksOfThis,
  middle,
  ratio,
  seconds,
  times,
  type Took,
} from './policy/clocks.ts';
import { fileFigures } from './policy/file.ts';
import { type MadePerson, madePerson } from './policy/people.ts';
import {
  type EngineCandidate,
  engineFacts,
  rulesEngine,
  runEngine,
} from './policy/rules-engine.ts';
import { idArray, loadPeople, shuffled } from './policy/store.ts';

const ON = '2026-11-01';
const ROUNDS = 5;
const COLUMNS = 'policy, person_id, household_id, amount, held';

interface Bench {
  sql: pg.Client;
  clocks: Clocks;
  policies: Policy[];
  plan: Plan;
  count: number;
  log: (line: string) => void;
}

/**
 * Policies over everyone: the twenty of demo/programs.json over a million generated people (`--quick`: 50,000) on a
 * PostgreSQL of its own, one process on each side; `--people=300000` for fewer; `--part=statement` or `--part=files` for one
 * half, which at a million take a few minutes each; `--asks=800 --rounds=2` for fewer file pages and runs. Shares are given by the clock and, as `…_processor`, by what PostgreSQL's
 * process was on the processor, which other work on the machine disturbs less.
 * `vs_json_rules_engine` how many times the time of json-rules-engine for as many people, measured on ten thousand of them
 * whose answers must all be the same;
 * `vs_scan` full evaluation over a sequential scan that reads the columns of the fact rows valid on the day;
 * `incremental_share` the bare statement over one person in a hundred and their households over the one over everybody;
 * `incremental_write_share` the same with old results taken away and new ones written, over a full run that writes;
 * `run_share` the application's own run over as many changed people, with what is kept and the figures, over its run over
 * everybody that finds nothing to write (bench/policy/runs.ts);
 * `file_p99_ms` a file page by the application's own use case (bench/policy/file.ts), beside counter look-up and search.
 */
export async function run({ quick, more, log: say }: BenchOptions): Promise<Figures> {
  const begin = performance.now();
  const log = (line: string) =>
    say(`${((performance.now() - begin) / 1000).toFixed(0)} s: ${line}`);
  const { part = 'all' } = more;
  if (!['all', 'statement', 'files'].includes(String(part)))
    throw new Error('--part is statement or files');
  const count = Number(more['people'] ?? (quick ? 50_000 : 1_000_000));
  const server = await benchServer({ large: true });
  try {
    return {
      ...(part === 'files' ? {} : await statementFigures({ server, count, quick, log })),
      ...(part === 'statement' ? {} : await runAndFiles({ server, count, quick, log }, more)),
    };
  } finally {
    await server.close();
  }
}

interface Part {
  server: BenchServer;
  count: number;
  quick: boolean;
  log: (line: string) => void;
}

/** The statement itself: beside a scan, beside json-rules-engine, and over changed people. */
async function statementFigures({ server, count, quick, log }: Part): Promise<Figures> {
  const sql = await server.connect('public');
  await loadPeople(sql, count, { connect: () => server.connect('public'), log });
  log('loaded');
  const file = join(import.meta.dirname, '../demo/programs.json');
  const { policies } = readPolicies(JSON.parse(readFileSync(file, 'utf8')));
  if (policies === null) throw new Error('demo/programs.json is no list of policies');
  for (const setting of PLAN_SETTINGS) await sql.query(setting.replace('set local', 'set'));
  await sql.query('set max_parallel_workers_per_gather = 0');
  const clocks = await clocksOf(sql);
  const bench: Bench = { sql, clocks, policies, plan: compile(policies, ON), count, log };
  const full = await fullRun(bench);
  log('evaluated everybody');
  const some = await incrementalRun(bench, count / 100);
  log('evaluated those who changed');
  const engine = await engineRun(bench, quick ? 2_000 : 10_000);
  await sql.query('drop table result, person_fact, household_member');
  await sql.end();
  return {
    ...ratio('vs_json_rules_engine', engine, full.evaluate),
    ...ratio('vs_scan', full.evaluate, full.scan),
    ...ratio('incremental_share', some.evaluate, full.evaluate),
    ...ratio('incremental_write_share', some.write, full.write),
    ...seconds('evaluate', full.evaluate),
    ...seconds('scan', full.scan),
    ...seconds('write', full.write),
    ...seconds('incremental', some.evaluate),
    ...seconds('incremental_write', some.write),
    ...seconds('engine', engine),
    fact_rows: full.rows,
    candidates: full.candidates,
  };
}

/** The application: its runs, the file page, the counter and the search. */
async function runAndFiles(
  { server, count, quick, log }: Part,
  more: BenchOptions['more'],
): Promise<Figures> {
  const { files, runs } = await fileFigures({
    server,
    count: quick ? 5_000 : count,
    asks: Number(more['asks'] ?? (quick ? 300 : 1_500)),
    rounds: Number(more['rounds'] ?? 3),
    changed: quick ? 50 : count / 100,
    log,
  });
  return {
    ...ratio('run_share', runs.changed, runs.full),
    ...files,
    ...seconds('full_run', runs.full),
    ...seconds('changed_run', runs.changed),
  };
}

/** Scan, evaluation and evaluation with results written, turn about, so that what else the machine does meets all. */
async function fullRun({ sql, clocks, plan, log }: Bench) {
  const scanned = `select count(person_id), count(field), count(value) from person_fact
    where (since is null or since <= $1::date) and (until is null or until > $1::date)`;
  const times = { scan: [] as Took[], evaluate: [] as Took[], write: [] as Took[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.scan.push(await clocks.took(() => sql.query(scanned, [ON])));
    times.evaluate.push(await clocks.took(() => sql.query(counted(plan.text), plan.values)));
    times.write.push(await clocks.took(() => writeAll(sql, plan)));
  }
  const bare = await clocks.took(() => sql.query('select count(*) from person_fact'));
  log(`count(*) of the fact rows alone, reading no column: ${bare.seconds.toFixed(3)} s`);
  await sql.query('create index on result (person_id)');
  await sql.query('vacuum analyze result');
  const { rows } = await sql.query<{ facts: number; candidates: number }>(
    'select (select count(*)::int from person_fact) as facts, (select count(*)::int from result) as candidates',
  );
  const { facts, candidates } = rows[0]!;
  const [scan, evaluate, write] = [middle(times.scan), middle(times.evaluate), middle(times.write)];
  return { scan, evaluate, write, rows: facts, candidates };
}

async function writeAll(sql: pg.Client, plan: Plan): Promise<void> {
  await sql.query('begin');
  await sql.query('truncate result');
  await sql.query(`insert into result select ${COLUMNS} from (${plan.text}) result`, plan.values);
  await sql.query('commit');
}

/** What the stored results are, whatever their order. */
async function fingerprint(sql: pg.Client): Promise<string> {
  const { rows } = await sql.query<{ print: string }>(
    `select concat_ws(' ', count(*), sum(amount), sum(held),
      sum(hashtextextended(concat_ws(' ', policy, person_id, household_id, amount, held), 0)::numeric)) as print
    from result`,
  );
  return rows[0]!.print;
}

/** Seconds to evaluate changed people again, and to put their results in place of the old ones. */
async function incrementalRun({ sql, clocks, policies, count }: Bench, changed: number) {
  const times = { evaluate: [] as Took[], write: [] as Took[] };
  const before = await fingerprint(sql);
  // As the application does: one text for whoever changed, planned once.
  await sql.query('set plan_cache_mode = force_generic_plan');
  const plan = compile(policies, ON, []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const people = idArray(someIds(count, changed, round));
    times.evaluate.push(
      await clocks.took(() =>
        sql.query({ name: 'some', text: counted(plan.text), values: about(people, plan.values) }),
      ),
    );
    times.write.push(await clocks.took(() => writeSome({ sql, plan, people })));
  }
  await sql.query('set plan_cache_mode = auto');
  const after = await fingerprint(sql);
  if (after !== before) throw new Error(`evaluated again: ${after}, everybody at once: ${before}`);
  return { evaluate: middle(times.evaluate), write: middle(times.write) };
}

/** The values of a statement about some people, for others. */
function about(people: Buffer, values: readonly unknown[]): unknown[] {
  return values.map((value) => (Array.isArray(value) ? people : value));
}

interface Some {
  sql: pg.Client;
  plan: Plan;
  people: Buffer;
}

async function writeSome({ sql, plan, people }: Some): Promise<void> {
  const affected = affectedPeople([], ON);
  await sql.query('begin');
  await sql.query({
    name: 'take_away',
    text: `delete from result where person_id = any (array(select person_id from (${affected.text}) affected))`,
    values: about(people, affected.values),
  });
  await sql.query({
    name: 'write',
    text: `insert into result select ${COLUMNS} from (${plan.text}) result`,
    values: about(people, plan.values),
  });
  await sql.query('commit');
}

/** Every column of every result row is made and looked at, and none sent. */
function counted(text: string): string {
  return `select count(*), max(amount), bit_xor(held) from (${text}) result`;
}

function someIds(count: number, wanted: number, round: number): string[] {
  const numbers = [...shuffled(count)].slice(round * wanted, (round + 1) * wanted);
  return numbers.map((number) => madePerson(number).id).toSorted(byText);
}

/**
 * What json-rules-engine takes for as many people as there are, reckoned from some. Throws where its answers for whole households
 * are not ours.
 */
async function engineRun({ sql, policies, count, log }: Bench, wanted: number): Promise<Took> {
  // Households are four numbers in a row, so the first numbers are whole ones.
  const people = Array.from({ length: wanted }, (_, number) => madePerson(number));
  const ready = people.map((person) => ({ person, facts: engineFacts(person, ON) }));
  const engine = rulesEngine(policies);
  const byCode = new Map(policies.map((policy) => [policy.code, policy]));
  let found: EngineCandidate[] = [];
  const took = await clocksOfThis().took(async () => {
    found = onceAHousehold(await runEngine(engine, byCode, ready), byCode);
  });
  const plan = compile(
    policies,
    ON,
    people.map(({ id }) => id),
  );
  const { rows } = await sql.query<ResultRow>(plan.text, plan.values);
  const ours = rows.map((row) => readRow(plan, row));
  const [a, b] = [
    ours.map(({ code, personId, amount }) => `${code} ${personId} ${amount}`).toSorted(byText),
    found.map(({ code, person, amount }) => `${code} ${person.id} ${amount}`).toSorted(byText),
  ];
  const different = a.find((line, place) => line !== b[place]);
  if (a.length !== b.length || different !== undefined) {
    throw new Error(`answers differ: ${a.length} and ${b.length}, first ${different}`);
  }
  log(
    `json-rules-engine: same ${a.length} answers for ${wanted} people in ${took.seconds.toFixed(1)} s`,
  );
  return times(took, count / wanted);
}

function onceAHousehold(
  found: readonly EngineCandidate[],
  policies: ReadonlyMap<string, Policy>,
): EngineCandidate[] {
  const rank = ({ id, household }: MadePerson) => `${household?.isHead === false ? 1 : 0} ${id}`;
  const first = new Map<string, EngineCandidate>();
  for (const one of found) {
    const isShared = policies.get(one.code)!.unit === 'household';
    const key = `${one.code} ${isShared ? (one.person.household?.id ?? one.person.id) : one.person.id}`;
    const before = first.get(key);
    if (before === undefined || rank(one.person) < rank(before.person)) first.set(key, one);
  }
  return [...first.values()];
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
