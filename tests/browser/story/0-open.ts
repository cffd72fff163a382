import { expect, test } from 'vitest';
import { look, soon } from '../browser.ts';
import { addPerson, person, place, theStory, type Who } from './district.ts';

const staff = [
  ['worker', '周明', '社区工作者', place.community],
  ['secondWorker', '吴静', '社区工作者', place.community],
  ['street', '郑洁', '街道', place.street],
  ['district', '孙强', '区温暖办', '二七区'],
  ['federation', '何敏', '慈善总会经办', '二七区'],
  ['approver', '罗刚', '慈善总会审批', '二七区'],
  ['secondApprover', '梁燕', '慈善总会审批', '二七区'],
  ['accountant', '宋丽', '慈善总会会计', '二七区'],
  ['auditor', '唐军', '审计', '二七区'],
] as const satisfies readonly (readonly [Who, string, string, string])[];

interface NewAccount {
  who: Who;
  shown: string;
  role: string;
  field: '区域' | '所属企业';
  where: string;
}

/** The administrator opens an account and hands over what is shown once. */
async function openAccount({ who, shown, role, field, where }: NewAccount): Promise<void> {
  const page = await person('administrator').at('desk');
  await page.getByRole('button', { name: '开立账号' }).click();
  const form = page.locator('form').filter({ has: page.getByLabel('身份') });
  await form.getByLabel('姓名').fill(shown);
  await form.getByLabel('用户名').fill(who);
  await form.getByLabel('身份', { exact: true }).selectOption({ label: role });
  const chosen = form.getByLabel(field);
  const option = chosen.locator('option').filter({ hasText: where });
  await chosen.selectOption((await option.getAttribute('value'))!);
  await form.getByRole('button', { name: '开立', exact: true }).click();
  const once = page.getByRole('alert').filter({ hasText: shown });
  await once.waitFor();
  const [password, totpUri] = await once.locator('.keep-secret').allTextContents();
  addPerson(who, { name: who, password: password!, totpUri: totpUri! });
  await once.getByRole('button', { name: '我已交给本人' }).click();
}

test('the first administrator opens the accounts of the others', async () => {
  const page = await person('administrator').goTo('/desk/accounts', 'desk');
  await look(page);
  for (const [who, shown, role, where] of staff)
    await openAccount({ who, shown, role, field: '区域', where });
  await expect.poll(() => page.getByRole('row').count(), soon).toBe(staff.length + 2);
  await look(page);
});

test('the federation puts a supplier and an enterprise on file', async () => {
  const page = await person('federation').goTo('/desk/organizations', 'desk');
  for (const [name, kind] of [
    ['淮河路便民家电行', '供应商'],
    ['二七区暖阳食品有限公司', '爱心企业'],
  ] as const) {
    await page.getByRole('button', { name: '登记单位' }).click();
    await page.getByRole('textbox', { name: '名称' }).fill(name);
    await page.getByRole('combobox', { name: '类型' }).selectOption({ label: kind });
    await page.getByRole('textbox', { name: '收款账号' }).fill('6222990000001234');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('cell', { name, exact: true }).waitFor();
  }
  await look(page);
});

test('the enterprise’s consent to be named is noted with its paper', async () => {
  const page = await person('federation').goTo('/desk/organizations', 'desk');
  await page.getByRole('button', { name: '二七区暖阳食品有限公司：登记署名同意' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('同意公开署名的凭据').fill('捐赠协议第六条');
  await look(page);
  await dialog.getByRole('button', { name: '登记署名同意' }).click();
  await page.getByRole('cell', { name: /^同意（.*捐赠协议第六条）$/ }).waitFor();
});

test('the supplier’s bank account is entered by one and signed by two others', async () => {
  const page = await person('federation').goTo('/desk/payees', 'desk');
  await page.getByRole('button', { name: '登记收款账户' }).click();
  const owner = page.getByLabel('选择单位');
  const shop = owner.locator('option').filter({ hasText: '便民家电行' });
  await owner.selectOption((await shop.getAttribute('value'))!);
  await page.getByLabel('开户行').fill('测试银行二七支行');
  await page.getByRole('textbox', { name: '账号' }).fill('6222990000001234');
  await look(page);
  await page.getByRole('button', { name: '登记，等两人签字' }).click();
  await page.getByRole('cell', { name: '淮河路便民家电行' }).waitFor();
  for (const who of ['approver', 'secondApprover'] as const) {
    const sheet = await person(who).goTo('/desk/payees', 'desk');
    await sheet.getByRole('checkbox', { name: '选择 淮河路便民家电行' }).check();
    await look(sheet);
    await sheet.getByRole('button', { name: '签字确认（1 个）' }).click();
    await sheet
      .getByText(who === 'approver' ? '罗刚已同意' : '可付款')
      .first()
      .waitFor();
  }
});

test('the administrator opens the account of the enterprise’s agent', async () => {
  await person('administrator').goTo('/desk/accounts', 'desk');
  await openAccount({
    who: 'agent',
    shown: '冯涛',
    role: '爱心企业',
    field: '所属企业',
    where: '暖阳食品',
  });
});

const plan = {
  简介: '替社区里的老人、孩子和有困难的邻居实现一件小心愿。',
  募捐目的: '满足社区居民单件不超过五百元的微心愿。',
  受益人: '二七区各社区经核实的居民。',
  款物用途: '购买并送达经社区核实的心愿物品。',
  募捐成本: '不从善款中列支成本。',
  剩余财产处理: '转给同社区等得最久的心愿；没有的，留在“微心愿”活动中。',
} as const;

test('the federation drafts the campaign with its whole plan', async () => {
  const page = await person('federation').goTo('/desk/campaigns', 'desk');
  await look(page);
  await page.getByRole('link', { name: '起草募捐方案' }).click();
  await page.getByRole('textbox', { name: '名称' }).fill('微心愿');
  for (const [label, text] of Object.entries(plan)) await page.getByLabel(label).fill(text);
  await page.getByLabel('开始日期').fill('2026-01-01');
  await page.getByLabel('结束日期').fill('2036-12-31');
  await look(page);
  await page.getByRole('button', { name: '保存方案' }).click();
  await page.getByRole('heading', { name: '微心愿', level: 1 }).waitFor();
  await look(page);
});

test('it opens only when its four requirements are on file', async () => {
  const page = await person('federation').at('desk');
  await page.getByRole('button', { name: '开启募捐' }).click();
  await page.getByText('公开募捐还缺').waitFor();
  for (const [tick, detail] of [
    ['公开募捐资格', '53410103000000000X'],
    ['方案已备案', '53410103000000000XA26001'],
    ['指定平台上线', '公益宝 项目 26001'],
    ['本组织账户', '二七区慈善总会 基本户'],
  ] as const) {
    const requirement = page.getByRole('listitem').filter({ hasText: tick });
    await requirement.getByText('登记', { exact: true }).first().click();
    await requirement.getByLabel('依据').fill(detail);
    if (tick === '方案已备案') await requirement.getByLabel('备案日期').fill('2026-01-01');
    await requirement.getByRole('button', { name: '登记', exact: true }).click();
    await requirement.getByText('已登记').waitFor();
  }
  await page.getByRole('button', { name: '开启募捐' }).click();
  await page.getByText('正在募捐').waitFor();
  await look(page);
  theStory().met.set('campaign', new URL(page.url()).pathname.replace('/desk', ''));
});

test('the federation opens the mutual-aid fund of the community', async () => {
  const page = await person('federation').goTo('/desk/funds', 'desk');
  await page.getByRole('button', { name: '开立基金' }).click();
  await page.getByLabel('基金名称').fill('绿云社区互助基金');
  const area = page.getByLabel('所属区域');
  const community = area.locator('option').filter({ hasText: place.community });
  await area.selectOption((await community.getAttribute('value'))!);
  await page.getByRole('button', { name: '开立', exact: true }).click();
  const link = page.getByRole('link', { name: '绿云社区互助基金的公开页面' });
  theStory().met.set('fund', (await link.getAttribute('href'))!);
  await look(page);
});
