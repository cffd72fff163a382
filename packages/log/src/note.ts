import { base64, concat, fromBase64, sameBytes, utf8 } from './bytes.ts';
import { verifyEd25519 } from './ed25519.ts';
import { sha256 } from './sha256.ts';

/** How a key signs (C2SP signed-note): the log signs the text, a witness the text and its own time. */
export type SignatureType = 'ed25519' | 'cosignature';
const signatureTypes: Record<SignatureType, number> = { ed25519: 0x01, cosignature: 0x04 };

/** A public key that notes are checked with. */
export interface NoteKey {
  name: string;
  type: SignatureType;
  /** 32 bytes (Ed25519). */
  publicKey: Uint8Array;
  /** First four bytes of H(name ‖ newline ‖ type ‖ key). */
  keyId: Uint8Array;
}

export interface NoteSignature {
  name: string;
  keyId: Uint8Array;
  signature: Uint8Array;
}

/** A signed note, read but not yet checked. */
export interface Note {
  /** What is signed, with its last newline. */
  text: string;
  signatures: NoteSignature[];
}

const KEY_ID_BYTES = 4;
const KEY_BYTES = 32;
const SIGNATURES_MAX = 64;
const TIME_BYTES = 8;
const TIME_MAX = 2n ** 63n - 1n;
const DASH = '\u2014';

/** Makes a key of a name and 32 bytes. Refuses a name with a space or plus. */
export function noteKey(name: string, publicKey: Uint8Array, type: SignatureType): NoteKey {
  if (!isKeyName(name)) throw new RangeError(`not a key name: ${name}`);
  const typed = concat(Uint8Array.of(signatureTypes[type]), publicKey);
  const keyId = sha256(concat(utf8(`${name}\n`), typed)).slice(0, KEY_ID_BYTES);
  return { name, type, publicKey, keyId };
}

function isKeyName(name: string): boolean {
  return name.length > 0 && !/[\s+]/u.test(name);
}

/** A key as text (`name+keyid+base64`), as C2SP tools take it. */
export function formatKey({ name, type, publicKey, keyId }: NoteKey): string {
  const id = Array.from(keyId, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}+${id}+${base64(concat(Uint8Array.of(signatureTypes[type]), publicKey))}`;
}

/** The key of a text; null when it is malformed, of an unknown type, or its id does not belong to it. */
export function parseKey(text: string): NoteKey | null {
  const [name, id, ...rest] = text.trim().split('+');
  const bytes = fromBase64(rest.join('+'));
  if (!name || !isKeyName(name) || bytes?.length !== 1 + KEY_BYTES) return null;
  const type = (Object.keys(signatureTypes) as SignatureType[]).find(
    (one) => signatureTypes[one] === bytes[0],
  );
  if (!type) return null;
  const key = noteKey(name, bytes.slice(1), type);
  return formatKey(key).split('+')[1] === id ? key : null;
}

/** Reads a signed note; null when it is not well formed. */
export function parseNote(noteText: string): Note | null {
  const at = noteText.lastIndexOf('\n\n');
  if (at < 0 || !noteText.endsWith('\n') || hasControlCharacter(noteText)) return null;
  const lines = noteText.slice(at + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [dash, name, encoded, ...more] = line.split(' ');
    const bytes = encoded === undefined ? null : fromBase64(encoded);
    if (dash !== DASH || !name || !isKeyName(name) || more.length > 0) return null;
    if (!bytes || bytes.length <= KEY_ID_BYTES) return null;
    const keyId = bytes.slice(0, KEY_ID_BYTES);
    signatures.push({ name, keyId, signature: bytes.slice(KEY_ID_BYTES) });
  }
  return { text: noteText.slice(0, at + 1), signatures };
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) < 0x20 && text[index] !== '\n') return true;
  return false;
}

/** A note as text. */
export function formatNote({ text, signatures }: Note): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `${DASH} ${name} ${base64(concat(keyId, signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** What a witness signs over a note's text at a moment (C2SP tlog-cosignature). `seconds` since 1970. */
export function cosignedMessage(text: string, seconds: number | bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/** The signature field of a cosignature: its time in eight bytes, then the signature. */
export function timestamped(seconds: number, signature: Uint8Array): Uint8Array {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return concat(time, signature);
}

/** What a key's signature on a note came to. */
export type SignatureCheck = 'absent' | 'valid' | 'invalid';

/** Checks a key's signatures on a note: `valid` when it has one and each of its is right. */
export function checkSignature(note: Note, key: NoteKey): SignatureCheck {
  const own = note.signatures.filter(
    (one) => one.name === key.name && sameBytes(one.keyId, key.keyId),
  );
  if (own.length === 0) return 'absent';
  return own.every(({ signature }) => isSigned(note.text, key, signature)) ? 'valid' : 'invalid';
}

function isSigned(text: string, { type, publicKey }: NoteKey, signature: Uint8Array): boolean {
  if (type === 'ed25519') return verifyEd25519({ message: utf8(text), signature, publicKey });
  if (signature.length <= TIME_BYTES) return false;
  const view = new DataView(signature.buffer, signature.byteOffset, TIME_BYTES);
  const seconds = view.getBigUint64(0);
  if (seconds > TIME_MAX) return false;
  return verifyEd25519({
    message: cosignedMessage(text, seconds),
    signature: signature.subarray(TIME_BYTES),
    publicKey,
  });
}
