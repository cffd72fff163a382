import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkBoundaries } from './boundaries.ts';
import { checkConventions } from './conventions.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules/.cache/wennuan');

/** Null when a step found nothing, else what it found, ready to print. */
type Step = () => string | null | Promise<string | null>;

const STEPS: Record<string, Step> = {
  format: () => tool('oxfmt', ['--check', '.']),
  lint: () => tool('oxlint', ['--type-aware', '--deny-warnings', '.']),
  'types of server and packages': () => compiler('tsconfig.json', 'server'),
  'types of web': () => compiler('apps/web/tsconfig.json', 'web'),
  boundaries: async () => listed((await checkBoundaries()).problems),
  'unused code and packages': () => tool('knip', ['--no-progress', '--no-config-hints']),
  conventions: () => listed(checkConventions()),
};

/** Runs every step, one line each with its time; what was found follows the line. */
async function main(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const failed: string[] = [];
  for (const [name, step] of Object.entries(STEPS)) {
    const began = performance.now();
    const found = await step();
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.log(`${found === null ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (found === null) continue;
    failed.push(name);
    console.log(`${found.trimEnd()}\n`);
  }
  if (failed.length === 0) return;
  console.log(`Not good yet: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function compiler(project: string, cache: string): string | null {
  const info = join(CACHE, `${cache}.tsbuildinfo`);
  const line = ['-p', project, '--checkers', '2', '--incremental', '--tsBuildInfoFile', info];
  return tool('tsc', [...line, '--pretty', 'false']);
}

function tool(name: string, args: string[]): string | null {
  const result = spawnSync(join(ROOT, 'node_modules/.bin', name), args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (result.status === 0) return null;
  return `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
}

function listed(problems: string[]): string | null {
  return problems.length === 0 ? null : problems.map((problem) => `  ${problem}`).join('\n');
}

await main();
