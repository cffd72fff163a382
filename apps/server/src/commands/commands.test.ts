import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Refusal } from '@wennuan/basics';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quietPort } from '../../../../tooling/quiet-port.ts';
import { testDatabase } from '../../../../tooling/test-database.ts';
import { fastFolder, withDatabase } from '../../../../tooling/test-server.ts';
import { startEmbedded } from '../platform/postgres/embedded.ts';
import { isAlive } from '../platform/postgres/postmaster.ts';
import { serve } from './application.ts';
import { openDatabase, withClient } from './database.ts';
import { requireWritable } from './files.ts';
import { describeFailure } from './errors.ts';
import { showProgress } from './progress.ts';

const BIN = join(import.meta.dirname, '../../bin/wennuan.js');
const OLD_NODE = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (file) =>
    existsSync(file) &&
    Number(/^v(\d+)/.exec(spawnSync(file, ['-v'], { encoding: 'utf8' }).stdout)?.[1]) < 24,
);
/** How long a server may take to come or to go where the machine is busy with other things. */
const SLOW_MILLIS = 100_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(fastFolder(), 'wennuan-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function wennuan(args: string[], environment: NodeJS.ProcessEnv = {}, node = process.execPath) {
  const { DATABASE_URL: _url, ...inherited } = process.env;
  const result = spawnSync(node, [BIN, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...inherited, ...environment },
  });
  return { status: result.status, out: result.stdout, said: result.stderr };
}

const open = (url: string) =>
  openDatabase({ dataDir: join(folder, 'data'), environment: { DATABASE_URL: url } });

test.each([
  [[]],
  [['start']],
  [['migrate']],
  [['demo']],
  [['areas']],
  [['areas', 'import']],
  [['ledger']],
  [['ledger', 'check']],
  [['ledger', 'trace']],
  [['log']],
  [['log', 'verify']],
  [['log', 'continue']],
  [['log', 'forget']],
  [['backup']],
  [['restore']],
])('%j --help explains itself in both languages', (command) => {
  const { status, out } = wennuan([...command, '--help']);
  expect(status).toBe(0);
  expect(out).toMatch(/[\u4e00-\u9fff]/);
  expect(out).toMatch(/Usage: wennuan/);
});

test.each([
  [['nonsense']],
  [['ledger', 'nonsense']],
  [['backup']],
  [['migrate', '--nonsense']],
  [['start', '--port', '99999']],
  [['restore', 'no-such-file']],
  [['areas', 'import', 'no-such-file']],
  [['ledger', 'trace', 'not-an-id']],
  [['ledger', 'check', '--data', 'mistyped']],
  [['backup', 'a.backup', '--data', 'mistyped']],
  [['accounts', 'add', 'zhang', '--role', 'chief']],
])('%j ends with status 1 and a reason', (command) => {
  const { status, said } = wennuan(command);
  expect(status).toBe(1);
  expect(said).not.toBe('');
  expect(said).not.toMatch(/ {4}at /);
});

test('a whole life on the command line: migrate, check, back up, restore', () => {
  const data = ['--data', 'one'];
  const migrated = wennuan(['migrate', ...data]);
  expect(migrated).toMatchObject({ status: 0 });
  expect(migrated.out).toMatch(/^0001-create-platform$/m);
  expect(statSync(join(folder, 'one/secret')).mode & 0o777).toBe(0o600);
  expect(wennuan(['migrate', ...data])).toMatchObject({ status: 0, out: '' });
  expect(wennuan(['ledger', 'check', ...data])).toMatchObject({ status: 0 });
  const unknown = wennuan(['ledger', 'trace', '01970000-0000-7000-8000-000000000000', ...data]);
  expect(unknown).toMatchObject({ status: 1 });
  expect(unknown.said).toMatch(/has no transfer/);

  expect(wennuan(['backup', 'a.backup', ...data])).toMatchObject({ status: 0 });
  const keyless = wennuan(['restore', 'a.backup', '--data', 'two']);
  expect(keyless.status).toBe(1);
  expect(keyless.said).toMatch(/does not hold the secret/);
  expect(wennuan(['backup', 'b.backup', '--with-keys', ...data])).toMatchObject({ status: 0 });
  expect(wennuan(['restore', 'b.backup', '--data', 'two'])).toMatchObject({ status: 0 });
  const secrets = ['one/secret', 'two/secret'].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );
  expect(secrets[0]).toBe(secrets[1]);

  const damaged = readFileSync(join(folder, 'b.backup'));
  damaged[100]! ^= 1;
  writeFileSync(join(folder, 'b.backup'), damaged);
  const refused = wennuan(['restore', 'b.backup', '--data', 'three']);
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.said).toMatch(/at byte \d+/);
  expect(existsSync(join(folder, 'three'))).toBe(false);
}, 300_000);

test('a command run beside a server uses its database and leaves it running', async () => {
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false });
  try {
    const ended = await new Promise((resolve) => {
      const args = [BIN, 'migrate', '--data', join(folder, 'data')];
      spawn(process.execPath, args, { stdio: 'ignore' }).once('exit', resolve);
    });
    expect(ended).toBe(0);
    expect(isAlive(server.pid)).toBe(true);
    const database = await openDatabase({ dataDir: join(folder, 'data'), environment: {} });
    expect(new URL(database.ownerUrl).port).toBe(String(server.port));
    await database.close();
  } finally {
    await server.stop();
  }
});

test.each([
  ['nonsense', /is not the address of a PostgreSQL database/],
  ['mysql://u:geheim@localhost/x', /is not the address of a PostgreSQL database/],
  ['postgres://u:geheim@127.0.0.1:1/x', /postgres:\/\/u@127.0.0.1:1\/x.*no database runs/],
  ['postgres://u:geheim@no-such-host.invalid/x', /no such host/],
])('DATABASE_URL=%s is refused in words, without its password', async (url, reason) => {
  const message = describeFailure(await open(url).catch((error: unknown) => error));
  expect(message).toMatch(reason);
  expect(message).toMatch(/[\u4e00-\u9fff]/);
  expect(message).not.toContain('geheim');
});

test('a wrong password and a missing database are named', async () => {
  const database = await testDatabase();
  const wrong = new URL(database.ownerUrl);
  wrong.password = 'geheim';
  const refusal = describeFailure(await open(wrong.href).catch((error: unknown) => error));
  expect(refusal).toMatch(/the user name or password is wrong/);
  expect(refusal).not.toContain('geheim');
  const missing = withDatabase(database.ownerUrl, 'no_such_database');
  await expect(open(missing)).rejects.toThrow(/there is no database of that name/);
  await database.drop();
});

test('a port that is taken is named, and everything opened is closed again', async () => {
  const database = await testDatabase();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data/secret'), `${database.secret}\n`, { mode: 0o600 });
  const opened = await open(database.ownerUrl);
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(serve({ database: opened, port, log: () => {} })).rejects.toThrow(/is in use/);
  taken.close();
  const others = async () => {
    const { rowCount } = await withClient(database.ownerUrl, (client) =>
      client.query(
        `select from pg_stat_activity where datname = current_database()
           and backend_type = 'client backend' and pid <> pg_backend_pid()`,
      ),
    );
    return rowCount;
  };
  // PostgreSQL's process ends a moment after its client has gone.
  await expect.poll(others, { timeout: SLOW_MILLIS }).toBe(0);
  await opened.close();
  await database.drop();
});

test('a district without its secret is refused, and with it opened', async () => {
  const database = await testDatabase();
  await expect(open(database.ownerUrl)).rejects.toThrow(/secret file .* is missing/);
  writeFileSync(join(folder, 'data/secret'), `${database.secret}\n`);
  const opened = await open(database.ownerUrl);
  expect(opened).toMatchObject({ schema: 'district', secret: database.secret, embedded: false });
  expect(opened.shownUrl).not.toContain(new URL(database.ownerUrl).password);
  await opened.close();
  writeFileSync(join(folder, 'data/secret'), 'half');
  await expect(open(database.ownerUrl)).rejects.toThrow(/damaged/);
  await database.drop();
});

test('a password never gets out with an unexpected error either', () => {
  const error = new Error('cannot reach postgres://owner:geheim@db.example:5432/x now');
  expect(describeFailure(error)).toContain('postgres://owner:***@db.example:5432/x');
  expect(describeFailure(new AggregateError([error], ''))).not.toContain('geheim');
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/d/x' });
  expect(describeFailure(full)).toBe(
    '磁盘已满，请腾出空间后再试：/d/x\nThe disk is full; make room and try again: /d/x',
  );
});

test('what a use case refuses, and a port that is taken, are sentences and no traces', () => {
  const said = describeFailure(new Refusal('input_invalid', {}, 'key'));
  expect(said).toMatch(/[\u4e00-\u9fff].*\n.*\(key\)$/);
  const taken = Object.assign(new Error('listen EADDRINUSE :::80'), { code: 'EADDRINUSE' });
  expect(describeFailure(taken)).toBe(
    '这个端口已被占用，请换一个。\nThe port is in use; choose another.',
  );
  // A file that cannot be written is refused before an hour of work, not after it.
  expect(() => requireWritable(join(folder, 'links.csv'))).not.toThrow();
  expect(() => requireWritable(folder)).toThrow(/cannot be written/);
  expect(() => requireWritable(join(folder, 'nowhere/links.csv'))).toThrow(/无法写入/);
});

test('progress off a terminal is a few plain lines', () => {
  const out = new PassThrough();
  const progress = showProgress('Loading', 1_000, out as unknown as NodeJS.WriteStream);
  for (let done = 0; done <= 1_000; done++) progress.to(done);
  progress.end();
  const lines = String(out.read()).trim().split('\n');
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('Loading 100%');
});

test.runIf(OLD_NODE)('an old Node hands over to the bundled one, with arguments and status', () => {
  const help = wennuan(['backup', '--help'], {}, OLD_NODE);
  expect(help).toMatchObject({ status: 0 });
  expect(help.out).toMatch(/--with-keys/);
  expect(wennuan(['nonsense'], {}, OLD_NODE).status).toBe(1);
});

test.each(OLD_NODE ? [process.execPath, OLD_NODE] : [process.execPath])(
  'start runs from an empty folder until a signal, and leaves nothing running (%s)',
  async (node) => {
    const data = join(folder, 'data');
    const server = spawn(node, [BIN, 'start', '--no-demo', '--port', '0', '--data', data]);
    let said = '';
    server.stdout.on('data', (chunk) => (said += chunk));
    server.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve) => server.once('exit', resolve));
    const up = /is running: (http:\/\/localhost:\d+)/;
    await expect
      .poll(() => up.test(said) || server.exitCode !== null, { timeout: SLOW_MILLIS })
      .toBe(true);
    expect(said).toMatch(up);
    // What a district without areas and accounts needs next stands under its address.
    await expect
      .poll(() => said, { timeout: SLOW_MILLIS })
      .toMatch(/areas import[\s\S]*accounts add/);
    const [, address] = up.exec(said)!;
    expect((await fetch(`${address}/api/openapi.json`)).status).toBe(200);
    const pid = Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
  },
  300_000,
);

test('Ctrl-C while the demo is built ends at once; until then the address says how far it is', async () => {
  const data = join(folder, 'data');
  const port = String(await quietPort());
  const server = spawn(process.execPath, [BIN, 'start', '--demo', '--port', port, '--data', data]);
  let said = '';
  server.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await expect
    .poll(() => said.includes('居民档案') || server.exitCode !== null, { timeout: SLOW_MILLIS })
    .toBe(true);
  const page = await fetch(`http://localhost:${port}/wall`);
  expect(page.status).toBe(503);
  const text = await page.text();
  expect(text).toContain('正在准备演示区');
  // By now it may be at the next piece of work, which the terminal names too.
  const [, far = ''] = /role="status">(.+?)( \d+%)?</.exec(text) ?? [];
  expect(far).not.toBe('');
  await expect.poll(() => said, { timeout: SLOW_MILLIS }).toContain(far);
  server.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false);
}, 300_000);
