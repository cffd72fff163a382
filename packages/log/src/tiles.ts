import { concat } from './bytes.ts';
import { EMPTY_ROOT, foldHashes, HASH_BYTES, type Hash, nodeHash, splitOf } from './merkle.ts';

/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** A tile of hashes at a level, or a bundle of entries. */
export interface TileName {
  level: number | 'entries';
  n: number;
  /** 1 to 256; below 256 the tile is partial. */
  width: number;
}

/** The path of a tile below the log's prefix: `tile/0/x001/234`, `tile/entries/000.p/17`. */
export function tilePath({ level, n, width }: TileName): string {
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const parts = padded.match(/\d{3}/g)!;
  const number = parts.map((part, index) => (index < parts.length - 1 ? `x${part}` : part));
  const partial = width < TILE_WIDTH ? `.p/${width}` : '';
  return `tile/${level}/${number.join('/')}${partial}`;
}

const PATH =
  /^tile\/(entries|0|[1-5]\d?|6[0-3]?|[7-9])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** What a path names, or null when it is not the one spelling of a tile's path. */
export function parseTilePath(path: string): TileName | null {
  const match = PATH.exec(path);
  if (!match) return null;
  const n = Number(match[2]!.replace(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const name = { level, n, width } as const;
  return Number.isSafeInteger(n) && tilePath(name) === path ? name : null;
}

/** How many hashes a level of tiles has in a tree of that size. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Width of a tile in a tree of that size; 0 when it is not there. */
export function tileWidth(tile: { level: number; n: number }, size: number): number {
  const left = hashesAt(tile.level, size) - tile.n * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, left));
}

/** Every tile of hashes that a tree of that size has, lowest level first. */
export function* tilesOf(size: number): Generator<{ level: number; n: number; width: number }> {
  for (let level = 0; hashesAt(level, size) > 0; level += 1)
    for (let n = 0; n * TILE_WIDTH < hashesAt(level, size); n += 1)
      yield { level, n, width: tileWidth({ level, n }, size) };
}

/** The hash at a place of a tile. */
function hashIn(tile: Uint8Array, place: number): Hash {
  return tile.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
}

/** The hashes of a tile, in order. */
export function hashesIn(tile: Uint8Array): Hash[] {
  return Array.from({ length: tile.length / HASH_BYTES }, (_, place) => hashIn(tile, place));
}

/** Gives the bytes of a tile; throws when it has not got it. May give more than was asked for. */
export type ReadTile = (level: number, n: number) => Uint8Array;

/** The partial tiles at the right edge of a tree: all that is needed to make it grow. */
export function edgeTiles(size: number): { level: number; n: number }[] {
  const edge: { level: number; n: number }[] = [];
  for (let level = 0; hashesAt(level, size) > 0; level += 1)
    if (hashesAt(level, size) % TILE_WIDTH > 0)
      edge.push({ level, n: Math.floor(hashesAt(level, size) / TILE_WIDTH) });
  return edge;
}

/** A tile that has grown, from its first hash on. */
export interface GrownTile {
  level: number;
  n: number;
  hashes: Uint8Array;
}

/**
 * Appends leaf hashes to a tree of `size`: answers the tiles that are new or wider, each whole. `read` is
 * asked for the partial tiles at the right edge only (`edgeTiles`).
 */
export function growTiles(size: number, leaves: readonly Hash[], read: ReadTile): GrownTile[] {
  const grown: GrownTile[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0; level += 1) {
    const count = hashesAt(level, size);
    let n = Math.floor(count / TILE_WIDTH);
    const before = count % TILE_WIDTH;
    let tile = before > 0 ? hashesIn(read(level, n)).slice(0, before) : [];
    const full: Hash[] = [];
    for (let from = 0; from < added.length; n += 1) {
      const taken = added.slice(from, from + TILE_WIDTH - tile.length);
      from += taken.length;
      tile = [...tile, ...taken];
      grown.push({ level, n, hashes: concat(...tile) });
      if (tile.length === TILE_WIDTH) full.push(foldHashes(tile)!);
      tile = [];
    }
    added = full;
  }
  return grown;
}

/** The root of a tree from the partial tiles at its right edge. */
export function rootFromTiles(size: number, read: ReadTile): Hash {
  let ragged: Hash | null = null;
  for (let level = 0; hashesAt(level, size) > 0; level += 1) {
    const count = hashesAt(level, size);
    const width = count % TILE_WIDTH;
    const tile: Hash[] =
      width > 0 ? hashesIn(read(level, Math.floor(count / TILE_WIDTH))).slice(0, width) : [];
    ragged = foldHashes(ragged ? [...tile, ragged] : tile);
  }
  return ragged ?? EMPTY_ROOT;
}

/** Tiles from which proofs about the leaf `index` in a tree of `size` are made. */
export function tilesForProof(index: number, size: number): { level: number; n: number }[] {
  const found = new Map<string, { level: number; n: number }>();
  for (let level = 0; hashesAt(level, size) > 0; level += 1) {
    const n = Math.floor(index / TILE_WIDTH ** (level + 1));
    if (tileWidth({ level, n }, size) > 0) found.set(`${level}/${n}`, { level, n });
  }
  for (const tile of edgeTiles(size)) found.set(`${tile.level}/${tile.n}`, tile);
  return [...found.values()];
}

/** The hash over the leaves [from, until) of a tree, as RFC 6962 splits it; `from` is where a subtree begins. */
function rangeHash(from: number, until: number, read: ReadTile): Hash {
  const size = until - from;
  let [level, wide] = [0, 1];
  while (wide * TILE_WIDTH <= size) [level, wide] = [level + 1, wide * TILE_WIDTH];
  const nodes = size / wide;
  // A perfect subtree that lies within one tile is folded from it; anything else is split.
  if (Number.isInteger(Math.log2(nodes))) {
    const first = from / wide;
    const tile = read(level, Math.floor(first / TILE_WIDTH));
    const place = first % TILE_WIDTH;
    return foldHashes(hashesIn(tile).slice(place, place + nodes))!;
  }
  const split = splitOf(size);
  return nodeHash(rangeHash(from, from + split, read), rangeHash(from + split, until, read));
}

/** The inclusion proof of a leaf: sibling hashes from the leaf up. Reads `tilesForProof(index, size)`. */
export function proveInclusion(index: number, size: number, read: ReadTile): Hash[] {
  const path: Hash[] = [];
  let [from, until] = [0, size];
  while (until - from > 1) {
    const middle = from + splitOf(until - from);
    if (index < middle) {
      path.unshift(rangeHash(middle, until, read));
      until = middle;
    } else {
      path.unshift(rangeHash(from, middle, read));
      from = middle;
    }
  }
  return path;
}

/** The proof that the tree of `newSize` begins with that of `oldSize` (0 < old < new). Reads `tilesForProof(oldSize - 1, newSize)`. */
export function proveConsistency(oldSize: number, newSize: number, read: ReadTile): Hash[] {
  const path: Hash[] = [];
  let [from, until, whole] = [0, newSize, true];
  while (until !== oldSize) {
    const middle = from + splitOf(until - from);
    if (oldSize <= middle) {
      path.unshift(rangeHash(middle, until, read));
      until = middle;
    } else {
      path.unshift(rangeHash(from, middle, read));
      [from, whole] = [middle, false];
    }
  }
  return whole ? path : [rangeHash(from, until, read), ...path];
}

const ENTRY_BYTES_MAX = 65_535;

/** A bundle of entries, each behind its length in two bytes. Refuses an entry over 65,535 bytes. */
export function bundleEntries(entries: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > ENTRY_BYTES_MAX) throw new RangeError('the entry is over 65,535 bytes');
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** The entries of a bundle, or null when its lengths do not come out. */
export function unbundleEntries(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length) return null;
    const end = at + 2 + ((bundle[at]! << 8) | bundle[at + 1]!);
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
