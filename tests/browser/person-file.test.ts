import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  initialsOf,
  nameKey,
  spellingsOf,
} from '../../apps/server/src/modules/resident/readings.ts';
import { look, openBrowser, openPage, settle, soon, type Width, widths } from './browser.ts';
import { signInByTelephone } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

let server: RunningServer;
let browser: Browser;
let worker: Page;
/** A resident of the worker's community, as the demo says who can sign in. */
let known: { telephone: string; displayName: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), openBrowser()]);
  worker = await signIn('社区工作者');
  const codes = await worker.request.get('/api/sandbox/codes');
  [known] = ((await codes.json()) as { residents: [typeof known] }).residents;
}, 420_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function signIn(role: string | RegExp, width: Width = 'desk'): Promise<Page> {
  const page = await openPage(browser, { address: server.address, width });
  await page.goto('/desk/sign-in');
  await page.getByRole('button', { name: role }).first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await settle(page);
  return page;
}

/** Looks at a page on both screens. */
async function lookTwice(page: Page): Promise<void> {
  await page.setViewportSize(widths.desk);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
}

async function find(page: Page, text: string): Promise<void> {
  await page.goto('/desk/persons');
  await settle(page);
  const field = page.getByLabel('姓名、拼音、号码或住址');
  await field.fill(text);
  await field.press('Enter');
  await page.getByRole('list', { name: '查找结果' }).waitFor();
}

/** Opens the file of somebody who came to the counter. */
async function openFileOf(page: Page, name: string, telephone: string): Promise<void> {
  await page.goto('/desk/persons');
  await settle(page);
  await page.getByRole('button', { name: '建档' }).click();
  await page.getByLabel('姓名', { exact: true }).fill(name);
  await page.getByLabel('联系电话').fill(telephone);
  await page.getByLabel('住址', { exact: true }).fill('测试小区8号楼1单元101');
  await page.getByLabel('口头同意').check();
  await page.getByRole('button', { name: '保存档案' }).click();
  await page.waitForURL(/persons\/[0-9a-f-]{36}/);
  await settle(page);
}

test('a worker finds her by initials, sound, a part of the name or the end of a number', async () => {
  const name = known.displayName;
  const key = nameKey(name);
  const texts = [
    `${initialsOf(key)[0]} ${known.telephone.slice(-4)}`,
    `${spellingsOf(key)[0]} ${known.telephone.slice(-4)}`,
    `${[...name].slice(1).join('')} ${known.telephone.slice(-4)}`,
    known.telephone,
    name,
  ];
  for (const text of texts) {
    await find(worker, text);
    const links = worker.getByRole('list', { name: '查找结果' }).getByRole('link');
    await expect.poll(() => links.count(), soon).toBeGreaterThan(0);
    expect(await links.first().textContent()).toContain('*');
  }
  await lookTwice(worker);
});

test('the file opens a field for a reason only, and says who looked', async () => {
  await find(worker, known.telephone);
  await worker.getByRole('list', { name: '查找结果' }).getByRole('link').first().click();
  await worker.waitForURL(/persons\/[0-9a-f-]{36}/);
  await settle(worker);
  expect(await worker.locator('#main').textContent()).not.toContain(known.telephone);
  await lookTwice(worker);
  await worker.getByRole('button', { name: '打开联系电话' }).click();
  const dialog = worker.getByRole('dialog');
  await dialog.getByRole('button', { name: '打开', exact: true }).click();
  await dialog.getByText('请填写“理由”').first().waitFor();
  await dialog.getByLabel('理由').fill('电话告知办理结果');
  await dialog.getByRole('button', { name: '打开', exact: true }).click();
  await worker.getByText(known.telephone).waitFor();
  await worker.getByText('电话告知办理结果').first().waitFor();
});

test('what a worker notes of somebody’s health needs a consent of its own', async () => {
  await openFileOf(worker, '欧阳测试', '19900009801');
  await worker.getByText('登记了解到的情况').click();
  await worker.getByLabel('项目').selectOption('illness');
  await worker.locator('#field-fact-value').selectOption('dialysis');
  await worker.getByRole('button', { name: '保存', exact: true }).click();
  await worker.getByText('还没有专门的同意记录').first().waitFor();
  await worker.getByLabel('本人怎样同意保存这一项').selectOption('spoken');
  await lookTwice(worker);
  await worker.getByRole('button', { name: '保存', exact: true }).click();
  await worker.getByRole('button', { name: '打开病种' }).waitFor();
  expect(await worker.locator('.fact-list').textContent()).not.toContain('尿毒症');
  await worker.getByText('健康信息 · 口头同意').waitFor();
});

test('a household is put together by hand', async () => {
  await openFileOf(worker, '司马家人', '19900009802');
  await find(worker, '19900009801');
  await worker.getByRole('list', { name: '查找结果' }).getByRole('link').first().click();
  await worker.getByRole('button', { name: '以本人为户主登记家庭' }).click();
  await worker.getByText('手工登记').waitFor();
  await worker.getByText('添加家庭成员').click();
  const field = worker.locator('[name="acting.personId"]');
  await field.fill('smjr');
  await field.press('Enter');
  await worker
    .getByRole('button', { name: '选择司*家人' })
    .or(worker.getByRole('button', { name: /司\**人/ }))
    .first()
    .click();
  await worker.getByLabel('与户主的关系').selectOption('sibling');
  await worker.getByRole('button', { name: '加入家庭' }).click();
  await worker.getByRole('link', { name: /^司\**人$/ }).waitFor();
  await lookTwice(worker);
});

test('at the counter the keyboard is enough', async () => {
  await worker.goto('/desk/counter');
  await settle(worker);
  const field = worker.getByLabel('身份证号、手机号，或姓名加号码后四位');
  await expect
    .poll(() => worker.evaluate(`document.activeElement?.getAttribute('name')`), soon)
    .toBe('text');
  await worker.keyboard.type(`${known.telephone}`);
  await worker.keyboard.press('Enter');
  await worker.getByRole('heading', { name: '可以享受' }).waitFor();
  expect(await worker.locator('.counter-who').textContent()).toContain('*');
  expect(await field.inputValue()).toBe('');
  await lookTwice(worker);
  // The next one goes straight in, as a scanner writes it.
  await field.focus();
  await worker.keyboard.type('19900009801');
  await worker.keyboard.press('Enter');
  await worker.getByText('欧**试').first().waitFor();
  await worker.keyboard.press('Escape');
  await worker.locator('.counter-who').waitFor({ state: 'detached' });
  await worker.keyboard.type('19900000000');
  await worker.keyboard.press('Enter');
  await worker.getByRole('heading', { name: '没有找到' }).waitFor();
  await lookTwice(worker);
});

test('a move waits on the desk of the community she comes to', async () => {
  await worker.goto('/desk?kind=accept_move');
  await settle(worker);
  await worker
    .getByRole('link', { name: /居民迁入待接收/ })
    .first()
    .click();
  await settle(worker);
  await lookTwice(worker);
  await worker.getByRole('button', { name: '接收档案' }).click();
  await worker.getByRole('link', { name: /打开档案/ }).click();
  await settle(worker);
  await worker.getByText(/从.+到.+ · 已接收/).waitFor({ state: 'attached' });
});

test('a department’s officer sees her own rosters, and asks for the rest with a purpose', async () => {
  const officer = await signIn(/（残联）/);
  await find(officer, 'wang');
  await lookTwice(officer);
  await officer.getByRole('list', { name: '查找结果' }).getByRole('link').first().click();
  await officer.getByText('这里只显示本部门名册里的内容').waitFor();
  for (const hidden of ['走访记录', '办过的事', '同意记录', '绑定手机账号', '可以享受'])
    expect(await officer.getByRole('heading', { name: hidden }).count(), hidden).toBe(0);
  await officer.getByLabel('这次为什么查').fill('年度复核补贴资格');
  await officer.getByRole('button', { name: '查询', exact: true }).click();
  await officer.getByRole('heading', { name: '查询结果' }).waitFor();
  await lookTwice(officer);
  await officer.goto('/desk/purposes');
  await officer.getByText('残联 · 核对困难残疾人生活补贴资格').first().waitFor();
  await lookTwice(officer);
  await officer.context().close();
});

test('the district office writes purposes and reads every exchange', async () => {
  const office = await signIn('区温暖办');
  await office.goto('/desk/purposes');
  await settle(office);
  await office.getByText('登记用途').click();
  await office.getByRole('button', { name: '保存用途' }).click();
  await office.getByText('请至少选择一项内容').first().waitFor();
  await office.getByLabel('部门').selectOption({ label: '民政局' });
  await office.getByLabel('用途', { exact: true }).fill('核查死亡后冒领');
  await office.getByLabel('死亡登记日期').check();
  await office.getByLabel('法律依据').fill('《社会救助暂行办法》第五十七条');
  await office.getByLabel('到', { exact: true }).fill('2030-12-31');
  await lookTwice(office);
  await office.getByRole('button', { name: '保存用途' }).click();
  await office.getByText('民政局 · 核查死亡后冒领').first().waitFor();
  await office
    .getByText('年度复核')
    .or(office.getByText('核对困难残疾人生活补贴资格'))
    .first()
    .waitFor();
  await office.context().close();
});

test('a resident is greeted by her name', async () => {
  const page = await openPage(browser, { address: server.address, width: 'phone' });
  await page.goto('/my/sign-in');
  await signInByTelephone(page, known.telephone);
  await page.getByRole('heading', { level: 1, name: new RegExp(known.displayName) }).waitFor();
  await look(page);
  await page.context().close();
});
