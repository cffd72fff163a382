import { expect, test } from 'vitest';
import { breaches } from './conventions.ts';

test('a file that keeps the conventions passes', () => {
  expect(breaches('apps/server/src/modules/need/need.ts', 'export const need = 1;\n')).toEqual([]);
});

test.each([
  ['apps/server/src/utils.ts', '', 'shelf'],
  ['packages/ledger/src/helpers/post.ts', '', 'shelf'],
  ['apps/web/src/common/button.tsx', '', 'shelf'],
  ['packages/ledger/src/post.ts', '\n'.repeat(401), '401 lines'],
  ['packages/ledger/src/post.ts', `// ${'TO'}DO later`, 'unfinished'],
  ['packages/ledger/src/post.ts', `// @ts-${'ignore'}`, 'silences'],
  ['packages/ledger/src/post.test.ts', `test.${'only'}('x', () => {})`, 'silences'],
])('%s is refused', (file, text, reason) => {
  expect(breaches(file, text).join('\n')).toContain(reason);
});
