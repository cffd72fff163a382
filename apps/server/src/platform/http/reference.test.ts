import { routes, type RouteDefinition } from '@wennuan/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDistrict, type TestDistrict } from '../../../test-support/district.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

interface Described {
  openapi: string;
  paths: Record<string, Record<string, { summary?: string; operationId?: string }>>;
}

test('every operation of the contract is described, and nothing else', async () => {
  const answer = await district.app.inject('/api/openapi.json');
  const described = answer.json<Described>();
  expect(described.openapi).toBe('3.1.1');
  const listed = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const declared = (
    Object.values(routes).flatMap((module) => Object.values(module)) as RouteDefinition[]
  ).map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
  expect(listed.sort()).toEqual(declared.sort());
  const ids = Object.values(described.paths).flatMap((methods) =>
    Object.values(methods).map((operation) => operation.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('the reference page loads nothing from elsewhere', async () => {
  const page = await district.app.inject('/api/reference/');
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/(src|href)="https?:\/\//);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
});
