import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkNotice, checkSignature, noticeHash, type PlatformNotice } from './notice.ts';
import { signNotice } from './sandbox.ts';
import { signaturesBeside } from './signature.beside.ts';

const now = new Date('2026-11-23T09:00:00+08:00');
const notice: PlatformNotice = {
  platformOrder: 'SBX1',
  projectCode: 'W000001',
  amountFen: 100,
  paidAt: now.toISOString(),
  sentAt: now.toISOString(),
  giftId: null,
  giverName: null,
};
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signed = signNotice(notice, keys.privateKey);

describe('the signature', () => {
  test('of the platform over the exact bytes is taken', async () => {
    await checkSignature(signed, keys.publicKey);
  });

  test.each([
    ['missing', signed.body, undefined],
    ['no signature at all', signed.body, 'forged'],
    [
      'of another body',
      Buffer.from(signed.body.toString().replace('100', '900')),
      signed.signature,
    ],
    ['sent twice', signed.body, [signed.signature, signed.signature]],
    ['without a body', undefined, signed.signature],
    [
      'of another key',
      signed.body,
      signNotice(notice, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey).signature,
    ],
  ])('%s is refused', async (_what, body, signature) => {
    await expect(checkSignature({ body, signature }, keys.publicKey)).rejects.toThrow(
      'signature_invalid',
    );
  });

  test('is over bytes: a space more is another body', async () => {
    const spaced = Buffer.from(`${signed.body.toString()} `);
    await expect(checkSignature({ ...signed, body: spaced }, keys.publicKey)).rejects.toThrow();
  });
});

test('beside the server signatures are checked many at once, each for itself', async () => {
  const signatures = signaturesBeside();
  try {
    const other = Buffer.from(signed.body.toString().replace('100', '900'));
    const check = (body: Buffer) =>
      checkSignature({ ...signed, body }, keys.publicKey, signatures.isSigned).then(
        () => 'taken',
        (refusal: Error) => refusal.message,
      );
    expect(await Promise.all([check(signed.body), check(other), check(signed.body)])).toEqual([
      'taken',
      'signature_invalid',
      'taken',
    ]);
  } finally {
    await signatures.close();
  }
});

describe('what a notice says', () => {
  test.each([0, -1, 1.5, 2 ** 53, Number.NaN, 9_000_000_000_001])(
    '%d fen are no amount',
    (amountFen) => {
      expect(() => checkNotice({ ...notice, amountFen }, now)).toThrow('amount_invalid');
    },
  );

  test.each([
    ['sixteen minutes old', { sentAt: '2026-11-23T08:44:00+08:00' }],
    ['sent from the future', { sentAt: '2026-11-23T09:06:00+08:00' }],
    ['paid in the future', { paidAt: '2026-11-23T09:06:00+08:00' }],
  ])('%s is too far from now', (_what, change) => {
    expect(() => checkNotice({ ...notice, ...change }, now)).toThrow('notice_too_old');
  });

  test('a payment of last week, sent now, is fine: the platform tries again for long', () => {
    const late = { ...notice, paidAt: '2026-11-16T09:00:00+08:00' };
    expect(() => checkNotice(late, now)).not.toThrow();
  });
});

describe('the same content', () => {
  test('may be sent at another time', () => {
    const later = { ...notice, sentAt: '2026-11-23T09:01:00+08:00' };
    expect(noticeHash(later)).toBe(noticeHash(notice));
  });

  test.each([
    { amountFen: 101 },
    { projectCode: 'W000002' },
    { giverName: '别人' },
    { giftId: '01970000-0000-7000-8000-000000000000' },
    { paidAt: '2026-11-23T08:59:00+08:00' },
  ])('is not the same with %j', (change) => {
    expect(noticeHash({ ...notice, ...change })).not.toBe(noticeHash(notice));
  });
});
