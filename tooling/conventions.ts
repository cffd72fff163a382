import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const LINES_MAX = 400;
/** A test file lists cases one after another and is read by case. */
const TEST_LINES_MAX = 480;
const SHELVES = /(^|\/)(utils?|helpers?|common|misc|shared-utils)(\/|\.tsx?$)/i;
// Written with classes so that this file does not find itself.
const UNFINISHED = /\b(T[O]DO|F[I]XME|X[X]X)\b/;
const SILENCED = /@ts-(ig[n]ore|no[c]heck)|(es|ox)lint-dis[a]ble|\.o[n]ly\(/;
const SOURCES = '{apps,packages,bench,tests,tooling,demo}/**/*.{ts,tsx,js,mjs,css,sql}';

/**
 * Checks what no other tool does: no file over 400 lines (480 of a test), none named after a shelf instead of what it
 * holds, nothing unfinished, no check silenced. Returns one sentence for each breach.
 */
export function checkConventions(root = ROOT): string[] {
  return globSync(SOURCES, { cwd: root })
    .filter((file) => !/(^|\/)(node_modules|dist|probes)\//.test(file) && !isGenerated(file))
    .toSorted()
    .flatMap((file) => breaches(file, readFileSync(join(root, file), 'utf8')));
}

/** The breaches of one file, named relative to the repository. */
export function breaches(file: string, text: string): string[] {
  const found: string[] = [];
  const lines = text.split('\n');
  const most = file.includes('.test.') ? TEST_LINES_MAX : LINES_MAX;
  if (lines.length - 1 > most) found.push(`${file} has ${lines.length - 1} lines, at most ${most}`);
  if (SHELVES.test(file)) found.push(`${file} is named after a shelf; name what it holds`);
  for (const [index, line] of lines.entries()) {
    if (UNFINISHED.test(line)) found.push(`${file}:${index + 1} is unfinished: ${line.trim()}`);
    if (SILENCED.test(line)) found.push(`${file}:${index + 1} silences a check: ${line.trim()}`);
  }
  return found;
}

function isGenerated(file: string): boolean {
  return relative('apps/server/src/platform/database/types.ts', file) === '';
}
