import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tooling/test-database.ts';
import { loginName, logins, loginUrl } from './roles.ts';

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await owner.query(`set search_path = ${database.schema}`);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const rows = async (text: string): Promise<Record<string, unknown>[]> =>
  (await owner.query(text)).rows as Record<string, unknown>[];

test('every table of the application has row-level security, forced also on its owner', async () => {
  const open = await rows(`
    select relname from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and relname !~ '^(kysely_|ledger_)' and relname not in ('outbox', 'event', 'log_state')
      and not (relrowsecurity and relforcerowsecurity)`);
  expect(open).toEqual([]);
});

test('no application login has any right on a table of the ledger', async () => {
  const list = logins.map((login) => `'${loginName(database.schema, login)}'`).join(',');
  const rights = await rows(`
    select grantee, table_name, privilege_type from information_schema.role_table_grants
    where table_schema = '${database.schema}' and grantee in (${list}, 'PUBLIC')
      and (table_name like 'ledger\\_%' or table_name in ('outbox', 'event', 'log_state'))`);
  expect(rights).toEqual([]);
});

test('no login passes by the policies, and none may become another', async () => {
  const loose = await rows(`
    select rolname from pg_roles where rolname like '${database.schema}\\_%'
      and (rolbypassrls or rolsuper or rolcreaterole or rolinherit)`);
  expect(loose).toEqual([]);
  const members = await rows(`
    select 1 from pg_auth_members join pg_roles on pg_roles.oid = member
    where rolname like '${database.schema}\\_%'`);
  expect(members).toEqual([]);
});

test('every function that runs with the owner’s rights pins its search path and is not everybody’s', async () => {
  const loose = await rows(`
    select proname from pg_proc
    where pronamespace = current_schema()::regnamespace and prosecdef
      and (not coalesce(array_to_string(proconfig, ','), '') like '%search_path=%'
        or has_function_privilege('public', oid, 'execute'))`);
  expect(loose).toEqual([]);
});

test('no policy holds a subquery or an OR, and no table a trigger', async () => {
  const policies = await rows(`
    select tablename, policyname from pg_policies where schemaname = '${database.schema}'
      and (coalesce(qual, '') || ' ' || coalesce(with_check, '')) ~* '\\mselect\\M'`);
  expect(policies).toEqual([]);
  const triggers = await rows(`
    select tgname from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = current_schema()::regnamespace and not tgisinternal`);
  expect(triggers).toEqual([]);
});

test('without a scope a login sees nothing of anybody', async () => {
  for (const login of ['staff', 'resident'] as const) {
    const client = new pg.Client({
      connectionString: loginUrl(database, login),
      options: `-c search_path=${database.schema}`,
    });
    await client.connect();
    await expect(client.query('select count(*)::int as n from session')).rejects.toThrow(
      /permission denied/,
    );
    const { rows: found } = await client.query('select count(*)::int as n from message');
    expect(found).toEqual([{ n: 0 }]);
    await client.end();
  }
});
