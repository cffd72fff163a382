import type { Page } from 'playwright-core';
import { place } from './district.ts';

const pressNext = (page: Page) => page.getByRole('button', { name: '下一步' }).click();

/** On to the next question of a filing, which is there a moment later than its address. */
export async function next(page: Page, onward = pressNext): Promise<void> {
  const before = page.url();
  const asked = await page.locator('#main h1').elementHandle();
  await onward(page);
  await page.waitForURL((url) => url.href !== before);
  // What is typed into the question before would be lost.
  await asked!.waitForElementState('hidden');
}

/** Street first, then its community. */
export async function chooseCommunity(page: Page): Promise<void> {
  await page.getByLabel('街道', { exact: true }).selectOption({ label: place.street });
  await page.getByLabel('社区', { exact: true }).selectOption({ label: place.community });
}

type Photo = { name: string; mimeType: string; buffer: Buffer };

/** Takes photos and waits until all of them are sent. */
export async function addPhotos(page: Page, photos: Photo[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(photos);
  await page.getByRole('img', { name: `第 ${photos.length} 张照片`, exact: true }).waitFor();
}

/** A worker opens the file of somebody who agreed by word of mouth. */
export async function openFile(
  page: Page,
  file: { name: string; born: string; send: string },
): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByLabel('性别') });
  await form.getByLabel('姓名').fill(file.name);
  await form.getByLabel('性别').selectOption({ label: '女' });
  await form.getByLabel('出生日期').fill(file.born);
  await form.getByLabel('住址').fill('绿云小区 3 号楼 1 单元');
  await form.getByLabel('口头同意').check();
  await form.getByRole('button', { name: file.send, exact: true }).click();
}

interface Asked {
  kind: 'micro_wish' | 'help_request';
  what: string;
  why: string;
}

/** A resident who is signed in files something that needs no money. */
export async function fileOwn(page: Page, { kind, what, why }: Asked): Promise<void> {
  await page.goto(`/my/needs/new?kind=${kind}`);
  if (kind === 'help_request') {
    await page.getByLabel('我看明白了').check();
    await next(page);
  }
  await page.getByRole('textbox').fill(what);
  await next(page);
  if (kind === 'micro_wish') await page.getByLabel(/请人帮忙就行/).check();
  await next(page);
  await page.getByRole('textbox').fill(why);
  await next(page);
  await chooseCommunity(page);
  await next(page);
  await next(page);
  await page.getByRole('button', { name: '提交', exact: true }).click();
}
