import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '@wennuan/basics';

/**
 * Files below `<data>/files`. Whoever stores gives bytes that are sealed already: this part knows
 * nothing of keys. A name is letters, digits, `-` and `.`; its folder is its id's last two digits,
 * since the first ones of a time-ordered id hardly differ.
 */
export interface Files {
  /** Keeps bytes under a name; they are on the disk when it returns. Refuses `disk_full`. */
  write(name: string, bytes: Buffer): Promise<void>;
  /** The bytes, or null when there is no such file. */
  find(name: string): Promise<Buffer | null>;
  /** Removes a file; one that is not there is no error. */
  remove(name: string): Promise<void>;
}

const NAME = /^[0-9a-f-]{34}([0-9a-f]{2})(\.[a-z]+)?$/;
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);

/** Files below `folder`, which is made when first needed. `openFile` is replaced by tests of a full disk. */
export function createFiles(folder: string, openFile: typeof open = open): Files {
  const pathOf = (name: string) => {
    const match = NAME.exec(name);
    if (!match) throw new Error(`${name} is not the name of a file`);
    return join(folder, match[1]!, name);
  };
  return {
    async write(name, bytes) {
      const path = pathOf(name);
      const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeDurably(await openFile(beside, 'wx', 0o600), bytes);
        await rename(beside, path);
        await syncFolder(dirname(path));
      } catch (thrown) {
        await rm(beside, { force: true }).catch(() => undefined);
        if (NO_SPACE.has((thrown as { code?: string }).code ?? '')) throw new Refusal('disk_full');
        throw thrown;
      }
    },
    async find(name) {
      try {
        return await readFile(pathOf(name));
      } catch (thrown) {
        if ((thrown as { code?: string }).code === 'ENOENT') return null;
        throw thrown;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

async function writeDurably(handle: FileHandle, bytes: Buffer): Promise<void> {
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable once its folder is; Windows cannot open folders and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
