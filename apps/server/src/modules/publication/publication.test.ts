import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import { formatKey, parseEntry, parseKey, verifyLog, verifyProof } from '@wennuan/log';
import { cosign, createSigner } from '@wennuan/log/sign';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyDistrict, type MoneyDistrict } from '../../../test-support/money.ts';
import { systemActor, visitor } from '../../platform/actor.ts';
import { mount } from '../../platform/http/mount.ts';
import { createServer } from '../../platform/http/server.ts';

type LogPage = RouteOutput<(typeof routes.publication)['publicLog']>;
type ProofPage = RouteOutput<(typeof routes.publication)['giftProof']>;

let district: MoneyDistrict;
let app: FastifyInstance;
let owner: pg.Client;
let wish: Awaited<ReturnType<MoneyDistrict['wish']>>;
beforeAll(async () => {
  district = await moneyDistrict();
  app = await createServer({ actorOf: async () => visitor(), limitRates: false, log: false });
  mount(app, routes.publication, district.publication.handlers);
  district.publication.serveFiles(app);
  owner = new pg.Client(district.connection.ownerUrl);
  await owner.connect();
  await owner.query(`set search_path = ${district.connection.schema}`);
  await owner.query('set row_security = off');
  wish = await district.wish('一台电扇', 50_000);
});
afterAll(async () => {
  await owner.end();
  await app.close();
  await district.close();
});

const get = async <T>(url: string) => (await app.inject({ url })).json() as T;

/** Begins a gift and, unless only begun, pays it; answers the giver's link. */
async function give(yuan: string, paid = true): Promise<string> {
  const answer = await district.app.inject({
    method: 'POST',
    url: '/api/gifts',
    payload: {
      target: { kind: 'item', id: wish.itemId },
      amountYuan: yuan,
      name: { displayName: null },
      formId: newId(),
    },
  });
  const { giftId, token } = answer.json() as { giftId: string; token: string };
  if (paid) await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${giftId}/pay` });
  return token;
}

async function publish() {
  await district.events.settle();
  return await district.publication.publish();
}

/** The log as an outsider downloads it. */
async function verifyServed(checkpoint?: string) {
  const log = await get<LogPage>('/api/public/log');
  const fetched: string[] = [];
  const result = await verifyLog({
    checkpoint: checkpoint ?? (await app.inject({ url: '/log/checkpoint' })).payload,
    keys: { log: parseKey(log.key)! },
    async tiles(path) {
      fetched.push(path);
      const answer = await app.inject({ url: `/log/${path}` });
      return answer.statusCode === 200 ? new Uint8Array(answer.rawPayload) : null;
    },
  });
  return { ...result, fetched };
}

test('an installation begins with a signed head of nothing', async () => {
  const log = await get<LogPage>('/api/public/log');
  expect(log).toMatchObject({ size: 0, halted: false });
  expect(log.origin).toMatch(/^wennuan\.local\/[0-9a-f]{8}\/log$/);
  expect(await verifyServed()).toMatchObject({ findings: [] });
});

test('gifts and payments are published in order, and everybody can verify them over HTTP', async () => {
  for (const yuan of ['100', '20', '30']) await give(yuan);
  await district.payOut(
    { kind: 'item', id: wish.itemId },
    { kind: 'organization', id: district.supplierId },
    12_000,
  );
  expect(await publish()).toBe(4);
  expect(await publish()).toBe(0);
  const { findings, accounts, fetched } = await verifyServed();
  expect(findings).toEqual([]);
  expect(fetched).toEqual(['tile/entries/000.p/4', 'tile/0/000.p/4']);
  expect(accounts).toEqual([
    { code: wish.projectCode, unit: 'fen', inflow: 15_000, outflow: 12_000 },
  ]);
  const [held] = await district.database.read(systemActor('test'), (tx) =>
    balances(tx.sql, [wish.itemId]),
  );
  expect(held).toMatchObject({ inflow: 15_000, outflow: 12_000 });
  const text = (await app.inject({ url: '/log/tile/entries/000.p/4' })).payload;
  expect(text).toContain('2026-11-23');
  expect(text).toContain(`to ${wish.projectCode} 0`);
  for (const hidden of [district.supplierId, wish.itemId, 'sandbox:'])
    expect(text).not.toContain(hidden);
});

test('the head is asked for each time, what cannot change is kept, what is not there is not', async () => {
  const head = await app.inject({ url: '/log/checkpoint' });
  expect(head.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'public, max-age=1, must-revalidate',
    'access-control-allow-origin': '*',
  });
  const tile = await app.inject({ url: '/log/tile/0/000.p/2' });
  expect(tile.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(tile.rawPayload).toHaveLength(64);
  for (const path of [
    '0/000',
    '0/000.p/5',
    '0/001.p/1',
    '1/000.p/1',
    'entries/000',
    '0/../0',
    '0/000.p/999',
  ])
    expect((await app.inject({ url: `/log/tile/${path}` })).statusCode, path).toBe(404);
});

test('a giver’s receipt waits, comes, and verifies offline; one changed byte is found', async () => {
  const token = await give('8.88', false);
  const url = `/api/gifts/${token}/proof`;
  expect(await get(url)).toEqual({ state: 'waiting', number: null, proof: null });
  const order = (await owner.query("select id from gift_order where state = 'waiting'"))
    .rows[0] as {
    id: string;
  };
  await district.app.inject({ method: 'POST', url: `/api/sandbox/orders/${order.id}/pay` });
  expect(await get(url)).toEqual({ state: 'pending', number: null, proof: null });
  await publish();
  const { state, number, proof } = await get<ProofPage>(url);
  expect({ state, number }).toEqual({ state: 'ready', number: 4 });
  const { key } = await get<LogPage>('/api/public/log');
  const keys = { log: parseKey(key)! };
  const checked = verifyProof({ proof: proof!, keys });
  expect(checked).toMatchObject({
    fault: null,
    index: 4,
    entry: {
      amount: 888,
      unit: 'fen',
      day: '2026-11-23',
      to: { code: wish.projectCode, at: 15_000 },
    },
  });
  if (checked.fault !== null) return;
  expect(checked.opening.rest.text).toContain(`document gift ${order.id}\n`);
  expect(verifyProof({ proof: proof!.replace('index 4', 'index 3'), keys }).fault).toBe(
    'not_included',
  );
  const other = await app.inject({ url: '/api/gifts/nobody/proof' });
  expect(other.statusCode).toBe(404);
});

/** Has the head signed by a witness that keeps no state of its own, as a test needs none. */
async function witnessed() {
  const signer = createSigner('witness.example/w1', new Uint8Array(32).fill(1), 'cosignature');
  const checkpoint = (await app.inject({ url: '/log/checkpoint' })).payload;
  const line = cosign(checkpoint, signer, 1_700_000_000).slice(checkpoint.length);
  await district.database.write(systemActor('test'), 'test.witness', async (tx) => {
    const witness = await district.publication.addWitness(tx, {
      key: formatKey(signer.key),
      url: 'http://127.0.0.1:9',
    });
    const [origin, size] = checkpoint.split('\n');
    await tx.db
      .insertInto('publication_cosignature')
      .values({ origin: origin!, size: Number(size), witness, line, at: tx.now })
      .execute();
  });
}

test('several publishers at once publish every leaf once', async () => {
  for (let turn = 0; turn < 5; turn += 1) await give('1');
  await district.events.settle();
  const counts = await Promise.all([1, 2, 3].map(() => district.publication.publish()));
  expect(counts.reduce<number>((sum, one) => sum + (one as number), 0)).toBe(5);
  expect(await district.publication.verifyStored()).toMatchObject({ size: 10, findings: [] });
});

describe('with full rights on the database', () => {
  beforeAll(async () => {
    await witnessed();
    for (const [kept, table] of Object.entries({
      kept_entries: 'publication_entry',
      kept_tiles: 'publication_tile',
      kept_heads: 'publication_checkpoint',
      kept_lines: 'publication_cosignature',
    }))
      await owner.query(`create temp table ${kept} as table ${table}`);
  });

  /** Makes a change, verifies, undoes it. */
  async function tampered(change: string, undo: string) {
    await owner.query(change);
    try {
      const found = await district.publication.verifyStored();
      return found!.findings.map((one) => `${one.code} ${one.where}: ${one.detail}`);
    } finally {
      await owner.query(undo);
    }
  }
  const third = 'id = (select transfer_id from ledger_leaf where leaf = 2)';

  test.each([
    [
      'an amount',
      `update ledger_transfer set amount = amount + 1 where ${third}`,
      `update ledger_transfer set amount = amount - 1 where ${third}`,
      /^row_differs ledger leaf 2 \(entry 2, .*amount is 3001 in the ledger, 3000 in the log$/,
    ],
    [
      'a document, which the log hides',
      `update ledger_transfer set document_kind = 'fake' where ${third}`,
      `update ledger_transfer set document_kind = 'gift' where ${third}`,
      /^row_differs ledger leaf 2 .*the rest \(time, reason, document, key\) is not what was logged$/,
    ],
    [
      'a row taken away',
      `update ledger_leaf set leaf = 1000 where leaf = 2`,
      `update ledger_leaf set leaf = 2 where leaf = 1000`,
      /^row_missing ledger leaf 2 \(entry 2, transfer missing\)/,
    ],
    [
      'an entry',
      `update publication_entry set entry = set_byte(entry, 14, get_byte(entry, 14) # 1) where number = 1`,
      `update publication_entry set entry = set_byte(entry, 14, get_byte(entry, 14) # 1) where number = 1`,
      /^entry_differs tile\/entries\/000\.p\/10 entry 1/,
    ],
    [
      'a tile',
      `update publication_tile set hashes = set_byte(hashes, 100, get_byte(hashes, 100) # 1)`,
      `update publication_tile set hashes = set_byte(hashes, 100, get_byte(hashes, 100) # 1)`,
      /^tile_differs tile\/0\/000\.p\/10 place 3/,
    ],
    [
      'a checkpoint',
      `update publication set checkpoint = replace(checkpoint, E'\\n10\\n', E'\\n11\\n')`,
      `update publication set checkpoint = replace(checkpoint, E'\\n11\\n', E'\\n10\\n')`,
      /^signature_invalid checkpoint/,
    ],
    [
      'a signature',
      `update publication set checkpoint = overlay(checkpoint placing 'AAAA' from length(checkpoint) - 60)`,
      `update publication set checkpoint = (select note from publication_checkpoint where size = 10)`,
      /^signature_invalid checkpoint/,
    ],
    [
      'a salt',
      `update publication_salt set rest_salt = set_byte(rest_salt, 0, get_byte(rest_salt, 0) # 1) where number = 2`,
      `update publication_salt set rest_salt = set_byte(rest_salt, 0, get_byte(rest_salt, 0) # 1) where number = 2`,
      /^row_differs ledger leaf 2 .*the rest \(time, reason, document, key\) is not what was logged$/,
    ],
    [
      'an entry cut',
      `update publication_entry set entry = substring(entry from 1 for 20) where number = 1`,
      `update publication_entry set entry = (select entry from kept_entries where number = 1) where number = 1`,
      /^entry_malformed tile\/entries\/000\.p\/10 entry 1: not an entry of this log$/,
    ],
    [
      'the last entry taken away',
      `delete from publication_entry where number = 9`,
      `insert into publication_entry select * from kept_entries where number = 9`,
      /^file_missing tile\/entries\/000\.p\/10: there is no such file$/,
    ],
    [
      'a tile cut short',
      `update publication_tile set hashes = substring(hashes from 1 for 288)`,
      `update publication_tile set hashes = (select hashes from kept_tiles)`,
      /^file_missing tile\/0\/000\.p\/10: there is no such file$/,
    ],
    [
      'a head signed before',
      `update publication_checkpoint set note = overlay(note placing repeat('A', 43) from length(split_part(note, E'\n', 1)) + 4) where size = 4`,
      `update publication_checkpoint set note = (select note from kept_heads where size = 4) where size = 4`,
      /^signature_invalid checkpoint of 4 entries: the key .* did not sign this text$/,
    ],
    [
      'a signature under a head signed before',
      `update publication_checkpoint set note = overlay(note placing 'AAAA' from length(note) - 60) where size = 4`,
      `update publication_checkpoint set note = (select note from kept_heads where size = 4) where size = 4`,
      /^signature_invalid checkpoint of 4 entries: the key .* did not sign this text$/,
    ],
    [
      'a cosignature',
      `update publication_cosignature set line = overlay(line placing 'AAAA' from length(line) - 20)`,
      `update publication_cosignature set line = (select line from kept_lines)`,
      /^cosignature_invalid checkpoint: the witness witness\.example\/w1 did not sign this text$/,
    ],
  ])('%s altered is found, and where', async (_, change, undo, said) => {
    expect((await tampered(change, undo)).join('\n')).toMatch(new RegExp(said.source, 'm'));
    expect(await district.publication.verifyStored()).toMatchObject({ findings: [] });
  });
});

test('a giver who asks to be forgotten: her salts go, the log still verifies', async () => {
  const token = await give('6.66');
  await publish();
  const before = await get<ProofPage>(`/api/gifts/${token}/proof`);
  const transfer = (
    await owner.query('select transfer_id from publication_entry where number = $1', [
      before.number,
    ])
  ).rows[0] as { transfer_id: string };
  const forget = () =>
    district.database.write(systemActor('test'), 'test.forget', (tx) =>
      district.publication.forget(tx, { transferIds: [transfer.transfer_id], reason: 'asked' }),
    );
  expect(await forget()).toBe(1);
  expect(await forget()).toBe(0);
  expect(await get(`/api/gifts/${token}/proof`)).toEqual({
    state: 'erased',
    number: before.number,
    proof: null,
  });
  const salts = await owner.query('select 1 from publication_salt where number = $1', [
    before.number,
  ]);
  expect(salts.rowCount).toBe(0);
  expect(await verifyServed()).toMatchObject({ findings: [] });
  expect(await district.publication.verifyStored()).toMatchObject({ findings: [] });
  const last = (
    await owner.query('select entry from publication_entry order by number desc limit 1')
  ).rows[0] as { entry: Buffer };
  expect(parseEntry(last.entry)).toMatchObject({ kind: 'erasure', leaves: 1, day: '2026-11-23' });
  expect(verifyProof({ proof: before.proof! }).fault).toBe(null);
});

test('a database restored from before a published head halts the log, until it goes on under a new name', async () => {
  const tables = [
    'publication',
    'publication_entry',
    'publication_tile',
    'publication_checkpoint',
    'publication_salt',
  ];
  for (const table of tables)
    await owner.query(`create temp table kept_${table} as table ${table}`);
  await give('5');
  await publish();
  const lost = await get<LogPage>('/api/public/log');
  for (const table of tables) {
    await owner.query(`truncate ${table}`);
    await owner.query(`insert into ${table} select * from kept_${table}`);
  }
  expect(await publish()).toMatchObject({
    lost: { origin: lost.origin, size: lost.size },
    size: 12,
  });
  expect(await get('/api/public/log')).toMatchObject({ halted: true, size: 12 });
  const found = await district.publication.verifyStored();
  expect(found!.findings.map((one) => one.code)).toEqual(['head_lost']);
  const tick = district.publication.ticks[0]!;
  await expect(tick.run()).rejects.toThrow(/wennuan log continue/);
  await expect(tick.run()).resolves.toBe(undefined);

  const next = await district.publication.continueLog();
  expect(next).toMatchObject({ origin: `${lost.origin}/2`, lost: { size: lost.size } });
  expect(await publish()).toBe(1);
  expect(await district.publication.verifyStored()).toMatchObject({
    origin: `${lost.origin}/2`,
    size: 14,
    findings: [],
  });
  const named = (await owner.query('select entry from publication_entry where number = 12'))
    .rows[0] as { entry: Buffer };
  expect(parseEntry(named.entry)).toMatchObject({
    kind: 'continuation',
    origin: lost.origin,
    size: 13,
  });
  expect(await verifyServed()).toMatchObject({ findings: [] });
  expect(await district.publication.continueLog()).toBe(null);
});

test('a damaged memory of the head stops publishing instead of being passed over', async () => {
  const file = join(district.dataDir, `log-head-${district.connection.schema}`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, 'nonsense');
  await expect(publish()).rejects.toThrow(/holds no checkpoint/);
  writeFileSync(file, text);
  expect(await publish()).toBe(0);
});
