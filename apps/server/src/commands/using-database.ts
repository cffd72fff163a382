import { type OpenDatabase, openDatabase } from './database.ts';
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

/** Brings the schema to this version, or with `only` as far as these; returns the names of the migrations that ran. */
export function migrateDatabase(
  { ownerUrl, schema, secret }: OpenDatabase,
  log: (line: string) => void,
  only?: readonly string[],
): Promise<string[]> {
  return migrate({ ownerUrl, schema, secret, log, ...(only && { only }) });
}
