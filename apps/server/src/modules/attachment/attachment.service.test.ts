import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, Refusal, type Id } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { visitor, type Actor } from '../../platform/actor.ts';
import { createFiles } from '../../platform/files.ts';
import { mount } from '../../platform/http/mount.ts';
import { createServer } from '../../platform/http/server.ts';
import { read, removeUnused } from './attachment.service.ts';
import { createAttachment, type Adoption } from './index.ts';

let district: TestDistrict;
let app: FastifyInstance;
let folder: string;
let ada: Actor;
let berta: Actor;
let caller: Actor;
let jpeg: Buffer;
const needs = () => ({ ...district, files: createFiles(folder), newId });
const attachment = () => createAttachment(needs());
const staff = (name: string) => district.actors[name]!;

beforeAll(async () => {
  district = await testDistrict();
  folder = join(district.dataDir, 'pictures');
  ada = await district.signUp('19900000001');
  berta = await district.signUp('19900000002');
  app = await createServer({ actorOf: async () => caller, limitRates: false, log: false });
  mount(app, routes.attachment, attachment().handlers);
  jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#2e7d32' } })
    .withExif({ IFD0: { Copyright: 'CANARY' } })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await app.close();
  await district.close();
});

const adopt = (actor: Actor, ids: Id[], change: Partial<Adoption> = {}) =>
  district.database.write(actor, 'test.adopt', (tx) =>
    attachment().adopt(tx, ids, {
      subjectKind: 'need',
      subjectId: newId(),
      areaId: district.areaId(),
      ...change,
    }),
  );
const sees = async (actor: Actor, id: Id) =>
  await read(needs(), actor, { id, size: 'small' }).then(
    () => true,
    (thrown: Refusal) => {
      expect(thrown.code).toBe('not_found');
      return false;
    },
  );
const viewers = async (id: Id) => {
  const everybody = { ...district.actors, ada, berta, visitor: visitor() };
  const seen: string[] = [];
  for (const [name, actor] of Object.entries(everybody)) if (await sees(actor, id)) seen.push(name);
  return seen.toSorted();
};

test('files on disk are sealed, and gone when nobody used them for two days', async () => {
  const kept = await attachment().add(ada, jpeg);
  await adopt(ada, [kept.id]);
  const { id } = await attachment().add(ada, jpeg);
  const path = join(folder, id.slice(-2), `${id}.full`);
  expect(readFileSync(path).subarray(0, 3).toString('hex')).not.toBe('ffd8ff');
  district.clock.advance({ days: 3 });
  expect(await removeUnused(needs())).toBe(1);
  expect(readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)))).toHaveLength(2);
  expect(await sees(ada, id)).toBe(false);
  expect(await sees(ada, kept.id)).toBe(true);
});

test('a full disk is told, and nothing is noted', async () => {
  const full = {
    ...needs(),
    files: { ...createFiles(folder), write: () => Promise.reject(new Refusal('disk_full')) },
  };
  await expect(createAttachment(full).add(ada, jpeg)).rejects.toMatchObject({ code: 'disk_full' });
  const rows = await district.database.read(ada, (tx) =>
    tx.db.selectFrom('attachment').select('id').where('subject_id', 'is', null).execute(),
  );
  expect(rows).toEqual([]);
});

describe('who sees a picture', () => {
  test('before it belongs to something: who added it', async () => {
    const { id } = await attachment().add(ada, jpeg);
    expect(await viewers(id)).toEqual(['ada']);
  });

  test('once it belongs to a need: staff of its area and above, too', async () => {
    const { id } = await attachment().add(ada, jpeg);
    await adopt(ada, [id]);
    expect(await viewers(id)).toEqual([
      'ada',
      'administrator',
      'district',
      'street',
      'worker',
      'worker2',
    ]);
  });

  test('of a worker: the asker it is meant for, and the federation when shared', async () => {
    const { id } = await attachment().add(staff('worker'), jpeg);
    await adopt(staff('worker'), [id], {
      readerAccountId: berta.accountId,
      sharedWithFederation: true,
    });
    const seen = await viewers(id);
    expect(seen).toContain('berta');
    expect(seen).toContain('approver');
    expect(seen).not.toContain('ada');
    expect(seen).not.toContain('worker-elsewhere');
  });

  test('of the federation: all of the federation, no worker elsewhere', async () => {
    const { id } = await attachment().add(staff('accountant'), jpeg);
    await adopt(staff('accountant'), [id], { subjectKind: 'payment', areaId: null });
    expect(await viewers(id)).toEqual([
      'accountant',
      'approver',
      'approver2',
      'approver3',
      'auditor',
      'federation',
    ]);
  });

  test('published by staff: everybody; a resident cannot publish', async () => {
    const { id } = await attachment().add(staff('worker'), jpeg);
    await adopt(staff('worker'), [id], { published: true });
    expect(await sees(visitor(), id)).toBe(true);
    expect(await sees(staff('worker-elsewhere'), id)).toBe(true);
    const own = await attachment().add(ada, jpeg);
    await expect(adopt(ada, [own.id], { published: true })).rejects.toThrow('row-level security');
  });
});

describe('belonging', () => {
  test('is once, of one’s own, and all or none', async () => {
    const [one, two] = [await attachment().add(ada, jpeg), await attachment().add(ada, jpeg)];
    const unknown = { code: 'attachment_unknown' };
    await expect(adopt(berta, [one.id])).rejects.toMatchObject(unknown);
    await expect(adopt(staff('worker'), [one.id])).rejects.toMatchObject(unknown);
    await expect(adopt(ada, [one.id, newId()])).rejects.toMatchObject(unknown);
    await adopt(ada, [one.id, two.id, one.id]);
    await expect(adopt(ada, [two.id])).rejects.toMatchObject(unknown);
    await adopt(ada, []);
  });

  test('is listed by subject, as far as the caller may see', async () => {
    const [subjectId, other] = [newId(), newId()];
    const own = await attachment().add(ada, jpeg);
    await adopt(ada, [own.id], { subjectId });
    const thing = await attachment().add(staff('worker'), jpeg);
    await adopt(staff('worker'), [thing.id], { subjectId, published: true });
    const list = (actor: Actor) =>
      district.database.read(actor, (tx) => attachment().of(tx, [subjectId, other]));
    const size = { widthPixels: 64, heightPixels: 48 };
    expect(await list(ada)).toEqual(
      new Map([
        [
          subjectId,
          [
            { id: own.id, ...size },
            { id: thing.id, ...size },
          ],
        ],
        [other, []],
      ]),
    );
    expect((await list(visitor())).get(subjectId)).toEqual([{ id: thing.id, ...size }]);
    const views = await district.database.read(staff('worker-elsewhere'), (tx) =>
      attachment().views(tx, [own.id, thing.id]),
    );
    expect(views).toEqual(new Map([[thing.id, { id: thing.id, ...size }]]));
  });
});

describe('over HTTP', () => {
  const upload = (bytes: Buffer, name = 'photo.jpg', type = 'image/jpeg') => {
    const boundary = 'wennuan-boundary';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
    return app.inject({
      method: 'POST',
      url: '/api/attachments',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
  };

  test('a picture goes in and comes out without its metadata', async () => {
    caller = ada;
    const large = await sharp({
      create: {
        width: 2_400,
        height: 1_800,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer();
    expect(large.length).toBeGreaterThan(1_000_000);
    const added = await upload(large);
    expect(added.statusCode).toBe(200);
    const { id } = added.json<{ id: Id }>();
    expect(added.json()).toEqual({ id, widthPixels: 1_600, heightPixels: 1_200 });
    const shown = await app.inject(`/api/attachments/${id}?size=small`);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=600',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(shown.rawPayload).metadata()).toMatchObject({ width: 400, format: 'jpeg' });
    expect((await app.inject(`/api/public/pictures/${id}`)).statusCode).toBe(404);
    caller = berta;
    expect((await app.inject(`/api/attachments/${id}`)).statusCode).toBe(404);
  });

  test('a published picture may be cached by all', async () => {
    const { id } = await attachment().add(staff('worker'), jpeg);
    await adopt(staff('worker'), [id], { published: true });
    caller = visitor();
    const shown = await app.inject(`/api/public/pictures/${id}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['cache-control']).toMatch(/^public, max-age=\d+/);
    expect((await app.inject(`/api/attachments/${id}`)).statusCode).toBe(401);
  });

  test('what is no picture is refused in words', async () => {
    caller = ada;
    const page = await upload(Buffer.from('<html>'), 'photo.jpg');
    expect([page.statusCode, page.json<{ code: string }>().code]).toEqual([
      400,
      'picture_unreadable',
    ]);
    const heavy = await upload(Buffer.concat([jpeg, Buffer.alloc(12 * 1024 * 1024)]));
    expect([heavy.statusCode, heavy.json<{ code: string }>().code]).toEqual([
      413,
      'picture_too_large',
    ]);
    const bare = await app.inject({
      method: 'POST',
      url: '/api/attachments',
      payload: { file: 'x' },
    });
    expect(bare.json<{ code: string }>().code).toBe('picture_unreadable');
    caller = visitor();
    expect((await upload(jpeg)).statusCode).toBe(401);
  });
});
