import { base64, fromBase64, wholeNumber } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';
import { checkSignature, type Note, type NoteKey, parseNote } from './note.ts';

/** The head of a log (C2SP tlog-checkpoint): which log, how many leaves, their root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

/** The text of a checkpoint, to be signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (origin === '' || /\n/.test(origin)) throw new RangeError('not an origin');
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Reads the text of a checkpoint; null when it is malformed. Lines after the third are opaque and left out. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n');
  const [origin, sizeLine, rootLine] = lines;
  if (lines.length < 3 || lines.includes('') || !origin) return null;
  const size = wholeNumber(sizeLine!);
  const root = fromBase64(rootLine!);
  return size === null || root?.length !== HASH_BYTES ? null : { origin, size, root };
}

/** Who must have signed a checkpoint. */
export interface Keys {
  /** The log's own key. */
  log: NoteKey;
  /** Witnesses whose cosignatures count; by default none. */
  witnesses?: readonly NoteKey[];
  /** How many of the witnesses must have signed; by default none. */
  quorum?: number;
}

export type CheckpointFault =
  | 'checkpoint_malformed'
  | 'signature_missing'
  | 'signature_invalid'
  | 'cosignature_invalid'
  | 'witnesses_missing';

/** A checkpoint whose signatures were checked. */
export interface OpenedCheckpoint extends Checkpoint {
  note: Note;
  /** Names of the witnesses that signed. */
  witnessedBy: string[];
}

/** Opens a signed checkpoint: the log's signature must be right, every known witness's too, and enough of them there. */
export function openCheckpoint(
  noteText: string,
  keys: Keys,
): { checkpoint: OpenedCheckpoint } | { fault: CheckpointFault; detail: string } {
  const note = parseNote(noteText);
  const read = note && parseCheckpoint(note.text);
  if (!note || !read) return { fault: 'checkpoint_malformed', detail: 'not a signed checkpoint' };
  const own = checkSignature(note, keys.log);
  if (own !== 'valid')
    return {
      fault: own === 'absent' ? 'signature_missing' : 'signature_invalid',
      detail: `the key ${keys.log.name} ${own === 'absent' ? 'has not signed' : 'did not sign this text'}`,
    };
  const witnessedBy: string[] = [];
  for (const witness of keys.witnesses ?? []) {
    const check = checkSignature(note, witness);
    if (check === 'invalid')
      return {
        fault: 'cosignature_invalid',
        detail: `the witness ${witness.name} did not sign this text`,
      };
    if (check === 'valid') witnessedBy.push(witness.name);
  }
  const quorum = keys.quorum ?? 0;
  if (witnessedBy.length < quorum)
    return {
      fault: 'witnesses_missing',
      detail: `${witnessedBy.length} of ${quorum} witnesses have signed`,
    };
  return { checkpoint: { ...read, note, witnessedBy } };
}
