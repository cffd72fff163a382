import { expect, test } from 'vitest';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { parseNote } from './note.ts';
import { cosign, createSigner, signCheckpoint } from './sign.ts';
import { proveConsistency } from './tiles.ts';
import { considerCheckpoint, cosignaturesIn, formatAddCheckpoint } from './witness.ts';
import { bytesOf, history, logSigner, publish } from '../test-support/small-log.ts';

const log = publish(bytesOf(history(600)), [5, 300, 600]);
const witness = createSigner('witness.example/w1', new Uint8Array(32).fill(1), 'cosignature');
const heads = log.checkpoints.map((note) => parseCheckpoint(parseNote(note)!.text)!);
const ask = (oldSize: number, place: number, proof = prove(oldSize, place)) =>
  formatAddCheckpoint({ oldSize, proof, checkpoint: log.checkpoints[place]! });
const prove = (oldSize: number, place: number) =>
  oldSize === 0 || oldSize >= heads[place]!.size
    ? []
    : proveConsistency(oldSize, heads[place]!.size, log.read);
const consider = (body: string, last: Checkpoint | null) =>
  considerCheckpoint(body, [logSigner.key], () => last);

test('the body is the one the protocol states', () => {
  const lines = ask(5, 1).split('\n');
  expect(lines[0]).toBe('old 5');
  expect(lines.slice(1, lines.indexOf('')).every((line) => line.length === 44)).toBe(true);
  expect(lines[lines.indexOf('') + 1]).toBe(logSigner.key.name);
});

test('a witness signs the first head it sees, each that goes on from it, and the same again', () => {
  expect(consider(ask(0, 0), null)).toMatchObject({ status: 200, head: { size: 5 } });
  expect(consider(ask(5, 1), heads[0]!)).toMatchObject({ status: 200, head: { size: 300 } });
  expect(consider(ask(300, 2), heads[1]!)).toMatchObject({ status: 200, head: { size: 600 } });
  expect(consider(ask(300, 1), heads[1]!)).toMatchObject({ status: 200 });
});

test('it says what it has when asked from elsewhere, and never goes back', () => {
  expect(consider(ask(0, 2), heads[1]!)).toEqual({ status: 409, size: 300 });
  expect(consider(ask(5, 1), heads[2]!)).toEqual({ status: 409, size: 600 });
  expect(consider(ask(600, 1), heads[2]!)).toEqual({ status: 400 });
});

test('a log that was rewritten gets no signature', () => {
  const other = publish(bytesOf(history(400).toReversed()), [300, 400]);
  const forked = { ...heads[1]!, root: new Uint8Array(32) };
  expect(consider(ask(300, 2), forked)).toEqual({ status: 422 });
  const rewritten = formatAddCheckpoint({
    oldSize: 300,
    proof: proveConsistency(300, 400, other.read),
    checkpoint: other.checkpoints[1]!,
  });
  expect(consider(rewritten, heads[1]!)).toEqual({ status: 422 });
  const same = formatAddCheckpoint({ oldSize: 300, proof: [], checkpoint: other.checkpoints[0]! });
  expect(consider(same, heads[1]!)).toEqual({ status: 409, size: 300 });
});

test('unknown logs, wrong signatures and nonsense are refused', () => {
  const stranger = createSigner('log.example/other', new Uint8Array(32).fill(3), 'ed25519');
  const forger = createSigner(logSigner.key.name, new Uint8Array(32).fill(4), 'ed25519');
  const signed = (signer: typeof stranger) =>
    formatAddCheckpoint({
      oldSize: 0,
      proof: [],
      checkpoint: signCheckpoint({ ...heads[0]!, origin: signer.key.name }, signer),
    });
  expect(consider(signed(stranger), null)).toEqual({ status: 404 });
  expect(consider(signed(forger), null)).toEqual({ status: 403 });
  for (const body of ['', 'old x\n\nnote', 'old 5', `old 05\n\n${log.checkpoint}`])
    expect(consider(body, null), body).toEqual({ status: 400 });
});

test('of an answer only the known witness’s true line is taken, and it opens the checkpoint', () => {
  const stranger = createSigner('witness.example/w2', new Uint8Array(32).fill(2), 'cosignature');
  const both = cosign(cosign(log.checkpoint, witness, 1_700_000_000), stranger, 1_700_000_000);
  const answer = both.slice(log.checkpoint.length);
  const line = cosignaturesIn(answer, log.checkpoint, witness.key)!;
  expect(line).toMatch(/^— witness\.example\/w1 \S+\n$/);
  const keys = { log: logSigner.key, witnesses: [witness.key], quorum: 1 };
  expect(openCheckpoint(`${log.checkpoint}${line}`, keys)).toMatchObject({
    checkpoint: { witnessedBy: ['witness.example/w1'] },
  });
  expect(openCheckpoint(log.checkpoint, keys)).toMatchObject({ fault: 'witnesses_missing' });
  expect(cosignaturesIn(answer, log.checkpoints[0]!, witness.key)).toBe(null);
  expect(cosignaturesIn('nonsense', log.checkpoint, witness.key)).toBe(null);
});
