import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageIn } from './message.words.ts';

const MODULES = new URL('../', import.meta.url);
const HAN = /\p{Script=Han}/u;

test('a message is read in the reader’s language; what people wrote in it stays', () => {
  const body = '理由：收入超过标准。 情况变化时可以重新提出。社区电话 0371-00001001。';
  expect(messageIn(body, 'en')).toBe(
    'Reason: 收入超过标准。 You can ask anew when things change. Telephone of the community: 0371-00001001.',
  );
  expect(messageIn(body, 'zh')).toBe(body);
  expect(messageIn('XY-000001 已送到，请您确认', 'en')).toBe(
    'XY-000001 is delivered: please confirm',
  );
  expect(messageIn('您的微心愿已收到，编号 XY-000001，11月9日09:04 前答复。', 'en')).toBe(
    'Your micro-wish is received, number XY-000001; you are answered by 9 Nov 09:04.',
  );
  expect(messageIn('绿云社区《微心愿》XY-000113：时限已过半，请尽快办理。', 'en')).toBe(
    '绿云社区, “micro-wish”, XY-000113: half of the time is gone, please see to it.',
  );
});

test('every message that modules write themselves has English words', () => {
  const own = readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, MODULES), 'utf8'))
    // A title with a body behind it is a message; each may be one of two by a condition.
    .flatMap((source) => [
      ...source.matchAll(/\btitle: [^\n]+?,\s+body:\s[\s\S]+?(?=\n\s*(?:\}|link))/g),
    ])
    .flatMap(([both]) =>
      [...both.matchAll(/(['`])((?:(?!\1)[\s\S])*)\1/g)].map((found) => found[2]!),
    )
    .filter((text) => HAN.test(text))
    .map((text) => text.replace('${APPEAL}', '如果您不同意，可以在“我的帮扶”里申诉。'))
    .map((text) => text.replaceAll(/\$\{[^}]*\}/g, '1'));
  expect(own.length).toBeGreaterThan(60);
  expect(own.filter((text) => HAN.test(messageIn(text, 'en')))).toEqual([]);
});
