import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { type Entry, formatEntry, parseEntry, saltedHash, type TransferEntry } from './entry.ts';
import { formatProof, parseProof } from './proof.ts';
import { formatReceipt, verifyProof } from './receipt.ts';
import { proveInclusion } from './tiles.ts';
import { bytesOf, history, logSigner, publish } from '../test-support/small-log.ts';

const salts = [1, 2, 3].map((fill) => new Uint8Array(16).fill(fill));
const opening = {
  from: { text: 'channel-id', salt: salts[0]! },
  to: { text: 'account-id', salt: salts[1]! },
  rest: { text: 'reason gift\n', salt: salts[2]! },
};
const entry: TransferEntry = {
  kind: 'transfer',
  unit: 'fen',
  amount: 100,
  day: '2026-11-23',
  from: { hidden: saltedHash(salts[0]!, 'channel-id') },
  to: { hidden: saltedHash(salts[1]!, 'account-id') },
  rest: saltedHash(salts[2]!, 'reason gift\n'),
};
const entries = [...bytesOf(history(400)), formatEntry(entry), ...bytesOf(history(7))];
const log = publish(entries);
const index = 400;
const hashes = proveInclusion(index, log.size, log.read);
const content = { entry, opening, key: logSigner.key };
const receipt = formatReceipt({ index, hashes, checkpoint: log.checkpoint }, content);
const keys = { log: logSigner.key };

test('a receipt verifies offline, with the key given or its own', () => {
  for (const given of [{ keys }, {}])
    expect(verifyProof({ proof: receipt, ...given })).toMatchObject({
      fault: null,
      index,
      entry,
      opening,
    });
  expect(receipt).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 400\n/);
});

test('one changed byte, wherever it is, is found', () => {
  const bytes = utf8(receipt);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const spoiled = bytes.slice();
      spoiled[at]! ^= by;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(spoiled);
      expect(verifyProof({ proof: text, keys }).fault).not.toBe(null);
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['another amount', { entry: { ...entry, amount: 101 } }, 'not_included'],
  [
    'another account',
    { opening: { ...opening, to: { ...opening.to, text: 'mine' } } },
    'opening_wrong',
  ],
  ['a missing opening', { opening: { ...opening, from: null } }, 'opening_wrong'],
  [
    'a short salt',
    { opening: { ...opening, rest: { text: '', salt: new Uint8Array(3) } } },
    'opening_wrong',
  ],
])('%s is %s', (_, change, fault) => {
  const proof = formatReceipt(
    { index, hashes, checkpoint: log.checkpoint },
    { ...content, ...change },
  );
  expect(verifyProof({ proof, keys })).toMatchObject({ fault });
});

test('a proof goes through its text and back; what is malformed is no proof', () => {
  const proof = { index: 5, hashes, checkpoint: log.checkpoint, extra: null };
  expect(parseProof(formatProof(proof))).toEqual(proof);
  for (const bad of [
    '',
    'x\n\n',
    receipt.replace('index 400', 'index 0400'),
    receipt.replace('@v1', '@v2'),
  ])
    expect(verifyProof({ proof: bad, keys })).toMatchObject({ fault: 'proof_malformed' });
  expect(parseProof(receipt.replace('index', 'extra AA==\nindex'))).toBe(null);
});

const hash = saltedHash(salts[0]!, 'x');
test.each<[Entry]>([
  [entry],
  [{ ...entry, from: { code: 'HD0001', at: 0 }, to: { code: 'bank', at: null } }],
  [{ kind: 'erasure', day: '2026-11-23', leaves: 3, rest: hash }],
  [{ kind: 'continuation', day: '2026-11-23', origin: 'a.example/log', size: 7, root: hash }],
])('%j goes through its bytes and back', (one) => {
  expect(parseEntry(formatEntry(one))).toEqual(one);
});

test.each([
  '',
  'transfer\n',
  'gift\n',
  'erasure\n2026-11-23 0\nrest x\n',
  'continuation\n2026-11-23\n\n1 x\n',
  new TextDecoder().decode(formatEntry(entry)).replace('100', '0100'),
  new TextDecoder().decode(formatEntry(entry)).replace('2026-11', '2026-13'),
  `${new TextDecoder().decode(formatEntry(entry))}more\n`,
])('%j is no entry', (text) => expect(parseEntry(utf8(text))).toBe(null));

test('what would break a line or a field is refused when written', () => {
  expect(() => formatEntry({ ...entry, unit: 'two words' })).toThrow(/one word/);
  expect(() => formatEntry({ ...entry, from: { code: '~', at: 1 } })).toThrow(/code/);
  expect(() =>
    formatEntry({ kind: 'continuation', day: '2026-11-23', origin: 'a\nb', size: 1, root: hash }),
  ).toThrow(/line break/);
  expect(() => saltedHash(new Uint8Array(8), 'x')).toThrow(/16 bytes/);
});
