import type { Command } from 'commander';
import { type OpenDatabase, openDatabase } from './database.ts';
import { migrateDatabase } from './application.ts';

/** Options every command takes. */
export interface CommonOptions {
  data: string;
}

/** Adds `--data` to a command. */
export function withData(command: Command): Command {
  return command.option(
    '--data <dir>',
    '数据文件夹 · data folder (DATABASE_URL, if set, names the database instead)',
    './data',
  );
}

/** Writes a line of progress for people; results go to standard output instead. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Opens the database, runs the work and closes it again, whatever happens. */
export async function usingDatabase<T>(
  options: CommonOptions,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ dataDir: options.data, log: say });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The same on a district brought to this version first. */
export function usingDistrict<T>(
  options: CommonOptions,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  return usingDatabase(options, async (database) => {
    await migrateDatabase(database, () => {});
    return work(database);
  });
}
