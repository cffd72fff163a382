import { dateInShanghai } from '@wennuan/basics';
import { expect, test } from 'vitest';
import { makeI18n } from '../i18n/index.ts';
import { workingTime } from './clock.tsx';
import { agoWords, dateWords, dayWords, monthWords, quantityWords, withDates } from './words.tsx';

const year = dateInShanghai(new Date()).slice(0, 4);

test('an instant is told in Zhengzhou’s time with its weekday', () => {
  expect(dateWords('2024-11-03T06:05:00Z', 'zh')).toBe('2024年11月3日 周日 14:05');
  expect(dateWords(`${year}-06-01T16:30:00Z`, 'zh')).toMatch(/^6月2日 周. 00:30$/);
});

test('a plain date has no time and does not shift by a day', () => {
  expect(dateWords('2024-11-03', 'zh')).toBe('2024年11月3日 周日');
});

test('a month, a year and a day of a month are told without hyphens', () => {
  expect(monthWords('2026-11', 'zh')).toBe('2026年11月');
  expect(monthWords('2026-11', 'en')).toBe('Nov 2026');
  expect(monthWords('2026', 'zh')).toBe('2026年');
  expect(monthWords('2026-W12', 'zh')).toBe('2026-W12');
  expect(dayWords('2026-11-02', 'zh')).toBe('11月2日');
});

test('what is weighed is told in kilograms, and dates inside a sentence as people say them', () => {
  expect(quantityWords(248_000, '克', 'zh')).toBe('248 公斤');
  expect(quantityWords(1_500, '克', 'en')).toBe('1.5 kg');
  expect(quantityWords(500, '克', 'zh')).toBe('500 克');
  expect(quantityWords(1_166, '瓶', 'zh')).toBe('1,166 瓶');
  expect(withDates('应于 2024-11-08 前公开', 'zh')).toBe('应于 2024年11月8日 周五 前公开');
});

test('only what is younger than a day is told relatively', async () => {
  const { t } = await makeI18n('zh');
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(agoWords(t, '2026-11-22T11:59:40Z', now)).toBe('刚刚');
  expect(agoWords(t, '2026-11-22T09:30:00Z', now)).toBe('2 小时前');
  expect(agoWords(t, '2026-11-21T11:00:00Z', now)).toBeNull();
  expect(agoWords(t, '2026-11-22T12:00:05Z', now)).toBeNull();
});

test('working time is told in the unit people use', async () => {
  const { t } = await makeI18n('zh');
  expect(workingTime(t, 45)).toBe('45 个工作分钟');
  expect(workingTime(t, -600)).toBe('10 个工作小时');
  expect(workingTime(t, 960)).toBe('2 个工作日');
});
