import { expect, test } from 'vitest';
import { look, soon } from '../browser.ts';
import { met, person, theStory } from './district.ts';
import { checkStatutory, doMove, fillPublicWords, fillVisit, openMove, sendMove } from './moves.ts';

const all = ['XY-000001', 'XY-000002', 'XY-000003', 'QZ-000001', 'QZ-000002'];

test('the worker’s desk shows them all with their clocks', async () => {
  const page = await person('worker').goTo('/desk', 'desk');
  for (const number of all) {
    const task = page.getByRole('listitem').filter({ hasText: number });
    await task.getByText(/还有 .+工作/).waitFor();
    const link = await task.getByRole('link').first().getAttribute('href');
    theStory().met.set(number, link!);
  }
  await look(page);
});

test('today’s list on his phone groups them by building', async () => {
  const page = await person('worker').goTo('/desk', 'phone');
  await page.getByRole('heading', { name: /绿云小区/ }).waitFor();
  for (const number of all) await page.getByRole('listitem').filter({ hasText: number }).waitFor();
  await look(page);
});

test('verifying is a record; a telephone number in the public words is refused beside the field', async () => {
  const page = await person('worker').goTo(met('XY-000001'), 'desk');
  await look(page);
  const form = await openMove(page, '记录认定');
  // What is sent when nobody types it is seen before: the visit was now, and holds so long.
  for (const label of ['走访时间', '认定有效期至'])
    expect(await form.getByLabel(label).inputValue()).toMatch(/^20\d\d-/);
  await look(page);
  await fillVisit(form, { seen: '旧风扇已不能转动，本人独居。', price: '150' });
  await fillPublicWords(form, '一台电风扇', '夏天屋里闷，想要一台电风扇，电话 19900000001。');
  await form.getByRole('button', { name: /^提交/ }).click();
  const text = form.getByLabel('公开文字');
  await expect.poll(() => text.getAttribute('aria-invalid'), soon).toBe('true');
  expect(await form.locator('.field-error').textContent()).toMatch(/电话/);
  await look(page);
  await text.fill('夏天屋里闷热，想要一台电风扇，晚上能睡个好觉。');
  await sendMove(form);
  await page.getByText('已认定').first().waitFor();
  await look(page);
});

test('so is a form of address that leads to the asker', async () => {
  const page = await person('worker').goTo(met('XY-000002'), 'phone');
  await look(page);
  const form = await openMove(page, '记录认定');
  await look(page);
  await fillVisit(form, { seen: '起身困难，屋里只有一把矮凳。', price: '120' });
  await fillPublicWords(form, '一把带扶手的椅子', '冯奶奶起身困难，想要一把带扶手的椅子。');
  await form.getByRole('button', { name: /^提交/ }).click();
  await form.locator('.field-error').filter({ hasText: '姓名' }).waitFor();
  await look(page);
  await form.getByLabel('公开文字').fill('一位老人起身困难，想要一把带扶手的椅子。');
  await sendMove(form);
  await page.getByText('已认定').first().waitFor();
});

test('two workers at the same need: the second sees what happened and keeps what he typed', async () => {
  const page = await person('worker').goTo(met('XY-000003'), 'desk');
  const form = await openMove(page, '记录认定');
  const seen = '厨房水龙头滴水，需要两小时更换垫圈。';
  await fillVisit(form, { seen });
  await fillPublicWords(form, '修水龙头两小时', '厨房水龙头漏水，想请人花两小时修一修。');
  const other = await person('secondWorker').goTo(met('XY-000003'), 'desk');
  await doMove(other, '记一笔', '已电话约好明天上午。');
  await page.getByRole('alert').filter({ hasText: '这件事有了新进展' }).waitFor();
  await page.getByText('吴静').first().waitFor();
  expect(await form.getByLabel('看到的情况').inputValue()).toBe(seen);
  await look(page);
  await page.getByRole('button', { name: '按最新情况继续' }).click();
  await sendMove(form);
  await page.getByText('已认定').first().waitFor();
});

test('the help request is checked against every statutory aid and sent up with his finding', async () => {
  const page = await person('worker').goTo(met('QZ-000001'), 'desk');
  const form = await openMove(page, '记录认定');
  await fillVisit(form, {
    seen: '出院结算单自付八百元，属实。',
    price: '800',
    secondSource: '医院结算单，邻居证实',
  });
  await checkStatutory(form, ['临时救助']);
  await look(page);
  await sendMove(form);
  await page.getByText('已认定').first().waitFor();
  await doMove(page, '上报街道', '情况属实，超出社区处理范围，请街道核查。');
  await look(page);
});

test('the street sees what was sent up, and what is overdue', async () => {
  const page = await person('street').goTo('/desk', 'desk');
  await page.getByRole('listitem').filter({ hasText: 'QZ-000001' }).getByText('待核查').waitFor();
  await look(page);
  await page.getByLabel('只看超时').check();
  await page.getByText('没有符合筛选的事项').waitFor();
  await page.goto('/desk/needs?scope=overdue');
  await page.getByText('没有符合条件的需求').waitFor();
  await look(page);
});

test('the district sees everything', async () => {
  const page = await person('district').goTo('/desk/needs', 'desk');
  for (const number of all) await page.getByRole('row').filter({ hasText: number }).waitFor();
  await look(page);
  await page.goto('/desk/overview');
  await page.getByText('各区域待办').first().waitFor();
  await look(page);
  const phone = await person('district').goTo('/desk/overview', 'phone');
  await look(phone);
});
