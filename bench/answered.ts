import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Application } from '../apps/server/src/compose/index.ts';
import { systemActor } from '../apps/server/src/platform/actor.ts';
import { isRefusal } from '../packages/basics/src/index.ts';
import { benchServer } from './ledger/server.ts';
import type { BenchOptions, Figures } from './main.ts';
import { emptyDistrict } from './empty-district.ts';

const DEMO = join(import.meta.dirname, '../demo');
const SCHEMA = 'answered';
const ACTOR = systemActor('bench');
const ON = '2026-11-01';
const ROUNDS = 10;
const DEAD = 'DEAD_IN_ROSTERS';

/**
 * From rosters to candidates: `npm run bench -- answered [--rosters DIR]`. Imports a folder with `truth.csv` and `expected.csv`
 * and the twenty policies into an empty district, answers every question about who is who with the truth until none is left,
 * and gives for each programme how far its number is from the expected one: before any answer, and after.
 */
export async function run({ more, log }: BenchOptions): Promise<Figures> {
  const folder = typeof more['rosters'] === 'string' ? more['rosters'] : join(DEMO, 'rosters');
  const server = await benchServer({ large: false });
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-answered-'));
  try {
    const secret = randomBytes(32).toString('hex');
    const connection = { ownerUrl: server.url, schema: SCHEMA, secret };
    const application = await emptyDistrict(connection, dataDir);
    try {
      const owner = await server.connect(SCHEMA);
      await importFolder(application, folder);
      log('imported');
      const expected = readExpected(folder);
      const before = await apart(application, expected);
      const answered = await answerAll(application, owner, readTruth(folder));
      log(`${answered} questions answered with the truth`);
      const after = await apart(application, expected);
      await owner.end();
      return { ...shown(before, ''), questions_answered: answered, ...shown(after, '_answered') };
    } finally {
      await application.close();
    }
  } finally {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function importFolder({ place, roster, program, events }: Application, folder: string) {
  await place.importSheet(readFileSync(join(folder, 'areas.csv')));
  const ids: string[] = [];
  for (const fileName of readdirSync(folder).toSorted()) {
    try {
      const bytes = readFileSync(join(folder, fileName));
      ids.push((await roster.read(ACTOR, { fileName, bytes })).deliveryId);
    } catch (thrown) {
      // What is beside the rosters is none, and refused as such.
      if (!isRefusal(thrown)) throw thrown;
    }
  }
  await roster.import(ACTOR, ids);
  await events.settle();
  await program.importDecided(JSON.parse(readFileSync(join(DEMO, 'programs.json'), 'utf8')));
}

/** Answers what is asked, round by round, for an answer can bring another question. Says how many answers it took. */
async function answerAll(
  { roster }: Application,
  owner: pg.Client,
  truth: ReadonlyMap<string, string>,
): Promise<number> {
  let answered = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { rows } = await owner.query<{ id: string; a: string | null; b: string | null }>(
      `with line as (
        select row.lineage_id, min(concat(delivery.file_name, ',', entry.line)) as text
        from roster
        join roster_delivery delivery on delivery.id = roster.current_delivery_id
        join delivery_row entry on entry.delivery_id = delivery.id
        join source_row row on row.id = entry.source_row_id
        group by row.lineage_id)
      select question.id, a.text as a, b.text as b
      from link_question question
      left join line a on a.lineage_id = question.row_a
      left join line b on b.lineage_id = question.row_b
      where question.state = 'open' order by question.id`,
    );
    if (rows.length === 0) return answered;
    for (const { id, a, b } of rows) {
      const isSame = truth.get(a ?? '') === truth.get(b ?? '');
      await roster.answer(ACTOR, { questionId: id, word: isSame ? 'same' : 'different' });
    }
    answered += rows.length;
    await roster.linkIfStale();
  }
  throw new Error(`${ROUNDS} rounds of answers did not end the questions`);
}

/** A number beside the one expected. */
interface Apart {
  code: string;
  /** How many more than expected; below zero: fewer. */
  off: number;
  /** Whether links that are still open and gaps in files can be why. */
  isExplained: boolean;
}

async function apart(
  { program }: Application,
  expected: ReadonlyMap<string, number>,
): Promise<Apart[]> {
  const report = await program.report(ON, { write: async () => {}, withSway: true });
  const found = new Map(report.rows.map(({ code, candidates }) => [code, candidates]));
  found.set(DEAD, report.deadInRosters);
  return [...expected].map(([code, count]) => {
    const off = (found.get(code) ?? 0) - count;
    const { least, most } = report.sway!.get(code)!;
    return { code, off, isExplained: off + least <= 0 && 0 <= off + most };
  });
}

/** How many programmes come out as expected, how many are explained and how many not; and each that is apart. */
function shown(all: readonly Apart[], name: string): Figures {
  const programs = all.filter(({ code }) => code !== DEAD);
  const off = programs.filter((one) => one.off !== 0);
  return {
    [`as_expected${name}`]: programs.length - off.length,
    [`explained${name}`]: off.filter(({ isExplained }) => isExplained).length,
    [`not_explained${name}`]: off.filter(({ isExplained }) => !isExplained).length,
    ...Object.fromEntries(
      all.filter((one) => one.off !== 0).map((one) => [`${one.code}_apart${name}`, one.off]),
    ),
  };
}

function readTruth(folder: string): Map<string, string> {
  return new Map(
    cells(folder, 'truth.csv').map(([file, row, person]) => [`${file},${row}`, person!]),
  );
}

function readExpected(folder: string): Map<string, number> {
  return new Map(
    cells(folder, 'expected.csv').map(([code, count]) => [code!.trim(), Number(count)]),
  );
}

function cells(folder: string, name: string): string[][] {
  const text = readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '');
  const lines = text.trim().split(/\r?\n/).slice(1);
  return lines.map((line) => line.split(','));
}
