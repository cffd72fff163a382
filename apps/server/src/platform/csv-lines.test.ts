import { expect, test } from 'vitest';
import { csvLine } from './csv-lines.ts';

test('cells are quoted where they must be', () => {
  expect(csvLine(['一', 'a,b', 'say "hi"', 'x\ny', 5, null])).toBe(
    '一,"a,b","say ""hi""","x\ny",5,\r\n',
  );
});

test.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', ' =cmd|x', '＝1+1'])(
  '%j is never a formula',
  (text) => {
    expect(csvLine([text])).toMatch(/^"?'/);
  },
);

test('a number is a number, also below zero', () => {
  expect(csvLine([-5, 12.5])).toBe('-5,12.5\r\n');
});
