import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type OpenDatabase, openDatabase } from './database.ts';
import { CommandError } from './errors.ts';
import { migrate } from '../platform/database/migrate.ts';

/** Options every command takes. */
export interface CommonOptions {
  data: string;
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

/** The same for what only reads: a folder that holds nothing, as a mistyped one, is refused instead of made. */
export function usingExistingDistrict<T>(
  options: CommonOptions,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  requireData(options);
  return usingDistrict(options, work);
}

/** Refuses a data folder without a database, unless DATABASE_URL names another. */
export function requireData({ data }: CommonOptions): void {
  const isNamed = process.env['DATABASE_URL']?.trim();
  if (isNamed || existsSync(join(data, 'postgres.password'))) return;
  throw new CommandError(
    `文件夹 ${resolve(data)} 里没有数据。请用 --data 指明数据文件夹；新的区请先运行 start。`,
    `The folder ${resolve(data)} holds no data. Name the data folder with --data; a new district begins with start.`,
  );
}

/** Brings the schema to this version, or with `only` as far as these; returns the names of the migrations that ran. */
export function migrateDatabase(
  { ownerUrl, schema, secret }: OpenDatabase,
  log: (line: string) => void,
  only?: readonly string[],
): Promise<string[]> {
  return migrate({ ownerUrl, schema, secret, log, ...(only && { only }) });
}
