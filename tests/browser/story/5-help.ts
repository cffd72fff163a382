import { expect, test } from 'vitest';
import { look, reloadUntil, soon } from '../browser.ts';
import { photo } from '../pictures.ts';
import { met, person, theStory } from './district.ts';
import { approveAndPay } from './money.ts';
import { checkStatutory, doMove, fillVisit, openMove, sendMove } from './moves.ts';
import { addPhotos } from './residents.ts';

test('a neighbour gives mutual aid on the page of his community’s fund', async () => {
  const page = await person('neighbour').goTo(met('fund'), 'phone');
  await page.getByLabel('其他金额').check();
  await page.getByRole('textbox', { name: '金额' }).fill('500');
  await look(page);
  await page.getByRole('button', { name: /^去支付/ }).click();
  await page.getByRole('button', { name: /确认支付/ }).click();
  await page.getByText('已收到并记账').waitFor();
});

test('nobody else can: the fund is no public fundraising', async () => {
  const page = await person('donor').goTo(met('fund'), 'phone');
  await page.getByText('不向社会公开募捐').waitFor();
  expect(await page.getByRole('button', { name: /^去支付/ }).count()).toBe(0);
});

test('the street checks the help request and refers it for one kind of aid', async () => {
  const page = await person('street').goTo(met('QZ-000001'), 'desk');
  await look(page);
  await doMove(page, '街道核查', '经核查，情况属实，先转临时救助。');
  const form = await openMove(page, '转介');
  await form.getByLabel('转介到').selectOption({ label: '临时救助' });
  await form.getByLabel('转介理由').fill('一次性住院支出，符合临时救助。');
  await look(page);
  await sendMove(form);
  await page.getByText('已转介').first().waitFor();
  await doMove(page, '记录转介结果', '对方单位已审批通过，临时救助五百元。');
  await look(page);
});

test('the rest is proposed from the community’s mutual-aid fund', async () => {
  const page = await person('street').at('desk');
  await page.getByRole('link', { name: '提出支出申请' }).click();
  const source = page.getByLabel('从哪里支出');
  const fund = source.locator('option').filter({ hasText: '绿云社区互助基金' });
  await source.selectOption((await fund.getAttribute('value'))!);
  await page.getByLabel(/当事人本人/).check();
  await page.getByLabel('金额').fill('300');
  await page.getByRole('textbox', { name: '用途' }).fill('住院自付部分，临时救助之外的三百元');
  await look(page);
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByRole('heading', { name: /^支出申请 / }).waitFor();
  theStory().met.set('aid', new URL(page.url()).pathname);
});

test('two approve, the accountant pays, the asker feeds back, it is closed', async () => {
  theStory().met.set('aid payment', await approveAndPay(met('aid'), '2026112200003'));
  const page = await person('worker').goTo(met('QZ-000001'), 'phone');
  // The payment has reached the need: what is sent from here on is about its newest state.
  await page.getByText('实施中').first().waitFor();
  const form = await openMove(page, '记录送达');
  await addPhotos(page, [await photo('receipt', '#efe')]);
  await sendMove(form);
  const asker = await person('asker').goTo('/my/needs', 'phone');
  await asker.getByRole('link', { name: '住院费用付不起' }).click();
  await asker.getByLabel(/^办好了/).check();
  await asker.getByLabel('用您自己的话说一句').fill('钱收到了，住院费结清了。');
  await asker.getByRole('button', { name: '提交反馈' }).click();
  await asker.getByText('您已反馈').waitFor();
  await look(asker);
  await page.reload();
  await doMove(page, '结案');
  await page.getByText('已结案').first().waitFor();
});

test('another is refused with a reason; she appeals on her phone', async () => {
  const page = await person('worker').goTo(met('QZ-000002'), 'desk');
  await doMove(page, '不予受理', '同一需求已由学校资助解决。您可以在三十天内向街道申诉。');
  await page.getByText('未予受理').first().waitFor();
  await look(page);
  const asker = await person('third').goTo('/my/needs', 'phone');
  await asker.getByRole('link', { name: '孩子的学习用品' }).click();
  await asker.getByText('同一需求已由学校资助解决').first().waitFor();
  await look(asker);
  await asker.getByRole('button', { name: '我要申诉' }).click();
  await asker.getByLabel('说明').fill('学校只免了书费，书桌和文具没有。');
  await look(asker);
  await asker.getByRole('button', { name: '提交申诉' }).click();
  await asker.getByText('您提出申诉').waitFor();
});

test('the street decides otherwise; the worker verifies and finds an offer', async () => {
  const neighbour = await person('neighbour').goTo('/my/offers/new', 'phone');
  await neighbour.getByLabel('是什么？').fill('一张九成新的学习桌');
  await neighbour.getByLabel('街道', { exact: true }).selectOption({ label: '淮河路街道' });
  await neighbour.getByLabel('社区', { exact: true }).selectOption({ label: '绿云社区' });
  await look(neighbour);
  await neighbour.getByRole('button', { name: '登记', exact: true }).click();
  await neighbour.getByText('一张九成新的学习桌').waitFor();
  const street = await person('street').goTo(met('QZ-000002'), 'desk');
  await doMove(street, '改变原决定', '经复核，补充材料成立，恢复办理。');
  await street.getByText('已认定').first().waitFor();
  const page = await person('worker').goTo(met('QZ-000002'), 'desk');
  const record = await openMove(page, '记录认定');
  await fillVisit(record, {
    seen: '家中没有书桌。',
    finding: '部分属实',
    secondSource: '班主任电话证实',
  });
  await checkStatutory(record, []);
  await sendMove(record);
  const form = await openMove(page, '对接资源');
  await form.getByLabel('现有的物资或服务').check();
  await form.getByLabel(/一张九成新的学习桌/).check();
  await look(page);
  await sendMove(form);
  await page.getByText('已对接').first().waitFor();
});

test('it is partly met, and she leaves it at that', async () => {
  const page = await person('worker').goTo(met('QZ-000002'), 'desk');
  const form = await openMove(page, '记录送达');
  await addPhotos(page, [await photo('desk', '#a86')]);
  await sendMove(form);
  const asker = await person('third').at('phone');
  for (const words of ['书桌收到了，文具还没有。', '文具亲戚买了，就这样吧，谢谢。']) {
    // The form of the second word is empty once the first has arrived.
    const field = asker.getByLabel('用您自己的话说一句');
    await expect.poll(() => field.inputValue(), soon).toBe('');
    await asker.getByLabel(/^办了一部分/).check();
    await field.fill(words);
    await asker.getByRole('button', { name: '提交反馈' }).click();
    // In what happened, not in the field where it was typed.
    await asker.getByRole('listitem').filter({ hasText: words }).waitFor();
  }
  await look(asker);
  await page.reload();
  await doMove(page, '结案');
  await page.getByText('已结案').first().waitFor();
});

test('a third is filed at the door, met with hours, and reopened: its first clock goes on', async () => {
  const page = await person('worker').goTo('/desk/needs/new', 'desk');
  await page.getByLabel('查找本辖区居民').fill('冯桂英');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.getByRole('button', { name: /^选择 / }).click();
  await page.getByLabel('个人求助').check();
  await page.getByLabel('一句话说明').fill('看病没有人陪');
  await page.getByLabel('具体情况').fill('每周要去一次医院，儿女在外地。');
  await page.getByLabel('书面同意').check();
  await look(page);
  await page.getByRole('button', { name: '提交登记' }).click();
  await page.getByRole('link', { name: '打开记录' }).click();
  const record = await openMove(page, '记录认定');
  await fillVisit(record, { seen: '独居，行动不便。', secondSource: '邻居证实' });
  await checkStatutory(record, []);
  await sendMove(record);
  const volunteer = await person('volunteer').goTo('/my/offers/new', 'phone');
  await volunteer.getByLabel(/^一些时间/).check();
  await volunteer.getByLabel('是什么？').fill('陪同就医半天');
  await volunteer.getByLabel('几个小时？').fill('3');
  await volunteer.getByRole('button', { name: '登记', exact: true }).click();
  await volunteer.getByText('陪同就医半天').waitFor();
  const match = await openMove(page, '对接资源');
  await match.getByLabel('现有的物资或服务').check();
  await match.getByLabel(/陪同就医半天/).check();
  await sendMove(match);
  const delivery = await openMove(page, '记录送达');
  await addPhotos(page, [await photo('note', '#cde')]);
  await sendMove(delivery);
  const slip = await openMove(page, '签字回执');
  await slip.getByRole('radio', { name: '解决了', exact: true }).check();
  await slip.getByLabel('当事人的原话').fill('有人陪，心里踏实。');
  await addPhotos(page, [await photo('signed', '#fed')]);
  await sendMove(slip);
  await doMove(page, '结案');
  await page.getByText('已结案').first().waitFor();
  await doMove(page, '重新办理', '下周又要去医院，还没有人陪。');
  await page.getByText('已认定').first().waitFor();
  await page
    .getByText(/还有 .+工作/)
    .first()
    .waitFor();
  await look(page);
});

test('none of the help requests was ever public', async () => {
  const page = await person('donor').goTo('/wall?state=all', 'desk');
  await reloadUntil(page, page.getByRole('link', { name: '修水龙头两小时' }));
  const wall = await page.locator('#main').textContent();
  expect(wall).not.toMatch(/住院|学习用品|看病/);
  await look(page);
  for (const number of ['QZ-000001', 'QZ-000002']) {
    const response = await page.goto(met(number).replace('/desk/needs', '/wishes'));
    expect(response?.status()).toBe(404);
    await page.getByText('没有找到').first().waitFor();
  }
  await look(page);
});
