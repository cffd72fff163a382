import { buildWeb } from '../../../../tooling/build.ts';
import { serve, type Serving } from './application.ts';
import { type CommonOptions, migrateDatabase, say } from './using-database.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { demoSignIns, fillWithDemo } from './demo-district.ts';
import { printSignIns } from './demo.ts';
import { firstSteps } from './first-steps.ts';
import { serveWaitingPage } from './waiting-page.ts';
import { CommandError } from './errors.ts';
import { showProgress } from './progress.ts';

/** As shells report a program that Ctrl-C ended. */
const INTERRUPTED = 130;

export interface StartOptions extends CommonOptions {
  port: string;
  demo: boolean;
}

/** `wennuan start`: everything from an empty folder to a page in the browser; runs until a signal comes. */
export async function runStart(options: StartOptions): Promise<void> {
  const port = portNumber(options.port);
  const stopped = untilSignal();
  const pages = buildWeb({ log: say });
  // Whoever waits for them hears of a fault.
  pages.catch(() => undefined);
  const database = await openDatabase({ dataDir: options.data, log: say });
  let serving: Serving | null = null;
  try {
    serving = await orStopped(stopped, prepare(database, { port, demo: options.demo, pages }));
    if (serving) {
      console.log(`\n温暖已启动 · Wennuan is running: ${serving.address}`);
      printSignIns(await demoSignIns(database));
      for (const line of await firstSteps(database)) console.log(line);
    }
    await stopped;
    say('正在停止 · Stopping');
  } finally {
    await serving?.close();
    await database.close();
  }
  // What was being prepared may hold the process for as long as it takes.
  if (!serving) process.exit(INTERRUPTED);
}

/**
 * What the work gives, or null when somebody stops first: nobody who presses Ctrl-C waits for a demo. The next start
 * does what was left undone.
 */
async function orStopped<T>(stopped: Promise<void>, work: Promise<T>): Promise<T | null> {
  const first = await Promise.race([work, stopped.then(() => null)]);
  // It may still fail, as its database is going away; or come to its end, which nobody needs any more.
  if (first === null) work.catch(() => undefined);
  return first;
}

async function prepare(
  database: OpenDatabase,
  { port, demo, pages }: { port: number; demo: boolean; pages: Promise<unknown> },
): Promise<Serving> {
  say(`数据库 · Database: ${database.shownUrl}`);
  const ran = await migrateDatabase(database, () => {});
  if (ran.length > 0)
    say(`数据库结构已更新 · Database structure brought up to date (${ran.length})`);
  await Promise.all([pages, demo && prepareDemo(database, port)]);
  return serve({ database, port, log: say });
}

async function prepareDemo(database: OpenDatabase, port: number): Promise<void> {
  const waiting = await serveWaitingPage(port, showProgress);
  try {
    await fillWithDemo(database, waiting.showProgress);
  } finally {
    await waiting.close();
  }
}

/** Resolves at the first signal to stop. A second one within the shutdown changes nothing. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => resolve());
  });
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return port;
  throw new CommandError(
    `端口 ${text} 无效，应为 0 到 65535 之间的整数。`,
    `The port ${text} is not valid; it is a whole number from 0 to 65535.`,
  );
}
