import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { writeSheet } from './sheet.ts';

const row = {
  text: '=HYPERLINK("http://x","y")',
  fen: 123_450,
  count: 7,
  on: '2026-11-22',
  at: new Date('2026-11-22T01:30:00Z'),
};

test('a sheet holds what was given: fen as yuan, dates as dates, moments as the clock in Zhengzhou', async () => {
  const bytes = await writeSheet({
    name: '今日[事项]',
    columns: [
      { title: '内容', width: 30, kind: 'text', of: (one: typeof row) => one.text },
      { title: '金额(元)', width: 12, kind: 'yuan', of: (one) => one.fen },
      { title: '数量', width: 8, kind: 'count', of: (one) => one.count },
      { title: '日期', width: 12, kind: 'date', of: (one) => one.on },
      { title: '时间', width: 18, kind: 'moment', of: (one) => one.at },
      { title: '空', width: 8, kind: 'text', of: () => null },
    ],
    rows: [row],
  });
  const book = await readXlsx(bytes);
  expect(book.sheets[0]!.name).toBe('今日 事项 ');
  const [head, first] = book.sheets[0]!.rows;
  expect(head).toEqual(['内容', '金额(元)', '数量', '日期', '时间', '空']);
  expect(first!.slice(0, 3)).toEqual([row.text, 1_234.5, 7]);
  expect((first![3] as Date).toISOString()).toBe('2026-11-22T00:00:00.000Z');
  expect((first![4] as Date).toISOString()).toBe('2026-11-22T09:30:00.000Z');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\u0000=1'])(
  'text that begins like a formula stays text: %j',
  async (typed) => {
    const bytes = await writeSheet({
      name: 'x',
      columns: [{ title: typed, width: 9, kind: 'text', of: (one: string) => one }],
      rows: [typed],
    });
    const book = await readXlsx(bytes, { readStyles: true });
    const cells = [...(book.sheets[0]!.cells?.values() ?? [])];
    expect(cells.filter((cell) => cell.formula !== undefined)).toEqual([]);
    expect(typeof book.sheets[0]!.rows[1]![0]).toBe('string');
  },
);
