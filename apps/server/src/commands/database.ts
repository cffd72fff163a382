import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { realDataFolder, writeOnce } from '../platform/postgres/cluster.ts';
import { startEmbedded } from '../platform/postgres/embedded.ts';
import { CommandError } from './errors.ts';

export interface OpenDatabase {
  /** Of the owner, for migrations; holds a password: never print it. */
  ownerUrl: string;
  /** What may be printed instead. */
  shownUrl: string;
  /** The schema of the district. */
  schema: string;
  /** The district's master secret, 64 hexadecimal digits. */
  secret: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  embedded: boolean;
  /** Stops the private server when this process started it. End your connections first. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  dataDir: string;
  log?: (line: string) => void;
  environment?: Record<string, string | undefined>;
}

const OWN_DATABASE = 'wennuan';
const OLDEST_VERSION = 150_000;
const CONNECT_MILLIS = 10_000;
const SECRET_BYTES = 32;

/**
 * Opens the district's database: the one DATABASE_URL names, else the private one of the data folder,
 * started when nobody runs it yet. Throws a CommandError that never holds a password.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const environment = options.environment ?? process.env;
  const schema = schemaName(environment.DISTRICT_SCHEMA);
  const dataDir = realDataFolder(options.dataDir);
  const url = environment.DATABASE_URL?.trim();
  const opened = url ? await openGiven(url) : await openPrivate(dataDir, options.log);
  try {
    const secret = await districtSecret(dataDir, opened.ownerUrl, schema);
    return { ...opened, schema, secret, dataDir };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

type Opened = Pick<OpenDatabase, 'ownerUrl' | 'shownUrl' | 'embedded' | 'close'>;

async function openGiven(url: string): Promise<Opened> {
  const shownUrl = withoutPassword(url);
  await tryConnection(url, shownUrl);
  return { ownerUrl: url, shownUrl, embedded: false, close: () => Promise.resolve() };
}

async function openPrivate(dataDir: string, log?: (line: string) => void): Promise<Opened> {
  const server = await startEmbedded({ dataDir, ...(log ? { log } : {}) });
  try {
    await withClient(server.url, async (client) => {
      const found = await client.query('select from pg_database where datname = $1', [
        OWN_DATABASE,
      ]);
      if (found.rowCount === 0) await client.query(`create database ${OWN_DATABASE}`);
    });
  } catch (error) {
    // Two commands may begin at once; the other one was faster.
    if ((error as { code?: string }).code !== '42P04') {
      await server.stop();
      throw error;
    }
  }
  const address = new URL(server.url);
  address.pathname = `/${OWN_DATABASE}`;
  const ownerUrl = address.href;
  return {
    ownerUrl,
    shownUrl: withoutPassword(ownerUrl),
    embedded: true,
    close: () => server.stop(),
  };
}

/** Runs work on one connection and ends it. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MILLIS,
    application_name: 'wennuan command',
  });
  // A connection that breaks fails the next query; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function tryConnection(url: string, shownUrl: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const found = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    return found.rows[0]!.version;
  }).catch((error: unknown) => {
    throw connectionError(error as { code?: string }, shownUrl);
  });
  if (version >= OLDEST_VERSION) return;
  throw new CommandError(
    `数据库 ${shownUrl} 的 PostgreSQL 版本过旧，需要 15 或更高版本。`,
    `The PostgreSQL at ${shownUrl} is too old; version 15 or later is needed.`,
  );
}

const REASONS: Record<string, [string, string]> = {
  ECONNREFUSED: ['该地址没有数据库在运行', 'no database runs at that address'],
  ENOENT: ['该地址没有数据库在运行', 'no database runs at that address'],
  ENOTFOUND: ['找不到该主机', 'there is no such host'],
  EAI_AGAIN: ['找不到该主机', 'there is no such host'],
  ETIMEDOUT: ['主机没有回应', 'the host does not answer'],
  EHOSTUNREACH: ['无法到达该主机', 'the host cannot be reached'],
  ENETUNREACH: ['无法到达该主机', 'the host cannot be reached'],
  '28P01': ['用户名或密码不正确', 'the user name or password is wrong'],
  '28000': ['用户名或密码不正确', 'the user name or password is wrong'],
  '3D000': ['没有这个名称的数据库', 'there is no database of that name'],
  '53300': ['数据库连接数已满', 'the database takes no more connections'],
  '57P03': ['数据库正在启动', 'the database is starting up'],
};

function connectionError(error: { code?: string; message?: string }, shownUrl: string) {
  const timedOut = /timeout/i.test(error.message ?? '');
  const reason = REASONS[timedOut ? 'ETIMEDOUT' : (error.code ?? '')] ?? [
    `错误 ${error.code ?? 'unknown'}`,
    `error ${error.code ?? 'unknown'}`,
  ];
  return new CommandError(
    `无法连接 DATABASE_URL 指定的数据库 ${shownUrl}：${reason[0]}。请检查该变量；不设置时使用数据文件夹中的内置数据库。`,
    `Cannot connect to the database ${shownUrl} of DATABASE_URL: ${reason[1]}. ` +
      `Check the variable; without it the private database in the data folder is used.`,
  );
}

/** A database address that may be shown: user, host, port and database, nothing else. */
export function withoutPassword(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw notAnAddress();
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw notAnAddress();
  const user = parsed.username ? `${decodeURIComponent(parsed.username)}@` : '';
  return `postgres://${user}${parsed.host}${parsed.pathname}`;
}

function notAnAddress(): CommandError {
  return new CommandError(
    '环境变量 DATABASE_URL 不是 PostgreSQL 地址，应形如 postgres://用户:密码@主机:5432/数据库。',
    'The environment variable DATABASE_URL is not the address of a PostgreSQL database; ' +
      'it looks like postgres://user:password@host:5432/database.',
  );
}

function schemaName(given: string | undefined): string {
  const name = given?.trim() || 'district';
  if (/^[a-z][a-z0-9_]{0,30}$/.test(name)) return name;
  throw new CommandError(
    '环境变量 DISTRICT_SCHEMA 只能由小写字母、数字和下划线组成，以字母开头，最多 31 个字符。',
    'The environment variable DISTRICT_SCHEMA may hold lower-case letters, digits and underscores, ' +
      'begins with a letter and has at most 31 characters.',
  );
}

/**
 * The master secret of the data folder, made on the first run. A district that exists without its secret
 * is refused: a new secret could read nothing of what the old one encrypted.
 */
async function districtSecret(dataDir: string, ownerUrl: string, schema: string): Promise<string> {
  const file = join(dataDir, 'secret');
  if (!existsSync(file) && (await hasTables(ownerUrl, schema))) {
    throw new CommandError(
      `数据库中已有这个区的数据，但数据文件夹中没有它的密钥文件 ${file}。请把原来的密钥文件放回此处。`,
      `The database already holds this district, but its secret file ${file} is missing. ` +
        `Put the original file back there.`,
    );
  }
  const secret = writeOnce(file, () => randomBytes(SECRET_BYTES).toString('hex'));
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new CommandError(
    `密钥文件 ${file} 已损坏：应为 64 位十六进制数字。`,
    `The secret file ${file} is damaged: it must hold 64 hexadecimal digits.`,
  );
}

/** The secret of a data folder that has one, or null. */
export function existingSecret(dataDir: string): string | null {
  const file = join(dataDir, 'secret');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** True when the district's schema exists and is not empty. */
export function hasTables(ownerUrl: string, schema: string): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    const found = await client.query('select from pg_tables where schemaname = $1 limit 1', [
      schema,
    ]);
    return found.rowCount !== 0;
  });
}
