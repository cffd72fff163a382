import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testShop, type TestShop } from '../../apps/server/test-support/shop.ts';
import { SESSION_COOKIE } from '../../apps/server/src/modules/access/index.ts';
import { servePages } from '../../apps/server/src/platform/http/pages.ts';
import type { Actor } from '../../apps/server/src/platform/actor.ts';
import { look, openBrowser, openPage, settle, type Width, widths } from './browser.ts';

const DIST = new URL('../../apps/web/dist/', import.meta.url);
/** What the mall's first load may weigh of script, as it is sent. */
const SCRIPT_MOST_BYTES = 170 * 1024;

let shop: TestShop;
let browser: Browser;
let address: string;

beforeAll(async () => {
  shop = await testShop();
  await servePages(shop.app, { distFolder: DIST });
  address = await shop.app.listen({ port: 0, host: '127.0.0.1' });
  shop.ownAddress(address);
  await shop.events.start();
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Somebody's page, signed in. */
async function signedIn(actor: Actor, width: Width): Promise<Page> {
  const token = randomUUID();
  const client = new pg.Client({
    connectionString: shop.connection.ownerUrl,
    options: `-c search_path=${shop.connection.schema}`,
  });
  await client.connect();
  await client.query(
    `insert into session (token_hash, account_id, role_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $4, $4::timestamptz + interval '30 days')`,
    [createHash('sha256').update(token).digest(), actor.accountId, actor.roleId, shop.clock.now()],
  );
  await client.end();
  const page = await openPage(browser, { address, width });
  await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: address }]);
  return page;
}

const shots = process.env['SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  await look(page);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

test('a neighbour buys on the phone, fetches it by a code, and finds where the 2 % went', async () => {
  const page = await signedIn(await shop.signUp('19900005001'), 'phone');
  await page.goto('/mall');
  await settle(page);
  await page.getByLabel('在哪个驿站取').selectOption({ index: 1 });
  await page.getByRole('textbox', { name: '找商品' }).fill('大米');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await page.getByRole('link', { name: '花生油' }).waitFor({ state: 'detached' });
  await shot(page, 'mall');
  await page.getByRole('link', { name: '五常大米' }).click();
  await page.getByRole('button', { name: '多一份' }).click();
  await page.getByRole('button', { name: '加入购物车' }).click();
  await shot(page, 'product');
  await page.getByRole('link', { name: '购物车 1' }).click();
  await page.getByText('商家因您的购买捐出 ¥0.93').waitFor();
  // C-07: nothing is ticked, rounded up or added that the buyer did not choose.
  expect(await page.locator('#main input[type=checkbox]:checked').count()).toBe(0);
  expect(await page.locator('.mall-total .number').innerText()).toBe('¥46.66');
  await shot(page, 'cart');
  await page.getByRole('button', { name: '下单' }).click();
  await page.getByRole('button', { name: '付款 ¥46.66' }).click();
  const code = page.locator('.mall-code');
  await code.waitFor();
  await page.getByText('每月结算后缴入社区互助基金').waitFor();
  await shot(page, 'order');
  const worker = await signedIn(shop.actors.worker!, 'desk');
  await worker.goto('/desk/shop/orders');
  await worker.getByLabel('取货码').fill(await code.innerText());
  await worker.getByRole('button', { name: '交货' }).click();
  await worker.getByText('已取货').first().waitFor();
  await shot(worker, 'desk-orders');
  shop.clock.set('2026-12-02T09:00:00+08:00');
  await pays('2026年11月');
  await page.goto('/mall/orders');
  await page.getByRole('link', { name: '示例惠民粮油店' }).click();
  await page.getByText('¥0.93 已于').waitFor();
  await shot(page, 'order-given');
  await page.context().close();
  await worker.context().close();
});

/** The accountant closes a month and notes what arrived. */
async function pays(month: string): Promise<void> {
  const page = await signedIn(shop.actors.accountant!, 'desk');
  await page.goto('/desk/shop/settlements');
  await page.getByRole('button', { name: `结算 ${month}` }).click();
  await page.getByRole('button', { name: '登记到账' }).first().click();
  await page.getByLabel('银行回单号').fill('HD20261202');
  await page.getByRole('button', { name: '确认到账' }).click();
  await page.getByText('已入基金').first().waitFor();
  await shot(page, 'settlements');
  await page.goto('/desk/shop/stations');
  await page.getByText('绿云慈善驿站').first().waitFor();
  await shot(page, 'stations');
  await page.goto(`/stations/${shop.stations[0]!.id}/${month}`);
  await page.getByText('已进入基金').waitFor();
  await shot(page, 'station-month');
  await page.setViewportSize(widths.phone);
  await shot(page, 'station-month-phone');
  await page.context().close();
}

test('the federation puts merchants and goods on file, at a desk and on a phone', async () => {
  const page = await signedIn(shop.actors.federation!, 'desk');
  for (const path of ['merchants', 'products']) {
    await page.setViewportSize(widths.desk);
    await page.goto(`/desk/shop/${path}`);
    await settle(page);
    await page
      .getByRole('button', { name: path === 'merchants' ? '登记商家' : '登记商品' })
      .click();
    await shot(page, path);
    await page.setViewportSize(widths.phone);
    await shot(page, `${path}-phone`);
  }
  await page.context().close();
});

test('C-02: no page of a campaign or gift leads into the shop, and the mall’s first load is light', async () => {
  const page = await openPage(browser, { address, width: 'phone' });
  for (const path of ['/campaigns', '/wall', '/funds']) {
    await page.goto(path);
    await settle(page);
    expect(await page.locator('a[href^="/mall"]').count()).toBe(0);
  }
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!/\.js($|\?)/.test(response.url())) return;
    sizes.push(
      response
        .request()
        .sizes()
        .then((size) => size.responseBodySize),
    );
  });
  await page.goto('/mall');
  await settle(page);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(SCRIPT_MOST_BYTES);
  await page.context().close();
});
