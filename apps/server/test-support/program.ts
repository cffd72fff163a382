import { newId, type Id, type PlainDate } from '@wennuan/basics';
import { type Fact, findField, type Policy } from '@wennuan/policy';
import pg from 'pg';
import { testDistrict } from './district.ts';

/** A definition that asks for the disabled; change what a test is about. */
export function samplePolicy(change: Partial<Policy> = {}): Policy {
  return {
    code: 'T01',
    name: { zh: '测试补贴', en: 'Test allowance' },
    source: 'department',
    clause: { zh: '测试文件第一条', en: 'Test paper, clause 1' },
    criteria: { field: 'group', operator: 'is', value: 'disabled' },
    unit: 'person',
    benefit: {
      what: { zh: '每月 100 元', en: '¥100 a month' },
      unit: 'fen',
      formula: { kind: 'fixed', amount: 10_000 },
    },
    cadence: 'monthly',
    delivery: 'cash',
    fund: null,
    notice: { kind: 'none' },
    validFrom: '2026-01-01',
    validUntil: null,
    exclusiveWith: [],
    ...change,
  };
}

export interface Living {
  personId: Id;
  facts: readonly Fact[];
  areaCode?: string;
  accountId?: Id;
}

export type ProgramScene = Awaited<ReturnType<typeof programScene>>;

/** The test district with a way to put people and their facts in as a roster would. */
export async function programScene() {
  const district = await testDistrict();
  const owner = new pg.Client({
    connectionString: district.connection.ownerUrl,
    options: `-c search_path=${district.connection.schema}`,
  });
  await owner.connect();
  const departmentId = newId();
  await owner.query(
    `insert into organization (id, kind, name, public_name, created_at) values ($1, 'department', '测试残联', '测试残联', now())`,
    [departmentId],
  );
  const noted = district.clock.now();
  const addFacts = async (personId: Id, facts: readonly Fact[]) => {
    await owner.query(
      `insert into person_fact (person_id, area_id, department_id, field, value, since, until, noted_at)
      select $1, (select area_id from person where id = $1), $2, field, value, since, until, $3
      from unnest($4::smallint[], $5::bigint[], $6::date[], $7::date[]) as made(field, value, since, until)`,
      [
        personId,
        departmentId,
        noted,
        facts.map(({ field }) => findField(field)!.number),
        facts.map(({ value }) => value),
        facts.map(({ since }) => since),
        facts.map(({ until }) => until),
      ],
    );
  };
  return {
    ...district,
    owner,
    departmentId,
    addFacts,
    /** Puts people in, with what is known of them. */
    async put(people: readonly Living[]) {
      for (const { personId, facts, areaCode, accountId } of people) {
        await owner.query(
          `insert into person (id, area_id, account_id, gender, name_sealed, created_at)
          values ($1, $2, $3, 'unknown', '', now())`,
          [personId, district.areaId(areaCode), accountId ?? null],
        );
        await addFacts(personId, facts);
      }
    },
    /** A household of these people, the first its head. */
    async house(personIds: readonly Id[], until: PlainDate | null = null): Promise<Id> {
      const id = newId();
      await owner.query(
        `insert into household (id, area_id, source, created_at) values ($1, $2, 'hand', now())`,
        [id, district.areaId()],
      );
      for (const [place, personId] of personIds.entries())
        await owner.query(
          `insert into household_member (household_id, person_id, area_id, is_head, until) values ($1, $2, $3, $4, $5)`,
          [id, personId, district.areaId(), place === 0, until],
        );
      return id;
    },
    /** Notes that facts of people changed, as whoever changes them does. */
    noteChanged: (personIds: readonly Id[]) =>
      owner.query('insert into changed_person (person_id) select unnest($1::uuid[])', [personIds]),
    /** Open candidates as `code person household amount held`, in order. */
    async candidates(): Promise<string[]> {
      const { rows } = await owner.query<{ line: string }>(
        `select concat_ws(' ', code, person_id, household_id, amount, held) as line
        from candidate join program on program.id = program_id where ended_on is null order by 1`,
      );
      return rows.map(({ line }) => line);
    },
    /** Figures as `code scope area candidates amount`, in order. */
    async figures(): Promise<string[]> {
      const { rows } = await owner.query<{ line: string }>(
        `select concat_ws(' ', code, scope, program_figure.area_id, candidates, amount) as line
        from program_figure join program on program.id = program_id order by 1`,
      );
      return rows.map(({ line }) => line);
    },
    /** People who are open candidates of a programme. */
    async candidatesOf(code: string): Promise<Id[]> {
      const { rows } = await owner.query<{ person_id: Id }>(
        `select person_id from candidate join program on program.id = program_id
        where ended_on is null and code = $1 order by 1`,
        [code],
      );
      return rows.map(({ person_id }) => person_id);
    },
    async close() {
      await owner.end();
      await district.close();
    },
  };
}

/** Facts by code and stored number, without days. */
export function facts(of: Record<string, number>): Fact[] {
  return Object.entries(of).map(([field, value]) => ({ field, value, since: null, until: null }));
}
