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

test('a quotation mark inside a cell is a character, and one never closed ends with the text', () => {
  expect(cellsOf(['5" 屏,b\n'])).toEqual([[1, '5" 屏', 'b']]);
  expect(cellsOf(['a,"b\nc'])).toEqual([[1, 'a', 'b\nc']]);
});

test('finds the separator', () => {
  expect(delimiterOf('姓名\t电话\n王\t1')).toBe('\t');
  expect(delimiterOf('姓名;地址\n王;路1号,2楼')).toBe(';');
  expect(delimiterOf('姓名')).toBe(',');
});
