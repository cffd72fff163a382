import { base64, fromBase64, sameBytes, wholeNumber } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { HASH_BYTES, type Hash, verifyConsistency } from './merkle.ts';
import { checkSignature, formatNote, type NoteKey, parseNote } from './note.ts';

/** What a log sends to a witness (C2SP tlog-witness): its newest head, and proof that nothing before was changed. */
export interface AddCheckpoint {
  /** The size the witness has last signed, 0 when it never has. */
  oldSize: number;
  proof: readonly Hash[];
  checkpoint: string;
}

const PROOF_MAX = 63;

/** The body of a request to `add-checkpoint`. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${oldSize}`, ...proof.map(base64), '', checkpoint].join('\n');
}

/** Reads such a body; null when it is malformed. */
function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const at = body.indexOf('\n\n');
  if (at < 0) return null;
  const [first, ...lines] = body.slice(0, at).split('\n');
  const oldSize = first?.startsWith('old ') ? wholeNumber(first.slice('old '.length)) : null;
  const proof = lines.map(fromBase64);
  if (oldSize === null || proof.length > PROOF_MAX) return null;
  if (!proof.every((hash): hash is Hash => hash?.length === HASH_BYTES)) return null;
  return { oldSize, proof, checkpoint: body.slice(at + 2) };
}

/** What a witness answers: a status of HTTP, and for 409 the size it has. */
export type WitnessAnswer =
  | { status: 200; head: Checkpoint; checkpoint: string }
  | { status: 409; size: number }
  | { status: 400 | 403 | 404 | 422 };

/**
 * Whether a witness may sign what it was sent. `logs` are the keys it trusts, `last` the head it has last signed of
 * that log. After 200 it must keep the new head before it answers, in the same turn it was asked in.
 */
export function considerCheckpoint(
  body: string,
  logs: readonly NoteKey[],
  last: (origin: string) => Checkpoint | null,
): WitnessAnswer {
  const asked = parseAddCheckpoint(body);
  const note = asked && parseNote(asked.checkpoint);
  if (!asked || !note) return { status: 400 };
  const origin = note.text.split('\n')[0]!;
  const known = logs.filter((key) => key.name === origin);
  if (known.length === 0) return { status: 404 };
  const key = known.find((one) => checkSignature(note, one) === 'valid');
  if (!key) return { status: 403 };
  const opened = openCheckpoint(asked.checkpoint, { log: key });
  if ('fault' in opened || asked.oldSize > opened.checkpoint.size) return { status: 400 };
  const head = { origin, size: opened.checkpoint.size, root: opened.checkpoint.root };
  const before = last(origin);
  const size = before?.size ?? 0;
  if (asked.oldSize !== size) return { status: 409, size };
  if (size === head.size && before && !sameBytes(before.root, head.root))
    return { status: 409, size };
  if (!isGrown(before, head, asked.proof)) return { status: 422 };
  return { status: 200, head, checkpoint: asked.checkpoint };
}

function isGrown(before: Checkpoint | null, head: Checkpoint, proof: readonly Hash[]): boolean {
  if (!before || before.size === 0) return proof.length === 0;
  return verifyConsistency({
    oldSize: before.size,
    newSize: head.size,
    oldRoot: before.root,
    newRoot: head.root,
    proof,
  });
}

/**
 * The lines of a witness's answer that are its true cosignatures of a checkpoint; others are left out, as the protocol
 * wants. Null when none is.
 */
export function cosignaturesIn(
  answer: string,
  checkpoint: string,
  witness: NoteKey,
): string | null {
  const own = parseNote(checkpoint);
  const both = parseNote(`${checkpoint}${answer}`);
  if (!own || !both) return null;
  const added = both.signatures
    .slice(own.signatures.length)
    .filter((one) => one.name === witness.name && sameBytes(one.keyId, witness.keyId));
  const note = { text: own.text, signatures: added };
  if (checkSignature(note, witness) !== 'valid') return null;
  return formatNote(note).slice(own.text.length + 1);
}
