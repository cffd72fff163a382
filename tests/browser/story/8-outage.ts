import { expect, test } from 'vitest';
import { look, settle } from '../browser.ts';
import { met, person, theStory } from './district.ts';
import { openMove } from './moves.ts';

test('while the server is away the page says so, keeps what was typed, and recovers by itself', async () => {
  const { server } = theStory();
  const page = await person('worker').goTo(met('XY-000002'), 'desk');
  const phone = await person('wisher').goTo('/my/needs', 'phone');
  await settle(phone);
  const form = await openMove(page, '记一笔');
  await form.getByRole('textbox').fill('椅子回访正常。');
  await server.pause();
  await form.getByRole('button', { name: /^提交/ }).click();
  await form.getByRole('alert').waitFor();
  await page
    .getByText(/恢复后会自动继续|正在自动重试/)
    .first()
    .waitFor();
  await look(page);
  // It says so for a few seconds only: who looks first when the server answers may come too late.
  await Promise.all([page.getByText('已经恢复').waitFor({ timeout: 75_000 }), server.resume()]);
  expect(await form.getByRole('textbox').inputValue()).toBe('椅子回访正常。');
  await form.getByRole('button', { name: /^提交/ }).click();
  await page.getByText('椅子回访正常。').first().waitFor();
  await phone.getByRole('link', { name: '一台电风扇' }).click();
  await phone.getByText('已办结').first().waitFor();
});

test('a person can ask what is known about her, take it away and see who looked', async () => {
  const page = await person('asker').goTo('/my/data', 'phone');
  await page.getByText('林玉珍').first().waitFor();
  await look(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载我的全部信息' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);
});
