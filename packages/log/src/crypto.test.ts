import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hex } from './bytes.ts';
import { pureVerify, verifyEd25519 } from './ed25519.ts';
import { pureSha256 } from './sha256.ts';
import { pureSha512 } from './sha512.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

test('the plain hashes agree with the host for every length around the blocks', () => {
  for (let length = 0; length < 300; length += 1) {
    const message = randomBytes(length);
    expect(hex(pureSha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
    expect(hex(pureSha512(message))).toBe(createHash('sha512').update(message).digest('hex'));
  }
});

/** RFC 8032 section 7.1, tests 1 to 3. */
const RFC_8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

test('the published signatures hold, plain and by the host', () => {
  for (const [key, message, signature] of RFC_8032) {
    const signed = { message: bytes(message), signature: bytes(signature), publicKey: bytes(key) };
    expect(pureVerify(signed)).toBe(true);
    expect(verifyEd25519(signed)).toBe(true);
  }
});

test('the plain check agrees with the host on right and spoiled signatures', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), fc.nat(255), (message, kind, at) => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
      const signature = Uint8Array.from(sign(null, message, privateKey));
      const signed = {
        message: Uint8Array.from(message),
        signature,
        publicKey: Uint8Array.from(raw),
      };
      expect(pureVerify(signed)).toBe(true);
      const target = [signed.signature, signed.publicKey, signed.message][kind];
      if (!target?.length) return;
      target[at % target.length]! ^= 1 << (at & 7);
      expect(pureVerify(signed)).toBe(false);
      expect(verifyEd25519(signed)).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test('a key or signature of another length, or an order too large, is no signature', () => {
  const [key, , signature] = RFC_8032[0];
  const signed = { message: bytes(''), signature: bytes(signature), publicKey: bytes(key) };
  for (const check of [pureVerify, verifyEd25519]) {
    expect(check({ ...signed, signature: signed.signature.slice(1) })).toBe(false);
    expect(check({ ...signed, publicKey: signed.publicKey.slice(1) })).toBe(false);
    const large = signed.signature.slice();
    large.fill(0xff, 32);
    expect(check({ ...signed, signature: large })).toBe(false);
    expect(check({ ...signed, publicKey: new Uint8Array(32).fill(0xff) })).toBe(false);
  }
});
