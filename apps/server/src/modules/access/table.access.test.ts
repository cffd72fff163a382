import { roleMay, type RouteDefinition, routes } from '@wennuan/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { departmentScene } from '../../../test-support/departments.ts';
import { TEST_PASSWORD, testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { totpCode } from './credentials.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
/** Stays open as long as somebody listens. */
const ENDLESS = routes.desk.live.path;

let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
  await departmentScene(district);
});
afterAll(() => district.close());

const lists = Object.values(routes)
  .flatMap((module) => Object.values(module) as RouteDefinition[])
  .filter(({ method, path }) => method === 'GET' && !path.includes(':') && path !== ENDLESS);

async function signIn(name: string): Promise<string> {
  const answer = await district.app.inject({
    method: 'POST',
    url: routes.session.signInByPassword.path,
    payload: { name, password: TEST_PASSWORD, code: totpCode(SECRET, district.clock.now()) },
  });
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

test.each([
  ['worker', 'community_worker'],
  ['district', 'district_officer'],
  ['federation', 'federation_officer'],
  ['accountant', 'federation_accountant'],
  ['auditor', 'auditor'],
  ['administrator', 'administrator'],
  ['civil', 'department_officer'],
  ['station', 'station_operator'],
] as const)('what the table lets %s read, the database lets her read too', async (name, role) => {
  const cookie = await signIn(name);
  const mine = lists.filter(({ permission }) => roleMay(role, permission));
  expect(mine.length).toBeGreaterThan(20);
  for (const { path } of mine) {
    const { statusCode } = await district.app.inject({ url: path, headers: { cookie } });
    expect(statusCode, path).not.toBe(403);
    expect(statusCode, path).toBeLessThan(500);
  }
});
