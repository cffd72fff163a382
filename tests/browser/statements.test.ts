import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platformExport, tradeBill } from '../../apps/server/test-support/statements.ts';
import { look, openBrowser, reloadUntil, settle, soon, widths } from './browser.ts';
import { addStaff, newDistrict } from './empty-district.ts';
import { Person } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
let accountant: Person;
let officer: Person;

beforeAll(async () => {
  const dataDir = await newDistrict();
  const accountantSignIn = await addStaff(dataDir, 'accountant', '--role', 'federation_accountant');
  const officerSignIn = await addStaff(dataDir, 'officer', '--role', 'federation_officer');
  [server, browser] = await Promise.all([startServer({ demo: false, dataDir }), openBrowser()]);
  accountant = new Person(browser, server.address, accountantSignIn);
  officer = new Person(browser, server.address, officerSignIn);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A day of five gifts: one has another amount in the bill, one is missing there. */
const platform = {
  name: '捐赠明细-0907.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    platformExport([
      { order: 'B1', amount: '27.00', nickname: '=SUM(1,2)' },
      { order: 'B1', amount: '27.00', nickname: '=SUM(1,2)' },
      { order: 'B2', amount: '5.00', nickname: '<b>热心人</b>', matched: '2.50' },
      { order: 'B3', amount: '100.00' },
      { order: 'B4', amount: '1.00' },
      { order: 'B5', state: '已退款', refundedAt: '2026-09-07 12:00:00' },
    ]),
  ),
};
const bill = {
  name: '微信账单-0907.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    tradeBill([
      { order: 'B1', amount: '72.00' },
      { order: 'B2', amount: '5.00' },
      { order: 'B3', amount: '100.00' },
      { order: 'B5' },
      { order: 'B5', fee: '-0.06000', refund: { number: 'RB5', amount: '10.00' } },
    ]),
  ),
};

async function lookTwice(page: Page): Promise<void> {
  await page.setViewportSize(widths.desk);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
}

const choose = (page: Page, files: (typeof bill)[]) =>
  page.locator('input[type=file]').setInputFiles(files);

test('the federation has a campaign that the platform’s money can go to', async () => {
  const page = await officer.goTo('/desk/campaigns', 'desk');
  const made = await page.request.post('/api/campaigns', {
    data: {
      name: '给老人一个家',
      legalForm: 'public_fundraising',
      summary: '五户危房',
      purpose: '修房',
      beneficiaries: '五户老人',
      useOfMoney: '修房',
      costs: '不收取管理费',
      remainderRule: '留在本活动',
      opensOn: '2026-09-01',
      closesOn: '2036-12-31',
      goalYuan: null,
    },
  });
  const { id } = (await made.json()) as { id: string };
  for (const tick of ['qualified_charity', 'filed_plan', 'live_listing', 'own_account'])
    await page.request.post(`/api/campaigns/${id}/ticks`, {
      data: { tick, detail: '第1号', filedOn: '2026-08-01' },
    });
  const opened = await page.request.post(`/api/campaigns/${id}/open`, { data: {} });
  expect(opened.status()).toBe(200);
});

test('a file with an unclear line is told by line, and nothing of it is kept', async () => {
  const page = await accountant.goTo('/desk/reconciliation', 'desk');
  await lookTwice(page);
  const text = platformExport([{ order: 'X1' }, { order: 'X2', amount: '12.3456' }]);
  await choose(page, [{ ...platform, name: '坏文件.csv', buffer: Buffer.from(text) }]);
  const alert = page.getByText('坏文件.csv 第 3 行');
  await alert.waitFor();
  await expect.poll(() => page.getByText('12.3456').isVisible(), soon).toBe(true);
  expect(await page.getByRole('button', { name: '全部导入' }).count()).toBe(0);
  await look(page);
});

test('the accountant looks at two files, imports them, and sees to the fen what differs', async () => {
  const page = await accountant.at('desk');
  await choose(page, [platform, bill]);
  await page.getByText('捐赠明细-0907.csv').first().waitFor();
  await page.getByText('微信账单-0907.csv').first().waitFor();
  await lookTwice(page);
  await page.getByRole('button', { name: '全部导入' }).click();
  await page.getByText('已导入：新增捐赠 5 笔、退款 1 笔').waitFor();
  const differences = page.getByRole('region', { name: '不一致的收款' });
  await differences.getByText('金额不同').waitFor();
  await differences.getByText('账单没有').waitFor();
  await lookTwice(page);
});

test('she writes down why, and the difference is explained', async () => {
  const page = await accountant.at('desk');
  await page.getByRole('button', { name: '写明原因 B4' }).click();
  await page.getByRole('textbox', { name: '说明' }).fill('微信账单次日补录，已核实');
  await look(page);
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('微信账单次日补录，已核实').first().waitFor();
});

test('the project number is attached to the campaign, and its money with it', async () => {
  const page = await accountant.at('desk');
  const projects = page.getByRole('region', { name: '平台项目编号' });
  await projects.getByText('有 1 个编号尚未归入募捐活动').waitFor();
  await projects.getByRole('button', { name: '归入活动 EQ2101' }).click();
  const dialog = page.getByRole('dialog');
  const option = dialog.locator('option').filter({ hasText: '给老人一个家' });
  await option.waitFor({ state: 'attached' });
  await dialog.getByLabel('募捐活动').selectOption((await option.getAttribute('value'))!);
  await look(page);
  await dialog.getByRole('button', { name: '归入活动' }).click();
  await expect.poll(() => projects.getByText('尚未归入').count(), soon).toBe(0);
  await page.goto('/campaigns');
  await settle(page);
  await page.getByText('给老人一个家').first().click();
  await page.waitForURL(/\/campaigns\/./);
  // Of the 27 the bill says 72; 5, 100 and 1 besides, matched 2.50, less four fees of 0.06.
  await reloadUntil(page, page.getByText('¥180.26'));
});

test('the same files again change nothing', async () => {
  const page = await accountant.goTo('/desk/reconciliation', 'desk');
  const again = await page.request.get('/api/statements');
  const { items } = (await again.json()) as { items: { id: string }[] };
  const imported = await page.request.post('/api/statements/import', {
    data: { statementIds: items.map((one) => one.id) },
  });
  expect(await imported.json()).toMatchObject({ newGifts: 0, newRefunds: 0 });
  await accountant.goTo('/desk/incoming', 'desk');
  await page.getByText('B3').first().waitFor();
  await lookTwice(page);
});
