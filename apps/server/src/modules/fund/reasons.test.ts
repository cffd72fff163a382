import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMoneyReason, reasonWords } from './reasons.ts';

const MODULES = join(import.meta.dirname, '..');
/** Reasons under which pieces of things move, never money. */
const OF_THINGS = new Set(
  'receipt write_off transfer transfer_in difference set_aside returned handed_over count assembly order goods_in sold group_sold'.split(
    ' ',
  ),
);

/** Every code that stands behind `reason:` in a module, also in either arm of a choice. */
function postedReasons(): Set<string> {
  const files = globSync('**/*.ts', { cwd: MODULES }).filter((file) => !file.endsWith('.test.ts'));
  const found = new Set<string>();
  for (const file of files)
    for (const [, codes = ''] of readFileSync(join(MODULES, file), 'utf8').matchAll(
      /\breason: ([^,\n;{}]*'[a-z_]+'[^,\n;{}]*)[,;\n}]/g,
    ))
      for (const [, code] of codes.matchAll(/(?:^|[?:|] )'([a-z_]+)'/g)) found.add(code!);
  return found;
}

test('every reason that money is posted under has words in both languages', () => {
  const posted = postedReasons();
  for (const known of ['gift', 'payout', 'expiry', 'unknown_in', 'unknown_return'])
    expect(posted).toContain(known);
  const wordless = [...posted].filter((code) => !isMoneyReason(code) && !OF_THINGS.has(code));
  expect(wordless).toEqual([]);
  for (const code of posted)
    if (isMoneyReason(code)) {
      expect(reasonWords(code, 'zh')).toMatch(/\p{Script=Han}/u);
      expect(reasonWords(code, 'en')).toMatch(/^[\w’ %,-]+$/u);
    }
});
