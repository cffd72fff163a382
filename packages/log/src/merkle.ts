import { concat, sameBytes } from './bytes.ts';
import { sha256 } from './sha256.ts';

/** A SHA-256 hash, 32 bytes. */
export type Hash = Uint8Array;
export const HASH_BYTES = 32;

/** The root of a tree without leaves (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of an entry: H(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Hash {
  return sha256(concat(LEAF, entry));
}

/** The hash of an inner node: H(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(concat(NODE, left, right));
}

/** The largest power of two below `size` (size ≥ 2), where RFC 6962 splits a tree. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The root over subtrees side by side, all of one size but the last, which may be smaller; null for none. */
export function foldHashes(hashes: readonly Hash[]): Hash | null {
  if (hashes.length <= 1) return hashes[0] ?? null;
  const split = splitOf(hashes.length);
  return nodeHash(foldHashes(hashes.slice(0, split))!, foldHashes(hashes.slice(split))!);
}

/** The root of a tree whose leaves have these hashes. */
export function rootOf(leafHashes: readonly Hash[]): Hash {
  return foldHashes(leafHashes) ?? EMPTY_ROOT;
}

interface Inclusion {
  index: number;
  size: number;
  leaf: Hash;
  /** Sibling hashes, from the leaf up. */
  proof: readonly Hash[];
}

/** The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); null for a proof of the wrong form. */
export function rootFromInclusion({ index, size, leaf, proof }: Inclusion): Hash | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return null;
  if (index < 0 || index >= size || leaf.length !== HASH_BYTES) return null;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== HASH_BYTES) return null;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? hash : null;
}

const half = (value: number) => Math.floor(value / 2);

/** True when the proof shows that the leaf stands at `index` in the tree of `size` leaves with that root. */
export function verifyInclusion(claim: Inclusion & { root: Hash }): boolean {
  const found = rootFromInclusion(claim);
  return found !== null && sameBytes(found, claim.root);
}

/**
 * True when the proof shows that the larger tree begins with the smaller one (RFC 9162 section 2.1.4.2).
 * Nothing can be shown from an empty tree to another: that is false, except between two empty trees.
 */
export function verifyConsistency(claim: {
  oldSize: number;
  newSize: number;
  oldRoot: Hash;
  newRoot: Hash;
  proof: readonly Hash[];
}): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (![oldSize, newSize].every((size) => Number.isSafeInteger(size) && size >= 0)) return false;
  if (oldSize === newSize) {
    if (oldSize === 0 && !sameBytes(oldRoot, EMPTY_ROOT)) return false;
    return proof.length === 0 && sameBytes(oldRoot, newRoot);
  }
  if (oldSize === 0 || oldSize > newSize) return false;
  if (proof.length === 0 || proof.some((hash) => hash.length !== HASH_BYTES)) return false;
  const isPower = splitOf(oldSize * 2) === oldSize;
  const path = isPower ? [oldRoot, ...proof] : proof;
  let [node, last] = [oldSize - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [before, after] = [path[0]!, path[0]!];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [before, after] = [nodeHash(sibling, before), nodeHash(sibling, after)];
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else after = nodeHash(after, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(before, oldRoot) && sameBytes(after, newRoot);
}
