import { expect, test } from 'vitest';
import { markDifferences, strengthOf } from './review-rows.ts';

const marked = (left: string, right: string) =>
  markDifferences(left, right).map((side) =>
    side.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''),
  );

test('marks only what the other side lacks', () => {
  expect(marked('陈敏芳', '陈敏方')).toEqual(['陈敏[芳]', '陈敏[方]']);
  expect(marked('绿云社区', '淮河路街道 绿云社区')).toEqual(['绿云社区', '[淮河路街道 ]绿云社区']);
  expect(marked('', '女')).toEqual(['', '[女]']);
  expect(marked('同', '同')).toEqual(['同', '同']);
});

test('says how strongly something speaks', () => {
  expect([1, -3, 12].map(strengthOf)).toEqual(['weak', 'medium', 'strong']);
});
