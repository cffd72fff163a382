import { Refusal } from '@wennuan/basics';
import {
  cosignaturesIn,
  formatAddCheckpoint,
  type NoteKey,
  parseKey,
  proveConsistency,
  tilesForProof,
} from '@wennuan/log';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { type PublicationNeeds, readerOf } from './publication.service.ts';
import { type Head, readHead, readTiles } from './publication.store.ts';
import {
  keepCosignature,
  listCosignatures,
  listLastSigned,
  listWitnesses,
  noteAsked,
  removeWitness,
  type WitnessRow,
  writeWitness,
} from './witness.store.ts';

export interface WitnessNeeds extends PublicationNeeds {
  fetch: typeof fetch;
}

const ACTOR = systemActor('publication witnesses');
const TIMEOUT_MILLIS = 10_000;
/** A head that grew while it was asked about is asked about again; a witness that lies is not asked for ever. */
const TRIES = 3;

/** Puts a witness on file. Refuses a key that is not a witness's, or an address that is none, as `input_invalid`. */
export async function addWitness(
  tx: Writing,
  witness: { key: string; url: string },
): Promise<string> {
  const key = parseKey(witness.key);
  if (key?.type !== 'cosignature') throw new Refusal('input_invalid', {}, 'key');
  if (!URL.canParse(witness.url) || !/^https?:/.test(witness.url))
    throw new Refusal('input_invalid', {}, 'url');
  await writeWitness(tx, { name: key.name, ...witness, url: witness.url.replace(/\/+$/, '') });
  tx.touched('log_witness', key.name);
  return key.name;
}

/** Takes a witness off the file; what it signed stays under the heads. */
export async function dropWitness(tx: Writing, name: string): Promise<void> {
  if (!(await removeWitness(tx, name))) throw new Refusal('not_found');
  tx.touched('log_witness', name, 'removed');
}

/** Witnesses as pages name them: how far each has signed, when, and what was wrong when it was last asked. */
export async function readWitnesses(tx: Scoped) {
  const signed = await listLastSigned(tx);
  return (await listWitnesses(tx)).map(({ name, key, fault }) => ({
    name,
    key,
    size: signed.get(name)?.size ?? 0,
    signedAt: signed.get(name)?.at.toISOString() ?? null,
    fault,
  }));
}

/**
 * Asks each witness to sign the newest head (C2SP tlog-witness). One that is away or refuses is noted and asked at the
 * next turn; publishing never waits for any. Answers how many signed.
 */
export async function askWitnesses(needs: WitnessNeeds): Promise<number> {
  const witnesses = await needs.database.read(ACTOR, listWitnesses);
  const asked = await Promise.all(witnesses.map((one) => askWitness(needs, one)));
  return asked.filter(Boolean).length;
}

async function askWitness(needs: WitnessNeeds, witness: WitnessRow): Promise<boolean> {
  const key = parseKey(witness.key)!;
  let { size } = witness;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const asking = await needs.database.read(ACTOR, (tx) => requestFor(tx, { key, size }));
    if (!asking) return false;
    const answer = await send(needs, witness.url, asking.body);
    const line =
      answer.status === 200 ? cosignaturesIn(answer.text, asking.head.checkpoint, key) : null;
    if (line !== null) return await keep(needs, { witness, head: asking.head, line });
    const has = answer.status === 409 ? Number.parseInt(answer.text, 10) : Number.NaN;
    if (!Number.isSafeInteger(has) || has === size || has > asking.head.size) {
      const fault = answer.status === 200 ? 'no_signature' : answer.fault;
      await needs.database.write(ACTOR, null, (tx) => noteAsked(tx, witness.name, { size, fault }));
      return false;
    }
    size = has;
  }
  return false;
}

async function keep(
  needs: WitnessNeeds,
  { witness, head, line }: { witness: WitnessRow; head: Head; line: string },
): Promise<boolean> {
  const { origin, size } = head;
  await needs.database.write(ACTOR, null, async (tx) => {
    await keepCosignature(tx, { origin, size, witness: witness.name, line });
    await noteAsked(tx, witness.name, { size, fault: null });
  });
  return true;
}

/** What to send a witness that has signed `size`; null when it has signed the newest head already. */
async function requestFor(
  tx: Scoped,
  { key, size }: { key: NoteKey; size: number },
): Promise<{ head: Head; body: string } | null> {
  const head = await readHead(tx);
  if (!head) return null;
  const lines = await listCosignatures(tx, head);
  if (lines.some((line) => line.startsWith(`— ${key.name} `))) return null;
  // After a restore the witness may know more than this log has: it is asked all the same and says so.
  const oldSize = Math.min(size, head.size);
  const needed = oldSize > 0 && oldSize < head.size;
  const tiles = await readTiles(tx, needed ? tilesForProof(oldSize - 1, head.size) : []);
  const proof = needed ? proveConsistency(oldSize, head.size, readerOf(tiles)) : [];
  return { head, body: formatAddCheckpoint({ oldSize, proof, checkpoint: head.checkpoint }) };
}

async function send(
  needs: WitnessNeeds,
  url: string,
  body: string,
): Promise<{ status: number; text: string; fault: string }> {
  try {
    const response = await needs.fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
    const text = await response.text();
    return { status: response.status, text, fault: `refused_${response.status}` };
  } catch {
    return { status: 0, text: '', fault: 'away' };
  }
}
