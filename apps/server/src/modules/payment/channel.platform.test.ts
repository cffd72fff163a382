import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { fixedClock } from '@wennuan/basics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGateway } from '../../../test-support/gateways/http.ts';
import { cashierText, platformChannel, platformText } from './channel.platform.ts';
import { signText } from './rsa.ts';

const clock = fixedClock('2026-11-23T09:00:00+08:00');
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const answers = new Map<string, object>();
let address = '';
let close: () => Promise<void>;

const signedBy = (body: string, at = clock.now()) => {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const text = platformText(timestamp, 'n1', Buffer.from(body)).toString('utf8');
  return {
    'platform-timestamp': timestamp,
    'platform-nonce': 'n1',
    'platform-signature': signText(text, platform.privateKey),
  };
};

beforeAll(async () => {
  const gateway = await openGateway(({ path, headers, body }) => {
    const of = (name: string) => String(headers[`platform-${name}`]);
    const text = platformText(of('timestamp'), of('nonce'), Buffer.from(body));
    const key = createPublicKey(own.privateKey);
    const isOurs = verify('sha256', text, key, Buffer.from(of('signature'), 'base64'));
    const said = JSON.stringify(answers.get(path.slice(1)) ?? {});
    return { status: isOurs ? 200 : 401, headers: signedBy(said), body: said };
  });
  ({ address, close } = gateway);
});
afterAll(() => close());

const channel = () =>
  platformChannel(
    {
      name: '公益捐赠平台',
      merchant: '1900000001',
      cashierUrl: 'https://platform.example/cashier',
      apiUrl: `${address}/`,
      privateKey: own.privateKey,
      publicKey: platform.publicKey,
    },
    { clock, fetch, nonce: () => 'ours' },
  );
const paid = {
  type: 'paid',
  merchant: '1900000001',
  order: 'EQ1',
  transaction: 'GYB1',
  project: 'EQ2101',
  amountFen: 2700,
  paidAt: '2026-11-23T08:59:00+08:00',
  nickname: '老郑州',
  anonymous: false,
};
const noticeOf = (data: object, at?: Date) => {
  const body = JSON.stringify(data);
  return { headers: signedBy(body, at), body: Buffer.from(body) };
};

test('a giver is sent to the cashier with what we signed', async () => {
  const step = await channel().begin({
    orderNumber: 'a'.repeat(32),
    amountFen: 123_450,
    projectCode: 'HD0001',
    projectName: '给老人一个家',
    scene: 'page',
    payerId: null,
    clientAddress: null,
    expiresAt: clock.now(),
    returnUrl: 'https://warm.example/gifts/x',
  });
  if (step.kind !== 'redirect') throw new Error(step.kind);
  const values = new URL(step.url).searchParams;
  const key = createPublicKey(own.privateKey);
  const signature = Buffer.from(values.get('sign')!, 'base64');
  expect(verify('sha256', Buffer.from(cashierText(values)), key, signature)).toBe(true);
  expect(values.get('amount')).toBe('1234.50');
});

test('a notice proves a payment, a refund, or nothing', async () => {
  const read = async (notice: ReturnType<typeof noticeOf>) => await channel().readNotice(notice);
  expect(await read(noticeOf(paid))).toMatchObject({
    kind: 'paid',
    facts: { orderNumber: 'EQ1', projectCode: 'EQ2101', amountFen: 2700, giverName: '老郑州' },
  });
  expect(await read(noticeOf({ ...paid, anonymous: true }))).toMatchObject({
    facts: { giverName: null },
  });
  const refund = { type: 'refunded', refund: 'R1', at: paid.paidAt };
  expect(await read(noticeOf({ ...paid, ...refund }))).toMatchObject({
    kind: 'refunded',
    facts: { refundNumber: 'R1', amountFen: 2700 },
  });
  const good = noticeOf(paid);
  const altered = Buffer.from(good.body.toString().replace('2700', '9700'));
  const hourAgo = new Date(clock.now().getTime() - 3_600_000);
  for (const [notice, code] of [
    [{ ...good, body: altered }, 'signature_invalid'],
    [{ ...good, headers: { ...good.headers, 'platform-signature': '' } }, 'signature_invalid'],
    [noticeOf(paid, hourAgo), 'notice_too_old'],
    [noticeOf({ ...paid, merchant: '1900000002' }), 'notice_not_ours'],
    [noticeOf({ ...paid, amountFen: 12.5 }), 'notice_unreadable'],
  ] as const)
    expect(await read(notice)).toEqual({ kind: 'refused', code });
});

test('what it answers is believed only when it signed it', async () => {
  const { type: _type, ...facts } = paid;
  answers.set('orders/query', { ...facts, state: 'paid' });
  expect(await channel().query('EQ1')).toMatchObject({ state: 'paid', facts: { amountFen: 2700 } });
  answers.set('orders/query', { state: 'closed' });
  expect(await channel().query('EQ1')).toEqual({ state: 'closed' });
  answers.set('refunds', { state: 'refused', reason: '已结算' });
  const refund = { orderNumber: 'EQ1', refundNumber: 'R1', amountFen: 1, totalFen: 2, reason: 'x' };
  expect(await channel().refund(refund)).toEqual({ state: 'refused', refusal: '已结算' });
  answers.set('refunds/query', { state: 'done', at: paid.paidAt });
  expect(await channel().queryRefund(refund)).toEqual({ state: 'done', at: new Date(paid.paidAt) });
  answers.set('statements/query', { csv: '商户订单号\n' });
  expect((await channel().statement('2026-11-22'))!.bytes.toString()).toBe('商户订单号\n');
});
