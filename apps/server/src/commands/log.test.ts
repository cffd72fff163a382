import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newId } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { parseProof, readReceiptContent } from '@wennuan/log';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fastFolder } from '../../../../tooling/test-server.ts';
import { moneyDistrict, type MoneyDistrict } from '../../test-support/money.ts';
import { visitor } from '../platform/actor.ts';
import { mount } from '../platform/http/mount.ts';
import { createServer } from '../platform/http/server.ts';

const BIN = join(import.meta.dirname, '../../bin/wennuan.js');
let folder: string;
let district: MoneyDistrict;
let app: Awaited<ReturnType<typeof createServer>>;
let url: string;
let key: string;
let transferId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(fastFolder(), 'wennuan-log-'));
  district = await moneyDistrict();
  app = await createServer({ actorOf: async () => visitor(), limitRates: false, log: false });
  mount(app, routes.publication, district.publication.handlers);
  district.publication.serveFiles(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  await giveOnce();
  const { schema } = district.connection;
  writeFileSync(join(folder, 'secret'), district.connection.secret);
  copyFileSync(join(district.dataDir, `log-head-${schema}`), join(folder, `log-head-${schema}`));
});
afterAll(async () => {
  await app.close();
  await district.close();
  rmSync(folder, { recursive: true, force: true });
});

async function giveOnce(): Promise<void> {
  const wish = await district.wish('一台电扇', 15_000);
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    payload: {
      target: { kind: 'item', id: wish.itemId },
      amountYuan: '66.60',
      name: { displayName: null },
      formId: newId(),
    },
  });
  const { giftId, token } = answer.json() as { giftId: string; token: string };
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
  await district.events.settle();
  await district.publication.publish();
  const get = async (path: string) =>
    (await app.inject({ url: path })).json() as Record<string, string>;
  const { proof } = await get(`/api/gifts/${token}/proof`);
  writeFileSync(join(folder, 'gift.tlog-proof'), proof!);
  const { opening } = readReceiptContent(parseProof(proof!)!.extra)!;
  transferId = /^id (\S+)/.exec(opening.rest.text)![1]!;
  key = (await get('/api/public/log'))['key']!;
}

/** Runs the command beside this process, which serves what it asks for. */
function wennuan(...args: string[]) {
  const { ownerUrl, schema } = district.connection;
  const child = spawn(process.execPath, [BIN, 'log', ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: ownerUrl, DISTRICT_SCHEMA: schema },
  });
  let [out, said] = ['', ''];
  child.stdout.on('data', (piece) => (out += String(piece)));
  child.stderr.on('data', (piece) => (said += String(piece)));
  return new Promise<{ status: number | null; out: string; said: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out, said })),
  );
}

/** Runs SQL as the database's owner. */
async function asOwner(statement: string): Promise<void> {
  const owner = new pg.Client(district.connection.ownerUrl);
  await owner.connect();
  await owner.query(`set search_path = ${district.connection.schema}`);
  await owner.query('set row_security = off');
  try {
    await owner.query(statement);
  } finally {
    await owner.end();
  }
}

describe('a running site', () => {
  test('verifies, with the totals of its public accounts', async () => {
    const { status, out, said } = await wennuan('verify', '--url', url);
    expect(said).toBe('');
    expect(out).toMatch(
      /公开账本完整无误 · The public log is whole: wennuan\.local\/\w+\/log, 1\n/,
    );
    expect(out).toContain('+6660 −0 = 6660 fen');
    expect(status).toBe(0);
  });

  test('does not verify with another key, or beside a head that it never signed', async () => {
    const other = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const wrong = await wennuan('verify', '--url', url, '--key', other);
    expect(wrong).toMatchObject({ status: 1 });
    expect(wrong.out).toMatch(/没有账本的签名 · signature_missing {2}checkpoint/);
    const later = `${key.split('+')[0]}\n5\n${Buffer.alloc(32).toString('base64')}\n\n— a ${'A'.repeat(92)}\n`;
    writeFileSync(join(folder, 'later'), later);
    const forged = await wennuan('verify', '--url', url, '--earlier', 'later');
    expect(forged).toMatchObject({ status: 1 });
    expect(forged.out).toMatch(
      /没有账本的签名 · signature_missing {2}checkpoint of 5 entries .*has not signed/,
    );
  });

  test.each([
    ['--url', 'http://127.0.0.1:9'],
    ['--key', 'nonsense'],
    ['--proof', 'no-such-file'],
  ])('%s %s ends with a reason, not with a trace of the program', async (...args) => {
    const { status, said } = await wennuan('verify', ...args);
    expect(status).toBe(1);
    expect(said).toMatch(/[\u4e00-\u9fff]/);
    expect(said).not.toMatch(/ {4}at /);
  });
});

describe('a downloaded receipt', () => {
  test('verifies offline, with the published key and with its own', async () => {
    const known = await wennuan('verify', '--proof', 'gift.tlog-proof', '--key', key);
    expect(known).toMatchObject({ status: 0, said: '' });
    expect(known.out).toMatch(/凭证核对无误 .*#0 \/ 1\n {2}2026-11-23 {2}6660 fen .*→ W\d+/);
    expect(known.out).toContain('document gift ');
    const own = await wennuan('verify', '--proof', 'gift.tlog-proof');
    expect(own.out).toContain('请与公布的公钥核对');
  });

  test('fails after one changed byte', async () => {
    const text = readFileSync(join(folder, 'gift.tlog-proof'), 'utf8');
    const at = text.indexOf('\n', text.indexOf('extra')) - 40;
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    writeFileSync(join(folder, 'changed.tlog-proof'), changed);
    const { status, said } = await wennuan('verify', '--proof', 'changed.tlog-proof', '--key', key);
    expect(status).toBe(1);
    expect(said).toMatch(/凭证核对未通过/);
  });
});

let witness: ReturnType<typeof spawn>;
let witnessKey: string;
afterAll(() => void witness?.kill());

describe('witnesses', () => {
  test('one is started, put on file, signs the head, and is asked for by whoever verifies', async () => {
    witness = spawn(
      process.execPath,
      [BIN, 'log', 'witness', '--log', url, '--port', '0', '--data', join(folder, 'w1')],
      { cwd: folder },
    );
    const said = await new Promise<string>((resolve) => {
      let text = '';
      witness.stdout?.on('data', (piece) => {
        text += String(piece);
        if (text.includes('--url http')) resolve(text);
      });
    });
    witnessKey = /key (witness\S+)/.exec(said)![1]!;
    const address = /--url (http:\S+)/.exec(said)![1]!;
    const missing = await wennuan('verify', '--url', url, '--witness', witnessKey);
    expect(missing).toMatchObject({ status: 1 });
    expect(missing.out).toMatch(/见证人不够 · witnesses_missing {2}checkpoint {2}0 of 1 witnesses/);
    const added = await wennuan(
      'witnesses',
      '--add',
      witnessKey,
      '--url',
      address,
      '--data',
      folder,
    );
    expect(added).toMatchObject({ status: 0, said: '' });
    expect(await district.publication.askWitnesses()).toBe(1);
    expect(await district.publication.askWitnesses()).toBe(0);
    const { status, out } = await wennuan(
      'verify',
      '--url',
      url,
      '--witness',
      witnessKey,
      '--quorum',
      '1',
    );
    expect(out).toContain('signed by the witness witness.local/');
    expect(status).toBe(0);
  });

  test('nonsense is no witness', async () => {
    const bad = await wennuan(
      'witnesses',
      '--add',
      'nonsense',
      '--url',
      'http://x',
      '--data',
      folder,
    );
    expect(bad.status).toBe(1);
    const alone = await wennuan('witnesses', '--add', witnessKey, '--data', folder);
    expect(alone.said).toMatch(/Say with --url/);
    const many = await wennuan('verify', '--url', url, '--quorum', '2');
    expect(many.said).toMatch(/--quorum is a whole number from 0 to 0/);
  });
});

describe('the database', () => {
  test('verifies; a row changed with full rights is found, with its place', async () => {
    expect(await wennuan('verify', '--data', folder)).toMatchObject({ status: 0 });
    await asOwner('update ledger_transfer set amount = amount + 1');
    const { status, out, said } = await wennuan('verify', '--data', folder);
    await asOwner('update ledger_transfer set amount = amount - 1');
    expect(status).toBe(1);
    expect(out).toMatch(
      /数据库中的流水被改动 · row_differs {2}ledger leaf 0 .*amount is 6661 in the ledger, 6660 in the log/,
    );
    expect(said).toMatch(/has 1 faults/);
  });

  test('forgets at a giver’s request and still verifies; nothing is lost, so nothing is continued', async () => {
    const forgot = await wennuan('forget', transferId, '--reason', 'asked', '--data', folder);
    expect(forgot.out).toMatch(/The salts of 1 entries were deleted/);
    expect(await wennuan('verify', '--data', folder)).toMatchObject({ status: 0 });
    const went = await wennuan('continue', '--data', folder);
    expect(went.out).toMatch(/Nothing was lost/);
  });
});

test('a witness signs again as the log grows, and never a log that was rewritten', async () => {
  await giveOnce();
  expect(await district.publication.askWitnesses()).toBe(1);
  const entry = 'publication_tile set hashes = set_byte(hashes, 3, get_byte(hashes, 3) # 1)';
  await asOwner(`update ${entry}`);
  await giveOnce();
  expect(await district.publication.askWitnesses()).toBe(0);
  const listed = await wennuan('witnesses', '--data', folder);
  expect(listed.out).toContain('refused_422');
});
