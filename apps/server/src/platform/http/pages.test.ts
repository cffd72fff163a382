import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePages } from './pages.ts';

const TEMPLATE = '<html><title>x</title><div id="root"></div></html>';
/** Stands in for the built renderer: says what it was given, and breaks or moves when asked to. */
const RENDERER = `
export async function renderPage({ url, language, elder, fetchJson }) {
  if (url === '/breaks') throw new Error('a page broke');
  const movedTo = url === '/moved?street=' ? '/moved' : null;
  const asked = await fetchJson('/api/who');
  const status = asked.status >= 500 ? asked.status : url === '/nothing' ? 404 : 200;
  return { status, html: JSON.stringify({ url, language, elder, asked }), head: '', state: '{}', movedTo };
}
export function fillPage(template, { language, elder, page }) {
  return template + '|' + language + '|' + elder + '|' + (page ? page.html : 'bare');
}
`;

let folder: string;
let app: FastifyInstance;
let away = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'));
  await mkdir(join(folder, 'client/assets'), { recursive: true });
  await mkdir(join(folder, 'server'));
  await writeFile(join(folder, 'client/index.html'), TEMPLATE);
  await writeFile(join(folder, 'client/icon.svg'), '<svg/>');
  await writeFile(
    join(folder, 'client/assets/index-1a.js'),
    'export const words = "many";'.repeat(100),
  );
  await writeFile(join(folder, 'server/server.js'), RENDERER);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  app = Fastify();
  app.get('/api/who', async (request, reply) =>
    away
      ? reply.status(503).send({ code: 'database_away' })
      : { cookie: request.headers.cookie, ip: request.ip },
  );
  await servePages(app, { distFolder: pathToFileURL(`${folder}/`) });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('public pages', () => {
  test('are drawn in the reader’s language and type, with her own cookies', async () => {
    const answer = await get('/wall?street=1', { cookie: 'lang=en; elder=1; session=abc' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain('|en|true|');
    expect(answer.body).toContain('/wall?street=1');
    expect(answer.body).toContain('session=abc');
  });

  test('say with their status that something is not there, or that the API is away', async () => {
    expect((await get('/nothing')).statusCode).toBe(404);
    away = true;
    const answer = await get('/');
    away = false;
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
  });

  test('answer the bare app when the drawing itself breaks', async () => {
    const answer = await get('/breaks');
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('send another spelling of an address to the address itself', async () => {
    const answer = await get('/moved?street=');
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/moved']);
  });

  test('keep a gift’s link out of search engines', async () => {
    const { headers } = await get('/gifts/secret');
    expect([headers['x-robots-tag'], headers['referrer-policy']]).toEqual([
      'noindex',
      'no-referrer',
    ]);
  });

  test('switch language and type without JavaScript, and never to another site', async () => {
    const answer = await get('/wall?lang=en&elder=1&state=all');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/wall?state=all']);
    expect(String(answer.headers['set-cookie'])).toMatch(/lang=en;.*elder=1;/);
    expect((await get('//evil.example/?lang=en')).headers.location).toBe('/evil.example/');
    expect((await get('/wall?lang=<script>')).headers['set-cookie']).toBeUndefined();
  });
});

describe('the rest of the site', () => {
  test.each(['/my', '/my/needs/1', '/desk', '/sandbox/codes'])(
    '%s is the bare app',
    async (url) => {
      expect((await get(url)).body).toBe(`${TEMPLATE}|zh|false|bare`);
    },
  );

  test('an unknown API address is no page', async () => {
    const answer = await get('/api/nothing');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/json');
  });

  test('hashed files are compressed and kept for good, others are asked for again', async () => {
    const script = await get('/assets/index-1a.js', { 'accept-encoding': 'gzip, br' });
    expect(script.headers['cache-control']).toContain('immutable');
    expect(script.headers['content-encoding']).toBe('br');
    expect(script.rawPayload.length).toBeLessThan(400);
    const icon = await get('/icon.svg');
    expect(icon.headers['content-type']).toBe('image/svg+xml');
    const again = await get('/icon.svg', { 'if-none-match': String(icon.headers.etag) });
    expect(again.statusCode).toBe(304);
  });

  test.each(['/../package.json', '/..%2fpackage.json', '/assets/../../server/server.js'])(
    'no file outside the folder: %s',
    async (url) => {
      const answer = await get(url);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).not.toContain('"type":"module"');
    },
  );
});
