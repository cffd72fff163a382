import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@wennuan/basics';
import { afterAll, expect, test } from 'vitest';
import { createFiles } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'wennuan-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what was written is found again, replaced whole, and gone once removed', async () => {
  const files = createFiles(folder);
  const name = `${newId()}.full`;
  expect(await files.find(name)).toBeNull();
  await files.write(name, Buffer.from('one'));
  await files.write(name, Buffer.from('two'));
  expect((await files.find(name))!.toString()).toBe('two');
  expect(readdirSync(join(folder, name.slice(34, 36)))).toEqual([name]);
  await files.remove(name);
  await files.remove(name);
  expect(await files.find(name)).toBeNull();
});

test.each(['../../etc/passwd', 'a', '', '..', `${'0'.repeat(36)}/x`])(
  'a name cannot leave the folder: %j',
  async (name) => {
    await expect(createFiles(folder).write(name, Buffer.from('x'))).rejects.toThrow('not the name');
  },
);

test('a full disk is a refusal, and leaves no half file', async () => {
  const full: typeof open = async (...input) => {
    const handle = await open(...input);
    handle.sync = () =>
      Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    return handle;
  };
  const name = newId();
  await expect(createFiles(folder, full).write(name, Buffer.from('x'))).rejects.toMatchObject({
    code: 'disk_full',
  });
  expect(readdirSync(join(folder, name.slice(34, 36)))).toEqual([]);
});
