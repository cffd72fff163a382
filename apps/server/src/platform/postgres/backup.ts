import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type BackupWriter, createWriter, fingerprintOf } from './backup-format.ts';
import {
  listMigrations,
  listSequences,
  listTables,
  PORTABLE_SETTINGS,
  qualified,
  quoted,
  type Table,
} from './district-tables.ts';
import { PlainError, type Progress, type ShowProgress } from './plain-error.ts';

export interface BackupOptions {
  ownerUrl: string;
  schema: string;
  secret: string;
  /** The data folder, for the attachments in `files`. */
  dataDir: string;
  /** The file to make; must not exist. */
  file: string;
  /** Whether the secret goes into the file. */
  withKeys: boolean;
  showProgress: ShowProgress;
}

/** What went into a backup. */
export interface BackupMade {
  rows: number;
  files: number;
  bytes: number;
  /** How long the one snapshot was open, in milliseconds. */
  snapshotMillis: number;
}

const CHUNK_BYTES = 1_048_576;
const RANGE_PAGES = 8_192;
const PAGE_BYTES = 8_192;
const SETTLE_MILLIS = 30_000;

/**
 * Writes the whole district into one file while the server runs: rows as of one snapshot, then the
 * attachments. What is only ever added to is copied before, in short transactions, so that the snapshot
 * stays short and posting does not slow down. The file appears under its name only when it is whole.
 */
export async function createBackup(options: BackupOptions): Promise<BackupMade> {
  const target = resolve(options.file);
  if (existsSync(target)) {
    throw new PlainError(`文件 ${target} 已存在。`, `The file ${target} exists already.`);
  }
  if (!existsSync(dirname(target)))
    throw new PlainError(
      `没有文件夹 ${dirname(target)}，备份无处可写。`,
      `There is no folder ${dirname(target)} to write the backup to.`,
    );
  const making = `${target}.${process.pid}.partial`;
  const file = await open(making, 'wx', 0o600);
  try {
    const made = await withDistrict(options, (client) => fill(file, client, options));
    await file.sync();
    await file.close();
    await rename(making, target);
    return made;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(making, { force: true });
    throw explained(error);
  }
}

interface Run {
  client: pg.Client;
  schema: string;
  writer: BackupWriter;
  tables: Table[];
  /** Rows and digest so far, by table. */
  sums: { rows: number; hash: Hash }[];
  /** What is done, in bytes on disk. */
  done: number;
  progress: Progress;
}

async function fill(file: FileHandle, client: pg.Client, options: BackupOptions) {
  const { schema, secret, dataDir } = options;
  const tables = await listTables(client, schema);
  const writer = await createWriter(file);
  const header = {
    format: 1 as const,
    madeAt: new Date().toISOString(),
    schema,
    migrations: await listMigrations(client, schema),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    secretFingerprint: fingerprintOf(secret),
  };
  await writer.write({ type: 'header', header });
  if (options.withKeys) await writer.write({ type: 'keys', secret });
  const total = tables.reduce((sum, table) => sum + table.pages * PAGE_BYTES, 0);
  const run: Run = {
    client,
    schema,
    writer,
    tables,
    sums: tables.map(() => ({ rows: 0, hash: createHash('sha256') })),
    done: 0,
    progress: options.showProgress('备份 · Backup', total),
  };
  const early = await copySettled(run);
  const began = performance.now();
  const sequences = await copySnapshot(run, early);
  const snapshotMillis = performance.now() - began;
  const files = await copyFiles(run, join(dataDir, 'files'));
  const sums = run.sums.map(({ rows, hash }, index) => [
    tables[index]!.name,
    { rows, sha256: hash.digest('hex') },
  ]);
  const trailer = {
    tables: Object.fromEntries(sums) as Record<string, { rows: number; sha256: string }>,
    files,
    sequences,
  };
  await writer.write({ type: 'end', trailer });
  run.progress.end();
  const rows = Object.values(trailer.tables).reduce((sum, table) => sum + table.rows, 0);
  return { rows, files: files.count, bytes: writer.bytes, snapshotMillis };
}

/**
 * Copies the settled rows of the append-only tables: those written by transactions before a border, when
 * every one of these has ended. Returns the border, or null when some transaction does not end: then
 * everything is copied in the snapshot.
 */
async function copySettled(run: Run): Promise<string | null> {
  const border = await settledBorder(run.client);
  if (border === null) return null;
  const current = await listTables(run.client, run.schema);
  for (const [index, table] of run.tables.entries()) {
    if (!table.appendOnly) continue;
    const pages = current.find(({ name }) => name === table.name)?.pages ?? 0;
    for (let page = 0; page < pages; page += RANGE_PAGES) {
      const range = `ctid >= '(${page},0)'::tid and ctid < '(${page + RANGE_PAGES},0)'::tid`;
      await copyRows(run, index, `where ${range} and age(xmin) > (select age('${border}'::xid))`);
      advance(run, Math.min(RANGE_PAGES, pages - page));
    }
  }
  return border;
}

/** A transaction number below which every transaction has ended, one that was the next a moment ago. */
async function settledBorder(client: pg.Client): Promise<string | null> {
  const [now] = (
    await client.query<{ next: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    )
  ).rows;
  for (let waited = 0; waited < SETTLE_MILLIS; waited += 20) {
    const found = await client.query<{ settled: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as settled',
      [now!.next],
    );
    if (found.rows[0]!.settled) return (BigInt(now!.next) % 2n ** 32n).toString();
    await sleep(20);
  }
  return null;
}

/** Copies the rest as of one snapshot and proves that what was copied before belongs to it. */
async function copySnapshot(run: Run, border: string | null) {
  const { client, schema } = run;
  await client.query('begin isolation level repeatable read read only');
  for (const [index, table] of run.tables.entries()) {
    if (border === null || !table.appendOnly) {
      await copyRows(run, index, '');
      advance(run, table.pages);
      continue;
    }
    await copyRows(run, index, `where age(xmin) <= (select age('${border}'::xid))`);
    const counted = await client.query<{ rows: number }>(
      `select count(*)::float8 as rows from ${qualified(schema, table.name)}`,
    );
    if (counted.rows[0]!.rows === run.sums[index]!.rows) continue;
    await run.writer.write({ type: 'again', index });
    run.sums[index] = { rows: 0, hash: createHash('sha256') };
    await copyRows(run, index, '');
  }
  await client.query('commit');
  // Numbers drawn since are higher, never lower.
  return listSequences(client, schema);
}

/** Copies rows of a table as text, in chunks. */
async function copyRows(run: Run, index: number, where: string): Promise<void> {
  const table = run.tables[index]!;
  if (table.columns.length === 0) return;
  const columns = table.columns.map(quoted).join(', ');
  const source = `select ${columns} from ${qualified(run.schema, table.name)} ${where}`;
  const stream = run.client.query(copyTo(`copy (${source}) to stdout`));
  const sum = run.sums[index]!;
  await run.writer.write({ type: 'table', index });
  let gathered: Buffer[] = [];
  let bytes = 0;
  const flush = async () => {
    const text = Buffer.concat(gathered, bytes);
    gathered = [];
    bytes = 0;
    sum.hash.update(text);
    await run.writer.write({ type: 'rows', text });
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    gathered.push(chunk);
    bytes += chunk.length;
    if (bytes >= CHUNK_BYTES) await flush();
  }
  if (bytes > 0) await flush();
  sum.rows += stream.rowCount;
}

/** Copies the attachments as they are (encrypted). After the rows, so that no row lacks its file. */
async function copyFiles(run: Run, folder: string): Promise<{ count: number; bytes: number }> {
  const sum = { count: 0, bytes: 0 };
  if (!existsSync(folder)) return sum;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    // A name with a dot in front is an upload that has not ended.
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  for (const path of paths.toSorted()) {
    const file = await open(join(folder, path), 'r').catch(() => null);
    // Erased since the folder was read: then no row names it any more.
    if (!file) continue;
    await run.writer.write({ type: 'file', path });
    for await (const chunk of file.createReadStream({ highWaterMark: CHUNK_BYTES })) {
      const bytes = chunk as Buffer;
      await run.writer.write({ type: 'bytes', bytes });
      sum.bytes += bytes.length;
    }
    sum.count += 1;
  }
  return sum;
}

function advance(run: Run, pages: number): void {
  run.done += pages * PAGE_BYTES;
  run.progress.to(run.done);
}

async function withDistrict<T>(
  options: BackupOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: 'wennuan backup',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    // The checks fail instead of seeing nothing, if this login is not above the policies.
    await client.query(PORTABLE_SETTINGS);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Says in plain words what happens often: a full disk, a login without the right. */
export function explained(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOSPC') {
    return new PlainError('磁盘空间不足。', 'There is no space left on the disk.');
  }
  if (code === '42501' || /row-level security/.test(message ?? '')) {
    return new PlainError(
      `数据库用户的权限不足，应为超级用户或具有 BYPASSRLS：${message}`,
      `The database user has not enough rights; it must be a superuser or have BYPASSRLS: ${message}`,
    );
  }
  return error;
}
