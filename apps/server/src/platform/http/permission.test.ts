import { roleMay, roles, routes, type Role, type RouteDefinition } from '@wennuan/contract';
import Fastify, { type FastifyReply } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visitor, type Actor } from '../actor.ts';
import { createServer } from './server.ts';
import { mount } from './mount.ts';

const REACHED = 'reached the handler';
let asking: Role | null = null;
let app: Awaited<ReturnType<typeof createServer>>;
const all = Object.values(routes).flatMap((module) => Object.values(module)) as RouteDefinition[];

beforeAll(async () => {
  app = await createServer({
    actorOf: async () => ({ ...visitor(), role: asking }) as Actor,
    limitRates: false,
    log: false,
  });
  for (const module of Object.values(routes) as Record<string, RouteDefinition>[])
    mount(
      app,
      module,
      Object.fromEntries(
        Object.keys(module).map((name) => [
          name,
          async ({ reply }: { reply: FastifyReply }) => {
            await reply.status(299).send({});
            return REACHED;
          },
        ]),
      ) as never,
    );
});
afterAll(() => app.close());

const call = (route: RouteDefinition) =>
  app.inject({ method: route.method, url: route.path.replace(/:\w+/g, 'x'), payload: undefined });

test.each([null, ...roles])(
  'every operation, asked by %s, lets in whom the table lets in',
  async (role) => {
    asking = role;
    for (const route of all) {
      const { statusCode } = await call(route);
      const may = roleMay(role, route.permission);
      const refusedAs = role === null ? 401 : 403;
      if (may) expect([401, 403], `${route.method} ${route.path}`).not.toContain(statusCode);
      else expect(statusCode, `${route.method} ${route.path}`).toBe(refusedAs);
    }
  },
);

test('the walk has seen the whole contract, and money and people are nobody’s by default', () => {
  expect(all.length).toBeGreaterThan(85);
  const open = all.filter((route) => route.permission === 'public' && route.method !== 'GET');
  expect(open.map((route) => route.path).sort()).toEqual([
    '/api/complaints',
    '/api/gifts',
    '/api/gifts/:token/confirmation',
    '/api/gifts/:token/fiscal-receipt',
    '/api/gifts/:token/fiscal-receipt/waive',
    '/api/gifts/:token/payment',
    '/api/gifts/:token/query',
    '/api/mall/price',
    '/api/public/notices/:code/objections',
    '/api/sandbox/orders/:orderId/pay',
    '/api/sandbox/wechat/:orderNumber/pay',
    '/api/session/codes',
    '/api/session/password',
    '/api/session/telephone',
  ]);
  for (const route of all)
    if (/persons|accounts|audit|proposals|claims/.test(route.path))
      expect(route.permission, route.path).not.toBe('public');
});

test('a route that declares no permission stops the server from starting', async () => {
  const server = await createServer({
    actorOf: async () => visitor(),
    limitRates: false,
    log: false,
  });
  expect(() => server.get('/api/forgotten', async () => 'open')).toThrow(/declares no permission/);
  await server.close();
  expect(() => Fastify().get('/api/forgotten', async () => 'open')).not.toThrow();
});

test('an answer of the API is kept by nobody, framed by nobody, and secure for good once it was', async () => {
  asking = 'auditor';
  const route = { method: 'GET', url: routes.session.current.path } as const;
  const plain = await app.inject(route);
  expect(plain.headers).toMatchObject({
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'permissions-policy': expect.stringContaining('camera=(self)') as string,
  });
  expect(plain.headers['content-security-policy']).toContain("font-src 'self';");
  expect(plain.headers['strict-transport-security']).toBeUndefined();
  const secure = await app.inject({ ...route, headers: { 'x-forwarded-proto': 'https' } });
  expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
});

test.each(['https://elsewhere.example', 'nonsense', 'http://'])(
  'an act that comes from a page of %s is refused',
  async (origin) => {
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/api/session/codes',
      headers: { origin, host: 'here.example' },
      payload: {},
    });
    expect(statusCode).toBe(403);
  },
);
