import { concat } from './bytes.ts';
import { native } from './native.ts';
import { pureSha512 } from './sha512.ts';

/** The field, the order of the group and the curve's constant (RFC 8032 section 5.1). */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const modulo = (value: bigint) => ((value % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = modulo(base), left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const inverse = (value: bigint) => power(value, P - 2n);
const D = modulo(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

/** A point in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z. */
type Point = readonly [X: bigint, Y: bigint, Z: bigint, T: bigint];
const ZERO: Point = [0n, 1n, 1n, 0n];

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = modulo((y1 - x1) * (y2 - x2));
  const b = modulo((y1 + x1) * (y2 + x2));
  const c = modulo(2n * t1 * t2 * D);
  const d = modulo(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [modulo(e * f), modulo(g * h), modulo(f * g), modulo(e * h)];
}

function multiply(point: Point, scalar: bigint): Point {
  let sum = ZERO;
  for (let doubled = point, left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

/** The x of a point by its y and sign, or null when there is none. */
function xOf(y: bigint, sign: bigint): bigint | null {
  const [above, below] = [modulo(y * y - 1n), modulo(D * y * y + 1n)];
  const squared = modulo(above * inverse(below));
  let x = power(squared, (P + 3n) / 8n);
  if (modulo(x * x - squared) !== 0n) x = modulo(x * ROOT_OF_MINUS_ONE);
  if (modulo(x * x - squared) !== 0n) return null;
  if (x === 0n && sign === 1n) return null;
  return (x & 1n) === sign ? x : P - x;
}

const BASE: Point = (() => {
  const y = modulo(4n * inverse(5n));
  const x = xOf(y, 0n)!;
  return [x, y, 1n, modulo(x * y)];
})();

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let index = bytes.length - 1; index >= 0; index -= 1)
    value = (value << 8n) | BigInt(bytes[index]!);
  return value;
}

/** The point of 32 bytes; null for a spelling that is not the only one, or no point of the curve. */
function decode(bytes: Uint8Array): Point | null {
  const number = littleEndian(bytes);
  const y = number & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const x = xOf(y, number >> 255n);
  return x === null ? null : [x, y, 1n, modulo(x * y)];
}

/** Checks an Ed25519 signature in plain TypeScript. It handles nothing secret, so it need not run in constant time. */
export function pureVerify(signed: Signed): boolean {
  const { message, signature, publicKey } = signed;
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  const key = decode(publicKey);
  const nonce = decode(signature.subarray(0, 32));
  const s = littleEndian(signature.subarray(32));
  if (!key || !nonce || s >= ORDER) return false;
  const challenge =
    littleEndian(pureSha512(concat(signature.subarray(0, 32), publicKey, message))) % ORDER;
  const left = multiply(BASE, s);
  const right = add(nonce, multiply(key, challenge));
  return (
    modulo(left[0] * right[2] - right[0] * left[2]) === 0n &&
    modulo(left[1] * right[2] - right[1] * left[2]) === 0n
  );
}

export interface Signed {
  message: Uint8Array;
  /** 64 bytes. */
  signature: Uint8Array;
  /** 32 bytes. */
  publicKey: Uint8Array;
}

/** The DER frame of an Ed25519 public key (RFC 8410); its 32 bytes follow. */
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);

function nativeVerify({ message, signature, publicKey }: Signed): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    const der = concat(SPKI, publicKey);
    const key = native!.createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    return native!.verify(null, message, key, signature);
  } catch {
    return false;
  }
}

/** True when the signature (Ed25519, RFC 8032) over the message is the key's. */
export const verifyEd25519: (signed: Signed) => boolean = native ? nativeVerify : pureVerify;
