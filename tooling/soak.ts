import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Runs the long tests: every `soak.ts` beside the code it tries, one after another. Arguments that are
 * part of a path choose some (`npm run soak -- ledger`); those with a dash are handed on.
 */
function main(args: string[]): void {
  const wanted = args.filter((arg) => !arg.startsWith('-'));
  const handedOn = args.filter((arg) => arg.startsWith('-'));
  const files = globSync('{packages,apps,tests}/**/soak.ts', { cwd: ROOT })
    .filter((file) => !file.includes('node_modules'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .toSorted();
  if (files.length === 0) {
    console.error('There is no such soak.ts.');
    process.exitCode = 1;
  }
  for (const file of files) {
    console.log(`— ${file}`);
    const { status } = spawnSync(process.execPath, [join(ROOT, file), ...handedOn], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}

main(process.argv.slice(2));
