import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { look, openBrowser, openPage, reloadUntil, settle, soon, widths } from './browser.ts';
import { addStaff, newDistrict } from './empty-district.ts';
import { Person } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
let officer: Person;
let accountant: Person;
let code: string;

beforeAll(async () => {
  const dataDir = await newDistrict();
  const officerSignIn = await addStaff(dataDir, 'officer', '--role', 'federation_officer');
  const accountantSignIn = await addStaff(dataDir, 'accountant', '--role', 'federation_accountant');
  [server, browser] = await Promise.all([startServer({ demo: false, dataDir }), openBrowser()]);
  officer = new Person(browser, server.address, officerSignIn);
  accountant = new Person(browser, server.address, accountantSignIn);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function lookTwice(page: Page): Promise<void> {
  await page.setViewportSize(widths.desk);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('the federation opens an emergency campaign from a ready plan, and its clocks begin', async () => {
  const page = await officer.goTo('/desk/campaigns/emergency', 'desk');
  await lookTwice(page);
  await page.setViewportSize(widths.desk);
  await page.getByRole('radio', { name: '寒潮' }).check();
  await page.getByLabel('公开募捐资格证书').fill('公募证第 1 号');
  await page.getByLabel('指定平台链接或名称').fill('公益捐赠平台');
  await page.getByLabel('总会专用账户').fill('专户 尾号 0001');
  await page.getByRole('button', { name: '立即开启' }).click();
  await page.waitForURL(/\/desk\/campaigns\/HD\d+$/);
  code = new URL(page.url()).pathname.split('/').at(-1)!;
  await settle(page);
  await page.getByLabel('标题').fill('第一批棉被已到库');
  await page.getByLabel('内容').fill('两百床棉被今天入库，明天由社区发放。');
  await page.getByRole('button', { name: '公开发布' }).click();
  await page.getByText('第一批棉被已到库').waitFor();
  await lookTwice(page);
});

test('an enterprise’s money is locked into a pot', async () => {
  const office = await officer.at('desk');
  const made = await office.request.post('/api/organizations', {
    data: {
      kind: 'enterprise',
      name: '暖阳制造（测试）',
      creditCode: null,
      bankAccount: null,
      namingConsent: { paper: '捐赠协议第六条', consentedOn: '2026-11-01' },
    },
  });
  expect(made.status()).toBe(200);
  const page = await accountant.goTo('/desk/matching', 'desk');
  await page.getByRole('button', { name: '登记配捐资金' }).click();
  await page.getByLabel('募捐活动').selectOption({ label: '寒潮送暖应急募捐' });
  await page.getByLabel('企业', { exact: true }).selectOption({ label: '暖阳制造（测试）' });
  await page.getByLabel('协议编号').fill('配捐协议 1');
  await page.getByLabel('银行回单号').fill('回单 1');
  await page.getByLabel('存入金额（元）').fill('1000');
  await page.getByLabel('配捐截止').fill(day(20));
  await look(page);
  await page.getByRole('button', { name: '登记并开始配捐' }).click();
  await page.getByText('暖阳制造（测试）').first().waitFor();
  await lookTwice(page);
});

test('one yuan is two taps from the home page to the cashier, and the pot adds its yuan', async () => {
  const page = await openPage(browser, { address: server.address, width: 'phone' });
  await page.goto('/');
  await settle(page);
  await look(page);
  await page.getByRole('button', { name: '捐 1 元' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: '¥1.00' }).tap();
  await page.waitForURL(/\/sandbox\//);
  await settle(page);
  await page.getByRole('button', { name: '确认支付' }).tap();
  await page.waitForURL(/\/gifts\//);
  await page.goto(`/campaigns/${code}`);
  await settle(page);
  await reloadUntil(page, page.getByText('已配 ¥1.00'));
  await expect.poll(() => page.getByText('第一批棉被已到库').isVisible(), soon).toBe(true);
  await lookTwice(page);
  // From the campaign's own page the form stands ready with one yuan: a single tap.
  await page.setViewportSize(widths.phone);
  await page.getByRole('button', { name: '¥1.00' }).tap();
  await page.waitForURL(/\/sandbox\//);
  await page.goto(`/campaigns/${code}/result`);
  await lookTwice(page);
  await page.context().close();
});

test('a neighbour gives each month, and promises in instalments', async () => {
  const neighbour = new Person(browser, server.address, { telephone: '19900000911' });
  const page = await neighbour.goTo(`/my/monthly?campaign=${code}`, 'phone');
  await look(page);
  await page.getByRole('button', { name: '开始月捐' }).click();
  await page.getByText('每月 15 日，¥10.00').waitFor();
  await look(page);
  await page.goto(`/my/pledges?campaign=${code}`);
  await settle(page);
  await page.getByLabel('第 1 期：哪天之前').fill(day(10));
  await page.getByLabel('第 1 期：多少元').fill('150');
  await page.getByRole('button', { name: '再加一期' }).click();
  await page.getByLabel('第 2 期：哪天之前').fill(day(40));
  await page.getByLabel('第 2 期：多少元').fill('50');
  await look(page);
  await page.getByRole('button', { name: '认捐 ¥200.00' }).click();
  await page.getByText('约定捐 ¥200.00，已到账 ¥0.00').waitFor();
  await look(page);
  const desk = await officer.goTo('/desk/pledges', 'desk');
  await desk.getByText('¥200.00').first().waitFor();
  await lookTwice(desk);
});
