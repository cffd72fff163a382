import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, openBrowser, openPage, settle, visit, widths } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), openBrowser()]);
}, 420_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Signs in with one of the demo's own buttons. */
async function as(role: string): Promise<Page> {
  const page = await openPage(browser, { address: server.address, width: 'desk' });
  await page.goto('/desk/sign-in');
  await page.getByRole('button', { name: role }).first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  return page;
}

/** Looks at a page on a desk's screen and on a phone. */
async function lookAt(page: Page, path: string): Promise<void> {
  await page.setViewportSize(widths.desk);
  await visit(page, path);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
}

describe('the accountant', () => {
  test('every page, wide and narrow', { timeout: 300_000 }, async () => {
    const page = await as('慈善总会会计');
    for (const path of [
      '/desk/batches',
      '/desk/payees',
      '/desk/purchases',
      '/desk/budgets',
      '/desk/books',
      '/desk/books/trial-balance',
      '/desk/bank',
      '/desk/agreed-gifts',
      '/desk/returns',
      '/desk/purpose-changes',
      '/desk/management',
      '/desk/years',
    ])
      await lookAt(page, path);
    await page.goto('/desk/batches');
    await settle(page);
    const batches = page.locator('#main a[href^="/desk/batches/0"]');
    await lookAt(page, (await batches.last().getAttribute('href'))!);
    await page.context().close();
  });

  test(
    'a closed month says by whom, its trial balance balances',
    { timeout: 300_000 },
    async () => {
      const page = await as('慈善总会会计');
      await page.goto('/desk/books');
      await settle(page);
      const month = page.getByLabel('月份');
      const closed = month.locator('option').filter({ hasText: '已结账' }).first();
      await month.selectOption((await closed.getAttribute('value'))!);
      await page.getByText('账平：借贷相等').waitFor();
      await page.getByText(/于 .* 结账/).waitFor();
      expect(await page.getByRole('button', { name: /^结 / }).count()).toBe(0);
      await look(page);
      await page.getByRole('link', { name: '试算平衡表' }).click();
      await page.getByRole('row', { name: /合计/ }).waitFor();
      const sheet = page.getByRole('link', { name: '下载 .xlsx' });
      const answer = await page.request.get((await sheet.getAttribute('href'))!);
      expect(answer.headers()['content-type']).toContain('spreadsheetml');
      await page.context().close();
    },
  );

  test(
    'a batch is made, exported once, and answered by the bank',
    { timeout: 300_000 },
    async () => {
      const page = await as('慈善总会会计');
      await page.goto('/desk/batches');
      await settle(page);
      await page
        .getByRole('checkbox', { name: /^勾选 / })
        .first()
        .check();
      await page.getByRole('button', { name: /^编成批次/ }).click();
      await page.getByRole('heading', { name: /^付款批次 PC-/ }).waitFor();
      await look(page);
      await page.getByLabel('用途说明').fill('本周付款');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: /^导出（/ }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^PC-\d+\.xlsx$/);
      await page.getByText('已交银行，等结果').first().waitFor();
      await page.getByRole('button', { name: /^导出（/ }).waitFor({ state: 'detached' });
      await page.getByLabel('导入银行结果').setInputFiles({
        name: '结果.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('序号,处理结果,失败原因\n1,退回,账号不存在\n'),
      });
      await page.getByText('账号不存在').first().waitFor();
      await look(page);
      await page.context().close();
    },
  );

  test('a line of the bank is matched to the fen', { timeout: 300_000 }, async () => {
    const page = await as('慈善总会会计');
    await page.goto('/desk/bank');
    await settle(page);
    const interest = page.getByRole('row').filter({ hasText: '结息' });
    await interest.getByRole('button', { name: /^对账/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('这一行是什么').selectOption({ label: '银行利息' });
    const fund = dialog.getByLabel('计入哪个基金');
    const general = fund.locator('option').filter({ hasText: '慈善总基金' });
    await fund.selectOption((await general.getAttribute('value'))!);
    await look(page);
    await dialog.getByRole('button', { name: '对上' }).click();
    await interest.waitFor({ state: 'detached' });
    await page.getByText('两边相符，分毫不差').waitFor();
    await page.context().close();
  });
});
