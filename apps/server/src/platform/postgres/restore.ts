import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { explained } from './backup.ts';
import { type Frame, readFrames } from './backup-format.ts';
import type { CheckedBackup } from './check-backup.ts';
import {
  APPEND_ONLY,
  listMigrations,
  listTables,
  PORTABLE_SETTINGS,
  qualified,
  quoted,
} from './district-tables.ts';
import { PlainError, type Progress, type ShowProgress } from './plain-error.ts';

export interface RestoreOptions {
  ownerUrl: string;
  schema: string;
  dataDir: string;
  backup: CheckedBackup;
  /** Looks at the restored ledger inside the transaction; what it returns is broken and stops it. */
  check: (client: pg.ClientBase) => Promise<string[]>;
  showProgress: ShowProgress;
}

/**
 * Loads a checked backup into an empty district of the backup's structure in one transaction: rows, numbers and attachments,
 * or nothing at all. Refuses a district in which anything ever happened.
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ rows: number }> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: 'wennuan restore',
  });
  client.on('error', () => {});
  await client.connect();
  const files = new RestoredFiles(join(options.dataDir, 'files'));
  try {
    await client.query(PORTABLE_SETTINGS);
    await client.query(`set search_path = ${quoted(options.schema)}`);
    await refuseUnfit(client, options, files);
    await client.query(`begin; set local lock_timeout = '10s'`);
    const rows = await load(client, options, files);
    await refuseBroken(await options.check(client));
    await files.moveIn();
    await client.query('commit');
    await client.query('analyze');
    return { rows };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    await files.forget();
    throw explainedLock(error);
  } finally {
    await client.end();
  }
}

async function load(
  client: pg.Client,
  options: RestoreOptions,
  files: RestoredFiles,
): Promise<number> {
  const { schema, backup } = options;
  const tables = await listTables(client, schema);
  const names = tables.map(({ name }) => qualified(schema, name));
  await client.query(`truncate ${names.join(', ')} restart identity`);
  const rules = await dropForeignKeys(client, schema);
  const progress = options.showProgress('恢复 · Restoring', statSync(backup.file).size);
  await loadFrames({ client, schema, backup, files, progress });
  for (const { table, name, definition } of rules) {
    await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  }
  for (const { name, last } of backup.trailer.sequences) {
    await client.query('select setval($1::regclass, $2)', [qualified(schema, name), last]);
  }
  const rows = await compareCounts(client, options);
  progress.end();
  return rows;
}

interface Loading {
  client: pg.Client;
  schema: string;
  backup: CheckedBackup;
  files: RestoredFiles;
  progress: Progress;
}

/** Second reading: what was compared before is compared again, frame by frame, while it is loaded. */
async function loadFrames(loading: Loading): Promise<void> {
  const { client, schema, backup, files, progress } = loading;
  let copying: ReturnType<typeof startCopy> | null = null;
  const endCopy = async () => {
    if (copying) await copying.end();
    copying = null;
  };
  for await (const { frame, at } of readFrames(backup.file)) {
    progress.to(at);
    if (frame.type !== 'rows') await endCopy();
    if (frame.type === 'table') {
      const counts = at > (backup.passOver.get(frame.index) ?? 0);
      copying = counts ? startCopy(client, schema, backup.header.tables[frame.index]!) : null;
    } else if (frame.type === 'rows') await copying?.write(frame.text);
    else await files.take(frame);
  }
  await files.closed();
}

function startCopy(client: pg.Client, schema: string, table: { name: string; columns: string[] }) {
  const columns = table.columns.map(quoted).join(', ');
  const stream = client.query(
    copyFrom(`copy ${qualified(schema, table.name)} (${columns}) from stdin`),
  );
  const done = finished(stream);
  // Awaited at the end; a failure before must not count as unhandled meanwhile.
  done.catch(() => {});
  return {
    async write(text: Buffer) {
      if (stream.write(text)) return;
      await Promise.race([once(stream, 'drain'), done]);
    },
    async end() {
      stream.end();
      await done;
    },
  };
}

/** Attachments on their way: beside their place until everything else is in. */
class RestoredFiles {
  readonly folder: string;
  readonly #making: string;
  #file: FileHandle | null = null;
  #movedIn = false;

  constructor(folder: string) {
    this.folder = folder;
    this.#making = `${folder}.${process.pid}.restoring`;
  }

  async take(frame: Frame): Promise<void> {
    if (frame.type === 'bytes') await this.#file!.writeFile(frame.bytes);
    if (frame.type !== 'file') return;
    await this.closed();
    const path = join(this.#making, frame.path);
    await mkdir(dirname(path), { recursive: true });
    this.#file = await open(path, 'wx', 0o600);
  }

  async closed(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
    this.#file = null;
  }

  async moveIn(): Promise<void> {
    if (!existsSync(this.#making)) return;
    await rm(this.folder, { recursive: true, force: true });
    await rename(this.#making, this.folder);
    this.#movedIn = true;
  }

  async forget(): Promise<void> {
    await this.closed().catch(() => {});
    await rm(this.#movedIn ? this.folder : this.#making, { recursive: true, force: true });
  }
}

async function refuseUnfit(
  client: pg.Client,
  options: RestoreOptions,
  files: RestoredFiles,
): Promise<void> {
  const { schema, backup } = options;
  const tables = await listTables(client, schema);
  for (const name of APPEND_ONLY.filter((known) => tables.some((table) => table.name === known))) {
    const found = await client.query(`select from ${qualified(schema, name)} limit 1`);
    if (found.rowCount !== 0) throw notEmpty();
  }
  if (existsSync(files.folder) && readdirSync(files.folder).length > 0) throw notEmpty();
  const here = await listMigrations(client, schema);
  const there = backup.header.migrations;
  const columnsHere = new Map(tables.map((table) => [table.name, table.columns.join()]));
  const same =
    here.join() === there.join() &&
    backup.header.tables.every(({ name, columns }) => columnsHere.get(name) === columns.join());
  if (same) return;
  throw otherStructure(
    there.filter((name) => !here.includes(name)),
    here.filter((name) => !there.includes(name)),
  );
}

/** Of a version that this one does not know, or into a district that has gone further already. */
function otherStructure(unknown: readonly string[], further: readonly string[]): PlainError {
  if (unknown.length > 0 || further.length === 0)
    return new PlainError(
      `备份由更新的版本制作，此版本没有：${unknown.join('、') || '其中的列'}。请用制作备份的版本或更新的版本恢复。`,
      `The backup was made by a newer version; this one lacks ${unknown.join(', ') || 'some of its columns'}. ` +
        `Restore with the version that made it or a newer one.`,
    );
  return new PlainError(
    `这个区的数据库结构比备份新（备份没有：${further.join('、')}）。请用 --data 指定新的文件夹，恢复后会自动升级。`,
    `This district's structure is newer than the backup's (the backup lacks ${further.join(', ')}). ` +
      `Name a new folder with --data; the backup is upgraded after restoring.`,
  );
}

function notEmpty(): PlainError {
  return new PlainError(
    '这个区已有数据，备份只能恢复到空的区。请用 --data 指定新的文件夹，或指定空的数据库。',
    'This district holds data; a backup is restored into an empty one only. ' +
      'Name a new folder with --data, or an empty database.',
  );
}

/** Foreign keys would dictate an order of tables; they are checked all together when they come back. */
async function dropForeignKeys(client: pg.Client, schema: string) {
  const found = await client.query<{ table: string; name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, k.conname as name,
       pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and k.contype = 'f' and k.conparentid = 0
     order by 1, 2`,
    [schema],
  );
  for (const { table, name } of found.rows) {
    await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  }
  return found.rows;
}

async function compareCounts(client: pg.Client, { schema, backup }: RestoreOptions) {
  let rows = 0;
  for (const [name, sum] of Object.entries(backup.trailer.tables)) {
    const found = await client.query<{ rows: number }>(
      `select count(*)::float8 as rows from ${qualified(schema, name)}`,
    );
    if (found.rows[0]!.rows !== sum.rows) {
      throw new PlainError(
        `表 ${name} 应有 ${sum.rows} 行，恢复后为 ${found.rows[0]!.rows} 行。没有恢复任何内容。`,
        `The table ${name} should have ${sum.rows} rows but got ${found.rows[0]!.rows}. Nothing was restored.`,
      );
    }
    rows += sum.rows;
  }
  return rows;
}

async function refuseBroken(findings: string[]): Promise<void> {
  if (findings.length === 0) return;
  const shown = findings.slice(0, 20).join('\n');
  throw new PlainError(
    `恢复后的账本有 ${findings.length} 处不符，没有恢复任何内容：\n${shown}`,
    `The restored ledger has ${findings.length} broken facts; nothing was restored.`,
  );
}

function explainedLock(error: unknown): unknown {
  if ((error as { code?: string }).code !== '55P03') return explained(error);
  return new PlainError(
    '数据库正被使用，请先停止服务。',
    'The database is in use; stop the server first.',
  );
}
