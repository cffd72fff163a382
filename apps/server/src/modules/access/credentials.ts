import {
  createHash,
  createHmac,
  randomBytes,
  randomInt,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { Refusal } from '@wennuan/basics';

/** Work factor of scrypt: 2^15, about 60 ms; OWASP's floor for passwords held by a server is 2^14 with more lanes. */
const SCRYPT = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const STEP_SECONDS = 30;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, 32, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

/** A password as it is stored: `salt.key`, hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}.${(await derive(password, salt)).toString('hex')}`;
}

/** True when the password is the one stored. Takes as long for a wrong one, and for no stored one. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [salt = '00', key = ''] = (stored ?? '').split('.');
  const derived = await derive(password, Buffer.from(salt, 'hex'));
  const expected = Buffer.from(key, 'hex');
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}

/** A fresh TOTP secret, base32 (RFC 4648) as authenticator apps take it. */
export function newTotpSecret(): string {
  return Array.from(randomBytes(32), (byte) => ALPHABET[byte & 31]).join('');
}

/** The six digits of a secret at an instant (RFC 6238, SHA-1, 30 s). */
export function totpCode(secret: string, at: Date, stepOffset = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1_000 / STEP_SECONDS) + stepOffset));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = mac[19]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** True for the code of this step or a neighbour: a phone's clock may be half a minute off. */
export function totpMatches(secret: string, code: string, at: Date): boolean {
  const typed = code.normalize('NFKC').replace(/\s/g, '');
  return [0, -1, 1].some((offset) => totpCode(secret, at, offset) === typed);
}

function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** A random token for a cookie or link, and the hash that is stored of it. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** The stored form of a token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Six random digits. */
export function newSignInCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** A first password people can read out: four groups of four. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const pick = () => letters[randomInt(letters.length)];
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, pick).join('')).join('-');
}

/** A mobile number as eleven digits, from whatever was typed (full width, spaces, +86). Refuses `telephone_invalid`. */
export function telephoneKey(text: string): string {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\-()]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (!/^1[3-9]\d{9}$/.test(digits)) throw new Refusal('telephone_invalid', {}, 'telephone');
  return digits;
}

/** A telephone number as lists show it: 199****1234. */
export function maskTelephone(telephone: string): string {
  return telephone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2');
}
