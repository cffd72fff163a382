import { describe, expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { confirmationText } from './confirmation.ts';
import { formatEntry, saltedHash, type TransferEntry } from './entry.ts';
import { leafHash } from './merkle.ts';
import { formatReceipt, verifyProof } from './receipt.ts';
import { appendSeal, checkSeal } from './seal.ts';
import { createSigner, sealFile, signText } from './sign.ts';
import { proveInclusion } from './tiles.ts';
import { bytesOf, history, logSigner, publish } from '../test-support/small-log.ts';

const salt = new Uint8Array(16).fill(7);
const entry: TransferEntry = {
  kind: 'transfer',
  unit: 'fen',
  amount: 6_660,
  day: '2026-11-23',
  from: { code: 'C01', at: null },
  to: { code: 'HD0001', at: 0 },
  rest: saltedHash(salt, 'reason gift\n'),
};
const log = publish([...bytesOf(history(20)), formatEntry(entry)]);
const place = {
  index: 20,
  hashes: proveInclusion(20, log.size, log.read),
  checkpoint: log.checkpoint,
};
const fields = [
  { name: 'number', value: 'JZ-00000007' },
  { name: 'donor', value: '张三 李四' },
];
const about = { leaf: leafHash(formatEntry(entry)), checkpoint: log.checkpoint };
const content = {
  entry,
  opening: { from: null, to: null, rest: { text: 'reason gift\n', salt } },
  key: logSigner.key,
  confirmation: signText(confirmationText(about, fields), logSigner),
};
const receipt = formatReceipt(place, content);
const keys = { log: logSigner.key };

describe('a confirmation in a receipt', () => {
  test('says what was signed, with the key given or its own', () => {
    for (const given of [{ keys }, {}])
      expect(verifyProof({ proof: receipt, ...given })).toMatchObject({ fault: null, fields });
  });

  test('every byte of it counts', () => {
    const bytes = utf8(receipt);
    for (let at = 0; at < bytes.length; at += 1) {
      const spoiled = bytes.slice();
      spoiled[at]! ^= 1;
      const proof = new TextDecoder('utf-8', { ignoreBOM: true }).decode(spoiled);
      expect(verifyProof({ proof, keys }).fault, `byte ${at}`).not.toBe(null);
    }
  });

  test.each([
    ['of another leaf', { leaf: leafHash(utf8('x')), checkpoint: log.checkpoint }],
    ['under another checkpoint', { ...about, checkpoint: 'x' }],
  ])('%s is refused', (_, other) => {
    const confirmation = signText(confirmationText(other, fields), logSigner);
    const proof = formatReceipt(place, { ...content, confirmation });
    expect(verifyProof({ proof, keys })).toMatchObject({ fault: 'confirmation_invalid' });
  });

  test('signed by somebody else is refused', () => {
    const forger = createSigner(logSigner.key.name, new Uint8Array(32).fill(9), 'ed25519');
    const confirmation = signText(confirmationText(about, fields), forger);
    const proof = formatReceipt(place, { ...content, confirmation });
    expect(verifyProof({ proof, keys })).toMatchObject({ fault: 'confirmation_invalid' });
  });

  test('can never be signed as a checkpoint, nor hold a second line', () => {
    expect(() => signText(`log\n5\n${'A'.repeat(43)}=\n`, logSigner)).toThrow(/as one/);
    expect(() => confirmationText(about, [{ name: 'donor', value: 'a\nnumber 8' }])).toThrow();
  });

  test('malformed, it is said which line', () => {
    const said = (text: string) => verifyProof({ proof: text, keys });
    expect(said(receipt.replace('index 20', 'index 020'))).toMatchObject({
      detail: expect.stringContaining('line 3 is not an index') as string,
    });
    expect(said(receipt.replace('extra ', 'extra !'))).toMatchObject({
      detail: expect.stringContaining('line 2 (extra) is not Base 64') as string,
    });
  });
});

describe('a sealed file', () => {
  const body = new Uint8Array(10_000).map((_, index) => index * 7);
  const sealed = sealFile(body, 'JZ-00000007', logSigner);

  test('is whole', () => {
    expect(checkSeal(sealed, logSigner.key)).toMatchObject({ fault: null, name: 'JZ-00000007' });
    expect(sealed.subarray(0, body.length)).toEqual(body);
  });

  test('a changed byte is found and placed, wherever it is', () => {
    const changed = (at: number, bit = 1) => {
      const file = sealed.slice();
      file[at]! ^= bit;
      return checkSeal(file, logSigner.key);
    };
    expect(changed(5_000)).toEqual({
      fault: 'file_altered',
      detail: 'bytes 4096 to 8191 of the file are not those that were sealed',
    });
    expect(changed(9_999)).toMatchObject({
      detail: expect.stringContaining('8192 to 9999') as string,
    });
    // The second bit makes of a letter in the last line a byte that is no text.
    for (const bit of [1, 0x80])
      for (let at = 0; at < sealed.length; at += at < body.length ? 997 : 1)
        expect(changed(at, bit).fault, `byte ${at}, bit ${bit}`).not.toBe(null);
  });

  test('cut, lengthened or sealed by another, it is refused', () => {
    const forger = createSigner(logSigner.key.name, new Uint8Array(32).fill(9), 'ed25519');
    expect(checkSeal(body, logSigner.key).fault).toBe('seal_missing');
    expect(checkSeal(sealFile(body, 'x', forger), logSigner.key).fault).toBe('seal_invalid');
    expect(checkSeal(appendSeal(body, 'nonsense'), logSigner.key).fault).toBe('seal_malformed');
    const longer = Uint8Array.from([...body, 0, ...sealed.subarray(body.length)]);
    expect(checkSeal(longer, logSigner.key)).toMatchObject({
      detail: 'the file has 10001 bytes, sealed were 10000',
    });
    expect(checkSeal(sealed, null).fault).toBe(null);
  });
});
