import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ledgerGrants, migrations as ledgerMigrations } from '@wennuan/ledger';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import { PlainError } from '../postgres/plain-error.ts';
import { type Connection, type Login, loginName, loginPassword, logins } from './roles.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);

/** What a migration may write in braces, besides the names of the login roles. */
const SHORTHANDS: Record<string, string> = {
  in_areas: "area_id = any(nullif(current_setting('app.areas', true), '')::int[])",
  own_account: "account_id = nullif(current_setting('app.account', true), '')::uuid",
  own_department: "department_id = nullif(current_setting('app.organization', true), '')::uuid",
};

/** What PostgreSQL says to the slower of two who make or change one login at once. */
const AT_ONCE = new Set(['XX000', '23505', '42710']);
const LOGIN_TRIES = 10;

/**
 * Brings a district's schema up to date and makes its login roles; running it again changes nothing. Of several at once
 * on one district, one works and the others wait for it.
 * Goes forward only, each file in one transaction; with `only`, no further than those of these names that exist here,
 * which is how a district stood when an older version made its backup. Returns the names of the migrations it ran.
 */
export async function migrate(
  connection: Connection & { log?: (line: string) => void; only?: readonly string[] },
): Promise<string[]> {
  const pool = new pg.Pool({
    connectionString: connection.ownerUrl,
    max: 1,
    options: `-c search_path=${connection.schema} -c client_min_messages=warning`,
  });
  // A connection that is ending may still hear of a server that stops; that is no failure.
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    // Held by this one connection until it ends.
    await sql`select pg_advisory_lock(hashtext(${`migration of ${connection.schema}`}))`.execute(
      db,
    );
    await sql`create schema if not exists ${sql.id(connection.schema)}`.execute(db);
    await makeLogins(db, connection);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => chosen(collect(connection.schema), connection.only) },
      migrationTableSchema: connection.schema,
      allowUnorderedMigrations: true,
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    for (const result of results) connection.log?.(`${result.status} ${result.migrationName}`);
    if (error) throw newerDistrict(error) ?? error;
    // An older ledger may lack what is granted; its rights come with the rest.
    if (!connection.only) await grantLedger(db, connection.schema);
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

/** A district that a newer version has already been at: nothing here knows its newest tables. */
function newerDistrict(error: unknown): PlainError | null {
  const missing = /previously executed migration (\S+) is missing/.exec(String(error))?.[1];
  if (!missing) return null;
  return new PlainError(
    `这个区的数据由更新的版本建立（${missing}），当前版本不认识，没有改动任何数据。请用更新的版本启动，或恢复旧版本时的备份。`,
    `A newer version made this district’s data (${missing}); this version does not know it and has changed nothing. Start the newer version, or restore a backup of the older one.`,
  );
}

async function makeLogins(db: Kysely<unknown>, { schema, secret }: Connection): Promise<void> {
  for (const login of logins) {
    const name = loginName(schema, login);
    await makeLogin(db, name, loginPassword(secret, name));
    await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(name)}`.execute(db);
  }
}

/** Logins are the whole server's: a district of that name in another of its databases may make the same one just now. */
async function makeLogin(db: Kysely<unknown>, name: string, password: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const exists = await sql`select 1 from pg_roles where rolname = ${name}`.execute(db);
      const verb = exists.rows.length ? 'alter' : 'create';
      await sql`${sql.raw(verb)} role ${sql.id(name)} login nosuperuser nobypassrls noinherit
        password ${sql.lit(password)}`.execute(db);
      return;
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (tries === LOGIN_TRIES || !AT_ONCE.has(code)) throw error;
      await sleep(20 * tries);
    }
  }
}

async function grantLedger(db: Kysely<unknown>, schema: string): Promise<void> {
  const names = (chosen: readonly Login[]) => chosen.map((login) => loginName(schema, login));
  const grants = ledgerGrants({
    post: names(['resident', 'staff', 'federation', 'payments', 'system']),
    read: names(logins),
    sequence: names(['system']),
    total: names(['federation', 'system']),
  });
  if (grants) await sql.raw(grants).execute(db);
}

function chosen(all: Record<string, Migration>, only: readonly string[] | undefined) {
  return only
    ? Object.fromEntries(Object.entries(all).filter(([name]) => only.includes(name)))
    : all;
}

function collect(schema: string): Record<string, Migration> {
  const names: Record<string, string> = { ...SHORTHANDS };
  for (const login of logins) names[login] = `"${loginName(schema, login)}"`;
  names['everyone'] = logins.map((login) => names[login]).join(', ');
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, word: string) => {
      const value = names[word];
      if (value === undefined) throw new Error(`a migration uses the unknown word {{${word}}}`);
      return value;
    });
  const texts: Record<string, string> = { ...ledgerMigrations };
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.sql')))
    texts[file.slice(0, -4)] = readFileSync(new URL(file, FOLDER), 'utf8');
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      { up: async (db: Kysely<unknown>) => void (await sql.raw(fill(text)).execute(db)) },
    ]),
  );
}
