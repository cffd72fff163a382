import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { look, reloadUntil } from '../browser.ts';
import { met, person, theStory } from './district.ts';
import { openMove, sendMove } from './moves.ts';

const wishOf = (number: string) => met(number).replace('/desk/needs', '/wishes');

/** Pays at the sandbox of the designated platform and waits for the gift’s own page. */
async function payAtCashier(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^去支付/ }).click();
  await page.waitForURL(/\/sandbox\/cashier\//);
  await look(page);
  await page.getByRole('button', { name: /确认支付/ }).click();
  await page.waitForURL(/\/gifts\//);
  await page.getByText('已收到并记账').waitFor();
  theStory().met.set(name, new URL(page.url()).pathname);
}

test('the verified wish becomes an item of the filed campaign', async () => {
  const page = await person('worker').goTo(met('XY-000001'), 'desk');
  const form = await openMove(page, '对接资源');
  await form.getByLabel(/募捐项/).check();
  await sendMove(form);
  await page
    .getByText(/募捐项/)
    .first()
    .waitFor();
  await look(page);
});

test('it hangs on the public wall in the worker’s words, without a name', async () => {
  for (const width of ['phone', 'desk'] as const) {
    const page = await person('donor').goTo('/wall', width);
    await reloadUntil(page, page.getByRole('link', { name: '一台电风扇' }));
    expect(await page.locator('#main').textContent()).not.toMatch(/1990000|旧风扇/);
    await look(page);
  }
});

test('a donor gives ¥1 through the designated platform', async () => {
  const page = await person('donor').at('phone');
  await page.getByRole('link', { name: '一台电风扇' }).first().click();
  await page.getByText('这不是个人求助或个人募款').waitFor();
  await page.getByText('如果有剩余').first().waitFor();
  await look(page);
  await payAtCashier(page, 'gift of the donor');
  await page.getByText('¥1.00').first().waitFor();
  await look(page);
});

test('an enterprise claims ¥147 of the rest by agreement', async () => {
  const page = await person('agent').goTo(wishOf('XY-000001'), 'desk');
  await look(page);
  await page.getByLabel('认领金额').fill('147');
  await page.getByLabel('协议编号').fill('XY-2026-018');
  await page.getByRole('button', { name: '认领', exact: true }).click();
  await page.getByText(/已认领 ¥147\.00/).waitFor();
  await look(page);
  await page.goto('/my/claims');
  await page.getByText(/保留到/).waitFor();
  await look(page);
});

test('the accountant finds it on her desk and records the payment', async () => {
  const page = await person('accountant').goTo('/desk', 'desk');
  const task = page.getByRole('listitem').filter({ hasText: '暖阳食品' });
  await look(page);
  await task.getByRole('link').first().click();
  await page.getByRole('button', { name: /^登记到账 RL-/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('银行流水号').fill('2026112200001');
  await look(page);
  await dialog.getByRole('button', { name: '登记到账' }).click();
  await page.getByRole('cell', { name: '已付款' }).waitFor();
  await look(page);
});

test('a second donor gives the rest and chooses a name', async () => {
  const page = await person('secondDonor').goTo(wishOf('XY-000001'), 'desk');
  await page.getByLabel(/全部 ¥2\.00/).check();
  await page.getByLabel('写上名字').check();
  await page.getByLabel(/^名字/).fill('暖暖一家');
  await look(page);
  await payAtCashier(page, 'gift of the second donor');
  await look(page);
  await page.goto(wishOf('XY-000001'));
  await reloadUntil(page, page.getByText('已凑齐'));
  await look(page);
});

test('a neighbour meets the second wish with goods', async () => {
  const page = await person('neighbour').goTo(wishOf('XY-000002'), 'phone');
  await page.getByText('这个心愿不募款').waitFor();
  await page.getByRole('radio', { name: '送物品' }).check();
  await page.getByLabel('送什么、做什么').fill('一把新的扶手椅');
  await look(page);
  await page.getByRole('button', { name: '认下这个心愿' }).click();
  await page.getByText(/已为您保留到/).waitFor();
  await look(page);
});

test('a volunteer meets the third with two hours', async () => {
  const page = await person('volunteer').goTo('/wall', 'phone');
  const wish = page.getByRole('link', { name: '修水龙头两小时' }).first();
  await reloadUntil(page, wish);
  await wish.click();
  await page.getByRole('radio', { name: '出时间' }).check();
  await page.getByLabel('送什么、做什么').fill('我会修水龙头');
  await page.getByLabel('几小时').fill('2');
  await page.getByRole('button', { name: '认下这个心愿' }).click();
  await page.getByText(/已为您保留到/).waitFor();
  await page.goto('/my/offers');
  await page.getByText('我会修水龙头').waitFor();
  await look(page);
});
