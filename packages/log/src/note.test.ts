import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, hex, utf8 } from './bytes.ts';
import { checkpointText, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { rootOf } from './merkle.ts';
import { checkSignature, formatKey, formatNote, noteKey, parseKey, parseNote } from './note.ts';
import { cosign, createSigner, signCheckpoint } from './sign.ts';

const log = createSigner('log.example/books', new Uint8Array(32).fill(1), 'ed25519');
const witnesses = [2, 3, 4].map((fill) =>
  createSigner(`witness.example/w${fill}`, new Uint8Array(32).fill(fill), 'cosignature'),
);
const checkpoint = { origin: 'log.example/books', size: 3, root: rootOf([new Uint8Array(32)]) };
const signed = signCheckpoint(checkpoint, log);
const keys = { log: log.key };

/** The checkpoint that the specification of cosignatures shows, with its witness. */
const SHOWN = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;

test('the published example is read, with both its signatures', () => {
  const note = parseNote(SHOWN)!;
  expect(note.signatures.map((one) => [one.name, hex(one.keyId), one.signature.length])).toEqual([
    ['example.com/behind-the-sofa', '033de0ae', 64],
    ['witness.example.com/w1', '8d66cf3f', 72],
  ]);
  expect(parseCheckpoint(note.text)).toMatchObject({ size: 20_852_163 });
  expect(formatNote(note)).toBe(SHOWN);
});

test('a key goes through its text and back; its id and type belong to it', () => {
  // The key of the Go checksum database, as published.
  const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
  const key = parseKey(text)!;
  expect(key).toMatchObject({ name: 'sum.golang.org', type: 'ed25519' });
  expect(formatKey(key)).toBe(text);
  for (const bad of [
    '',
    'a+b',
    text.replace('033', '133'),
    text.replace('+Ac', '+Zc'),
    `x y${text}`,
  ])
    expect(parseKey(bad), bad).toBe(null);
  for (const { key: own } of [log, ...witnesses]) expect(parseKey(formatKey(own))).toEqual(own);
  expect(() => noteKey('two words', new Uint8Array(32), 'ed25519')).toThrow(/key name/);
});

test('a checkpoint opens with its key and with no other', () => {
  expect(openCheckpoint(signed, keys)).toMatchObject({
    checkpoint: { ...checkpoint, witnessedBy: [] },
  });
  const other = createSigner(log.key.name, new Uint8Array(32).fill(9), 'ed25519');
  expect(openCheckpoint(signed, { log: other.key })).toMatchObject({ fault: 'signature_missing' });
  const forged = signCheckpoint({ ...checkpoint, size: 4 }, log)
    .split('\n')
    .at(-2)!;
  const mixed = `${checkpointText(checkpoint)}\n${forged}\n`;
  expect(openCheckpoint(mixed, keys)).toMatchObject({ fault: 'signature_invalid' });
});

test('witnesses are counted, strangers passed over, a false witness refused', () => {
  let note = signed;
  for (const [index, witness] of witnesses.slice(0, 2).entries())
    note = cosign(note, witness, 1_700_000_000 + index);
  const three = witnesses.map((one) => one.key);
  expect(openCheckpoint(note, { ...keys, witnesses: three, quorum: 2 })).toMatchObject({
    checkpoint: { witnessedBy: ['witness.example/w2', 'witness.example/w3'] },
  });
  expect(openCheckpoint(note, { ...keys, witnesses: three, quorum: 3 })).toEqual({
    fault: 'witnesses_missing',
    detail: '2 of 3 witnesses have signed',
  });
  expect(openCheckpoint(note, keys)).toHaveProperty('checkpoint');
  const read = parseNote(note)!;
  read.signatures[1]!.signature[7]! ^= 1;
  expect(openCheckpoint(formatNote(read), { ...keys, witnesses: three })).toMatchObject({
    fault: 'cosignature_invalid',
  });
  expect(checkSignature(read, three[2]!)).toBe('absent');
  expect(() => cosign('nothing', witnesses[0]!, 1)).toThrow(/cosign/);
});

test('no flipped bit of a signed checkpoint goes unseen', () => {
  const bytes = utf8(signed);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const changed = bytes.slice();
      changed[at]! ^= 1 << bit;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(changed);
      expect(openCheckpoint(text, keys)).toHaveProperty('fault');
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['', 'nothing'],
  [signed.trimEnd(), 'no last newline'],
  [signed.replace('\n\n', '\n'), 'no empty line'],
  [signed.replace('—', '-'), 'another dash'],
  [signed.replace('3\n', '03\n'), 'a leading zero'],
  [signed.replace('3\n', '3\r\n'), 'a control character'],
  [`${signed}— x\n`, 'a signature without bytes'],
])('%j is refused: %s', (text) => {
  expect(openCheckpoint(text, keys)).toHaveProperty('fault');
});

test('Base 64 is read in its one spelling only', () => {
  expect(fromBase64('AA==')).toEqual(Uint8Array.of(0));
  for (const bad of ['AA', 'AB==', 'AA=', 'A A=', '-_==']) expect(fromBase64(bad), bad).toBe(null);
  expect(() => checkpointText({ ...checkpoint, origin: 'a\nb' })).toThrow(/origin/);
});
