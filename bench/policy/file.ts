import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '../../apps/server/src/compose/index.ts';
import { systemActor, type Actor } from '../../apps/server/src/platform/actor.ts';
import { type BenchServer, percentile99 } from '../ledger/server.ts';
import { fillFiles } from './fill-files.ts';
import { madeIdentity } from './identities.ts';
import { runSeconds, type RunSeconds } from './runs.ts';
import { SEALED_AT_MOST } from './twins.ts';
import { emptyDistrict } from '../empty-district.ts';

const SCHEMA = 'file_bench';
const DEMO = join(import.meta.dirname, '../../demo');
const WARM_UP = 100;

/** Milliseconds that 99 of 100 do not exceed, in one process with its database, everything else still. */
export interface FileFigures {
  /** A file page: row-level security, who she is, facts with sources, household, every programme with its reason. */
  file_p99_ms: number;
  /** At the counter: found by her ID number, card read, row of the audit committed. */
  look_up_p99_ms: number;
  /** By name, initials and part of a name in one community, and by part of a name in a whole street. */
  search_p99_ms: number;
}

/**
 * Fills a district of its own with so many generated people under the real tables and policies, lets it find candidates, and
 * measures the file page, the counter and the search through the application's own use cases.
 */
export async function fileFigures(options: {
  server: BenchServer;
  count: number;
  asks: number;
  changed: number;
  rounds: number;
  log: (line: string) => void;
}): Promise<{ files: FileFigures; runs: RunSeconds }> {
  const { server, count, changed, rounds, log } = options;
  const connection = {
    ownerUrl: server.url,
    schema: SCHEMA,
    secret: randomBytes(32).toString('hex'),
  };
  const dataDir = mkdtempSync(join(tmpdir(), 'wennuan-file-bench-'));
  const application = await emptyDistrict(connection, dataDir);
  try {
    await application.place.importSheet(readFileSync(join(DEMO, 'areas.csv')));
    const areas = application.place.all().filter(({ level }) => level === 'community');
    const owner = await server.connect(SCHEMA);
    await fillFiles({ owner, application, connection, count, areas, log });
    await application.program.importDecided(
      JSON.parse(readFileSync(join(DEMO, 'programs.json'), 'utf8')),
    );
    const runs = await runSeconds({ owner, application, count, changed, rounds, log });
    await owner.end();
    return { files: await measure(application, options), runs };
  } finally {
    await application.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  application: Application,
  { count, asks, log }: { count: number; asks: number; log: (line: string) => void },
): Promise<FileFigures> {
  const worker = await openWorker(application);
  const areas = application.place.all().filter(({ level }) => level === 'community');
  const { handlers, fileHandlers } = application.resident;
  const call = (actor: Actor, parts: object) =>
    ({ actor, params: {}, query: {}, body: undefined, ...parts }) as never;
  const asked = Array.from({ length: asks + WARM_UP }, (_, order) =>
    madeIdentity((order * 7_368_787) % Math.min(count, SEALED_AT_MOST), areas),
  );
  const of = (areaId: number): Actor => ({ ...worker, areaIds: [areaId] });
  const file = await timed(asked, (one) =>
    handlers.readPerson(call(of(one.areaId), { params: { personId: one.id } })),
  );
  const lookUp = await timed(asked, async (one) => {
    const body = { text: one.idNumber, purpose: 'counter_service' };
    const { outcome } = await fileHandlers.lookUp(call(of(one.areaId), { body }));
    if (outcome === 'unknown') throw new Error(`${one.idNumber} was not found`);
  });
  const street = (areaId: number): Actor => ({
    ...worker,
    role: 'street_officer',
    areaIds: [...application.place.below(application.place.streetOf(areaId).id)],
  });
  const search = (actor: Actor, text: string) =>
    handlers.findPersons(call(actor, { query: { text, limit: 50 } }));
  const searches = [
    ...(await timed(asked, (one) => search(of(one.areaId), one.name))),
    ...(await timed(asked, (one) => search(of(one.areaId), one.initials))),
    ...(await timed(asked, (one) => search(street(one.areaId), one.name.slice(1)))),
  ];
  const figures = {
    file_p99_ms: percentile99(file),
    look_up_p99_ms: percentile99(lookUp),
    search_p99_ms: percentile99(searches),
  };
  log(
    `file, look-up and search of ${asks} people: medians ${[file, lookUp, searches].map((all) => all.toSorted((a, b) => a - b)[all.length >> 1]!.toFixed(1)).join(', ')} ms`,
  );
  return figures;
}

/** Milliseconds of each call, after a few to warm up. */
async function timed<T>(
  items: readonly T[],
  ask: (item: T) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const begin = performance.now();
    await ask(item);
    times.push(performance.now() - begin);
  }
  return times.slice(WARM_UP);
}

async function openWorker({ access, database, place }: Application): Promise<Actor> {
  return await database.write(systemActor('bench'), 'bench.worker', async (tx) => {
    const [opened] = await access.openStaff(tx, [
      {
        name: 'worker',
        displayName: 'worker',
        role: 'community_worker',
        areaId: place.all().find(({ level }) => level === 'community')!.id,
        password: randomBytes(12).toString('hex'),
        totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      },
    ]);
    return await access.actorFor(tx, opened!.accountId, 'community_worker');
  });
}
