import type pg from 'pg';
import type { TableShape } from './backup-format.ts';

/**
 * Tables whose rows are never changed nor taken away and that grow without end. They are copied before the
 * snapshot, piece by piece. A table that breaks the promise is noticed and copied again, whole.
 */
export const APPEND_ONLY = [
  'ledger_transfer',
  'ledger_leaf',
  'event',
  'audit_entry',
  'publication_entry',
] as const;

/** The migrator's own tables: the list goes into the header, and restoring makes them anew. */
const OF_THE_MIGRATOR = 'kysely_migration%';

export interface Table extends TableShape {
  appendOnly: boolean;
  /** Pages of eight kilobytes. */
  pages: number;
}

/** The tables of a district with the columns that hold something of their own. */
export async function listTables(client: pg.ClientBase, schema: string): Promise<Table[]> {
  const found = await client.query<{ name: string; columns: string[]; pages: number }>(
    `select c.relname as name,
       (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind = 'r' and c.relname not like $2
     order by c.relname`,
    [schema, OF_THE_MIGRATOR],
  );
  const appendOnly = new Set<string>(APPEND_ONLY);
  return found.rows.map((row) => ({ ...row, appendOnly: appendOnly.has(row.name) }));
}

/** The names of the migrations a district went through, in order; empty when there is no district. */
export async function listMigrations(client: pg.ClientBase, schema: string): Promise<string[]> {
  const table = `${quoted(schema)}.kysely_migration`;
  const there = await client.query<{ it: string | null }>('select to_regclass($1) as it', [table]);
  if (there.rows[0]!.it === null) return [];
  const found = await client.query<{ name: string }>(`select name from ${table} order by name`);
  return found.rows.map(({ name }) => name);
}

/** The next free numbers of a district's identity columns. */
export async function listSequences(client: pg.ClientBase, schema: string) {
  const found = await client.query<{ name: string; last: number }>(
    `select sequencename as name, last_value::float8 as last from pg_sequences
     where schemaname = $1 and last_value is not null order by sequencename`,
    [schema],
  );
  return found.rows;
}

/** An identifier in quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A table's name with its schema. */
export function qualified(schema: string, table: string): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

/** What makes text the same on every server, whatever its settings. */
export const PORTABLE_SETTINGS = `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD';
  set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
  set extra_float_digits = 1; set statement_timeout = 0; set row_security = off`;
