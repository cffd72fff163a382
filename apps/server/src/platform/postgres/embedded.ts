import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Cluster,
  clusterFolder,
  readPassword,
  readyCluster,
  realDataFolder,
  remember,
  rememberedPort,
} from './cluster.ts';
import {
  clearStalePidFiles,
  isAlive,
  isMarkAlive,
  type Postmaster,
  processMark,
  runningPostmaster,
  signal,
  stopPostmaster,
} from './postmaster.ts';
import type { Strategy } from './runner.ts';
import { asArguments, type Settings, settingsFor } from './settings.ts';
import { PlainError } from './plain-error.ts';

export interface EmbeddedOptions {
  /** The folder that holds the cluster, its password and its log; made when missing. */
  dataDir: string;
  /** Settings of postgresql.conf that overrule the defaults. */
  settings?: Settings;
  /** False for a cluster that may be lost (tests): no fsync. */
  durable?: boolean;
  log?: (line: string) => void;
  /** Ways of running the programs to choose from; all when left out. */
  strategies?: Strategy[];
}

export interface Embedded {
  /** Of the superuser on the database `postgres`. Holds the password: never print it. */
  readonly url: string;
  readonly port: number;
  /** The process of the server. Another one after it was killed and started again. */
  readonly pid: number;
  /** Stops the server cleanly when this process started it; connections still open are cut. */
  stop(): Promise<void>;
}

const LOG_BYTES_MAX = 10_000_000;
const LOOK_EVERY_MILLIS = 250;

/**
 * Starts the private PostgreSQL of a data folder on 127.0.0.1 and waits until it takes connections.
 * When another living process runs it already, that server is used. When the process that started it was
 * killed, the server is stopped and started anew. While the handle is open, a server that dies is started
 * again on the same port. Throws in both languages when it cannot be done.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = realDataFolder(options.dataDir);
  const log = options.log ?? (() => {});
  const { durable = true, strategies } = options;
  const cluster = await readyCluster(dataDir, {
    durable,
    log,
    ...(strategies ? { strategies } : {}),
  });
  const settings = {
    // The cluster's own folder, in which the server works.
    unix_socket_directories: hasRoomForSocket(cluster.folder) ? '.' : '',
    ...settingsFor(durable, options.settings),
  };
  const server = await obtain({ dataDir, cluster, settings, log });
  return supervised({ dataDir, cluster, settings, log }, server);
}

/** The server that already runs for a data folder, whoever started it; its `stop` does nothing. */
export async function attachEmbedded(dataDir: string): Promise<Embedded | null> {
  if (!existsSync(dataDir)) return null;
  const folder = clusterFolder(realpathSync(dataDir));
  const password = folder ? readPassword(dataDir) : null;
  if (!folder || !password) return null;
  const server = await untilReady(folder);
  if (!server) return null;
  const { pid, port } = server;
  return {
    url: urlOf({ folder, password }, port),
    port,
    pid,
    stop: () => Promise.resolve(),
  };
}

interface Place {
  dataDir: string;
  cluster: Cluster;
  settings: Settings;
  log: (line: string) => void;
}

interface Server extends Postmaster {
  /** The child when this process started it, else null. */
  child: ChildProcess | null;
}

/** Uses the running server of a living owner, else starts one; decides races by PostgreSQL's own lock. */
async function obtain(place: Place): Promise<Server> {
  const { folder } = place.cluster;
  for (let attempt = 1; ; attempt++) {
    const running = await untilReady(folder);
    if (running && isMarkAlive(ownerMark(folder))) return { ...running, child: null };
    if (running) await stopPostmaster(running.pid);
    clearStalePidFiles(folder);
    const port = await freePort(attempt > 6 ? null : rememberedPort(place.dataDir));
    const started = await launch(place, port);
    if (started) {
      remember(place.dataDir, { port: started.port });
      return started;
    }
    // Someone else was faster, the port was taken, or children of a killed server still end.
    if (attempt === 8) throw cannotStart(place.dataDir);
    await sleep(100 * attempt);
  }
}

/** Spawns the server and waits for it; null when it ended instead. */
async function launch(place: Place, port: number): Promise<Server | null> {
  const { cluster, dataDir } = place;
  const { file, args, options } = cluster.runner.command('postgres', [
    '-D',
    cluster.folder,
    ...asArguments({ ...place.settings, port, 'wennuan.owner': processMark() }),
  ]);
  const output = openLog(dataDir);
  const child = spawn(file, args, {
    ...options,
    // Its own process group: Ctrl-C must reach this process first, which then stops it in order.
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let failed: Error | null = null;
  child.once('error', (error) => (failed = error));
  const ended = () => failed !== null || child.exitCode !== null || child.signalCode !== null;
  while (!ended()) {
    const running = runningPostmaster(cluster.folder);
    if (running?.pid === child.pid && running?.ready) {
      child.unref();
      return { ...running, child };
    }
    await sleep(10);
  }
  return null;
}

/** Keeps the server alive until `stop`; takes it over when the process it was borrowed from ended it. */
function supervised(place: Place, first: Server): Embedded {
  let server = first;
  let stopping = false;
  let restarting: Promise<void> | null = null;

  // Nobody may end without stopping its server; the server's own shutdown needs no one to wait for it.
  const atExit = () => void (server.child && signal(server.pid, 'SIGINT'));
  process.once('exit', atExit);

  const restart = async () => {
    while (!stopping) {
      try {
        place.log('数据库中断，正在重新启动 · The database went away; starting it again');
        server = await obtain(place);
        return;
      } catch (error) {
        place.log(String(error));
        await sleep(1_000);
      }
    }
  };
  const timer = setInterval(() => {
    if (stopping || restarting || isAlive(server.pid)) return;
    restarting = restart().finally(() => (restarting = null));
  }, LOOK_EVERY_MILLIS);
  timer.unref();

  return {
    get url() {
      return urlOf(place.cluster, server.port);
    },
    get port() {
      return server.port;
    },
    get pid() {
      return server.pid;
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await restarting;
      process.removeListener('exit', atExit);
      if (server.child) await stopPostmaster(server.pid);
    },
  };
}

/** Systems take no longer path for a socket, in bytes; Windows takes none. */
const SOCKET_PATH_BYTES = 100;

function hasRoomForSocket(folder: string): boolean {
  const bytes = Buffer.byteLength(join(folder, '.s.PGSQL.65535'));
  return process.platform !== 'win32' && bytes <= SOCKET_PATH_BYTES;
}

/** By the server's socket where it has one: a statement then costs both sides less than over the network. */
function urlOf({ folder, password }: Pick<Cluster, 'folder' | 'password'>, port: number): string {
  const address = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const hasSocket = existsSync(join(folder, `.s.PGSQL.${port}`));
  return hasSocket ? `${address}?host=${encodeURIComponent(folder)}` : address;
}

/** The running server once it takes connections, or null when none runs (any more). */
async function untilReady(folder: string): Promise<Postmaster | null> {
  for (;;) {
    const running = runningPostmaster(folder);
    if (!running || running.ready) return running;
    await sleep(20);
  }
}

/** Who started the running server, from the command line it left in `postmaster.opts`. */
function ownerMark(folder: string): string {
  try {
    const line = readFileSync(join(folder, 'postmaster.opts'), 'utf8');
    return /wennuan\.owner=([\d.]+)/.exec(line)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** The wished port when it is free on 127.0.0.1, else any free one. */
function freePort(wished: number | null): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', (error) => (wished ? done(freePort(null)) : failed(error)));
    server.listen(wished ?? 0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Opens the server's log for appending; a log that has grown large begins anew. */
function openLog(dataDir: string): number {
  const file = join(dataDir, 'postgres.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) rmSync(file);
  return openSync(file, 'a', 0o600);
}

function cannotStart(dataDir: string): PlainError {
  const file = join(dataDir, 'postgres.log');
  const last = readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
  return new PlainError(
    `数据库无法启动，原因见 ${file}：`,
    `The database cannot start; the reason is in ${file}:\n${last}`,
  );
}
