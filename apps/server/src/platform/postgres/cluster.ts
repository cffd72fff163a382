import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { chooseRunner, type Runner, type Strategy } from './runner.ts';
import { PlainError } from './plain-error.ts';

/** What the data folder remembers about its cluster, in `postgres.json`. */
interface Remembered {
  port?: number;
  /** Where the cluster lies when it could not lie in the data folder. */
  cluster?: string;
}

export interface Cluster {
  folder: string;
  password: string;
  runner: Runner;
}

/** The folder of the cluster of a data folder, or null when none was made yet. */
export function clusterFolder(dataDir: string): string | null {
  const folder = remembered(dataDir).cluster ?? join(dataDir, 'postgres');
  return existsSync(join(folder, 'PG_VERSION')) ? folder : null;
}

/** The one true path of a data folder; the folder is made when it is missing. */
export function realDataFolder(dataDir: string): string {
  makeDataFolder(resolve(dataDir));
  return realpathSync(dataDir);
}

/** Finds the cluster of a data folder or makes it (about a second). */
export async function readyCluster(
  dataDir: string,
  options: { durable: boolean; strategies?: Strategy[]; log: (line: string) => void },
): Promise<Cluster> {
  const existing = clusterFolder(dataDir);
  const owner = statSync(existing ?? dataDir).uid || null;
  const base = existing ? dirname(existing) : dataDir;
  const runner = chooseRunner({ base, fixed: existing !== null, owner }, options.strategies);
  const password = writeOnce(join(dataDir, 'postgres.password'), () =>
    randomBytes(32).toString('base64url'),
  );
  if (existing) {
    refuseOtherVersion(existing);
    if (runner.uid !== null && (owner ?? 0) !== runner.uid) giveTo(existing, runner.uid);
    return { folder: existing, password, runner };
  }
  options.log('正在准备数据库 · Preparing the database');
  const folder = join(runner.base, 'postgres');
  await initialize(folder, password, { runner, durable: options.durable });
  if (runner.base !== dataDir) remember(dataDir, { cluster: folder });
  return { folder, password, runner };
}

/** The port that this data folder's server had the last time, or null. */
export function rememberedPort(dataDir: string): number | null {
  return remembered(dataDir).port ?? null;
}

/** Writes what the data folder is to remember; fields not named stay. */
export function remember(dataDir: string, values: Remembered): void {
  const file = join(dataDir, 'postgres.json');
  const making = `${file}.${process.pid}`;
  writeFileSync(making, `${JSON.stringify({ ...remembered(dataDir), ...values })}\n`);
  ownLikeFolder(making);
  renameSync(making, file);
}

/** The superuser's password of a data folder's cluster, or null when it has none. */
export function readPassword(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes the data folder when it is missing: others may pass through it (the server may run as another
 * user) but not list it. Parents get the usual mode, since a mode given to a recursive mkdir hits them too.
 */
function makeDataFolder(dataDir: string): void {
  if (existsSync(dataDir)) return;
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
}

/**
 * The text of a secret file of mode 600; `make` says what it holds when it is missing. Made once, whole,
 * and never over another process's: all who ask at the same moment get the same text.
 */
export function writeOnce(file: string, make: () => string): string {
  const making = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    if (!existsSync(file)) {
      writeFileSync(making, `${make()}\n`, { mode: 0o600, flag: 'wx', flush: true });
      ownLikeFolder(making);
      linkOnce(making, file);
    }
  } finally {
    rmSync(making, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

function linkOnce(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some file systems know no hard links.
    if (!existsSync(to)) renameSync(from, to);
  }
}

function remembered(dataDir: string): Remembered {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as Remembered;
  } catch {
    return {};
  }
}

/** Runs initdb beside the final place and moves the whole in, so that a half-made cluster cannot stay. */
async function initialize(
  folder: string,
  password: string,
  how: { runner: Runner; durable: boolean },
): Promise<void> {
  const making = mkdtempSync(`${folder}.new-`);
  try {
    const passwordFile = join(making, 'password');
    const made = join(making, 'cluster');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    mkdirSync(made, { mode: 0o700 });
    if (how.runner.uid !== null) giveTo(making, how.runner.uid);
    const ctype = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
    await run(how.runner, [
      '-D',
      made,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--lc-collate=C',
      // Trigrams see no Chinese under the ctype C.
      `--lc-ctype=${ctype}`,
      '--lc-messages=C',
      '--data-checksums',
      ...(how.durable ? [] : ['--no-sync']),
    ]);
    if (!existsSync(join(folder, 'PG_VERSION'))) renameSync(made, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

async function run(runner: Runner, initdbArguments: string[]): Promise<void> {
  const { file, args, options } = runner.command('initdb', initdbArguments);
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  if (/No space left on device|Disk quota exceeded/.test(said))
    throw new PlainError(
      '磁盘已满，无法建立数据库。请腾出至少 500 MB 空间，或用 --data 换一个位置。',
      'The disk is full, so the database cannot be made. Free at least 500 MB, or choose another place with --data.',
    );
  throw new Error(`initdb ended with ${code}: ${said.trim().slice(-2_000)}`);
}

function refuseOtherVersion(folder: string): void {
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version === '18') return;
  throw new PlainError(
    `数据文件夹由 PostgreSQL ${version} 创建，此版本需要 18。请用当时的版本备份后再恢复。`,
    `The data folder was made by PostgreSQL ${version}; this version needs 18. ` +
      `Make a backup with the version of then and restore it here.`,
  );
}

/** What root writes into someone's data folder belongs to that someone. */
function ownLikeFolder(file: string): void {
  const { uid, gid } = statSync(dirname(file));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(file, uid, gid);
}

function giveTo(folder: string, uid: number): void {
  lchownSync(folder, uid, uid);
  for (const entry of readdirSync(folder, { recursive: true })) {
    lchownSync(join(folder, String(entry)), uid, uid);
  }
}
