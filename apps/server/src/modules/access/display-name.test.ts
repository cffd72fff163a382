import { expect, test } from 'vitest';
import { nameByNumber, nameIn } from './display-name.ts';

test('who is known by her number only is named in the reader’s language; names stay', () => {
  const made = nameByNumber('19900000001');
  expect(nameIn(made, 'zh')).toBe('尾号0001的居民');
  expect(nameIn(made, 'en')).toBe('resident …0001');
  expect(nameIn('周明', 'en')).toBe('周明');
});
