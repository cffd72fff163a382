import { buildWeb } from '../../../../tooling/build.ts';
import { demoSignIns, isEmptyDistrict, makeDemo, serve, type Serving } from './application.ts';
import { type CommonOptions, migrateDatabase, say } from './using-database.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { printSignIns } from './demo.ts';
import { CommandError } from './errors.ts';
import { showProgress } from './progress.ts';

export interface StartOptions extends CommonOptions {
  port: string;
  demo: boolean;
}

/** `wennuan start`: everything from an empty folder to a page in the browser; runs until a signal comes. */
export async function runStart(options: StartOptions): Promise<void> {
  const port = portNumber(options.port);
  const stopped = untilSignal();
  await buildWeb({ log: say });
  const database = await openDatabase({ dataDir: options.data, log: say });
  let serving: Serving | null = null;
  try {
    serving = await prepare(database, { port, demo: options.demo });
    console.log(`\n温暖已启动 · Wennuan is running: ${serving.address}`);
    printSignIns(await demoSignIns(database));
    await stopped;
    say('正在停止 · Stopping');
  } finally {
    await serving?.close();
    await database.close();
  }
}

async function prepare(
  database: OpenDatabase,
  options: { port: number; demo: boolean },
): Promise<Serving> {
  say(`数据库 · Database: ${database.shownUrl}`);
  const ran = await migrateDatabase(database, () => {});
  if (ran.length > 0)
    say(`数据库结构已更新 · Database structure brought up to date (${ran.length})`);
  if (options.demo && (await isEmptyDistrict(database))) await makeDemo(database, showProgress);
  return serve({ database, port: options.port, log: say });
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
