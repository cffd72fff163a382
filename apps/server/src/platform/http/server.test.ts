import { Refusal } from '@wennuan/basics';
import { refusals } from '@wennuan/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitor, type Actor } from '../actor.ts';
import { createServer } from './server.ts';

let app: Awaited<ReturnType<typeof createServer>>;
let asking: Actor = visitor();
let thrown: unknown = null;
let reading: Actor | null = null;

beforeAll(async () => {
  app = await createServer({
    actorOf: async (_request, language) => ({ ...asking, language }),
    limitRates: false,
    log: false,
  });
  for (const url of ['/api/public/things/:name', '/api/things/:name'])
    app.route({
      method: ['GET', 'POST'],
      url,
      config: { permission: 'public' },
      handler: async (request) => {
        reading = request.actor;
        if (thrown) throw thrown;
        return {};
      },
    });
});
afterAll(() => app.close());

const get = (url: string, language = 'zh') =>
  app.inject({ method: 'GET', url, headers: { 'accept-language': language } });

describe('what the database refuses', () => {
  test.each([
    ['22P02', 'input_invalid'],
    ['22003', 'input_invalid'],
    ['22021', 'input_invalid'],
    ['42501', 'not_permitted'],
    ['53100', 'disk_full'],
    ['57P01', 'database_away'],
    ['23505', 'unexpected'],
  ] as const)('%s is answered as %s, without its own words', async (code, expected) => {
    thrown = Object.assign(new Error('invalid input syntax for type uuid: "x"'), { code });
    const answer = await get('/api/things/x', 'en');
    thrown = null;
    expect(answer.json()).toMatchObject({ code: expected });
    expect(answer.statusCode).toBe(refusals[expected].status);
    expect(answer.body).not.toContain('syntax');
  });

  test('a refusal of ours stays what it is', async () => {
    thrown = new Refusal('not_found');
    expect((await get('/api/things/x')).statusCode).toBe(404);
    thrown = null;
  });
});

test.each(['department', 'station'] as const)(
  'whoever signs in as %s reads what is public as anybody does, and acts as herself',
  async (login) => {
    asking = { ...visitor(), login, displayName: '经办' };
    await get('/api/public/things/x');
    expect(reading).toMatchObject({ login: 'public', accountId: null });
    await get('/api/things/x');
    expect(reading).toMatchObject({ login });
    await app.inject({ method: 'POST', url: '/api/public/things/x' });
    expect(reading).toMatchObject({ login });
    asking = visitor();
  },
);

test('an address that no route can have is not there, in the reader’s language, and is not repeated', async () => {
  for (const url of [`/api/things/${'x'.repeat(500)}`, '/api/things/%ff']) {
    const answer = await get(url, 'en');
    expect(answer.statusCode, url).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'not_found', message: refusals.not_found.en });
    expect(answer.body).not.toContain('xxx');
    const chosen = await app.inject({ url, headers: { cookie: 'a=b; lang=en' } });
    expect(chosen.json()).toMatchObject({ message: refusals.not_found.en });
  }
});
