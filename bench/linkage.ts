import { join } from 'node:path';
import {
  linkFacts,
  readRow,
  type RosterRow,
  type RowFacts,
} from '../packages/linkage/src/index.ts';
import { measureFolder, pairFigures, plainWay } from './linkage/figures.ts';
import { makeRows } from './linkage/generate.ts';
import { readRosterFolder, type RosterFolder } from './linkage/sheets.ts';
import type { BenchOptions, Figures } from './main.ts';

const ROSTERS = join(import.meta.dirname, '../demo/rosters');
const SEED = 20_261_101;
const CHUNK = 20_000;
const MEGABYTE = 1_048_576;

/**
 * Who is who: `npm run bench -- linkage [--rosters DIR]`. Precision, recall and review on a folder of rosters with a
 * truth file; then time, memory and quality on generated rows with other kinds of errors; the plain way (the
 * very same ID number) beside each. `--quick` leaves out the million.
 */
export async function run({ quick, more, log }: BenchOptions): Promise<Figures> {
  const folder = typeof more['rosters'] === 'string' ? more['rosters'] : ROSTERS;
  const began = performance.now();
  const rosters = await readRosterFolder(folder);
  log(
    `${rosters.rows.length} rows read in ${seconds(began).toFixed(1)} s, ${rosters.truth.size} in the truth`,
  );
  const figures: Figures = { rows: rosters.rows.length, ...measureFolder(rosters) };
  const small = measureMade(100_000, rosters, log);
  const large = quick ? null : measureMade(1_000_000, rosters, log);
  return {
    ...figures,
    made_precision: small.precision,
    made_recall: small.recall,
    made_f1: small.f1,
    made_plain_f1: small.plainF1,
    seconds_100k: small.seconds,
    megabytes_100k: small.megabytes,
    plain_seconds_100k: small.plainSeconds,
    seconds_1m: large?.seconds ?? null,
    cpu_seconds_1m: large?.cpuSeconds ?? null,
    megabytes_1m: large?.megabytes ?? null,
    plain_seconds_1m: large?.plainSeconds ?? null,
    precision_1m: large?.precision ?? null,
    recall_1m: large?.recall ?? null,
  };
}

interface MadeFigures {
  precision: number;
  recall: number;
  f1: number;
  /** From cells to clusters; making the rows is not counted. */
  seconds: number;
  /** The same as work of the processor, which a busy machine does not stretch. */
  cpuSeconds: number;
  megabytes: number;
  plainSeconds: number;
  plainF1: number;
}

/** Reads and links made rows, a chunk of cells in memory at a time. */
function measureMade(
  count: number,
  { areas, nodes }: RosterFolder,
  log: (line: string) => void,
): MadeFigures {
  const truth = new Map<string, string>();
  const plain = new Map<string, string>();
  const facts: RowFacts[] = [];
  let reading = 0;
  let cpuSeconds = 0;
  let plainSeconds = 0;
  let chunk: RosterRow[] = [];
  const take = (): void => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    for (const row of chunk) facts.push(readRow(row, areas));
    reading += seconds(began);
    cpuSeconds += worked(cpu);
    const again = performance.now();
    for (const [key, cluster] of plainWay(chunk)) plain.set(key, cluster);
    plainSeconds += seconds(again);
    chunk = [];
  };
  for (const { row, person } of makeRows(count, SEED, nodes)) {
    chunk.push(row);
    truth.set(row.key, String(person));
    if (chunk.length === CHUNK) take();
  }
  take();
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { personOf, asks } = linkFacts(facts);
  const linking = seconds(began);
  cpuSeconds += worked(cpu);
  const megabytes = process.memoryUsage().rss / MEGABYTE;
  log(
    `${count} made rows: read ${reading.toFixed(1)} s, linked ${linking.toFixed(1)} s, ` +
      `${megabytes.toFixed(0)} MB, ${asks.length} questions`,
  );
  const found = pairFigures(truth, (key) => personOf.get(key) ?? key);
  const beside = pairFigures(truth, (key) => plain.get(key) ?? key);
  return {
    ...found,
    seconds: reading + linking,
    cpuSeconds,
    megabytes,
    plainSeconds,
    plainF1: beside.f1,
  };
}

function seconds(since: number): number {
  return (performance.now() - since) / 1_000;
}

function worked(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000_000;
}
