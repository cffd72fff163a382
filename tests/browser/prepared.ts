import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';

const LOOK_AGAIN_MILLIS = 250;

/**
 * Fills an empty data folder with a district that `make` made in a folder. It is made once in a run under its name, by the
 * first that asks; everybody gets a copy of the stopped database, since what one test does must not be seen by another.
 */
export async function copyPrepared(
  name: 'demo' | 'empty',
  dataDir: string,
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const { sharedDir } = inject('testServer');
  const built = join(sharedDir, name);
  if (await isFirst(built)) await build(built, make);
  await untilBuilt(built);
  await cp(built, dataDir, { recursive: true });
}

/** Making the folder is the lock: only one worker can. */
async function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    () => false,
  );
}

async function build(folder: string, make: (folder: string) => Promise<unknown>) {
  const failure = await make(folder).then(
    () => '',
    (error: unknown) => String(error),
  );
  await writeFile(`${folder}.${failure ? 'failed' : 'ready'}`, failure);
}

async function untilBuilt(folder: string): Promise<void> {
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  while (!(await exists(`${folder}.ready`))) {
    if (await exists(`${folder}.failed`))
      throw new Error(await readFile(`${folder}.failed`, 'utf8'));
    await pause(LOOK_AGAIN_MILLIS);
  }
}
