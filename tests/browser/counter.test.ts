import { newId, type Id } from '@wennuan/basics';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_PASSWORD } from '../../apps/server/test-support/district.ts';
import { testShop, type TestShop } from '../../apps/server/test-support/shop.ts';
import { totpCode } from '../../apps/server/src/modules/access/index.ts';
import { servePages } from '../../apps/server/src/platform/http/pages.ts';
import { checkFits, look, openBrowser, openPage, settle, soon, type Width } from './browser.ts';
import { signInByTelephone } from './people.ts';

const DIST = new URL('../../apps/web/dist/', import.meta.url);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let shop: TestShop;
let browser: Browser;
let address: string;
let fundId: Id;
let giftToken: string;
const RECEIVER = '19900007002';

beforeAll(async () => {
  shop = await testShop();
  await servePages(shop.app, { distFolder: DIST });
  address = await shop.app.listen({ port: 0, host: '127.0.0.1' });
  shop.ownAddress(address);
  await shop.events.start();
  await shop.write((tx) =>
    shop.access.openStaff(tx, [
      {
        name: 'cashier',
        displayName: '收银员小周',
        role: 'station_operator',
        areaId: shop.areaId(),
        password: TEST_PASSWORD,
        totpSecret: SECRET,
      },
    ]),
  );
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** A page of somebody of the staff, signed in. */
async function staffPage(name: string, width: Width): Promise<Page> {
  const page = await openPage(browser, { address, width });
  const data = { name, password: TEST_PASSWORD, code: totpCode(SECRET, shop.clock.now()) };
  const response = await page.request.post('/api/session/password', { data });
  expect(response.status(), await response.text()).toBe(200);
  return page;
}

async function neighbour(
  name: string,
  telephone: string,
): Promise<{ personId: Id; accountId: Id }> {
  const [personId] = await shop.write((tx) =>
    shop.resident.create(tx, [
      {
        name,
        gender: 'female',
        birthDate: '1951-03-08',
        idNumber: null,
        telephone,
        address: '3号楼2单元401',
        areaId: shop.areaId(),
        consentForm: 'spoken',
        consentNote: '',
      },
    ]),
  );
  const actor = await shop.signUp(telephone);
  await shop.write((tx) =>
    shop.resident.bind(tx, [
      { personId: personId!, accountId: actor.accountId!, method: 'face_to_face' },
    ]),
  );
  return { personId: personId!, accountId: actor.accountId! };
}

test('a neighbour gives to the mutual-aid fund of her community, and a voucher is issued out of it', async () => {
  const [fund] = await shop.database.write(shop.actors['federation']!, 'test.fund', (tx) =>
    shop.fund.createFunds(tx, [
      { name: '绿云社区互助基金', kind: 'mutual_aid', areaId: shop.areaId() },
    ]),
  );
  fundId = fund!.id;
  await neighbour('何爱华', '19900007001');
  const page = await openPage(browser, { address, width: 'phone' });
  await page.goto('/my/sign-in');
  await signInByTelephone(page, '19900007001');
  const started = await page.request.post('/api/gifts', {
    data: {
      target: { kind: 'fund', id: fundId },
      amountYuan: '100',
      name: { displayName: null },
      formId: newId(),
    },
  });
  const gift = (await started.json()) as { giftId: Id; token: string };
  expect(started.status(), JSON.stringify(gift)).toBe(200);
  giftToken = gift.token;
  const paid = await page.request.post(`/api/sandbox/orders/${gift.giftId}/pay`);
  expect(paid.status(), await paid.text()).toBe(200);
  const { personId, accountId } = await neighbour('何桂兰', RECEIVER);
  const [issued] = await shop.write((tx) =>
    shop.benefit.issue(tx, [
      {
        kind: 'voucher',
        subject: { kind: 'test', id: newId() },
        personId,
        accountId,
        areaId: shop.areaId(),
        fundId,
        amount: 3_000,
        label: '冬季生活代金券',
        days: 60,
      },
    ]),
  );
  expect(issued).toMatchObject({ status: 'issued' });
});

let cashier: Page;
let context: BrowserContext;
let resident: Page;

/** True when the basket's lines are on the device's disk: what takes a moment longer than showing them. */
const BASKET_ON_DISK = `new Promise((resolve) => {
  const opening = indexedDB.open('wennuan-till');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('snapshot').objectStore('snapshot').get('basket');
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result?.lines.length > 0);
    };
  };
})`;

const enter = async (page: Page, text: string) => {
  const field = page.locator('#till-entry');
  await field.fill(text);
  await field.press('Enter');
};

const setPrice = (fen: number) =>
  shop.ownerSql(
    `update product_variant set price_fen = ${String(fen)} where id = '${shop.goods.rice.variantId}'`,
  );

test('a cashier puts a till up, opens a shift, sells for cash, and takes goods and vouchers along', async () => {
  cashier = await staffPage('cashier', 'desk');
  context = cashier.context();
  await cashier.goto('/counter');
  await settle(cashier);
  await cashier.getByText('新设一个收银台').click();
  await cashier.getByLabel('收银台名称').fill('1 号台');
  await look(cashier);
  await cashier.getByRole('button', { name: '设立' }).click();
  await cashier.getByLabel('备用金').fill('200');
  await cashier.getByRole('button', { name: '开班', exact: true }).click();
  await cashier.getByText('在线').waitFor();
  await enter(cashier, '五常大米');
  // A bar code nobody knows, and a name.
  await enter(cashier, '6900000000017');
  await cashier.getByText('没有这个条码或品名').waitFor();
  await enter(cashier, '不存在的东西');
  await cashier.getByText('没有这个条码或品名').waitFor();
  await look(cashier);
  expect(await cashier.locator('.till-amount').innerText()).toBe('¥23.33');
  // Whose price changes while it is in the basket is shown to the buyer anew, and paid only then.
  await setPrice(2_400);
  await enter(cashier, '');
  await enter(cashier, '');
  await cashier.getByText(/请让顾客看清新的合计/).waitFor();
  await cashier.getByText('¥24.00').waitFor();
  await setPrice(2_333);
  await enter(cashier, '');
  await cashier.getByText('¥23.33').waitFor();
  await enter(cashier, '50');
  await cashier.getByText('¥26.67').waitFor();
  await cashier.getByText(/已记账，单号/).waitFor();
  await look(cashier);
  // A printer that is gone holds nothing up: the sale is kept, and the next one begins.
  await cashier.evaluate(`window.print = () => { throw new Error('no printer') }`);
  await cashier.getByRole('button', { name: '打印小票' }).click();
  await cashier.getByText(/打印机没有反应也不要紧：这一单已经记下/).waitFor();
  await expect.poll(() => cashier.locator('.print-root').count(), soon).toBe(0);
  await cashier.getByRole('button', { name: /下一单/ }).click();
  await cashier.getByRole('button', { name: '补打小票' }).click();
  await cashier
    .getByRole('button', { name: /^补打 XS/ })
    .first()
    .waitFor();
  await look(cashier);
  await cashier.getByRole('button', { name: '离线备货' }).click();
  await cashier.getByLabel(/五常大米（现有/).fill('3');
  await cashier.getByLabel(/占用到本台/).check();
  await look(cashier);
  await cashier.getByRole('button', { name: '带上', exact: true }).click();
  await cashier.getByText('占用 1 张券 ¥30.00').waitFor();
});

test('away from the network it opens again, takes the voucher and cash, and loses nothing in a crash', async () => {
  resident = await openPage(browser, { address, width: 'phone' });
  await resident.goto('/my/sign-in');
  await signInByTelephone(resident, RECEIVER);
  await resident.goto('/my/vouchers');
  await look(resident);
  await resident.getByRole('link', { name: '用这张券' }).click();
  await resident.getByText('绿云慈善驿站').first().waitFor();
  await look(resident);
  // Enough time for the app itself to be kept.
  await cashier.waitForFunction(
    `caches.open('wennuan-counter-1').then((cache) => cache.keys()).then((keys) => keys.length > 5)`,
  );
  await context.setOffline(true);
  await cashier.reload();
  await cashier.getByText('离线', { exact: true }).waitFor();
  await enter(cashier, '2*五常大米');
  await enter(cashier, '花生油');
  await enter(cashier, '');
  await cashier.getByText('离线时只能卖带来的备货').waitFor();
  await cashier.getByRole('button', { name: '移除花生油' }).click();
  await enter(cashier, '');
  await enter(cashier, '134567890123456789');
  await cashier.getByText('离线时不能收微信付款码').waitFor();
  const code = await resident.locator('.voucher-text').innerText();
  await enter(cashier, code);
  await cashier.getByText('余额 ¥30.00，本单可付 ¥30.00').waitFor();
  await enter(cashier, '');
  await cashier.getByText('已存在本机，联网后自动上传。').waitFor();
  await cashier.getByText('1 单待上传').waitFor();
  await look(cashier);
  await cashier.getByRole('button', { name: /下一单/ }).click();
  await enter(cashier, '2*五常大米');
  await cashier.getByRole('button', { name: /移除五常大米/ }).waitFor();
  await cashier.waitForFunction(BASKET_ON_DISK);
  // The tab dies; a new one on the same device has what was rung up, and the basket that was not.
  await cashier.close();
  cashier = await context.newPage();
  await cashier.goto(`${address}/counter`);
  await cashier.getByText('1 单待上传').waitFor();
  await cashier.getByRole('button', { name: /移除五常大米/ }).waitFor();
  // The new tab takes itself for connected until it has asked.
  await cashier.getByText('离线', { exact: true }).waitFor();
  await enter(cashier, '');
  await cashier.getByText('“五常大米”还剩 1').waitFor();
  await cashier.getByRole('button', { name: /移除五常大米/ }).click();
  await context.setOffline(false);
  await cashier.getByText('全部已上传').waitFor();
  await cashier.getByText('在线', { exact: true }).waitFor();
  await cashier.getByRole('button', { name: '离线备货' }).click();
  await cashier.getByRole('button', { name: '全部归还' }).click();
  await cashier.getByText('没有带货').waitFor();
  await cashier.getByRole('button', { name: '登记', exact: true }).click();
  await cashier.getByLabel('怎么称呼她').fill('王奶奶');
  await cashier.getByLabel('要什么帮助').fill('想要一台电风扇');
  await cashier.getByLabel('她怎么说的').fill('家里的坏了');
  await cashier.getByRole('button', { name: '登记求助' }).click();
  await cashier.getByText(/已登记，编号/).waitFor();
  await look(cashier);
  await cashier.getByRole('button', { name: '交班' }).click();
  await cashier.getByText('销售 2 单，其中离线 1 单').waitFor();
  await look(cashier);
  await cashier.setViewportSize({ width: 390, height: 844 });
  await checkFits(cashier);
  await cashier.setViewportSize({ width: 1440, height: 900 });
  await cashier.getByLabel('现金 实点').fill('239.99');
  await cashier.getByRole('button', { name: '交班' }).last().click();
  await cashier.getByText('已交班').waitFor();
});

test('she sees what it bought, the giver what it became, and the merchant what the fund owes him', async () => {
  await resident.reload();
  await settle(resident);
  await resident.getByText('米面粮油').waitFor();
  await resident.getByText('这张券已经不能用了').waitFor();
  const giver = await openPage(browser, { address, width: 'phone' });
  const traced = async () => {
    await giver.goto(`/gifts/${giftToken}`);
    await settle(giver);
    return await giver.getByText(/凭券在驿站换成了米面粮油/).count();
  };
  await expect.poll(traced, soon).toBeGreaterThan(0);
  expect(await giver.locator('#main').innerText()).not.toMatch(/桂兰|QY-/);
  shop.clock.set('2026-12-02T09:00:00+08:00');
  const office = await staffPage('accountant', 'desk');
  const made = await office.request.post('/api/shop/settlements', {
    data: { month: '2026-11' },
  });
  expect(made.status(), await made.text()).toBe(200);
  await office.goto('/desk/shop/settlements');
  await settle(office);
  // What the fund owes: the merchant of the rice, and nobody else, exactly what the voucher paid.
  const rice = office.getByRole('region', { name: '2026年11月 示例惠民粮油店' });
  await rice.getByText('¥30.00 · ').waitFor();
  expect(await office.getByText('¥30.00 · ').count()).toBe(1);
  const { rows } = await shop.owner.query<{ owed: string; left: string }>(
    `select (select sum(amount)::text from ledger_transfer where reason = 'redeem') as owed,
      (select sum(amount - used)::text from (select e.amount, coalesce(sum(u.amount_fen), 0) as used
        from entitlement e left join entitlement_use u on u.entitlement_id = e.id group by e.id) v) as left`,
  );
  expect(rows).toEqual([{ owed: '3000', left: '0' }]);
});
