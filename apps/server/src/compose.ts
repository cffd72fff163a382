import { newId, type Clock } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { openDatabase } from './platform/database/database.ts';
import type { Connection } from './platform/database/roles.ts';
import { createEvents } from './platform/events.ts';
import { mount } from './platform/http/mount.ts';
import { createServer } from './platform/http/server.ts';
import { createVault } from './platform/vault.ts';
import { createAccess, SESSION_COOKIE } from './modules/access/index.ts';
import { createPlace } from './modules/place/index.ts';

export interface ComposeOptions {
  connection: Connection;
  /** Folder for encrypted files. */
  dataDir: string;
  clock: Clock;
  /** True when text messages, the cashier and one-time codes are the sandbox's. */
  sandbox: boolean;
  limitRates: boolean;
  log: boolean;
}

export type Application = Awaited<ReturnType<typeof compose>>;

/** Builds the whole application from its parts: one line per module, lower tiers first. */
export async function compose(options: ComposeOptions) {
  const { connection, clock, sandbox } = options;
  const database = openDatabase({ ...connection, clock });
  const vault = createVault(connection.secret);
  const place = await createPlace({ database, clock, sandbox });
  const access = createAccess({
    database,
    vault,
    place,
    newId,
    sandbox,
    sendText: async () => undefined,
    organizationNames: async () => new Map(),
    handOver: async () => undefined,
  });
  const events = createEvents(database, connection.schema, []);
  const app = await createServer({
    ...options,
    actorOf: (request, language) => access.actorOfToken(request.cookies[SESSION_COOKIE], language),
  });
  mount(app, routes.place, place.handlers);
  mount(app, routes.session, access.handlers);
  return {
    app,
    database,
    vault,
    events,
    clock,
    place,
    access,
    async close() {
      await events.stop();
      await app.close();
      await database.close();
    },
  };
}
