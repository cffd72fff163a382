import { utf8 } from '../src/bytes.ts';
import { formatEntry, saltedHash, type TransferEntry } from '../src/entry.ts';
import { leafHash } from '../src/merkle.ts';
import { createSigner, signCheckpoint } from '../src/sign.ts';
import {
  bundleEntries,
  growTiles,
  rootFromTiles,
  tilePath,
  tilesOf,
  TILE_WIDTH,
} from '../src/tiles.ts';

export const logSigner = createSigner('log.example/test', new Uint8Array(32).fill(7), 'ed25519');
const salt = new Uint8Array(16).fill(3);

/** A gift of 10 to one of three public accounts from a hidden channel. */
export function giftTo(code: string, at: number, amount = 10): TransferEntry {
  const from = { hidden: saltedHash(salt, 'channel') };
  const rest = saltedHash(salt, `gift ${code} ${at}`);
  return { kind: 'transfer', unit: 'fen', amount, day: '2026-11-23', from, to: { code, at }, rest };
}

/** Gifts to three accounts in turn; every fifth entry is a payment out of one that has enough. */
export function history(size: number): TransferEntry[] {
  const inflow = [0, 0, 0];
  let paid = 0;
  return Array.from({ length: size }, (_, index) => {
    if (index % 5 === 4 && inflow[0]! >= paid + 10) {
      paid += 10;
      const to = { hidden: saltedHash(salt, 'shop') };
      return { ...giftTo('F0', 0), from: { code: 'F0', at: paid - 10 }, to };
    }
    const account = index % 3;
    inflow[account]! += 10;
    return giftTo(`F${account}`, inflow[account]! - 10);
  });
}

/** All files of a log over these entries, by path, and its signed checkpoint. */
export function publish(
  entries: readonly Uint8Array[],
  steps: readonly number[] = [entries.length],
) {
  const stored = new Map<string, Uint8Array>();
  const read = (level: number, n: number) => stored.get(`${level}/${n}`)!;
  const checkpoints: string[] = [];
  let size = 0;
  for (const step of steps) {
    const leaves = entries.slice(size, step).map(leafHash);
    for (const { level, n, hashes } of growTiles(size, leaves, read))
      stored.set(`${level}/${n}`, hashes);
    size = step;
    const root = rootFromTiles(size, read);
    checkpoints.push(signCheckpoint({ origin: logSigner.key.name, size, root }, logSigner));
  }
  const files = new Map<string, Uint8Array>();
  for (const { level, n, width } of tilesOf(size))
    files.set(tilePath({ level, n, width }), read(level, n).slice(0, width * 32));
  for (let n = 0; n * TILE_WIDTH < size; n += 1) {
    const bundle = entries.slice(n * TILE_WIDTH, Math.min(size, (n + 1) * TILE_WIDTH));
    files.set(tilePath({ level: 'entries', n, width: bundle.length }), bundleEntries(bundle));
  }
  return { files, checkpoints, checkpoint: checkpoints.at(-1)!, read, size };
}

/** The entries of a history as bytes. */
export const bytesOf = (entries: readonly TransferEntry[]) => entries.map(formatEntry);

/** Some entries that mean nothing. */
export const plainEntries = (size: number) =>
  Array.from({ length: size }, (_, index) => utf8(`entry ${index}`));
