import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEntry, saltedHash, type TransferEntry } from './entry.ts';
import { createSigner, signCheckpoint } from './sign.ts';
import { verifyLog } from './verify.ts';
import { bytesOf, giftTo, history, logSigner, publish } from '../test-support/small-log.ts';

const keys = { log: logSigner.key };
const entries = bytesOf(history(1_030));
const whole = publish(entries, [3, 256, 300, 1_030]);

const verify = (
  files: ReadonlyMap<string, Uint8Array>,
  checkpoint = whole.checkpoint,
  earlier: readonly string[] = [],
) => verifyLog({ checkpoint, keys, earlier, tiles: async (path) => files.get(path) ?? null });

/** The log's files with one changed. */
function changed(path: string, change: (bytes: Uint8Array) => Uint8Array | null) {
  const files = new Map(whole.files);
  const bytes = change(files.get(path)!.slice());
  if (bytes) files.set(path, bytes);
  else files.delete(path);
  return files;
}

const flipped =
  (at: number, bit = 0) =>
  (bytes: Uint8Array) => {
    bytes[at]! ^= 1 << bit;
    return bytes;
  };

test('a whole log verifies, with the totals of its public accounts and all checkpoints before', async () => {
  const seen: number[] = [];
  const result = await verifyLog({
    checkpoint: whole.checkpoint,
    keys,
    earlier: whole.checkpoints,
    tiles: async (path) => whole.files.get(path) ?? null,
    entry: (index) => void seen.push(index),
  });
  expect(result.findings).toEqual([]);
  expect(seen).toHaveLength(1_030);
  const total = result.accounts.reduce((sum, one) => sum + one.inflow + one.outflow, 0);
  expect(total).toBe(10_300);
  expect(result.accounts.map((one) => one.code)).toEqual(['F0', 'F1', 'F2']);
});

test('an empty log verifies', async () => {
  const empty = publish([]);
  expect(await verify(empty.files, empty.checkpoint)).toMatchObject({ findings: [], accounts: [] });
});

describe('tampering is found, and the finding says what and where', () => {
  test('an altered entry', async () => {
    const files = changed('tile/entries/001', flipped(40));
    const { findings } = await verify(files);
    expect(findings.find((one) => one.code === 'entry_differs')?.where).toBe(
      'tile/entries/001 entry 256',
    );
    expect(findings.map((one) => one.code)).toContain('root_differs');
  });

  test('an altered hash of a leaf', async () => {
    const { findings } = await verify(changed('tile/0/002', flipped(32 * 5)));
    expect(findings).toEqual([
      { code: 'tile_differs', where: 'tile/0/002 place 5', detail: 'not the hash of the entry' },
    ]);
  });

  test('an altered upper tile', async () => {
    const { findings } = await verify(changed('tile/1/000.p/4', flipped(33)));
    expect(findings).toEqual([
      {
        code: 'tile_differs',
        where: 'tile/1/000.p/4 place 1',
        detail: 'not the hash over entries 256 to 511',
      },
    ]);
  });

  test('a missing, shortened or overlong file', async () => {
    for (const path of whole.files.keys()) {
      const gone = await verify(changed(path, () => null));
      expect(gone.findings[0], path).toMatchObject({ code: 'file_missing', where: path });
      const short = await verify(changed(path, (bytes) => bytes.slice(0, -1)));
      expect(short.findings[0]?.where, path).toContain(path);
      const long = await verify(changed(path, (bytes) => new Uint8Array([...bytes, 0, 0])));
      expect(long.findings[0]?.where, path).toContain(path);
    }
  });

  test('an entry altered together with its hash shows at the root and above', async () => {
    const forged = entries.slice();
    forged[700] = formatEntry({ ...giftTo('F9', 0), amount: 11 });
    const fake = publish(forged);
    const files = new Map(whole.files);
    for (const path of ['tile/entries/002', 'tile/0/002']) files.set(path, fake.files.get(path)!);
    const { findings } = await verify(files);
    expect(findings.map((one) => `${one.code} ${one.where}`)).toContain(
      'tile_differs tile/1/000.p/4 place 2',
    );
    expect(findings.map((one) => one.code)).toContain('root_differs');
  });

  test('a whole other history, signed anew, by the checkpoints seen before', async () => {
    const forged = bytesOf(history(1_030));
    forged[280] = formatEntry({ ...giftTo('F9', 0), amount: 11 });
    const fake = publish(forged);
    const { findings } = await verify(fake.files, fake.checkpoint, whole.checkpoints);
    expect(
      findings.filter((one) => one.code === 'history_differs').map((one) => one.where),
    ).toEqual(['checkpoint of 300 entries', 'checkpoint of 1030 entries']);
  });

  test('entries cut off at the end', async () => {
    const shorter = publish(entries.slice(0, 1_020));
    const { findings } = await verify(shorter.files, shorter.checkpoint, whole.checkpoints);
    expect(findings).toEqual([
      {
        code: 'history_differs',
        where: 'checkpoint of 1030 entries',
        detail: 'log.example/test has signed 1030 entries, this log has 1020',
      },
    ]);
  });

  test('a checkpoint of another key', async () => {
    const thief = createSigner(logSigner.key.name, new Uint8Array(32).fill(8), 'ed25519');
    const root = new Uint8Array(32);
    const note = signCheckpoint({ origin: logSigner.key.name, size: 1_030, root }, thief);
    expect(await verify(whole.files, note)).toMatchObject({
      checkpoint: null,
      findings: [{ code: 'signature_missing', where: 'checkpoint' }],
    });
  });

  test('a checkpoint seen before, altered or signed by somebody else', async () => {
    const [first, second, ...rest] = whole.checkpoints;
    const resized = first!.replace('\n3\n', '\n4\n');
    const thief = createSigner(logSigner.key.name, new Uint8Array(32).fill(8), 'ed25519');
    const root = new Uint8Array(32);
    const forged = signCheckpoint({ origin: logSigner.key.name, size: 256, root }, thief);
    const torn = second!.slice(0, 20);
    const seen = [resized, forged, torn, ...rest];
    const { findings } = await verify(whole.files, whole.checkpoint, seen);
    expect(findings).toMatchObject([
      { code: 'signature_invalid', where: 'checkpoint of 4 entries' },
      { code: 'signature_missing', where: 'checkpoint of 256 entries' },
      { code: 'checkpoint_malformed', where: 'earlier checkpoint 3' },
    ]);
  });

  test('any flipped bit of any file', async () => {
    const small = publish(entries.slice(0, 20));
    const places = [...small.files].flatMap(([path, bytes]) =>
      Array.from(bytes, (_, at) => [path, at] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(7), async ([path, at], bit) => {
        const files = new Map(small.files);
        files.set(path, flipped(at, bit)(files.get(path)!.slice()));
        const { findings } = await verify(files, small.checkpoint);
        expect(findings.length).toBeGreaterThan(0);
        expect(findings[0]!.where).toMatch(/^tile\//);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('books that a log signed but that do not come out', () => {
  const salt = new Uint8Array(16);
  const out = (at: number, amount: number, code = 'F0'): TransferEntry => ({
    ...giftTo(code, 0, amount),
    from: { code, at },
    to: { hidden: saltedHash(salt, 'shop') },
  });
  const broken = async (...list: TransferEntry[]) => {
    const { files, checkpoint } = publish(bytesOf(list));
    return (await verify(files, checkpoint)).findings.map((one) => `${one.where}: ${one.detail}`);
  };

  test.each<[string, TransferEntry[], string | null]>([
    ['a gap between entries', [giftTo('F0', 0), giftTo('F0', 11)], 'enters at 11'],
    ['two entries at one place', [giftTo('F0', 0), giftTo('F0', 0)], 'enters at 0'],
    ['more out than in', [giftTo('F0', 0), out(5, 6)], 'positions up to 11 leave'],
    ['the same fen twice', [giftTo('F0', 0), out(0, 6), out(5, 1)], 'a second time'],
    ['the same fen twice, ahead', [giftTo('F0', 0), out(4, 4), out(2, 3)], 'a second time'],
    ['another unit', [giftTo('F0', 0), { ...giftTo('F0', 10), unit: 'minute' }], 'counts fen'],
    [
      'no position any more',
      [giftTo('F0', 0), { ...giftTo('F0', 0), to: { code: 'F0', at: null } }],
      'positions',
    ],
    [
      'a return from the end, then the rest in turn',
      [giftTo('F0', 0), out(8, 2), giftTo('F0', 10), out(0, 8), out(10, 10)],
      null,
    ],
  ])('%s', async (_, list, said) => {
    const findings = await broken(...list);
    if (said === null) expect(findings).toEqual([]);
    else expect(findings.join('\n')).toContain(said);
  });

  test('the finding names the entry', async () => {
    expect((await broken(giftTo('F0', 0), giftTo('F0', 11)))[0]).toMatch(
      /^tile\/entries\/000\.p\/2 entry 1: /,
    );
  });
});
