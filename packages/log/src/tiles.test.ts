import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hex } from './bytes.ts';
import { leafHash, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';
import {
  bundleEntries,
  growTiles,
  hashesAt,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  tilePath,
  tilesForProof,
  tilesOf,
  unbundleEntries,
} from './tiles.ts';
import { plainEntries, publish } from '../test-support/small-log.ts';

test.each([
  [{ level: 0, n: 0, width: 256 }, 'tile/0/000'],
  [{ level: 0, n: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 63, n: 999, width: 17 }, 'tile/63/999.p/17'],
  [{ level: 'entries' as const, n: 1_000, width: 1 }, 'tile/entries/x001/000.p/1'],
])('%j is %s', (name, path) => {
  expect(tilePath(name)).toBe(path);
  expect(parseTilePath(path)).toEqual(name);
});

test.each([
  'tile/64/000',
  'tile/00/000',
  'tile/0/0',
  'tile/0/x000/001',
  'tile/0/x001',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/01',
  'tile/entries/../000',
  'tile/0/000/',
  'tile/a/000',
  'tile//000',
])('%s is no tile', (path) => expect(parseTilePath(path)).toBe(null));

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const widths = [...tilesOf(70_000)].map(({ level, width }) => `${level}:${width}`);
  const counted = Object.fromEntries(
    [...Map.groupBy(widths, (one) => one)].map(([name, all]) => [name, all.length]),
  );
  expect(counted).toEqual({ '0:256': 273, '0:112': 1, '1:256': 1, '1:17': 1, '2:1': 1 });
  expect([...tilesOf(256)]).toEqual([
    { level: 0, n: 0, width: 256 },
    { level: 1, n: 0, width: 1 },
  ]);
  expect(hashesAt(2, 70_000)).toBe(1);
});

const big = plainEntries(66_000);
const bigHashes = big.map(leafHash);

test('a log grown in any steps has one tree, and proofs from its tiles hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
      fc.nat(),
      (steps, pick) => {
        const sizes = steps.map((_, index) => steps.slice(0, index + 1).reduce((a, b) => a + b, 0));
        const { read, size } = publish(big, sizes);
        expect(hex(rootFromTiles(size, read))).toBe(hex(rootOf(bigHashes.slice(0, size))));
        const index = pick % size;
        const proof = proveInclusion(index, size, only(tilesForProof(index, size), read));
        const root = rootOf(bigHashes.slice(0, size));
        expect(verifyInclusion({ index, size, leaf: bigHashes[index]!, proof, root })).toBe(true);
        if (index === 0) return;
        const oldRoot = rootOf(bigHashes.slice(0, index));
        const path = proveConsistency(index, size, only(tilesForProof(index - 1, size), read));
        const claim = { oldSize: index, newSize: size, oldRoot, newRoot: root, proof: path };
        expect(verifyConsistency(claim)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

/** Gives the named tiles only. */
function only(
  tiles: readonly { level: number; n: number }[],
  read: (level: number, n: number) => Uint8Array,
) {
  const named = new Set(tiles.map(({ level, n }) => `${level}/${n}`));
  return (level: number, n: number) => {
    if (!named.has(`${level}/${n}`)) throw new Error(`not asked for: ${level}/${n}`);
    return read(level, n);
  };
}

test('across three levels of tiles the root and the proofs still hold', () => {
  const { read, size } = publish(big, [65_535, 65_536, 66_000]);
  const root = rootOf(bigHashes);
  expect(hex(rootFromTiles(size, read))).toBe(hex(root));
  for (const index of [0, 255, 256, 65_535, 65_536, 65_999]) {
    const proof = proveInclusion(index, size, only(tilesForProof(index, size), read));
    expect(verifyInclusion({ index, size, leaf: bigHashes[index]!, proof, root }), `${index}`).toBe(
      true,
    );
  }
  for (const oldSize of [1, 256, 65_535, 65_536, 65_999]) {
    const oldRoot = rootOf(bigHashes.slice(0, oldSize));
    const proof = proveConsistency(oldSize, size, only(tilesForProof(oldSize - 1, size), read));
    expect(verifyConsistency({ oldSize, newSize: size, oldRoot, newRoot: root, proof })).toBe(true);
  }
});

test('nothing appended changes nothing', () => {
  expect(growTiles(5, [], () => new Uint8Array())).toEqual([]);
});

test('bundles are read back, and broken lengths are not', () => {
  const entries = [new Uint8Array(0), new Uint8Array(300).fill(1), Uint8Array.of(2)];
  expect(unbundleEntries(bundleEntries(entries))).toEqual(entries);
  expect(unbundleEntries(bundleEntries(entries).slice(0, -1))).toBe(null);
  expect(unbundleEntries(Uint8Array.of(0))).toBe(null);
  expect(() => bundleEntries([new Uint8Array(65_536)])).toThrow(/65,535/);
});
