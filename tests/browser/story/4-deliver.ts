import sharp from 'sharp';
import { expect, test } from 'vitest';
import { look, reloadUntil } from '../browser.ts';
import { HIDDEN, photo } from '../pictures.ts';
import { met, person, theStory } from './district.ts';
import { approveAndPay } from './money.ts';
import { doMove, openMove, sendMove } from './moves.ts';
import { addPhotos } from './residents.ts';

const wishOf = (number: string) => met(number).replace('/desk/needs', '/wishes');

test('the purchase is proposed out of the wish’s own item', async () => {
  const page = await person('street').goTo(met('XY-000001'), 'desk');
  await page.getByRole('link', { name: '提出支出申请' }).click();
  await page.getByText('对应需求 XY-000001').waitFor();
  const source = page.getByLabel('从哪里支出');
  const item = source.locator('option').filter({ hasText: 'XY-000001' });
  await source.selectOption((await item.getAttribute('value'))!);
  const supplier = page.getByLabel('供应商', { exact: true }).last();
  const shop = supplier.locator('option').filter({ hasText: '便民家电行' });
  await supplier.selectOption((await shop.getAttribute('value'))!);
  await page.getByLabel('金额').fill('148.50');
  await page.getByRole('textbox', { name: '用途' }).fill('购买电风扇一台，含送货');
  await look(page);
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByRole('heading', { name: /^支出申请 / }).waitFor();
  theStory().met.set('purchase', new URL(page.url()).pathname);
  await look(page);
});

test('two people of the federation approve, the accountant pays', async () => {
  theStory().met.set('payment', await approveAndPay(met('purchase'), '2026112200002'));
});

test('it is delivered with a photo of the thing, and cannot be closed without the asker', async () => {
  const page = await person('worker').goTo(met('XY-000001'), 'phone');
  await page.getByText('实施中').first().waitFor();
  await look(page);
  const form = await openMove(page, '记录送达');
  await form.getByRole('button', { name: /^提交/ }).click();
  await form.getByRole('alert').waitFor();
  await addPhotos(page, [await photo('fan', '#345')]);
  await look(page);
  await sendMove(form);
  expect(await page.getByRole('button', { name: /^结案/ }).count()).toBe(0);
});

test('the picture on the wall says nothing of where it was taken', async () => {
  const page = await person('donor').goTo(wishOf('XY-000001'), 'desk');
  const picture = page.getByRole('img', { name: /送达的实物照片/ });
  await reloadUntil(page, picture);
  const response = await page.request.get((await picture.getAttribute('src'))!);
  const bytes = await response.body();
  expect(bytes.toString('latin1')).not.toContain(HIDDEN);
  const { exif, width } = await sharp(bytes).metadata();
  expect([exif, width]).toEqual([undefined, 1600]);
  await look(page);
});

test('she confirms in her own words, and only then it is closed', async () => {
  const page = await person('wisher').goTo('/my', 'phone');
  await look(page);
  await page.getByRole('link', { name: '一台电风扇' }).first().click();
  await page.getByLabel(/^办好了/).waitFor();
  await look(page);
  await page.getByLabel(/^办好了/).check();
  await page.getByLabel('用您自己的话说一句').fill('风扇收到了，晚上凉快多了，谢谢大家。');
  await page.getByRole('button', { name: '提交反馈' }).click();
  await page.getByText('您已反馈').waitFor();
  const worker = await person('worker').goTo(met('XY-000001'), 'phone');
  await doMove(worker, '结案');
  await worker.getByText('已结案').first().waitFor();
  await look(worker);
  await page.goto('/my/messages');
  await look(page);
});

test('another way: the photo of a paper slip', async () => {
  const page = await person('worker').goTo(met('XY-000002'), 'phone');
  await doMove(page, '开始实施');
  const delivery = await openMove(page, '记录送达');
  await addPhotos(page, [await photo('chair', '#653')]);
  await sendMove(delivery);
  const slip = await openMove(page, '签字回执');
  await slip.getByRole('radio', { name: '解决了', exact: true }).check();
  await slip.getByLabel('当事人的原话').fill('椅子好用，起身不费劲了。');
  await slip.getByRole('button', { name: /^提交/ }).click();
  await slip.getByRole('alert').waitFor();
  await addPhotos(page, [await photo('slip', '#eee')]);
  await look(page);
  await sendMove(slip);
  await doMove(page, '结案');
  await page.getByText('已结案').first().waitFor();
});

test('another way: a call-back by a second worker, after a try that is noted', async () => {
  const page = await person('worker').goTo(met('XY-000003'), 'desk');
  const delivery = await openMove(page, '记录送达');
  await addPhotos(page, [await photo('tap', '#9bc')]);
  await sendMove(delivery);
  await doMove(page, '联系未果', '电话无人接听。');
  await page.getByText(/已在 1 个不同日子联系未果/).waitFor();
  // He delivered it himself, so the call-back is not his; and one try is not three.
  for (const move of ['电话回访', '终止办理'])
    expect(await page.getByRole('button', { name: new RegExp(`^${move}`) }).count()).toBe(0);
  await look(page);
  const other = await person('secondWorker').goTo(met('XY-000003'), 'desk');
  const call = await openMove(other, '电话回访');
  await call.getByRole('radio', { name: '解决了', exact: true }).check();
  await call.getByLabel('当事人的原话').fill('水龙头不漏了，师傅很耐心。');
  await look(other);
  await sendMove(call);
  await doMove(other, '结案');
  await other.getByText('已结案').first().waitFor();
});
