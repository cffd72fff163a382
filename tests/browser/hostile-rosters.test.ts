import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { oldWorkbook, zipBomb } from '../../apps/server/test-support/hostile-files.ts';
import { idNumber } from '../../apps/server/test-support/rosters.ts';
import { look, settle, soon, widths } from './browser.ts';
import { drop, type Dropped, rosterOffice } from './roster-office.ts';

const office = rosterOffice();

const HEADER = ['姓名', '身份证号', '优抚类别', '街道办', '社区', '联系电话'];
const row = (order: number) => [
  `闫宇${'甲乙丙丁戊己庚辛壬癸'[order % 10]!}`,
  idNumber('19550429', 100 + order),
  '参战退役人员',
  '淮河路街道',
  '绿云社区',
  '19900004996',
];

async function workbook(name: string, made: Parameters<typeof writeXlsx>[0]): Promise<Dropped> {
  return { name, bytes: Buffer.from(await writeXlsx(made)) };
}

test('files that are no rosters are answered with a sentence each, and leave nothing', async () => {
  const sheet = { name: '名册', rows: [HEADER, row(0)] };
  const page = await office().officer.goTo('/desk/rosters', 'desk');
  const files: [Dropped, string][] = [
    [
      await workbook('民政局-低保（加密）.xlsx', {
        sheets: [sheet],
        encryption: { password: '123456', spinCount: 1_000 },
      }),
      '设有打开密码',
    ],
    [{ name: '民政局-低保（旧）.xlsx', bytes: oldWorkbook() }, '旧版 .xls 文件'],
    [{ name: '民政局-低保（大）.xlsx', bytes: zipBomb() }, '解压后大得不正常'],
    [{ name: '民政局-低保（空）.csv', bytes: Buffer.from('\n\n') }, ''],
  ];
  await drop(
    page,
    files.map(([file]) => file),
  );
  for (const [{ name }, sentence] of files) {
    const line = page.locator('.roster-file').filter({ hasText: name });
    await line
      .getByText('没有读成')
      .or(line.getByText(sentence || '。'))
      .first()
      .waitFor(soon);
    expect(await line.textContent()).toContain(sentence);
  }
  await look(page);
  await page.setViewportSize(widths.phone);
  await look(page);
  await page.setViewportSize(widths.desk);
  expect(await page.getByRole('button', { name: /^全部导入/ }).count()).toBe(0);
  await page.reload();
  await settle(page);
  expect(await page.getByRole('row').filter({ hasText: '低保' }).count()).toBe(0);
});

test('odd but honest workbooks are read, with what is wrong by cell, and can be imported', async () => {
  const sheets = Array.from({ length: 30 }, (_, index) =>
    index % 10 === 9
      ? { name: `说明${index}`, rows: [['填报说明'], ['请按模板填写']] }
      : { name: `街道${index}`, rows: [HEADER, row(index)] },
  );
  const extra = Array.from({ length: 394 }, (_, index) => `备用${index + 1}`);
  const born = ['姓名', '性别', '出生日期', '身份证号', '困境类型'];
  const page = await office().officer.goTo('/desk/rosters', 'desk');
  await drop(page, [
    await workbook('退役军人事务局-优抚对象.xlsx', { sheets }),
    await workbook('总工会-困难职工.xlsx', {
      sheets: [
        {
          name: '名册',
          rows: [
            [...HEADER, ...extra],
            [...row(40), ...extra.keys()],
          ],
        },
      ],
    }),
    {
      name: '民政局-困境儿童.csv',
      bytes: Buffer.from(`${born.join(',')}\n罗小利,男,2126-02-13,,留守\n`),
    },
  ]);
  await page.getByRole('button', { name: '全部导入（3 份）' }).waitFor(soon);
  const line = (name: string) => page.locator('.roster-file').filter({ hasText: name });
  expect(await line('优抚对象').textContent()).toContain('27 行，新增 27');
  expect(await line('困难职工').textContent()).toContain('1 行，新增 1');
  await line('困境儿童').getByText('1 处单元格有问题').waitFor(soon);
  await line('困境儿童').getByRole('link', { name: '查看并确认' }).click();
  await page.getByText('出生日期晚于今天').waitFor(soon);
  await look(page);
  // A second window that has not heard of it confirms the same delivery once more.
  const second = await page.context().newPage();
  await second.goto(page.url());
  const again = second.getByRole('button', { name: '确认导入' });
  await again.waitFor(soon);
  await second.route(
    (url) => url.pathname.startsWith('/api/') && url.pathname !== '/api/roster-imports',
    (asked) => asked.abort(),
  );
  await page.getByRole('button', { name: '确认导入' }).click();
  await page.getByRole('heading', { name: '名册', level: 1 }).waitFor(soon);
  await again.click();
  await second.getByText('这份名册已经导入或放弃').waitFor(soon);
  await second.close();
});
