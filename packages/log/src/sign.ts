import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { utf8 } from './bytes.ts';
import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.ts';
import {
  cosignedMessage,
  formatNote,
  noteKey,
  type NoteKey,
  type NoteSignature,
  parseNote,
  type SignatureType,
  timestamped,
} from './note.ts';
import { appendSeal, sealText } from './seal.ts';

/** Somebody who signs notes: the log, or a witness. Only on a server, as it holds a private key. */
export interface Signer {
  key: NoteKey;
  sign(message: Uint8Array): Uint8Array;
}

/** The PKCS #8 frame of an Ed25519 private key; its 32 bytes follow. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;

/** A signer from the 32 secret bytes of an Ed25519 key. */
export function createSigner(name: string, seed: Uint8Array, type: SignatureType): Signer {
  if (seed.length !== KEY_BYTES) throw new RangeError('an Ed25519 key has 32 bytes');
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    key: noteKey(name, new Uint8Array(der.subarray(-KEY_BYTES)), type),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** A checkpoint signed by its log, as text. */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  const text = checkpointText(checkpoint);
  return formatNote({ text, signatures: [signatureOf(signer, signer.sign(utf8(text)))] });
}

/** A text signed as a note: a confirmation, a seal. Refuses one that could be read as a checkpoint. */
export function signText(text: string, signer: Signer): string {
  if (parseCheckpoint(text)) throw new RangeError('a checkpoint is signed as one');
  return formatNote({ text, signatures: [signatureOf(signer, signer.sign(utf8(text)))] });
}

/** A file with a seal of the signer as its last line. `name` is one word. */
export function sealFile(body: Uint8Array, name: string, signer: Signer): Uint8Array {
  return appendSeal(body, signText(sealText(name, body), signer));
}

/**
 * Adds a witness's cosignature to a signed checkpoint. The witness must have checked that the checkpoint is
 * consistent with the last one it signed. `seconds` since 1970.
 */
export function cosign(noteText: string, witness: Signer, seconds: number): string {
  const note = parseNote(noteText);
  if (!note || witness.key.type !== 'cosignature') throw new RangeError('nothing to cosign');
  const signature = witness.sign(cosignedMessage(note.text, seconds));
  const line = signatureOf(witness, timestamped(seconds, signature));
  return formatNote({ text: note.text, signatures: [...note.signatures, line] });
}

function signatureOf({ key }: Signer, signature: Uint8Array): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature };
}
