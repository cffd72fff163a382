import { fixedClock, isRefusal } from '@wennuan/basics';
import { compose } from '../../../apps/server/src/compose/index.ts';
import { isOutage } from '../../../apps/server/src/platform/database/outage.ts';
import type { Connection } from '../../../apps/server/src/platform/database/roles.ts';
import { operationsOf } from './operations.ts';

/** How the process is told where its district is. */
export interface Start {
  connection: Connection;
  dataDir: string;
  now: string;
}
/** Something asked of it; the clock stands at `now` from then on. */
export interface Asked {
  id: number;
  now: string;
  operation: string;
  given: unknown;
}
export type Told =
  | { id: number; value: unknown }
  | { id: number; refusal: { code: string; params: Record<string, string | number> } }
  /** `away`: the database was not there; asking again may do. */
  | { id: number; error: string; away: boolean };

/** The product in a process of its own that can be killed: composed on a district that is there already. */
async function serve({ connection, dataDir, now }: Start): Promise<void> {
  const clock = fixedClock(now);
  const app = await compose({
    connection,
    dataDir,
    clock,
    sandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
  const operations = operationsOf(app) as Record<string, (given: never) => Promise<unknown>>;
  process.on('message', (asked: Asked) => {
    if (new Date(asked.now) > clock.now()) clock.set(asked.now);
    operations[asked.operation]!(asked.given as never).then(
      (value) => process.send!({ id: asked.id, value: value ?? null } satisfies Told),
      (thrown: unknown) => process.send!(failed(asked, thrown)),
    );
  });
  process.send!('ready');
}

function failed({ id, operation }: Asked, thrown: unknown): Told {
  if (isRefusal(thrown)) return { id, refusal: { code: thrown.code, params: thrown.params } };
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { id, error: `${operation}: ${text}`, away: isOutage(thrown) };
}

process.once('message', (start: Start) => void serve(start));
process.once('disconnect', () => process.exit());
