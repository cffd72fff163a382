import { expect, test } from 'vitest';
import { look } from '../browser.ts';
import { signInByTelephone } from '../people.ts';
import { photo } from '../pictures.ts';
import { addPhotos, chooseCommunity, fileOwn, next, openFile } from './residents.ts';
import { addPerson, met, person, telephones, theStory } from './district.ts';

test('a worker has his desk open when the first wish comes', async () => {
  const page = await person('worker').goTo('/desk', 'desk');
  await page.getByText('现在没有等您办的事').waitFor();
  await look(page);
});

test('a resident fills in a micro-wish on her phone without signing in', async () => {
  const page = await addPerson('wisher', null).goTo('/', 'phone');
  await look(page);
  await page.getByRole('link', { name: /我有难处/ }).click();
  await page.getByRole('link', { name: /许个微心愿/ }).click();
  await look(page);
  await page.getByRole('textbox').fill('一台电风扇');
  await next(page);
  await look(page);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('alert').waitFor();
  await look(page);
  await page.getByRole('textbox').fill('150');
  await next(page);
  await look(page);
  await page.getByRole('textbox').fill('家里的旧风扇转不动了，夏天屋里闷，晚上睡不着。');
  await next(page);
  await chooseCommunity(page);
  await look(page);
  await next(page);
  await look(page);
  await next(page);
  await page.getByText('一台电风扇').waitFor();
  await look(page);
});

test('what she typed is there after a reload', async () => {
  const page = await person('wisher').at('phone');
  await page.reload();
  await page.getByText('一台电风扇').waitFor();
  await page.getByText('¥150').waitFor();
});

test('she signs in with the code she was sent, and comes back to her form', async () => {
  const page = await person('wisher').at('phone');
  await page.getByRole('button', { name: '登录并提交' }).click();
  await look(page);
  await signInByTelephone(page, telephones.wisher);
  await page.getByText('一台电风扇').waitFor();
});

test('without network nothing is lost, and it is filed once', async () => {
  const page = await person('wisher').at('phone');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('没有连上网络').first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('XY-000001').waitFor();
  await look(page);
  await page.getByRole('link', { name: '看这件事的进展' }).click();
  await page.getByText('等社区核实').waitFor();
  await look(page);
  theStory().met.set('fan of its asker', new URL(page.url()).pathname);
});

test('who has a wish already hears so before she writes another', async () => {
  const page = await person('wisher').goTo('/my/needs/new?kind=micro_wish', 'phone');
  await page.getByText('您有一个微心愿正在办（XY-000001）').waitFor();
  await page.getByRole('link', { name: '看它办到哪一步' }).click();
  await page.getByRole('heading', { name: '一台电风扇' }).waitFor();
});

test('it appears on the worker’s desk by itself, with its clock', async () => {
  const page = await person('worker').at('desk');
  const task = page.getByRole('listitem').filter({ hasText: 'XY-000001' });
  await task.getByText(/还有 .+工作/).waitFor();
  const link = task.getByRole('link', { name: '一台电风扇' });
  theStory().met.set('fan', (await link.getAttribute('href'))!);
  await look(page);
});

test('another resident signs in; the worker knows her and binds her number', async () => {
  const phone = await person('asker').at('phone');
  await look(phone);
  await person('neighbour').at('phone');
  await person('third').at('phone');
  const page = await person('worker').at('desk');
  for (const [name, born, telephone] of [
    ['林玉珍', '1968-03-12', telephones.asker],
    ['马建国', '1975-09-01', telephones.neighbour],
  ] as const) {
    await page.goto('/desk/persons');
    await page.getByRole('button', { name: '建档' }).click();
    await openFile(page, { name, born, send: '保存档案' });
    await page.getByRole('heading', { name: /档案/ }).waitFor();
    await page.getByLabel('手机号').fill(telephone);
    await page.getByLabel('当面核实').check();
    await page.getByRole('button', { name: '绑定', exact: true }).click();
    await page.getByText(/已绑定手机账号/).waitFor();
  }
  await look(page);
});

test('she files a help request with photos, after reading standard, steps and rules', async () => {
  const page = await person('asker').goTo('/my', 'phone');
  await page.getByRole('link', { name: /有难处求助/ }).click();
  await page.getByText('这不是募捐').waitFor();
  await look(page);
  await page.getByLabel('我看明白了').check();
  await next(page);
  await page.getByRole('textbox').fill('住院费用付不起');
  await next(page);
  await page.getByRole('textbox').fill('800');
  await next(page);
  await page.getByRole('textbox').fill('上月住院自付八百元，家里只有一份零工收入。');
  await next(page);
  await chooseCommunity(page);
  await next(page);
  await addPhotos(page, [await photo('bill', '#ddd'), await photo('ward', '#9ab')]);
  await look(page);
  await next(page);
  await page.getByText('2 张').waitFor();
  await look(page);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('QZ-000001').waitFor();
});

test('a third, 74, without a telephone, is met on a visit', async () => {
  const page = await person('worker').goTo('/desk', 'phone');
  await page.getByRole('link', { name: '登记' }).click();
  await look(page);
  await page.getByRole('button', { name: '为这位居民建档' }).click();
  await openFile(page, { name: '冯桂英', born: '1952-05-20', send: '保存档案并选择' });
  await page.getByText('冯*英').or(page.getByText('冯**')).first().waitFor();
  await page.getByLabel('微心愿').check();
  await page.getByLabel('一句话说明').fill('一把带扶手的椅子');
  await page.getByLabel('具体情况').fill('起身困难，想要一把带扶手的椅子。');
  await page.getByLabel('大约需要多少钱').fill('120');
  await page.getByLabel('口头同意').check();
  await page.getByLabel('同意情况说明').fill('当面念给她听，她说同意。');
  await look(page);
  await page.getByRole('button', { name: '提交登记' }).click();
  await page.getByText('XY-000002').first().waitFor();
  await look(page);
});

test('he leaves her a printed slip with number, deadline and QR', async () => {
  const page = await person('worker').at('phone');
  await page.getByRole('link', { name: '打印回执' }).click();
  await page.getByText('不收任何费用').waitFor();
  await look(page);
  const code = await page.getByRole('img', { name: /二维码/ }).getAttribute('alt');
  theStory().met.set('slip', /\/slips\/\S+/.exec(code!)![0]);
  const chair = await page.getByRole('link', { name: '回到记录' }).getAttribute('href');
  theStory().met.set('chair', chair!);
});

test('the slip’s code shows where it is and not whose it is', async () => {
  const page = await person('visitor').goTo(met('slip'), 'phone');
  await page.getByText('等社区认定').waitFor();
  expect(await page.locator('#main').textContent()).not.toMatch(/冯|椅子/);
  await look(page);
});

test('further residents ask: a wish for two hours, and a help request', async () => {
  const page = await person('third').goTo('/my', 'phone');
  await fileOwn(page, { kind: 'micro_wish', what: '修一修漏水的水龙头', why: '自己不会修。' });
  await page.getByText('XY-000003').waitFor();
  await fileOwn(page, { kind: 'help_request', what: '孩子的学习用品', why: '暂时失业。' });
  await page.getByText('QZ-000002').waitFor();
  await look(page);
});
