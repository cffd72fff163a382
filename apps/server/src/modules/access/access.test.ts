import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_PASSWORD, testDistrict, type TestDistrict } from '../../../test-support/district.ts';
import { systemActor } from '../../platform/actor.ts';
import { newTotpSecret, telephoneKey, totpCode, totpMatches } from './credentials.ts';

let district: TestDistrict;
beforeAll(async () => {
  district = await testDistrict();
});
afterAll(() => district.close());

const post = (url: string, payload: object, cookie?: string) =>
  district.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...(cookie && { cookie }) },
  });
const sessionCookie = (response: { headers: Record<string, unknown> }) =>
  String(response.headers['set-cookie']).split(';')[0]!;

async function sentCode(telephone: string): Promise<string> {
  await post('/api/session/codes', { telephone });
  const outbox = (await district.app.inject('/api/sandbox/messages')).json<{
    items: { telephone: string; text: string }[];
  }>();
  return /\d{6}/.exec(outbox.items[0]!.text)![0];
}

describe('residents sign in with a telephone', () => {
  test('a code that was sent opens an account once, and the same one next time', async () => {
    const first = await post('/api/session/telephone', {
      telephone: '19900000011',
      code: await sentCode('+86 199-0000-0011'),
    });
    expect(first.statusCode).toBe(200);
    district.clock.advance({ minutes: 2 });
    const again = await post('/api/session/telephone', {
      telephone: '１９９０００００011',
      code: await sentCode('19900000011'),
    });
    expect(again.json().accountId).toBe(first.json().accountId);
    const current = await district.app.inject({
      url: '/api/session',
      headers: { cookie: sessionCookie(first) },
    });
    expect(current.json().session.activeRole).toBe('resident');
  });

  test('five wrong codes end it, also when the right one follows', async () => {
    const telephone = '19900000012';
    const code = await sentCode(telephone);
    const wrong = code === '000000' ? '000001' : '000000';
    for (const left of [4, 3, 2, 1, 0])
      expect(
        (await post('/api/session/telephone', { telephone, code: wrong })).json().params,
      ).toEqual({ left });
    expect((await post('/api/session/telephone', { telephone, code })).json().code).toBe(
      'code_expired',
    );
  });

  test('a code ends after ten minutes, and a new one waits a minute', async () => {
    const telephone = '19900000013';
    const code = await sentCode(telephone);
    expect((await post('/api/session/codes', { telephone })).json().code).toBe('too_many_requests');
    district.clock.advance({ minutes: 10 });
    expect((await post('/api/session/telephone', { telephone, code })).json().code).toBe(
      'code_expired',
    );
  });

  test('what is no mobile number is refused at its field', async () => {
    for (const telephone of ['1990000', '29900000001', '199000000011', 'abc'.repeat(4)])
      expect((await post('/api/session/codes', { telephone })).json()).toMatchObject({
        code: 'telephone_invalid',
        field: 'telephone',
      });
    expect(telephoneKey('０086 199 0000 0001')).toBe('19900000001');
  });
});

describe('staff sign in with password and one-time code', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const signIn = (over: object = {}) =>
    post('/api/session/password', {
      name: 'worker',
      password: TEST_PASSWORD,
      code: totpCode(secret, district.clock.now()),
      ...over,
    });

  test('right in all three parts', async () => {
    const answer = await signIn();
    expect(answer.json()).toMatchObject({ activeRole: 'community_worker' });
    expect(answer.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/);
  });

  test('wrong in any part says the same, and five times locks for a quarter of an hour', async () => {
    const wrongs = [{ password: 'x' }, { code: '000000' }, { password: '' + TEST_PASSWORD + ' ' }];
    for (const wrong of wrongs)
      expect((await signIn({ name: 'street', ...wrong })).json().code).toBe('sign_in_failed');
    expect((await signIn({ name: 'nobody' })).json().code).toBe('sign_in_failed');
    await signIn({ name: 'street', code: '1' });
    expect((await signIn({ name: 'street', code: '1' })).json().code).toBe('sign_in_locked');
    expect((await signIn({ name: 'street' })).json().code).toBe('sign_in_locked');
    district.clock.advance({ minutes: 16 });
    expect((await signIn({ name: 'street' })).statusCode).toBe(200);
    // The audit has a row for each, and tells those that were refused from the one that was not.
    const { accountId } = district.actors['street']!;
    const rows = await district.database.read(systemActor('test'), (tx) =>
      tx.db
        .selectFrom('audit_entry')
        .select('reason')
        .where('action', '=', 'session.sign_in')
        .where('subject_id', '=', accountId)
        .orderBy('id')
        .execute(),
    );
    expect(rows.map(({ reason }) => reason)).toEqual([...Array(6).fill('refused'), null]);
  });

  test('TOTP follows RFC 6238 and allows a neighbouring step', () => {
    const published = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(totpCode(published, new Date(59_000))).toBe('287082');
    expect(totpCode(published, new Date(1_111_111_109_000))).toBe('081804');
    const own = newTotpSecret();
    expect(totpMatches(own, totpCode(own, new Date(90_000)), new Date(120_000))).toBe(true);
    expect(totpMatches(own, totpCode(own, new Date(30_000)), new Date(120_000))).toBe(false);
  });
});

describe('roles', () => {
  test('a deputy acts in the area until the date; the holder ends it at once', async () => {
    const { app, clock } = district;
    const sign = async (name: string) =>
      sessionCookie(
        await post('/api/session/password', {
          name,
          password: TEST_PASSWORD,
          code: totpCode('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', clock.now()),
        }),
      );
    const holder = await sign('district');
    const refused = await post(
      '/api/deputies',
      { accountName: 'district', until: '2026-12-01' },
      holder,
    );
    expect(refused.json().code).toBe('deputy_not_self');
    const far = await post(
      '/api/deputies',
      { accountName: 'worker2', until: '2027-12-01' },
      holder,
    );
    expect(far.json().code).toBe('deputy_until_invalid');
    const added = await post(
      '/api/deputies',
      { accountName: 'worker2', until: '2026-12-01' },
      holder,
    );
    const deputy = await sign('worker2');
    const switched = await post('/api/session/role', { roleId: added.json().id }, deputy);
    expect(switched.json()).toMatchObject({ activeRole: 'district_officer' });
    await app.inject({
      method: 'DELETE',
      url: `/api/deputies/${added.json().id}`,
      headers: { cookie: holder },
    });
    const current = await app.inject({ url: '/api/session', headers: { cookie: deputy } });
    expect(current.json().session).toBeNull();
  });

  test('tokens, codes and passwords are nowhere in clear', async () => {
    const rows = await district.database.read(
      { ...district.actors['administrator']!, login: 'system' },
      (tx) => tx.db.selectFrom('account').selectAll().execute(),
    );
    const text = JSON.stringify(rows.map((row) => ({ ...row, telephone_hash: null })));
    expect(text).not.toContain(TEST_PASSWORD);
    expect(text).not.toContain('19900000011');
  });
});
