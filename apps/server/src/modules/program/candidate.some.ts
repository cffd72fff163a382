import type { PlainDate } from '@wennuan/basics';
import { compile, PLAN_SETTINGS } from '@wennuan/policy';
import { type Scoped, prepared } from '../../platform/database/database.ts';
import type { FigureRow } from './figure.store.ts';
import { type Moved, movedRows, OLD_COLUMNS } from './candidate.moves.ts';
import type { PolicyInForce } from './program.ts';

/** Everything is looked up by an index, however full the tables were when the statement was planned. */
const SETTINGS = [
  ...PLAN_SETTINGS,
  'set local enable_seqscan = off',
  'set local plan_cache_mode = force_generic_plan',
];

interface Made {
  key: string;
  text: string;
  values: readonly unknown[];
}

/** The statement of the policies that hold now: it changes with a decision and with the day. */
let made: Made | null = null;

/** What changed for a programme at a place; or, of no programme, how many notes were taken. */
interface Difference extends Moved {
  areaId: number;
  candidates: number;
  amount: string;
  taken: number;
}

/**
 * Takes so many notes of people who changed, oldest first, and puts what all policies find of them and of their households in
 * the place of what was found before: one statement, planned once, that reads these people's rows only. What did not change
 * keeps its row. Says how many notes it took, what changed for each programme, and by how much its numbers differ by place.
 * System login.
 */
export async function replaceOfChanged(
  tx: Scoped,
  on: PlainDate,
  { policies, limit }: { policies: readonly PolicyInForce[]; limit: number },
): Promise<{ taken: number; moved: Moved[]; differences: FigureRow[] }> {
  const key = [on, ...policies.map(({ versionId }) => versionId)].join(' ');
  if (made?.key !== key) made = { key, ...make(policies, on) };
  await tx.sql.query(SETTINGS.join('; '));
  const rows = await tx.sql.query<Difference>(made.text, [...made.values, limit]);
  await tx.sql.query(SETTINGS.map(toDefault).join('; '));
  const [differences, notes] = [
    rows.filter(({ programId }) => programId !== null),
    rows.find(({ programId }) => programId === null),
  ];
  return {
    taken: notes?.taken ?? 0,
    moved: addedUp(differences),
    differences: differences.flatMap(figureOf),
  };
}

function toDefault(setting: string): string {
  return setting.replace(/ = .*$/, ' to default');
}

function addedUp(rows: readonly Difference[]): Moved[] {
  const byProgram = Map.groupBy(rows, ({ programId }) => programId);
  return [...byProgram].map(([programId, some]) => {
    const sum = (of: (row: Difference) => number) => some.reduce((all, row) => all + of(row), 0);
    return {
      programId,
      began: sum(({ began }) => began),
      changed: sum(({ changed }) => changed),
      ended: sum(({ ended }) => ended),
    };
  });
}

function figureOf({ programId, areaId, candidates, amount }: Difference): FigureRow[] {
  const row = { programId, areaId, candidates, amount: Number(amount) };
  return row.candidates === 0 && row.amount === 0 ? [] : [row];
}

function make(policies: readonly PolicyInForce[], on: PlainDate): Omit<Made, 'key'> {
  const byCode = new Map(policies.map((one) => [one.policy.code, one]));
  const definitions = policies.map(({ policy }) => policy);
  const plan = compile(definitions, on, { people: 'people', seats: 'seats' });
  const found = plan.policies.map(({ code }) => byCode.get(code)!);
  const values = [
    ...plan.values,
    on,
    found.map(({ programId }) => programId),
    found.map(({ versionId }) => versionId),
  ];
  const [day, programs, versions, limit] = [-2, -1, 0, 1].map((at) => `$${values.length + at}`);
  const parts = [
    ...whom(`${limit}::int`),
    `fresh as materialized (
  select named.program_id, named.version_id, result.person_id, result.household_id, result.amount, result.held
  from (${plan.text}) result
  join unnest(${programs}::uuid[], ${versions}::uuid[]) with ordinality named(program_id, version_id, place)
    on named.place - 1 = result.policy)`,
    `lives as materialized (
  select id, area_id, account_id from person where id = any (array(select person_id from fresh)))`,
    `moved as materialized (${movedRows({ old: 'select * from old', fresh: 'fresh', people: 'lives', more: 'c.spot,' })})`,
    ...writes(`${day}::date`),
  ];
  return { text: prepared(`with recursive ${parts.join(',\n')}\n${DIFFERENCES}`), values };
}

const DIFFERENCES = `select program_id as "programId", area_id as "areaId", sum(began)::int as began,
  sum(changed)::int as changed, sum(ended)::int as ended, sum(candidates)::int as candidates, sum(amount)::bigint as amount,
  0 as taken
from (
  select program_id, area_id, (id is null)::int as began, (id is not null)::int as changed, 0 as ended,
    1 as candidates, amount from moved where person_id is not null
  union all
  select program_id, old_area_id, 0, 0, (person_id is null)::int, -1, -old_amount from moved where id is not null) told
group by program_id, area_id
union all
select null, null, 0, 0, 0, 0, 0, count(*)::int from taken`;

/**
 * The people who changed, all who are or were with them in a household, and the households they are candidates for: whatever
 * changed for one of them can change who of the household gets something. And the candidates that all of these are.
 */
function whom(limit: string): string[] {
  const columns = `${OLD_COLUMNS}, ctid as spot`;
  const open = `select ${columns} from candidate where ended_on is null and person_id`;
  const theirs = 'person_id = any (array(select person_id from changed))';
  return [
    `taken as materialized (
  delete from changed_person
  where id <= (select max(id) from (select id from changed_person order by id limit ${limit}) oldest)
  returning person_id)`,
    'changed as materialized (select distinct person_id from taken)',
    `before as materialized (${open} = any (array(select person_id from changed)))`,
    `reached(household_id) as (
  (select household_id from household_member where ${theirs}
  union select household_id from before where household_id is not null)
  union
  select theirs.household_id from reached
  cross join lateral (
    select person_id from household_member where household_id = reached.household_id offset 0) other
  cross join lateral (
    select household_id from household_member where person_id = other.person_id offset 0) theirs)`,
    `seats as materialized (
  select person_id, household_id, is_head, since, until from household_member
  where household_id = any (array(select household_id from reached)))`,
    'people as materialized (select person_id from changed union select person_id from seats)',
    `old as materialized (
  select * from before
  union all
  ${open} = any (array(select person_id from people except select person_id from changed)))`,
  ];
}

/**
 * Each row is gone to where it lies, so that nobody else's is read. It lies there still: nobody but an evaluation writes
 * candidates, and there is one at a time.
 */
function writes(day: string): string[] {
  const spots = (condition: string) =>
    `c.ctid = any (array(select spot from moved where id is not null and ${condition}))`;
  return [
    `ended as (
  update candidate c set ended_on = ${day}, evaluated_on = ${day} where ${spots('person_id is null')})`,
    `kept as (
  update candidate c set version_id = m.version_id, amount = m.amount, held = m.held, area_id = m.area_id,
    account_id = m.account_id, department_id = m.department_id, evaluated_on = ${day}
  from moved m where c.id = m.id and ${spots('person_id is not null')})`,
    `began as (
  insert into candidate (program_id, version_id, person_id, household_id, area_id, department_id, account_id,
    amount, held, since, evaluated_on)
  select program_id, version_id, person_id, household_id, area_id, department_id, account_id, amount, held, ${day}, ${day}
  from moved where id is null)`,
  ];
}
