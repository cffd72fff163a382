import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { areaBook, type AreaNode } from '@wennuan/linkage';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSheets, type SheetLine } from '../../platform/sheet-reader.ts';
import { packRow } from './cells.ts';
import { Deriver } from './derive.ts';
import type { DeriveGround, KeptVersion, RowsOfPersons } from './derive.types.ts';
import { readKind, readNaming } from './naming.ts';
import { bannerOf, headersOf, linkableRow, SAMPLE_LINES, understandSheet } from './understand.ts';

const FOLDER = new URL('../../../../../demo/rosters/', import.meta.url);
const hasRosters = existsSync(new URL('truth.csv', FOLDER));

const linesOf = (name: string) =>
  readFileSync(new URL(name, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));

interface DeriveInput extends DeriveGround, RowsOfPersons {
  versions: KeptVersion[];
}

/** All persons and questions of some rows. */
function derive({ versions, founded, ...ground }: DeriveInput) {
  const deriver = new Deriver(ground);
  // As an import hands them over: some at a time.
  const half = Math.ceil(versions.length / 2);
  deriver.take(versions.slice(0, half));
  deriver.take(versions.slice(half));
  const linked = deriver.link();
  const persons = Array.from({ length: linked.portions }, (_, portion) => {
    const keys = new Set(deriver.rowsOf(portion));
    const rows = versions.filter(({ lineage }) => keys.has(lineage));
    return deriver.personsOf(portion, { versions: rows, founded });
  }).flat();
  return { ...linked, persons, questions: deriver.questions({ versions, founded }) };
}

/** Rows of the sample folder as an import would hand them over; their ids are file and line. */
async function readFolder(): Promise<DeriveInput> {
  const areas: AreaNode[] = linesOf('areas.csv').map(([code, name, level, parent]) => ({
    code: code!,
    name: name!,
    level: level!,
    parentCode: parent || null,
  }));
  const input: DeriveInput = {
    today: '2026-11-22',
    areas,
    aliases: [],
    rosters: [],
    versions: [],
    columns: new Map(),
    hand: [],
    answers: [],
    model: null,
    founded: new Map(),
  };
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.includes('-'))
    .toSorted())
    await addRoster(input, file);
  return input;
}

async function addRoster(input: DeriveInput, file: string): Promise<void> {
  const areas = areaBook(input.areas);
  const bytes = readFileSync(new URL(encodeURIComponent(file), FOLDER));
  const [source] = await openSheets(bytes, file);
  const lines: SheetLine[] = [];
  for await (const line of source!.lines()) lines.push(line);
  const sample = lines.slice(0, SAMPLE_LINES);
  const banner = bannerOf(sample, areas);
  const kind = readKind(file, banner, headersOf(sample, areas));
  const { department, name } = readNaming(file, banner);
  const sheet = understandSheet(source!.name, sample, {
    fileName: file,
    areas,
    kind,
    choices: new Map(),
  });
  input.rosters.push({
    id: file,
    name,
    departmentId: department!,
    departmentName: department!,
    ...kind,
  });
  input.columns.set(file, sheet.columns);
  for (const { line, cells } of lines) {
    if (
      line < sheet.firstLine ||
      !linkableRow({ cells, under: null }, sheet.columns, { key: '', source: '' })
    )
      continue;
    const id = `${file},${String(line).padStart(6, '0')}`;
    input.versions.push({
      id,
      lineage: id,
      rosterId: file,
      columnsKey: file,
      packed: packRow(cells),
      since: null,
      until: null,
    });
  }
}

function groupsOf(entries: Iterable<readonly [string, string]>): string[][] {
  const groups = new Map<string, string[]>();
  for (const [row, person] of entries) groups.set(person, [...(groups.get(person) ?? []), row]);
  return [...groups.values()];
}

const pairsIn = (groups: string[][]) =>
  groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);

describe.skipIf(!hasRosters)('the rosters of the sample district', { timeout: 60_000 }, () => {
  let input: DeriveInput;
  let derivation: ReturnType<typeof derive>;
  beforeAll(async () => {
    input = await readFolder();
    derivation = derive(input);
  }, 60_000);

  test('are understood column by column', () => {
    const understood = Object.fromEntries(
      [...input.columns].map(([file, columns]) => [
        file,
        columns
          .map(({ field }) => field)
          .filter(
            (field) =>
              field.startsWith('fact:') || ['since', 'relation', 'householdNumber'].includes(field),
          ),
      ]),
    );
    expect(understood).toEqual({
      '医保局-大病患者.csv': ['fact:illness', 'fact:medical_total_fen', 'fact:own_payment_fen'],
      '卫健委-计生特殊家庭.csv': ['fact:bereavement'],
      '妇联-困难妇女摸底表.xlsx': ['fact:woman_hardship'],
      '总工会-困难职工档案.xlsx': ['fact:worker_hardship', 'fact:income_per_head_fen'],
      '教育局-家庭经济困难学生.xlsx': ['fact:student_stage', 'fact:student_grant_fen'],
      '残联-持证残疾人.csv': ['fact:disability_category', 'fact:disability_grade'],
      '民政局-低保家庭台账.xlsx': [
        'relation',
        'fact:household_allowance_fen',
        'householdNumber',
        'since',
      ],
      '民政局-困境儿童.xlsx': ['fact:child_hardship'],
      '民政局-殡葬火化登记.csv': ['fact:died_on'],
      '民政局-特困供养人员.xlsx': ['fact:support_way', 'fact:self_care'],
      '民政局-高龄老人津贴.xlsx': ['fact:elderly_allowance_fen'],
      '退役军人事务局-优抚对象.xlsx': ['fact:veteran_category'],
    });
    const groups = input.rosters.map(({ groupCode }) => groupCode);
    expect(new Set(groups).size).toBe(12);
  });

  test('become persons as the truth has them, with few questions', () => {
    const truth = new Map(
      linesOf('truth.csv').map(([file, row, person]) => [
        `${file},${row!.padStart(6, '0')}`,
        person!,
      ]),
    );
    expect(input.versions.map(({ id }) => id).toSorted()).toEqual([...truth.keys()].toSorted());
    const found = derivation.persons.map(({ statements }) =>
      statements.map(({ lineage }) => lineage),
    );
    const right = found.reduce(
      (sum, rows) => sum + pairsIn(groupsOf(rows.map((row) => [row, truth.get(row)!]))),
      0,
    );
    expect(right / pairsIn(found)).toBeGreaterThanOrEqual(0.9995);
    expect(right / pairsIn(groupsOf(truth))).toBeGreaterThanOrEqual(0.985);
    expect(derivation.questions.length / input.versions.length).toBeLessThan(0.015);
  });

  test('keep their persons when they come together anew, in any order', () => {
    const founded = new Map(
      derivation.persons.map(({ founder }, place) => [founder!, `person ${place}`]),
    );
    const again = derive({
      ...input,
      versions: input.versions.toReversed(),
      founded,
      model: derivation.model,
    });
    const idOf = new Map(
      again.persons.flatMap(({ statements, personId }) =>
        statements.map(({ lineage }) => [lineage, personId] as const),
      ),
    );
    for (const [founder, personId] of founded) expect(idOf.get(founder)).toBe(personId);
    expect(
      again.persons.every(({ absorbs, founder }) => absorbs.length === 0 && founder === null),
    ).toBe(true);
  });
});

describe('a list without a column for it', () => {
  const rowsOf = (groupCode: string, cells: string[]): DeriveInput => ({
    today: '2026-11-22',
    areas: [],
    aliases: [],
    rosters: [
      {
        id: 'list',
        name: '摸底表',
        departmentId: 'office',
        departmentName: '某局',
        groupCode,
        registersDeaths: false,
      },
    ],
    versions: [
      {
        id: 'a',
        lineage: 'a',
        rosterId: 'list',
        columnsKey: 'list',
        packed: packRow(cells),
        since: null,
        until: null,
      },
    ],
    columns: new Map([
      [
        'list',
        (['name', 'idNumber'] as const).map((field, index) => ({
          index,
          header: field,
          field,
          confidence: 1,
          isChosen: false,
        })),
      ],
    ]),
    hand: [],
    answers: [],
    model: null,
    founded: new Map(),
  });
  const [plan] = derive(rowsOf('woman', ['林静小', ''])).persons;

  test('of women says that they are women, and no other list does', () => {
    expect(plan).toMatchObject({ gender: 'female', birthDate: null, bornYear: null });
    expect(derive(rowsOf('worker', ['林静小', ''])).persons[0]).toMatchObject({
      gender: 'unknown',
    });
  });

  test('knows the year that every repair of a number leads to, and not its day', () => {
    const [repaired] = derive(rowsOf('worker', ['林静小', '41019919860161736X'])).persons;
    expect(repaired).toMatchObject({ birthDate: null, bornYear: 1986 });
  });
});
