import { base64, concat, fromBase64, sameBytes, textOf, utf8, wholeNumber } from './bytes.ts';
import { checkSignature, type Note, type NoteKey, parseNote } from './note.ts';
import { sha256 } from './sha256.ts';

const FIRST_LINE = 'wennuan seal v1';
/** A comment to readers of PDF, who look for their own end mark in the last kilobyte. */
const MARK = '\n%wennuan-seal ';
const BLOCK_BYTES = 4_096;
/** Of a block's hash: enough to say where a file was changed; that it was not is said by the whole hash. */
const LOCATOR_BYTES = 6;
const SEAL_BYTES_MAX = 65_536;

/** The text that seals a file, to be signed: its name, its size and hash, and a short hash of each block. */
export function sealText(name: string, body: Uint8Array): string {
  if (name === '' || /\s/u.test(name)) throw new RangeError('not a name');
  const blocks = base64(concat(...locatorsOf(body)));
  return `${FIRST_LINE}\n${name}\n${body.length} ${base64(sha256(body))}\n${BLOCK_BYTES} ${blocks}\n`;
}

function locatorsOf(body: Uint8Array): Uint8Array[] {
  const count = Math.ceil(body.length / BLOCK_BYTES);
  return Array.from({ length: count }, (_, block) =>
    sha256(body.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES)).slice(0, LOCATOR_BYTES),
  );
}

/** A file with its signed seal as the last line. */
export function appendSeal(body: Uint8Array, signedSeal: string): Uint8Array {
  return concat(body, utf8(`${MARK}${base64(utf8(signedSeal))}\n`));
}

export type SealFault = 'seal_missing' | 'seal_malformed' | 'seal_invalid' | 'file_altered';

/** What looking at a sealed file came to. The signature is checked only when a key is given. */
export type SealChecked =
  | { fault: SealFault; detail: string }
  | { fault: null; name: string; note: Note };

/**
 * Checks a sealed file: that it is byte for byte what was sealed, and by whom. What was changed is named by its
 * place in the file. Without a key only the bytes are compared, which shows a slip, not a forgery.
 */
export function checkSeal(file: Uint8Array, key: NoteKey | null): SealChecked {
  const at = sealAt(file);
  if (at === null)
    return { fault: 'seal_missing', detail: 'the file does not end with a seal (its last line)' };
  const note = noteAt(file, at);
  const read = note && readSeal(note.text);
  if (!note || !read)
    return { fault: 'seal_malformed', detail: 'the last line of the file is not a seal' };
  const body = file.subarray(0, at);
  const altered = alteredPart(body, read);
  if (altered) return { fault: 'file_altered', detail: altered };
  if (key && (note.signatures.length !== 1 || checkSignature(note, key) !== 'valid'))
    return {
      fault: 'seal_invalid',
      detail: `the seal in the last line was not signed by ${key.name}`,
    };
  return { fault: null, name: read.name, note };
}

function sealAt(file: Uint8Array): number | null {
  if (file.at(-1) !== 0x0a) return null;
  const mark = utf8(MARK);
  for (let at = file.length - mark.length; at >= Math.max(0, file.length - SEAL_BYTES_MAX); at -= 1)
    if (sameBytes(file.subarray(at, at + mark.length), mark)) return at;
  return null;
}

/** The signed note in the last line; null for bytes that are no text, no Base 64 or no note. */
function noteAt(file: Uint8Array, at: number): Note | null {
  try {
    const sealed = fromBase64(textOf(file.subarray(at + MARK.length, file.length - 1)));
    return sealed && parseNote(textOf(sealed));
  } catch {
    return null;
  }
}

interface Seal {
  name: string;
  size: number;
  hash: Uint8Array;
  locators: Uint8Array;
}

function readSeal(text: string): Seal | null {
  const [first, name, whole, blocks, end, ...more] = text.split('\n');
  const [sizeText, hashText] = whole?.split(' ') ?? [];
  const [blockText, locatorText] = blocks?.split(' ') ?? [];
  const size = wholeNumber(sizeText ?? '');
  const [hash, locators] = [fromBase64(hashText ?? ''), fromBase64(locatorText ?? '')];
  const isWhole = first === FIRST_LINE && end === '' && more.length === 0;
  if (!isWhole || !name || size === null || hash?.length !== 32 || !locators) return null;
  return blockText === String(BLOCK_BYTES) ? { name, size, hash, locators } : null;
}

function alteredPart(body: Uint8Array, seal: Seal): string | null {
  if (body.length !== seal.size)
    return `the file has ${body.length} bytes, sealed were ${seal.size}`;
  if (sameBytes(sha256(body), seal.hash)) return null;
  const block = locatorsOf(body).findIndex(
    (locator, place) =>
      !sameBytes(
        locator,
        seal.locators.subarray(place * LOCATOR_BYTES, (place + 1) * LOCATOR_BYTES),
      ),
  );
  if (block < 0) return 'the seal itself (the last line) is not as it was signed';
  const last = Math.min(body.length, (block + 1) * BLOCK_BYTES) - 1;
  return `bytes ${block * BLOCK_BYTES} to ${last} of the file are not those that were sealed`;
}
