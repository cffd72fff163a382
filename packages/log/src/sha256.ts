import { native } from './native.ts';
import { rootFractions } from './roots.ts';

const firstHalves = (words: bigint[]) => words.map((word) => Number(word >> 32n));
const INITIAL = firstHalves(rootFractions(8, 2n));
const ROUND = firstHalves(rootFractions(64, 3n));

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** SHA-256 in plain TypeScript, for hosts without a synchronous one. */
export function pureSha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  const state = Uint32Array.from(INITIAL);
  const words = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let index = 0; index < 16; index += 1) words[index] = view.getUint32(block + index * 4);
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

function compress(state: Uint32Array, words: Uint32Array): void {
  for (let index = 16; index < 64; index += 1) {
    const early = words[index - 15]!;
    const late = words[index - 2]!;
    const mixed = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const other = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = words[index - 16]! + mixed + words[index - 7]! + other;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let index = 0; index < 64; index += 1) {
    const up = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const one = (h + up + ((e & f) ^ (~e & g)) + ROUND[index]! + words[index]!) | 0;
    const down = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const two = (down + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = state[index]! + word));
}

/** A view without the habits of Node's Buffer, whose `slice` shares its bytes. */
const plain = (buffer: Uint8Array) =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** SHA-256 (FIPS 180-4) of the bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array = native
  ? (bytes) => plain(native!.hash('sha256', bytes, 'buffer'))
  : pureSha256;
