import { routes } from '@wennuan/contract';
import { expect, test } from 'vitest';
import { addressOf, callThrough } from './client.ts';
import { ApiRefusal, refusalFrom } from './refusal.ts';

test('an address has its params and query filled in and escaped, and leaves out what is empty', () => {
  expect(addressOf(routes.need.wish, { params: { needId: 'a/b' } })).toBe(
    '/api/public/wishes/a%2Fb',
  );
  expect(addressOf(routes.need.wall, { query: { areaCode: undefined, limit: 4 } })).toBe(
    '/api/public/wishes?limit=4',
  );
});

test('a refusal keeps the server’s sentence and field', () => {
  const refusal = refusalFrom(400, {
    code: 'amount_invalid',
    message: '金额不正确',
    field: 'amountYuan',
  });
  expect(refusal).toMatchObject({
    code: 'amount_invalid',
    message: '金额不正确',
    field: 'amountYuan',
  });
  expect(refusal.passing).toBe(false);
  expect(JSON.parse(JSON.stringify(refusal))).toEqual({
    code: 'amount_invalid',
    message: '金额不正确',
    field: 'amountYuan',
    status: 400,
  });
});

test('a proxy’s page that is not JSON is an outage to wait for', () => {
  expect(refusalFrom(502, null)).toMatchObject({ code: 'unreadable', passing: true });
});

test('the server draws with an in-process fetch and meets the same refusals', async () => {
  const call = callThrough(async () => ({
    status: 404,
    body: { code: 'not_found', message: '没有' },
  }));
  await expect(call(routes.place.district)).rejects.toBeInstanceOf(ApiRefusal);
});
