import { readdirSync, readFileSync } from 'node:fs';
import { shapes } from '@wennuan/contract';
import { expect, test } from 'vitest';
import codes from '../texts/en.codes.ts';
import en from './texts/en.ts';

const SERVER = new URL('../../../../../server/src/', import.meta.url);
const SOURCE = /(?<!\.test|\.d)\.ts$/;

/** What a pattern's first group finds in the server's sources, each once. */
function inSources(pattern: RegExp): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' });
  const found = files
    .filter((file) => SOURCE.test(file) && /^(modules|compose|commands|platform)/.test(file))
    .flatMap((file) => [...readFileSync(new URL(file, SERVER), 'utf8').matchAll(pattern)]);
  return [...new Set(found.map((match) => match[1]!))].toSorted();
}

test('what the audit can say was done has words', () => {
  const said = inSources(/\bwrite\(\s*[^'`;]{0,80}?,?\s*'([a-z_]+\.[a-z_]+)'/g);
  expect(said.length).toBeGreaterThan(200);
  const known = new Set([
    ...Object.entries(en.acts).flatMap(([of, acts]) =>
      Object.keys(acts).map((act) => `${of}.${act}`),
    ),
    ...Object.keys(codes.move).map((move) => `need.${move}`),
  ]);
  // What an office does with an award is called by the act itself.
  const acts = ['tell', ...shapes.awardActs].map((act) => `award.${act}`);
  const all = [...said, ...acts];
  expect(all.filter((act) => !known.has(act) && act !== 'need.move')).toEqual([]);
});

test('what the audit can say something was done to has words', () => {
  const said = inSources(/\btouched\(\s*'([a-z_]+)'/g);
  expect(said.length).toBeGreaterThan(100);
  const known = new Set(Object.keys(en.things));
  expect(said.filter((thing) => !known.has(thing))).toEqual([]);
});
