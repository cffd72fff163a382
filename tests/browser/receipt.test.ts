import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFits, look, openBrowser, openPage, settle, visit, widths } from './browser.ts';
import { signInByTelephone } from './people.ts';
import { type RunningServer, runCommand, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), openBrowser()]);
}, 420_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (width: keyof typeof widths = 'phone') =>
  openPage(browser, { address: server.address, width });

/** Looks at a page on a desk and on a phone. */
async function lookTwice(page: Page): Promise<void> {
  for (const width of ['desk', 'phone'] as const) {
    await page.setViewportSize(widths[width]);
    await look(page);
  }
}

/** Saves what a link gives, into the server's folder. */
async function download(page: Page, name: string, file: string): Promise<string> {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const path = join(server.dataDir, file);
  await (await coming).saveAs(path);
  return path;
}

const verify = (file: string) =>
  runCommand(server.dataDir, ['log', 'verify', '--proof', file]).catch((thrown: unknown) =>
    String(thrown),
  );

test(
  'a gift from tap to trace to receipt; its file verifies offline and fails after one changed byte',
  { timeout: 300_000 },
  async () => {
    const page = await open();
    await page.goto('/campaigns');
    await settle(page);
    await page.getByRole('link', { name: '微心愿' }).first().click();
    await settle(page);
    await page.getByRole('button', { name: /^去支付/ }).click();
    await page.waitForURL(/\/sandbox\/cashier\//);
    await page.getByRole('button', { name: /确认支付/ }).click();
    await page.waitForURL(/\/gifts\//);
    await page.getByText('已收到并记账').waitFor();
    await page.getByRole('button', { name: '开具捐赠确认' }).waitFor();
    await page.getByLabel('写别的名字').check();
    await page.getByLabel('写在确认上的名字').fill('钱小满');
    await page.getByRole('button', { name: '开具捐赠确认' }).click();
    const pdf = await download(page, '下载捐赠确认（PDF）', 'confirmation.pdf');
    const proof = await download(page, '下载凭证（.tlog-proof）', 'confirmation.tlog-proof');
    await lookTwice(page);
    await page.getByRole('button', { name: '在您的手机上核对' }).click();
    await page.getByText('核对无误').waitFor();

    for (const file of [pdf, proof]) {
      expect(await verify(file)).toMatch(/捐赠人 · 钱小满[\s\S]*金额 · ¥1\.00/);
      const bytes = readFileSync(file);
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      const changed = `${file}.changed`;
      writeFileSync(changed, bytes);
      expect(await verify(changed)).toMatch(/核对未通过/);
    }
    expect(await verify(`${pdf}.changed`)).toMatch(/bytes \d+ to \d+ of the file/);

    const again = await download(page, '下载捐赠确认（PDF）', 'again.pdf');
    expect(readFileSync(again).equals(readFileSync(pdf))).toBe(true);

    await page.getByRole('button', { name: '申请财政票据' }).click();
    await page.getByLabel(/票据抬头/).fill('钱小满');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('已申请，等开具').waitFor();

    const code = await page.locator('a[href^="/check?"]').getAttribute('href');
    await page.goto(code!);
    await page.getByText('这张捐赠确认是真的').waitFor();
    await lookTwice(page);
    await page.context().close();
  },
);

describe('the public record', () => {
  const pages = [
    '/disclosures',
    '/disclosures/GS-000001',
    '/complaints',
    '/check',
    '/log',
    '/open',
  ];

  test('its pages can be read by everybody, at every width', { timeout: 300_000 }, async () => {
    const page = await open('desk');
    for (const path of pages) {
      await page.goto(path);
      await lookTwice(page);
    }
    await page.goto('/disclosures');
    await page.getByText('逾期未公开').first().waitFor();
    await page.goto('/disclosures/GS-000001');
    await page.getByText('这份报告有更正').waitFor();
    await page.context().close();
  });

  test('a table is taken away as it is documented', async () => {
    const page = await open('desk');
    await page.goto('/open');
    await settle(page);
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: '/api/open/campaigns.csv' }).click();
    const path = join(server.dataDir, 'campaigns.csv');
    await (await coming).saveAs(path);
    expect(readFileSync(path, 'utf8')).toMatch(/^\uFEFFcode,name,legal_form/);
    await page.context().close();
  });

  test('somebody reports a page without a name and follows it', { timeout: 300_000 }, async () => {
    const page = await open();
    await page.goto('/campaigns');
    await settle(page);
    await page.getByRole('link', { name: '举报这一页' }).last().click();
    await settle(page);
    await page.getByLabel(/什么问题/).fill('这一页的字太小，老人看不清。');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已收到').waitFor();
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('正在办理').first().waitFor();
    await lookTwice(page);
    await page.context().close();
  });
});

test(
  'a resident sees where her gifts stand, her year, and takes her records with her',
  { timeout: 300_000 },
  async () => {
    const page = await open();
    const codes = await page.request.get('/api/sandbox/codes');
    const { residents } = (await codes.json()) as { residents: { telephone: string }[] };
    await page.goto('/my/sign-in');
    await signInByTelephone(page, residents[0]!.telephone);
    await page.goto('/my/gifts');
    await settle(page);
    await page
      .getByText(/已用 ¥/)
      .first()
      .waitFor();
    await lookTwice(page);
    await page.getByRole('link', { name: '年度对账单' }).click();
    await page
      .getByText(/笔，共/)
      .first()
      .waitFor();
    await lookTwice(page);
    const paper = await download(page, '下载对账单（PDF）', 'year.pdf');
    expect(readFileSync(paper).subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  },
);

describe('the office', () => {
  const offices: Readonly<Record<string, readonly string[]>> = {
    慈善总会经办: ['/desk/disclosures', '/desk/complaints', '/desk/fiscal-receipts'],
    区温暖办: ['/desk/complaints'],
  };

  for (const [role, paths] of Object.entries(offices))
    test(`the pages of ${role}`, { timeout: 300_000 }, async () => {
      const page = await open('desk');
      await page.goto('/desk/sign-in');
      await page.getByRole('button', { name: role }).first().click();
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      for (const path of paths) {
        await page.setViewportSize(widths.desk);
        await visit(page, path);
        await lookTwice(page);
        expect(await page.locator('.empty').count(), path).toBe(0);
        await page.setViewportSize(widths.desk);
        const first = page.locator(`#main a[href^="${path}/"]`).first();
        if ((await first.count()) === 0) continue;
        await visit(page, (await first.getAttribute('href'))!);
        await lookTwice(page);
        await checkFits(page);
      }
      await page.context().close();
    });
});
