import { rootFractions } from './roots.ts';

const WORD = (1n << 64n) - 1n;

let constants: { initial: bigint[]; round: bigint[] } | null = null;

const rotate = (word: bigint, by: bigint) => ((word >> by) | (word << (64n - by))) & WORD;

/** SHA-512 in plain TypeScript, for the few short messages that a signature hashes. */
export function pureSha512(bytes: Uint8Array): Uint8Array {
  constants ??= { initial: rootFractions(8, 2n), round: rootFractions(80, 3n) };
  const padded = new Uint8Array((((bytes.length + 16) >> 7) + 1) << 7);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  let state = constants.initial;
  for (let block = 0; block < padded.length; block += 128) {
    const words = Array.from({ length: 16 }, (_, index) => view.getBigUint64(block + index * 8));
    state = compress(state, words, constants.round);
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, index) => digest.setBigUint64(index * 8, word));
  return new Uint8Array(digest.buffer);
}

function compress(state: readonly bigint[], words: bigint[], round: readonly bigint[]): bigint[] {
  for (let index = 16; index < 80; index += 1) {
    const early = words[index - 15]!;
    const late = words[index - 2]!;
    const mixed = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n);
    const other = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n);
    words[index] = (words[index - 16]! + mixed + words[index - 7]! + other) & WORD;
  }
  let [a, b, c, d, e, f, g, h] = state as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  for (let index = 0; index < 80; index += 1) {
    const up = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const one = h + up + ((e & f) ^ (~e & WORD & g)) + round[index]! + words[index]!;
    const down = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const two = down + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & WORD, c, b, a, (one + two) & WORD];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (state[index]! + word) & WORD);
}
