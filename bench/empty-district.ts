import { systemClock } from '@wennuan/basics';
import { compose, type Application } from '../apps/server/src/compose/index.ts';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';

/** The whole application on a schema of a bench's server, brought to this version, with nothing in it. */
export async function emptyDistrict(
  connection: Parameters<typeof migrate>[0],
  dataDir: string,
): Promise<Application> {
  await migrate(connection);
  return await compose({
    connection,
    dataDir,
    clock: systemClock,
    sandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
}
