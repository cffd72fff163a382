import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyPrepared } from './prepared.ts';

const MAIN = new URL('../../apps/server/src/main.ts', import.meta.url).pathname;

export interface RunningServer {
  address: string;
  dataDir: string;
  /** Ends it and keeps what it holds. */
  pause(): Promise<void>;
  /** Begins it again where it was. */
  resume(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Runs one `wennuan` command on a data folder and answers what it printed; throws when it failed. */
export async function runCommand(dataDir: string, args: string[]): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...args, '--data', dataDir], { env: environment() });
  const output = collect(child);
  // Closed, and not only ended: what it printed last may still be on its way then.
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0)
    throw new Error(`wennuan ${args.join(' ')} ended with ${String(code)}:\n${output()}`);
  return output();
}

/** Starts the product as a stranger would, on a folder of its own and a free port; a demo district is a copy of the run's. */
export async function startServer(options: {
  demo: boolean;
  dataDir?: string;
}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? newDataDir();
  if (options.demo && !options.dataDir)
    await copyPrepared('demo', dataDir, (folder) => runCommand(folder, ['demo']));
  const demo = options.demo ? '--demo' : '--no-demo';
  let running = await startProcess([demo, '--data', dataDir, '--port', '0']);
  const { port } = new URL(running.address);
  return {
    address: running.address,
    dataDir,
    pause: () => end(running.child),
    async resume() {
      running = await startProcess([demo, '--data', dataDir, '--port', port]);
    },
    async stop() {
      await end(running.child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProcess(args: string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [MAIN, 'start', ...args], { env: environment() });
  const output = collect(child);
  const address = await new Promise<string>((resolve, reject) => {
    child.on('close', (code) => reject(new Error(`the server ended with ${code}:\n${output()}`)));
    child.stdout?.on('data', () => {
      const match = /http:\/\/localhost:\d+/.exec(output());
      if (match) resolve(match[0]);
    });
  });
  return { child, address };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** A folder for one run, on a fast disk. */
export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'wennuan-story-'));
}

/** As on a stranger's machine; but all of a story's sign-ins come from one address, so their rate is not limited. */
function environment() {
  return { ...process.env, NODE_ENV: 'production', LIMIT_RATES: 'off', DATABASE_URL: '' };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (text += part.toString()));
  return () => text;
}
