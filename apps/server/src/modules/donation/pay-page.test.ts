import { afterAll, expect, test } from 'vitest';
import { moneyDistrict } from '../../../test-support/money.ts';
import { wechatGift, withWechat } from '../../../test-support/wechat-gifts.ts';

const { gateway, district, close } = await withWechat(moneyDistrict);
afterAll(close);

async function post(url: string, payload: object = {}) {
  const answer = await district.app.inject({ method: 'POST', url, payload });
  return { status: answer.statusCode, body: answer.json() };
}

const begin = async (scene: 'page' | 'phone' | 'wechat') =>
  (await post('/api/gifts', { ...wechatGift(district.campaign, '1'), scene })).body as {
    giftId: string;
    token: string;
    cashierUrl: string;
    code: string | null;
  };
const page = (token: string, body: object) => post(`/api/gifts/${token}/payment`, body);
const orderOf = (giftId: string) => giftId.replaceAll('-', '');

test('a computer shows a code; opened again it is the same payment; asked when no notice comes', async () => {
  const { token, giftId } = await begin('page');
  const orders = gateway.orders.size;
  for (let times = 0; times < 3; times += 1) {
    const shown = await page(token, { scene: 'page' });
    expect(shown.body).toMatchObject({ amountFen: 100, state: 'waiting', isOver: false });
    expect(shown.body.qrSvg).toContain('<svg');
  }
  expect(gateway.orders.size).toBe(orders);
  expect((await post(`/api/gifts/${token}/query`)).status).toBe(200);
  gateway.pay(orderOf(giftId));
  await post(`/api/gifts/${token}/query`);
  expect((await page(token, { scene: 'page' })).body).toMatchObject({
    state: 'received',
    isOver: true,
    qrSvg: null,
  });
});

test('a telephone is sent to the channel’s own page', async () => {
  const { token, cashierUrl } = await begin('phone');
  expect(cashierUrl).toContain('https://wx.example/pay');
  const shown = await page(token, { scene: 'phone' });
  expect(shown.body.redirectUrl).toContain(encodeURIComponent(`/gifts/${token}/pay`));
});

test('inside WeChat it is first asked who pays, then its own window opens', async () => {
  const { token, cashierUrl, giftId } = await begin('wechat');
  expect(cashierUrl).toBe(`/gifts/${token}/pay`);
  expect(gateway.orders.has(orderOf(giftId))).toBe(false);
  const first = await page(token, { scene: 'wechat' });
  expect(first.body.payerUrl).toContain('snsapi_base');
  const spent = await page(token, { scene: 'wechat', payerCode: 'spent' });
  expect(spent.body).toMatchObject({ call: null });
  const shown = await page(token, { scene: 'wechat', payerCode: 'fresh' });
  expect(shown.body.call).toMatchObject({
    signType: 'RSA',
    package: `prepay_id=wx${orderOf(giftId)}`,
  });
});

test('says when the channel is away, when the time is over, and knows no made-up link', async () => {
  const { token } = await begin('page');
  gateway.setDown(true);
  expect((await page(token, { scene: 'page' })).body.code).toBe('channel_away');
  gateway.setDown(false);
  expect((await page('made-up', { scene: 'page' })).status).toBe(404);
  district.clock.advance({ minutes: 31 });
  expect((await page(token, { scene: 'page' })).body).toMatchObject({ isOver: true, qrSvg: null });
});
