import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { taskWordsIn } from './desk.words.ts';

const MODULES = new URL('../', import.meta.url);

test('a task’s words are read in the reader’s language; names stay', () => {
  expect(taskWordsIn('举报：晨光助学', 'en')).toBe('Report: 晨光助学');
  expect(taskWordsIn('应于 2026-12-01 前公开', 'en')).toBe('due by 2026-12-01');
  expect(taskWordsIn('应于 2026-12-01 前公开', 'zh')).toBe('应于 2026-12-01 前公开');
  expect(taskWordsIn('想要一台电扇', 'en')).toBe('想要一台电扇');
});

test('every title and detail that modules write themselves has English words', () => {
  const own = readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, MODULES), 'utf8'))
    .filter((source) => /desk\.open\(|TaskInput|errandTask\(|proposeAgreed\(/.test(source))
    // What a module puts into a task: an object that goes on to say who may do it, or in how many days.
    .flatMap((source) => [
      ...source.matchAll(
        /\btitle: (['`])([^'`]*\p{Script=Han}[^'`]*)\1,(?=[^}]{0,400}(?:roles|days))/gu,
      ),
      ...source.matchAll(/\bdetail: (['`])([^'`]*\p{Script=Han}[^'`]*)\1,(?=\s+areaId)/gu),
    ])
    .map((match) => match[2]!.replaceAll(/\$\{[^}]*\}/g, '1'));
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((words) => /\p{Script=Han}/u.test(taskWordsIn(words, 'en')))).toEqual([]);
});
