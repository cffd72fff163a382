import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a running server wrote into `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** The server that runs on a cluster, or null: also when the file was left by one that was killed. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const lines = pidFile(cluster);
  if (!lines) return null;
  const pid = Number(lines[0]);
  if (!isServerOf(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? '').startsWith('ready') };
}

/**
 * Removes a `postmaster.pid`, and locks of sockets, whose number now belongs to some other program (after a power cut or
 * in a new container), because PostgreSQL would take that program for itself and refuse to start.
 */
export function clearStalePidFiles(cluster: string): void {
  const locks = readdirSync(cluster).filter((name) => /^\.s\.PGSQL\.\d+\.lock$/.test(name));
  for (const name of ['postmaster.pid', ...locks]) {
    const lines = pidFile(cluster, name);
    if (lines && !isServerOf(Number(lines[0]), cluster))
      rmSync(join(cluster, name), { force: true });
  }
}

/** What to ask of a server that does not end, and after how many milliseconds. */
const URGING: [afterMillis: number, signal: NodeJS.Signals][] = [
  // Connections may end by themselves first: those just closed by us would see an error otherwise.
  [0, 'SIGTERM'],
  [1_000, 'SIGINT'],
  // Half a minute is ample for a shutdown checkpoint; an immediate stop loses nothing either.
  [30_000, 'SIGQUIT'],
  [40_000, 'SIGKILL'],
];

/** Stops the server, first kindly, and waits until it is gone; false when there is none. */
export async function stopPostmaster(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const began = performance.now();
  const urging = [...URGING];
  while (isAlive(pid)) {
    if (urging[0] && performance.now() - began >= urging[0][0]) signal(pid, urging.shift()![1]);
    await sleep(10);
  }
  return true;
}

/** True while a process with this number exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  const stat = procFile(pid, 'stat');
  return stat === null || !/^\d+ \(.*\) Z/s.test(stat);
}

/**
 * A mark for a process that a later process with the same number does not share: number and, where the
 * system tells it, the moment it began.
 */
export function processMark(pid: number = process.pid): string {
  const began = procFile(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')[19];
  return `${pid}.${began ?? '0'}`;
}

/** True while the process of a mark lives. */
export function isMarkAlive(mark: string): boolean {
  const pid = Number(mark.split('.')[0]);
  return pid > 0 && isAlive(pid) && processMark(pid) === mark;
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isServerOf(pid: number, cluster: string): boolean {
  if (!(pid > 0) || !isAlive(pid)) return false;
  const line = procFile(pid, 'cmdline') ?? commandLine(pid);
  return line === null || line.includes(cluster);
}

function commandLine(pid: number): string | null {
  const result = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return result.error ? null : result.stdout;
}

function procFile(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}

function pidFile(cluster: string, name = 'postmaster.pid'): string[] | null {
  try {
    const lines = readFileSync(join(cluster, name), 'utf8').split('\n');
    return lines[0] ? lines : null;
  } catch {
    return null;
  }
}
