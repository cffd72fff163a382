import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, hex, utf8 } from './bytes.ts';
import {
  EMPTY_ROOT,
  type Hash,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { proveConsistency, proveInclusion } from './tiles.ts';
import { plainEntries, publish } from '../test-support/small-log.ts';

/** The eight leaves that implementations of RFC 6962 have always been tested with, and the roots over them. */
const KNOWN_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = KNOWN_LEAVES.map((text) => leafHash(Uint8Array.from(Buffer.from(text, 'hex'))));

/** RFC 6962 section 2.1, word for word. */
function naiveRoot(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return EMPTY_ROOT;
  if (hashes.length === 1) return hashes[0]!;
  const k = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return nodeHash(naiveRoot(hashes.slice(0, k)), naiveRoot(hashes.slice(k)));
}

test('the published roots of the known leaves come out', () => {
  KNOWN_ROOTS.forEach((root, size) => {
    expect(hex(rootOf(leaves.slice(0, size))), `${size} leaves`).toBe(root);
    expect(hex(naiveRoot(leaves.slice(0, size)))).toBe(root);
  });
});

test('published consistency proofs over the known leaves hold', () => {
  const known = [
    [1, 1, []],
    [
      2,
      5,
      [
        'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
        'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
      ],
    ],
    [
      6,
      7,
      [
        'DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=',
        'sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=',
        '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=',
      ],
    ],
  ] as const;
  for (const [oldSize, newSize, proof] of known) {
    const [oldRoot, newRoot] = [rootOf(leaves.slice(0, oldSize)), rootOf(leaves.slice(0, newSize))];
    const claim = {
      oldSize,
      newSize,
      oldRoot,
      newRoot,
      proof: proof.map((one) => fromBase64(one)!),
    };
    expect(verifyConsistency(claim)).toBe(true);
  }
});

describe('sizes up to 64, against the tree of the RFC', () => {
  const entries = plainEntries(64);
  const hashes = entries.map(leafHash);
  const { read } = publish(entries, [1, 7, 8, 30, 64]);
  const roots = Array.from({ length: 65 }, (_, size) => naiveRoot(hashes.slice(0, size)));

  test('every inclusion proof holds, for its own index only', () => {
    for (let size = 1; size <= 64; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = proveInclusion(index, size, read);
        const claim = { index, size, leaf: hashes[index]!, proof, root: roots[size]! };
        expect(verifyInclusion(claim), `${index} of ${size}`).toBe(true);
        expect(verifyInclusion({ ...claim, index: index ^ 1 })).toBe(false);
      }
  });

  test('every consistency proof holds', () => {
    for (let newSize = 1; newSize <= 64; newSize += 1)
      for (let oldSize = 1; oldSize < newSize; oldSize += 1) {
        const proof = proveConsistency(oldSize, newSize, read);
        const claim = {
          oldSize,
          newSize,
          oldRoot: roots[oldSize]!,
          newRoot: roots[newSize]!,
          proof,
        };
        expect(verifyConsistency(claim), `${oldSize} to ${newSize}`).toBe(true);
      }
  });

  const proofs = fc
    .tuple(fc.integer({ min: 1, max: 64 }), fc.nat(63), fc.nat(9), fc.nat(255))
    .map(([size, at, kind, bit]) => ({ size, index: at % size, kind, bit }));

  test('a changed inclusion proof never holds', () => {
    fc.assert(
      fc.property(proofs, ({ size, index, kind, bit }) => {
        const proof = proveInclusion(index, size, read).map((hash) => hash.slice());
        const claim = {
          index,
          size,
          leaf: hashes[index]!.slice(),
          proof,
          root: roots[size]!.slice(),
        };
        const changed = spoil(kind, bit, { ...claim });
        if (changed === null) return;
        expect(verifyInclusion(changed)).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  test('a changed consistency proof never holds', () => {
    fc.assert(
      fc.property(proofs, fc.nat(63), ({ size, kind, bit }, more) => {
        const newSize = Math.min(64, size + 1 + more);
        if (newSize <= size) return;
        const proof = proveConsistency(size, newSize, read).map((hash) => hash.slice());
        const [oldRoot, newRoot] = [roots[size]!.slice(), roots[newSize]!.slice()];
        if (kind < 4 && proof.length > 0) flip(proof[bit % proof.length]!, bit);
        else if (kind === 4) proof.push(oldRoot);
        else if (kind === 5) proof.unshift(newRoot);
        else if (kind === 6) proof.pop();
        else if (kind === 7) flip(oldRoot, bit);
        else flip(newRoot, bit);
        expect(verifyConsistency({ oldSize: size, newSize, oldRoot, newRoot, proof })).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });
});

function flip(hash: Uint8Array, bit: number): void {
  hash[bit >> 3]! ^= 1 << (bit & 7);
}

interface Claim {
  index: number;
  size: number;
  leaf: Uint8Array;
  proof: Uint8Array[];
  root: Uint8Array;
}

/** Changes one thing of a proof; null when that thing is not there. */
function spoil(kind: number, bit: number, claim: Claim): Claim | null {
  const { proof } = claim;
  if (kind <= 2) {
    if (proof.length === 0) return null;
    flip(proof[bit % proof.length]!, bit);
  } else if (kind === 3) flip(claim.leaf, bit);
  else if (kind === 4) flip(claim.root, bit);
  else if (kind === 5) return { ...claim, proof: [...proof, claim.root] };
  else if (kind === 6) return { ...claim, proof: [claim.root, ...proof] };
  else if (kind === 7) return proof.length === 0 ? null : { ...claim, proof: proof.slice(1) };
  else if (kind === 8) return { ...claim, index: claim.size + (bit % 3) };
  else return { ...claim, proof: [...proof, new Uint8Array(0)] };
  return claim;
}

test('edges: empty trees, sizes that shrink, numbers that are none', () => {
  const root = utf8('x').slice(0, 0);
  expect(
    verifyConsistency({
      oldSize: 0,
      newSize: 0,
      oldRoot: EMPTY_ROOT,
      newRoot: EMPTY_ROOT,
      proof: [],
    }),
  ).toBe(true);
  expect(
    verifyConsistency({
      oldSize: 0,
      newSize: 0,
      oldRoot: leaves[0]!,
      newRoot: leaves[0]!,
      proof: [],
    }),
  ).toBe(false);
  expect(
    verifyConsistency({
      oldSize: 0,
      newSize: 1,
      oldRoot: EMPTY_ROOT,
      newRoot: leaves[0]!,
      proof: [],
    }),
  ).toBe(false);
  expect(
    verifyConsistency({
      oldSize: 2,
      newSize: 1,
      oldRoot: leaves[0]!,
      newRoot: leaves[0]!,
      proof: [],
    }),
  ).toBe(false);
  expect(
    verifyConsistency({
      oldSize: 1,
      newSize: 1,
      oldRoot: leaves[0]!,
      newRoot: leaves[1]!,
      proof: [],
    }),
  ).toBe(false);
  expect(verifyInclusion({ index: 0, size: 0, leaf: root, proof: [], root: EMPTY_ROOT })).toBe(
    false,
  );
  expect(
    verifyInclusion({ index: 0.5, size: 1, leaf: leaves[0]!, proof: [], root: leaves[0]! }),
  ).toBe(false);
  expect(
    verifyInclusion({ index: -1, size: 1, leaf: leaves[0]!, proof: [], root: leaves[0]! }),
  ).toBe(false);
});
