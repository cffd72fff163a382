import { readFileSync } from 'node:fs';
import { systemClock } from '@wennuan/basics';
import { compose, type Application } from '../compose/index.ts';
import { readPaymentConfig } from '../modules/payment/index.ts';
import { systemActor } from '../platform/actor.ts';
import { startTicks } from '../platform/tick.ts';
import type { OpenDatabase } from './database.ts';
import { CommandError } from './errors.ts';
import { listenAt } from './listen.ts';
import type { Progress } from './progress.ts';

/** What a running server gives back to the command line. */
export interface Serving {
  /** Address to open in a browser. */
  address: string;
  /** Ends it: no new requests, running ones are answered, pools are closed. */
  close(): Promise<void>;
}

export interface ServeOptions {
  database: OpenDatabase;
  port: number;
  log: (line: string) => void;
}

/** A way to show how far work is: makes one progress for each part of it. */
export type ShowProgress = (label: string, total: number) => Progress;

/** Where `npm run build` puts the web app. */
const DIST = new URL('../../../web/dist/', import.meta.url);

/** Composes the application on an open database; `SANDBOX=off` leaves the stand-ins for outside channels out. */
export function composeOn(
  database: OpenDatabase,
  settings: { log: boolean; distFolder?: URL; besideThread?: boolean },
) {
  return compose({
    connection: database,
    dataDir: database.dataDir,
    clock: systemClock,
    sandbox: process.env['SANDBOX'] !== 'off',
    wechatSandbox: true,
    limitRates: process.env['LIMIT_RATES'] !== 'off',
    payments: readPaymentConfig(process.env['PAYMENT_CONFIG']),
    federationContact: process.env['FEDERATION_CONTACT'] ?? '0371-00002727',
    ...(process.env['PUBLIC_ADDRESS']
      ? { publicAddress: process.env['PUBLIC_ADDRESS'].replace(/\/+$/, '') }
      : {}),
    ...(process.env['LOG_ORIGIN'] ? { logOrigin: process.env['LOG_ORIGIN'] } : {}),
    ...settings,
  });
}

/** Starts the HTTP server on a migrated database, with the clocks and consumers running. */
export async function serve({ database, port, log }: ServeOptions): Promise<Serving> {
  const application = await composeOn(database, {
    log: true,
    distFolder: DIST,
    besideThread: true,
  });
  const address = await listening(application, port);
  const ticks = startTicks(application.ticks, (name, reason) =>
    log(`${name}: ${reason instanceof Error ? reason.message : String(reason)}`),
  );
  return {
    address,
    async close() {
      await ticks.stop();
      await application.close();
    },
  };
}

/** Hears events and takes requests; when the port cannot be had, everything opened is closed again, so that the process ends. */
async function listening(application: Application, port: number): Promise<string> {
  try {
    await application.events.start();
    const address = await listen(application, port);
    application.ownAddress(address);
    return address;
  } catch (error) {
    await application.close();
    throw error;
  }
}

async function listen({ app }: Application, port: number): Promise<string> {
  await listenAt(port, (at) => app.listen(at));
  const address = app.server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return `http://localhost:${actual}`;
}

/** Reads the areas of a district from a CSV file; returns how many were made and changed. */
export async function importAreas(
  database: OpenDatabase,
  file: string,
): Promise<{ made: number; changed: number; unchanged: number }> {
  const application = await composeOn(database, { log: false });
  try {
    const { added, renamed, unchanged, problems } = await application.place.importSheet(
      readFileSync(file),
    );
    if (problems.length > 0) {
      const list = problems.map(
        ({ line, problem }) => `  第 ${line} 行 · line ${line}: ${problem}`,
      );
      throw new CommandError(
        `${file} 有 ${problems.length} 处问题，没有导入任何一行。\n${list.join('\n')}`,
        `${file} has ${problems.length} problems; nothing was imported.`,
      );
    }
    return { made: added, changed: renamed, unchanged };
  } finally {
    await application.close();
  }
}

/** Opens a staff account from the command line: the first administrator of a new district. */
export async function addStaffAccount(
  database: OpenDatabase,
  input: { name: string; displayName: string; role: string; areaCode: string | null },
): Promise<{ password: string; totpUri: string }> {
  const application = await composeOn(database, { log: false });
  try {
    return await application.access.createStaff(systemActor('command line'), input);
  } finally {
    await application.close();
  }
}
