import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../apps/server/src/commands/database.ts';
import { checkFits, look, openBrowser, openPage, settle, soon, widths } from './browser.ts';
import { addStaff, newDistrict } from './empty-district.ts';
import { Person } from './people.ts';
import { runCommand, type RunningServer, startServer } from './server.ts';

const DEMO = new URL('../../demo/', import.meta.url).pathname;
const STREET = { name: '五里堡街道', code: '410103004' };

let server: RunningServer;
let browser: Browser;
let officer: Person;
/** Who the policy is meant for, by a direct count: of 60 years and of 70. */
let wanted: { sixty: string[]; seventy: string[] };
const scratch = mkdtempSync(join(tmpdir(), 'wennuan-programs-'));

beforeAll(async () => {
  const dataDir = await newDistrict();
  const rosters = ['残联-持证残疾人.csv', '民政局-低保家庭台账.xlsx', '民政局-殡葬火化登记.csv'];
  await runCommand(dataDir, [
    'rosters',
    'import',
    ...rosters.map((one) => join(DEMO, 'rosters', one)),
  ]);
  await runCommand(dataDir, ['programs', 'import', join(DEMO, 'programs.json')]);
  const signIn = await addStaff(dataDir, 'district', '--role', 'district_officer');
  wanted = await countDirectly(dataDir);
  [server, browser] = await Promise.all([startServer({ demo: false, dataDir }), openBrowser()]);
  officer = new Person(browser, server.address, signIn);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

/** Disabled of grade 1 or 2, in minimum living, in the street, alive, and so old: asked of the facts in plain SQL. */
async function countDirectly(dataDir: string) {
  const database = await openDatabase({ dataDir, log: () => undefined });
  const sql = new pg.Client({
    connectionString: database.ownerUrl,
    options: `-c search_path=${database.schema}`,
  });
  await sql.connect();
  const has = (field: number, test: string) =>
    `exists (select from person_fact f where f.person_id = person.id and f.field = ${field} and ${test})`;
  const people = async (years: number) => {
    const { rows } = await sql.query<{ id: string }>(
      `select id from person where ${has(1, 'value = 3')} and ${has(1, 'value = 1')} and ${has(11, 'value in (1, 2)')}
        and ${has(6, `value / 1000 = ${STREET.code}`)} and not ${has(4, 'true')}
        and ${has(2, `value <= to_char((now() at time zone 'Asia/Shanghai') - make_interval(years => $1), 'YYYYMMDD')::int`)}
      order by id`,
      [years],
    );
    return rows.map(({ id }) => id);
  };
  const found = { sixty: await people(60), seventy: await people(70) };
  await sql.end();
  await database.close();
  return found;
}

const leafAt = (page: Page, at: number) => page.locator('.group .leaf').nth(at);

/** Adds a condition about a field at the end of the first group. */
async function addCondition(page: Page, at: number, field: string): Promise<void> {
  if (at > 0) await page.getByRole('button', { name: '加条件' }).last().click();
  await leafAt(page, at).locator('select').first().selectOption({ label: field });
}

async function writeCriteria(page: Page): Promise<void> {
  await addCondition(page, 0, '所属群体');
  await leafAt(page, 0).getByLabel('持证残疾人').check();
  await addCondition(page, 1, '所属群体');
  await leafAt(page, 1).getByLabel('低保家庭').check();
  await addCondition(page, 2, '残疾等级');
  await leafAt(page, 2).getByLabel('一级').check();
  await leafAt(page, 2).getByLabel('二级').check();
  await addCondition(page, 3, '年龄');
  await leafAt(page, 3).locator('input').first().fill('60');
  await addCondition(page, 4, '居住区域');
  await leafAt(page, 4).getByLabel('加街道或社区').selectOption({ label: STREET.name });
}

const preview = (page: Page) => page.locator('.program-preview[data-fresh]');

test('a policy never seen before is written in the editor and finds the right people', async () => {
  expect(wanted.sixty.length).toBeGreaterThan(5);
  expect(wanted.seventy.length).toBeLessThan(wanted.sixty.length);
  const page = await officer.goTo('/desk/programs/new', 'desk');
  await look(page);
  await writeCriteria(page);
  await expect.poll(() => preview(page).textContent(), soon).toContain(`${wanted.sixty.length}人`);
  const said = await preview(page).locator('.program-sentence').textContent();
  expect(said).toBe(
    `属于持证残疾人，且属于低保家庭，且残疾等级为一级或二级，且年龄不低于 60 岁，且居住区域在${STREET.name}内`,
  );

  // Sent too early: what is missing is said at its place, and nothing typed is lost.
  await page.getByRole('button', { name: '保存草案' }).click();
  await page.locator('.error-summary').waitFor();
  await look(page);
  await page.reload();
  await settle(page);
  await page.getByText('已恢复您上次没有保存的内容。').waitFor();
  expect(await leafAt(page, 3).locator('input').first().inputValue()).toBe('60');

  await page.getByLabel('代码').fill('p21');
  await page.getByLabel('名称', { exact: true }).fill('重度残疾老人暖冬补贴');
  await page.getByLabel('依据', { exact: true }).fill('区温暖办会议纪要第一条');
  await page.getByLabel('一句话说明', { exact: true }).fill('每月 88.50 元');
  await page.getByLabel('数额').fill('88.50');
  const cost = (wanted.sixty.length * 88.5 * 12).toLocaleString('en-US', {
    minimumFractionDigits: 2,
  });
  await expect.poll(() => preview(page).textContent(), soon).toContain(`¥${cost}`);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
  await page.getByRole('button', { name: '保存草案' }).click();
  await page.waitForURL((url) => url.pathname === '/desk/programs/P21');
  await settle(page);
  await look(page);
  await page.getByRole('button', { name: '同意施行' }).click();

  // The clock finds the people; they are exactly those of the direct count.
  const found = async () => {
    const answer = await page.request.get('/api/programs/P21/candidates?limit=200');
    const { items } = (await answer.json()) as { items: { personId: string }[] };
    return items.map(({ personId }) => personId).toSorted();
  };
  await expect.poll(found, soon).toEqual(wanted.sixty);
  await page.reload();
  await settle(page);
  await expect
    .poll(() => page.locator('.figure-tile').first().textContent(), soon)
    .toContain(`${wanted.sixty.length}人`);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
});

test('conditions are grouped, moved, negated and taken away', async () => {
  const page = await officer.goTo('/desk/programs/P21/edit', 'desk');
  const sentence = () => preview(page).locator('.program-sentence').textContent();
  const tool = (at: number, name: string) =>
    page.locator('.node[data-kind="leaf"]').nth(at).getByRole('button', { name });
  await tool(3, '上移').click();
  await expect.poll(sentence, soon).toContain('且年龄不低于 60 岁，且残疾等级为一级或二级');
  await tool(2, '取反').click();
  await expect.poll(sentence, soon).toContain('并非（年龄不低于 60 岁）');
  await tool(2, '取反').click();
  await tool(0, '变成一组').click();
  await page
    .locator('.group .group')
    .getByLabel('怎样算符合')
    .selectOption({ label: '以下至少符合几项' });
  await page.locator('.group .group').getByRole('button', { name: '加条件' }).click();
  await page.locator('.group .group .leaf').nth(1).getByLabel('低保家庭').check();
  await expect.poll(sentence, soon).toContain('以下至少 1 项：属于持证残疾人、属于低保家庭');
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
  await page
    .locator('.group .group .node')
    .nth(1)
    .getByRole('button', { name: '移出这组' })
    .click();
  await tool(1, '删除').click();
  await expect
    .poll(sentence, soon)
    .toMatch(/^（以下至少 1 项：属于持证残疾人），且属于低保家庭，且年龄/);
  await page.getByRole('button', { name: '不要了' }).or(page.getByText('返回列表')).first().click();
});

test('what moving a line would do is seen before it is decided, and kept as a draft', async () => {
  const page = await officer.goTo('/desk/programs/P21/what-if', 'desk');
  await page.getByLabel('改成').fill('70');
  const outcome = page.locator('section[data-fresh]');
  const lost = wanted.sixty.length - wanted.seventy.length;
  await expect.poll(() => outcome.textContent(), soon).toContain(`−${lost}人`);
  expect(await outcome.textContent()).toContain(`${wanted.seventy.length}人`);
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
  await page.getByRole('button', { name: '存为草案' }).click();
  await page.waitForURL((url) => url.pathname === '/desk/programs/P21');
  await settle(page);
  await page.getByRole('heading', { name: '两个版本对照' }).waitFor();
  await look(page);
});

test('a file with a condition that nobody has is refused by its place, and nothing of it comes in', async () => {
  const page = await officer.goTo('/desk/programs', 'desk');
  await look(page);
  const [good] = JSON.parse(readFileSync(join(DEMO, 'programs.json'), 'utf8')) as object[];
  const bad = {
    ...good,
    code: 'P99',
    criteria: { all: [{ field: 'shoe_size', operator: 'is', value: 42 }] },
  };
  const file = join(scratch, 'bad.json');
  writeFileSync(file, JSON.stringify([{ ...good, code: 'P98' }, bad]));
  await page.getByRole('button', { name: '导入' }).click();
  await page.getByLabel('政策文件').setInputFiles(file);
  const refused = page.locator('.program-problems');
  await expect.poll(() => refused.textContent(), soon).toContain('1.criteria.all.0.field');
  expect(await refused.textContent()).toContain('没有“shoe_size”这个字段');
  await look(page);
  const list = await page.request.get('/api/programs');
  const { items } = (await list.json()) as { items: { code: string }[] };
  expect(items.map(({ code }) => code)).not.toContain('P98');
  const exported = await page.request.get('/api/programs/export.json');
  expect(((await exported.json()) as unknown[]).length).toBe(21);
  await page.setViewportSize(widths.phone);
  await look(page);
});

test('C-16: everybody reads what is given, to whom and how, without an account or a script', async () => {
  const page = await openPage(browser, { address: server.address, width: 'phone', scripts: false });
  await page.goto('/policies');
  await page.getByRole('link', { name: '重度残疾老人暖冬补贴' }).click();
  await page.waitForURL(/\/policies\/P21$/);
  const text = (await page.locator('#main').textContent()) ?? '';
  for (const words of ['每月 88.50 元', '年龄不低于 60 岁', '怎样办', '区温暖办会议纪要第一条'])
    expect(text).toContain(words);
  await checkFits(page);
  await page.context().close();
  const alive = await openPage(browser, { address: server.address, width: 'desk' });
  for (const path of ['/policies', '/policies/P16', '/policies/P21']) {
    await alive.goto(path);
    await look(alive);
    await alive.setViewportSize(widths.phone);
    await look(alive);
    await alive.setViewportSize(widths.desk);
  }
  await alive.context().close();
});
