import type { OpenDatabase } from './database.ts';
import { CommandError } from './errors.ts';
import type { Progress } from './progress.ts';

/** What a running server gives back to the command line. */
export interface Serving {
  /** Address to open in a browser. */
  address: string;
  /** Ends it: no new requests, running ones are answered, pools are closed. */
  close(): Promise<void>;
}

/** A demo account to print after the start. */
export interface DemoSignIn {
  who: string;
  name: string;
  password: string;
}

export interface ServeOptions {
  database: OpenDatabase;
  port: number;
  log: (line: string) => void;
}

/** A way to show how far work is: makes one progress for each part of it. */
export type ShowProgress = (label: string, total: number) => Progress;

/** Brings the schema to this version; returns the names of the migrations that ran. */
export async function migrateDatabase(
  database: OpenDatabase,
  log: (line: string) => void,
): Promise<string[]> {
  const { migrate } = await import('../platform/database/migrate.ts');
  const { ownerUrl, schema, secret } = database;
  return migrate({ ownerUrl, schema, secret, log });
}

/** Starts the HTTP server on a migrated database. */
export async function serve(_options: ServeOptions): Promise<Serving> {
  throw notBuilt();
}

/** True when the district has neither areas nor accounts, so that the demo may fill it. */
export async function isEmptyDistrict(_database: OpenDatabase): Promise<boolean> {
  throw notBuilt();
}

/** Fills an empty district with the demo district; returns whom one can sign in as. */
export async function makeDemo(
  _database: OpenDatabase,
  _showProgress: ShowProgress,
): Promise<DemoSignIn[]> {
  throw notBuilt();
}

/** Whom one can sign in as when this is a demo district, else nobody. */
export async function demoSignIns(_database: OpenDatabase): Promise<DemoSignIn[]> {
  throw notBuilt();
}

/** Reads the areas of a district from a CSV file; returns how many were made and changed. */
export async function importAreas(
  _database: OpenDatabase,
  _file: string,
): Promise<{ made: number; changed: number; unchanged: number }> {
  throw notBuilt();
}

function notBuilt(): CommandError {
  return new CommandError('此功能尚未完成。', 'This part is not built yet.');
}
