import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCharity, type TestCharity } from '../../apps/server/test-support/charity.ts';
import { servePages } from '../../apps/server/src/platform/http/pages.ts';
import type { Actor } from '../../apps/server/src/platform/actor.ts';
import { look, openBrowser, openPage, settle, type Width, widths } from './browser.ts';
import { photo } from './pictures.ts';
import { signedIn } from './signed-in.ts';

const DIST = new URL('../../apps/web/dist/', import.meta.url);
let scene: TestCharity;
let browser: Browser;
let address: string;

beforeAll(async () => {
  scene = await testCharity();
  await servePages(scene.app, { distFolder: DIST });
  address = await scene.app.listen({ port: 0, host: '127.0.0.1' });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await scene?.close();
});

const open = (actor: Actor, width: Width = 'desk') =>
  signedIn(browser, { ...scene, address }, { actor, width });
const shots = process.env['SHOTS'];
/** Looks at a page as it is, and at the other width. */
async function shot(page: Page, name: string): Promise<void> {
  for (const width of ['phone', 'desk'] as const) {
    await page.setViewportSize(widths[width]);
    await look(page);
    if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
}

test('a charity sale goes from its plan to the fund, and its giver reads what her thing became', async () => {
  await scene.agreeToReceiver();
  const donor = await scene.signUp('19900027001');
  const { giftId } = await scene.give(6, { donor });
  const office = await open(scene.federation);
  await plan(office);
  await attachPapers(office);
  await addThing(office);
  await shot(office, 'charity-draft');
  await office.getByRole('button', { name: '送两人审批' }).click();
  for (const actor of [scene.approver, scene.second]) await agrees(actor, office.url());
  await office.reload();
  await office.getByRole('button', { name: '现在开卖' }).click();
  await office.getByText('正在义卖，').waitFor();
  await sells(office.url());
  scene.clock.set('2026-11-27T00:05:00+08:00');
  for (const tick of scene.ticks) if (tick.name === 'charity_sale.run') await tick.run();
  await office.goto('/desk/charity-sales');
  await office.getByText('已结束').first().waitFor();
  await shot(office, 'charity-list');
  await office.context().close();
  await settles();
  await reads(donor, giftId);
});

async function plan(page: Page): Promise<void> {
  await page.goto('/desk/charity-sales');
  await settle(page);
  await page.getByRole('link', { name: '策划义卖' }).click();
  await page.getByRole('button', { name: '保存方案' }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('名称').fill('旧物新暖义卖');
  await page.getByLabel('用途').fill('卖出邻居捐的东西，给独居老人添冬衣。');
  await page.getByLabel('所得全部归').selectOption({ label: await fundOption(page) });
  await page.getByLabel('第一天').fill('2026-11-24');
  await page.getByLabel('最后一天').fill('2026-11-26');
  await page.getByLabel('绿云慈善驿站').check();
  await shot(page, 'charity-new');
  await page.getByRole('button', { name: '保存方案' }).click();
  await page.getByRole('heading', { name: '协议和方案' }).waitFor();
}

async function fundOption(page: Page): Promise<string> {
  const option = page.locator('option', { hasText: '暖冬专项基金' });
  return (await option.textContent())!;
}

async function attachPapers(page: Page): Promise<void> {
  await page.getByText('签好的协议和方案').first().waitFor();
  const inputs = page.locator('section[aria-labelledby="charity-papers"] input[type=file]');
  await inputs.first().setInputFiles(await photo('agreement', '#ddddcc'));
  await inputs.last().setInputFiles(await photo('plan', '#ccdddd'));
  // Sent, and not only chosen.
  const sent = page.locator('section[aria-labelledby="charity-papers"] .photo img:not([alt=""])');
  await sent.nth(1).waitFor();
  await page.getByRole('button', { name: '上传', exact: true }).click();
  await page.getByText('已上传').waitFor();
}

async function addThing(page: Page): Promise<void> {
  const lot = page.getByLabel('捐赠物资', { exact: true });
  await lot.selectOption({ index: 1 });
  await page.getByLabel('叫什么').fill('手工布老虎');
  await page.getByLabel('义卖价').fill('19.999');
  await page.getByRole('button', { name: '放进义卖' }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('义卖价').fill('20.00');
  await page.getByRole('button', { name: '放进义卖' }).click();
  await page.getByRole('rowheader', { name: /手工布老虎/ }).waitFor();
}

async function agrees(actor: Actor, url: string): Promise<void> {
  const page = await open(actor);
  await page.goto(url);
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('button', { name: '同意', exact: true }).waitFor({ state: 'detached' });
  await page.context().close();
}

async function sells(url: string): Promise<void> {
  const saleId = url.split('/').at(-1)!;
  const { things } = await scene.charity.read({
    actor: scene.federation,
    params: { saleId },
  } as never);
  const order = await scene.ring(things[0]!.variantId, 4);
  await scene.giveBack(order, 1);
  const page = await openPage(browser, { address, width: 'phone' });
  await page.goto('/charity-sales');
  await page.getByRole('link', { name: '旧物新暖义卖' }).click();
  await page.getByText('到现在卖出 3 件，收入 ¥60.00。').waitFor();
  await page.context().close();
}

async function settles(): Promise<void> {
  const page = await open(scene.accountant);
  await page.goto('/desk/charity-sales');
  await page.getByRole('link', { name: '旧物新暖义卖' }).click();
  await page.getByLabel('银行回单号').fill('HD20261127');
  await page.getByLabel('到账日').fill('2026-11-27');
  await shot(page, 'charity-settle');
  await page.getByRole('button', { name: '登记到账' }).click();
  await page.getByText('2026-11-27，YMJS').waitFor();
  await page.getByRole('link', { name: '看公开页' }).click();
  await page.getByText('¥60.00 已于 2026-11-27 全部进入“暖冬专项基金”').waitFor();
  await shot(page, 'charity-public');
  await page.goto('/charity-sales');
  await page.getByText('¥60.00').waitFor();
  await shot(page, 'charity-public-list');
  await page.context().close();
}

async function reads(donor: Actor, giftId: string): Promise<void> {
  const page = await open(donor, 'phone');
  await page.goto(`/my/kind-gifts/${giftId}`);
  await page.getByText('卖了 ¥60.00，全部归“暖冬专项基金”，2026-11-27 已到账').waitFor();
  expect(await page.getByRole('link', { name: '看义卖“旧物新暖义卖”' }).count()).toBe(1);
  await shot(page, 'charity-giver');
  await page.context().close();
}
