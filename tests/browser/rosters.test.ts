import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { look, settle, soon, widths } from './browser.ts';
import { drop, rosterOffice } from './roster-office.ts';
import { runCommand } from './server.ts';

const FOLDER = new URL('../../demo/rosters/', import.meta.url).pathname;
const FILES = readdirSync(FOLDER).filter((name) => name.includes('-'));
const DROPPED = '民政局-特困供养人员.xlsx';
/** Reading and importing nineteen thousand rows takes its time on a small machine. */
const patient = { timeout: 180_000 };

const office = rosterOffice();
/** How many questions the import left for a person. */
let asked = 0;
const scratch = mkdtempSync(join(tmpdir(), 'wennuan-rosters-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Looks at a page on a desk and on a phone. */
async function lookTwice(page: Page): Promise<void> {
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
}

test(
  'the rosters of all departments are read, looked at and imported on a page',
  patient,
  async () => {
    const page = await office().officer.goTo('/desk/rosters', 'desk');
    await lookTwice(page);
    const others = FILES.filter((name) => name !== DROPPED).map((name) => join(FOLDER, name));
    await page.locator('input[type=file]').setInputFiles([...others, join(FOLDER, 'truth.csv')]);
    await page.getByText('没有找到人员名册').waitFor(patient);
    await drop(page, [{ name: DROPPED, bytes: readFileSync(join(FOLDER, DROPPED)) }]);
    await page.getByRole('button', { name: '全部导入（12 份）' }).waitFor(patient);
    await look(page);
    const line = page.locator('.roster-file').filter({ hasText: '残联-持证残疾人.csv' });
    expect(await line.textContent()).toContain('4439 行，新增 4439，消失 0，变化 0');
    await line.getByRole('link', { name: '查看并确认' }).click();
    await page.getByRole('heading', { name: '读懂了什么' }).waitFor();
    await lookTwice(page);
    await expect.poll(() => page.locator('.cell-problems li').count(), soon).toBeGreaterThan(50);
    await page.goto('/desk/rosters');
    await settle(page);
    await page.getByRole('button', { name: '全部导入（12 份）' }).click();
    const done = page.getByText(/^导入完成/);
    await done.waitFor(patient);
    const [, rows, people, questions] = /(\d+) 行，(\d+) 人.*，(\d+) 个问题/.exec(
      (await done.textContent())!,
    )!;
    expect(Number(rows)).toBe(19_241);
    // The truth knows 15,788 people; rows that nothing speaks for stay apart.
    expect(Number(people)).toBeGreaterThan(15_700);
    expect(Number(people)).toBeLessThan(16_100);
    // At most 1.5 % of the rows wait for a person.
    asked = Number(questions);
    expect(asked).toBeLessThan(289);
    await look(page);
  },
);

/** `code,candidates`, as the truth has it when every row is linked rightly. */
function readExpected(): Map<string, number> {
  const lines = readFileSync(join(FOLDER, 'expected.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  return new Map(lines.map((line) => [line.split(',')[0]!, Number(line.split(',')[1])]));
}

test(
  'the twenty policies, brought in on a page, find as many as the truth, or the report says what is open',
  patient,
  async () => {
    const page = await office().officer.goTo('/desk/programs', 'desk');
    await page.getByRole('button', { name: '导入' }).click();
    await page.getByLabel('政策文件').setInputFiles(join(FOLDER, '..', 'programs.json'));
    await page.getByRole('button', { name: /^导入 20 项/ }).click();
    await page.getByRole('row').filter({ hasText: 'P20' }).waitFor(patient);
    await page.getByRole('link', { name: '某日试算' }).click();
    await page.getByLabel('按哪一天算').fill('2026-11-01');
    await page.getByRole('button', { name: '核算还可能变多少' }).click();
    await page
      .getByRole('cell', { name: /可能少/ })
      .first()
      .waitFor(patient);
    await lookTwice(page);
    // Back from a phone's width, where rows are cards.
    await page.getByRole('row').filter({ hasText: 'P20' }).waitFor(patient);
    const expected = readExpected();
    const wrong: string[] = [];
    const check = (code: string, words: string, found: number) => {
      const [, fewer, more] = /可能少 (\d+)、多 (\d+)/.exec(words) ?? [words, 0, 0];
      const apart = expected.get(code)! - found;
      if (apart < -Number(fewer) || apart > Number(more)) wrong.push(`${code} ${found} ${words}`);
    };
    for (const row of await page.getByRole('row').filter({ hasText: /P\d\d/ }).all()) {
      const cells = await row.getByRole('cell').allTextContents();
      const code = /P\d\d/.exec(cells[0]!)![0];
      check(code, cells.at(-1)!, Number(/[\d,]+/.exec(cells[1]!)![0].replaceAll(',', '')));
      expected.delete(code);
    }
    // As many questions as the import said, and as the review asks.
    const waiting = await page.locator('.panel').filter({ hasText: '等人判断' }).textContent();
    expect(waiting).toContain(`${asked}个问题`);
    const dead = await page.locator('.panel').filter({ hasText: '已登记火化' }).textContent();
    check('DEAD_IN_ROSTERS', dead!, Number(/仍在名册(\d+)人/.exec(dead!)![1]));
    expect(wrong).toEqual([]);
    expect([...expected.keys()]).toEqual(['DEAD_IN_ROSTERS']);
  },
);

test(
  'a question is answered with a key, the next is there at once, and the answer is taken back',
  patient,
  async () => {
    const page = await office().officer.goTo('/desk/review', 'desk');
    await lookTwice(page);
    const open = async () =>
      Number(/\d+/.exec((await page.getByText(/^还有 \d+ 个问题/).textContent())!)![0]);
    const before = await open();
    const shown = () => page.locator('.review-rows').textContent();
    const first = await shown();
    await page.keyboard.press('3');
    const second = await shown();
    expect(second).not.toBe(first);
    await page.keyboard.press('1');
    await expect.poll(shown, soon).not.toBe(second);
    await expect.poll(open, soon).toBe(before - 1);
    const undo = page.getByRole('button', { name: '撤回上一个判断' });
    await undo.waitFor();
    await undo.click();
    // Taken back, before the page is loaded anew.
    await undo.waitFor({ state: 'detached' });
    // The question comes back once the rows have been put together anew.
    await expect
      .poll(
        async () => {
          await page.reload();
          await settle(page);
          return await open();
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe(before);
    await page.goto('/desk/review/answers');
    await lookTwice(page);
    await page.getByText('已撤回').first().waitFor();
  },
);

test(
  'the next delivery of a roster says what it would change before it does',
  patient,
  async () => {
    const name = '民政局-殡葬火化登记.csv';
    const text = new TextDecoder('gb18030').decode(readFileSync(join(FOLDER, name)));
    const lines = text.trimEnd().split(/\r?\n/);
    lines[1] = lines[1]!.replace('2026/01/29', '2026/01/30');
    const next = [...lines.slice(0, -1), '邹新来,男,,2026-10-30'];
    const path = join(scratch, '民政局-殡葬火化登记（2026年11月）.csv');
    writeFileSync(path, `${next.join('\n')}\n`);
    const page = await office().officer.goTo('/desk/rosters', 'desk');
    await page.locator('input[type=file]').setInputFiles(path);
    const line = page.locator('.roster-file').filter({ hasText: '2026年11月' });
    await line.getByText('新增 1，消失 1，变化 1').waitFor();
    await line.getByRole('link', { name: '查看并确认' }).click();
    await page.getByText('火化日期：2026/01/29 → 2026/01/30').waitFor();
    await lookTwice(page);
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('heading', { name: '名册', level: 1 }).waitFor(patient);
    const row = page.getByRole('row').filter({ hasText: '殡葬火化登记' });
    expect(await row.textContent()).toContain('188');
  },
);

test('links come out right on the command line too', patient, async () => {
  await office().server.pause();
  const out = join(scratch, 'links.csv');
  await runCommand(office().server.dataDir, ['rosters', 'links', '--out', out]);
  const { precision, recall } = figuresOf(out);
  expect(precision).toBeGreaterThanOrEqual(0.9995);
  expect(recall).toBeGreaterThanOrEqual(0.985);
  await office().server.resume();
});

function figuresOf(out: string): { precision: number; recall: number } {
  const read = (file: string) =>
    new Map(
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(','))
        // The register of deaths has been delivered again.
        .filter(([name]) => !name!.includes('殡葬'))
        .map(([name, row, person]) => [`${name},${row}`, person!]),
    );
  const truth = read(join(FOLDER, 'truth.csv'));
  const found = read(out);
  expect(found.size).toBe(truth.size);
  let right = 0;
  let all = 0;
  const pairs = (of: ReadonlyMap<string, string>, each: (a: string, b: string) => void) => {
    for (const rows of Map.groupBy(of.keys(), (row) => of.get(row)!).values())
      rows.forEach((a, at) => rows.slice(0, at).forEach((b) => each(a, b)));
  };
  pairs(found, (a, b) => {
    all += 1;
    if (truth.get(a) === truth.get(b)) right += 1;
  });
  let wanted = 0;
  pairs(truth, () => void (wanted += 1));
  return { precision: right / all, recall: right / wanted };
}
