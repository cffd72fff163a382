import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { checkFits, look, openPage, settle } from '../browser.ts';
import { codeSentTo } from '../people.ts';
import { met, person, place, theStory } from './district.ts';
import { next } from './residents.ts';

const ELDER_TARGET_PIXELS = 56;
const LAW_LINE_HEIGHT = 1.3;

test('C-29: the switch to large type stands on the first screen and reaches every page', async () => {
  for (const first of ['/', '/my']) {
    const { browser, server } = theStory();
    const page = await openPage(browser, { address: server.address, width: 'phone' });
    await page.goto(first);
    await settle(page);
    const elder = page.getByText('长辈版', { exact: true }).first();
    const box = await elder.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(844);
    await elder.click();
    await page.getByText('标准版').first().waitFor();
    for (const path of [first, '/wall', '/my/needs/new?kind=micro_wish', '/my/sign-in']) {
      await page.goto(path);
      await look(page);
      expect(await smallTargets(page), path).toEqual([]);
      expect(await leastLineHeight(page), path).toBeGreaterThanOrEqual(LAW_LINE_HEIGHT);
    }
    await page.context().close();
  }
});

/** Controls of the page that are lower than a finger of eighty years needs. */
async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate(`[...document.querySelectorAll(
      'button, a.button, select, input:not([type=radio]):not([type=checkbox]), label.choice-boxed, .bottom-bar a')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1)
    .filter((one) => one.getBoundingClientRect().height < ${ELDER_TARGET_PIXELS - 0.5})
    .map((one) => one.outerHTML.slice(0, 120) + ' ' + one.getBoundingClientRect().height)`);
}

/** The least line height of running text, as a share of its size. */
async function leastLineHeight(page: Page): Promise<number> {
  return await page.evaluate(`Math.min(...[...document.querySelectorAll('#main p, #main label, #main li')]
    .map((one) => getComputedStyle(one))
    .map((style) => parseFloat(style.lineHeight) / parseFloat(style.fontSize)))`);
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    if (await wanted.evaluate((element) => element.ownerDocument.activeElement === element)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(wanted)}`);
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

test('C-29: a wish can be made with the keyboard alone', async () => {
  const { browser, server } = theStory();
  const page = await openPage(browser, { address: server.address, width: 'desk' });
  await page.goto('/my');
  const onward = page.getByRole('button', { name: '下一步' });
  await press(page, page.getByRole('link', { name: /许个微心愿/ }));
  for (const words of ['一盏台灯', '80', '孩子晚上写作业要用。']) {
    await tabTo(page, page.locator('form').getByRole('textbox'));
    await page.keyboard.type(words);
    await next(page, () => press(page, onward));
  }
  for (const label of ['街道', '社区'])
    await press(page, page.getByLabel(label, { exact: true }), 'ArrowDown');
  await press(page, onward);
  await page.getByText('拍照或选照片').waitFor();
  await press(page, onward);
  await press(page, page.getByRole('button', { name: '登录并提交' }));
  await tabTo(page, page.getByLabel('您的手机号'));
  await page.keyboard.type('19900000006');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('短信里的验证码'));
  await page.keyboard.type(await codeSentTo(page, '19900000006'));
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: '提交', exact: true }));
  await page.getByText('XY-000004').waitFor();
  await page.context().close();
});

test('C-29: at 200 % of the size nothing is cut off and nothing scrolls sideways', async () => {
  for (const [who, path] of [
    ['donor', '/'],
    ['donor', '/wall'],
    ['donor', met('gift of the donor')],
    ['donor', met('fund')],
    ['donor', '/responses'],
    ['wisher', '/my'],
    ['wisher', '/my/needs/new?kind=help_request'],
    ['worker', '/desk'],
    ['worker', met('XY-000001')],
  ] as const) {
    const page = await person(who).at('desk');
    await page.setViewportSize({ width: 720, height: 450 });
    await page.goto(path);
    await settle(page);
    await checkFits(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test('public pages can be read with JavaScript off', async () => {
  const { browser, server } = theStory();
  const page = await openPage(browser, { address: server.address, width: 'phone', scripts: false });
  for (const [path, words] of [
    ['/', '有呼必应'],
    ['/wall', '心愿墙'],
    ['/wall?state=closed', '一台电风扇'],
    [met('XY-000001').replace('/desk/needs', '/wishes'), '本人确认办好了'],
    ['/campaigns', '微心愿'],
    [met('campaign'), '募捐方案'],
    ['/funds', '绿云社区互助基金'],
    [met('fund'), '¥500.00'],
    [met('gift of the donor'), '便民家电行'],
    [met('payment'), '暖暖一家'],
    [met('slip'), '已办结'],
    ['/responses', '办理时效'],
    ['/help', place.street],
    ['/about', '不满意怎么办'],
    ['/open', 'OpenAPI'],
  ] as const) {
    await page.goto(path);
    await page.locator('#main').getByText(words).first().waitFor();
    expect(await page.locator('.skeleton').count(), path).toBe(0);
    await checkFits(page);
  }
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Open data' }).waitFor();
  await page.context().close();
});

test('everything can be read in English, remembered from page to page', async () => {
  const { browser, server } = theStory();
  const like = await person('worker').at('desk');
  for (const [width, paths] of [
    ['phone', ['/', '/wall', met('fund'), '/my', '/my/needs/new?kind=help_request']],
    ['desk', [met('payment'), met('campaign'), '/desk', met('XY-000001'), '/desk/needs']],
  ] as const) {
    const page = await openPage(browser, { address: server.address, width, like });
    await page.goto('/');
    await settle(page);
    await page.getByText('English', { exact: true }).first().click();
    await page.getByRole('link', { name: 'Wish wall' }).first().waitFor();
    for (const path of paths) {
      await page.goto(path);
      await look(page);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await page.locator('h1').first().textContent()).not.toMatch(/的|请|待办|需求/);
    }
    await page.context().close();
  }
});
