import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'apps/web/dist');
const STAMP = join(DIST, 'sources.sha256');
const SOURCES = [
  'apps/web/src/**',
  'apps/web/public/**',
  'apps/web/*.{ts,json,html}',
  'packages/{basics,contract}/src/**',
  'package-lock.json',
];

/**
 * Builds the web app when its sources are not those of the last build (a few seconds); `force` builds
 * anyway. Returns whether it built. In a process of its own, so that a server does not keep the memory.
 */
export async function buildWeb(options: {
  log: (line: string) => void;
  force?: boolean;
}): Promise<boolean> {
  const sources = hashSources();
  const built = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').trim() : '';
  if (built === sources && !options.force) return false;
  options.log('正在生成网页 · Building the web pages');
  rmSync(STAMP, { force: true });
  await run(process.execPath, [join(ROOT, 'apps/web/build.ts')]);
  writeFileSync(STAMP, `${sources}\n`);
  return true;
}

/** A digest of names and contents of everything the build reads. */
function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: ROOT }).toSorted();
  for (const file of files) {
    const path = join(ROOT, file);
    if (!statSync(path).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, {
    cwd: ROOT,
    // Also where tests run: what is built stays and is served to people afterwards.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `The web pages could not be built:\n${stripVTControlCharacters(said).slice(0, 4_000)}`,
          ),
        );
    });
  });
}

if (import.meta.main) {
  const built = await buildWeb({ log: console.log, force: process.argv.includes('--force') });
  console.log(built ? 'apps/web/dist' : '网页已是最新 · The web pages are up to date');
}
