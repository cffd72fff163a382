import { expect, test } from 'vitest';
import { delimiterOf, splitLines } from './csv.ts';

const cellsOf = (chunks: string[], delimiter = ',') =>
  [...splitLines(chunks, delimiter)].map(({ line, cells }) => [line, ...cells]);

test('splits quoted cells, line ends of every kind, and pieces cut anywhere', () => {
  const text = 'a,"b,""c"""\r\n"d\ne",f\rg,\n';
  const expected = [
    [1, 'a', 'b,"c"'],
    [2, 'd\ne', 'f'],
    [4, 'g', ''],
  ];
  expect(cellsOf([text])).toEqual(expected);
  expect(cellsOf([...text])).toEqual(expected);
});

test('a quotation mark inside a cell is a character, and so is one never closed in the last line', () => {
  expect(cellsOf(['5" 屏,b\n'])).toEqual([[1, '5" 屏', 'b']]);
  expect(cellsOf(['a,"b'])).toEqual([[1, 'a', 'b']]);
});

test('a quotation mark that would swallow lines is refused with the line on which it stands', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `甲${index},1\n`).join('');
  const refused = { code: 'sheet_quote_open', params: { line: 2 } };
  for (const text of ['a\n"b\nc', `a\n"b,1\n${rows}"c",1\n`])
    expect(() => cellsOf([text])).toThrow(expect.objectContaining(refused));
});

test('a line that no spreadsheet could hold is refused before it takes memory', () => {
  const refused = expect.objectContaining({ code: 'sheet_line_too_long', params: { line: 2 } });
  for (const piece of ['a'.repeat(1_000), ',,,,,,,,,,', '"'.repeat(1_000)]) {
    let pieces = 0;
    const endless = function* () {
      yield 'x\n';
      for (; pieces < 100_000; pieces += 1) yield piece;
    };
    expect(() => [...splitLines(endless(), ',')]).toThrow(refused);
    expect(pieces).toBeLessThan(5_000);
  }
});

test('finds the separator', () => {
  expect(delimiterOf('姓名\t电话\n王\t1')).toBe('\t');
  expect(delimiterOf('姓名;地址\n王;路1号,2楼')).toBe(';');
  expect(delimiterOf('姓名')).toBe(',');
});
