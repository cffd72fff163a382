import { base64, fromBase64, sameBytes, textOf, utf8 } from './bytes.ts';
import {
  type CheckpointFault,
  type Keys,
  openCheckpoint,
  type OpenedCheckpoint,
} from './checkpoint.ts';
import { type ConfirmationField, openConfirmation } from './confirmation.ts';
import {
  formatEntry,
  type Opening,
  parseEntry,
  type TransferEntry,
  type TransferOpening,
  wrongOpenings,
} from './entry.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import { formatKey, type NoteKey, parseKey } from './note.ts';
import { formatProof, malformedPart, parseProof } from './proof.ts';

/** What a receipt carries in its proof's `extra`: the entry, what opens it, and the log's key as the log says it. */
export interface ReceiptContent {
  entry: TransferEntry;
  opening: TransferOpening;
  key: NoteKey;
  /** What the log's owner says besides about it: a note signed with the log's key (`confirmation.ts`). */
  confirmation?: string | null;
}

/** A receipt: a C2SP tlog-proof whose `extra` holds the entry and what opens it. */
export function formatReceipt(
  proof: { index: number; hashes: readonly Uint8Array[]; checkpoint: string },
  content: ReceiptContent,
): string {
  return formatProof({ ...proof, extra: contentBytes(content) });
}

function contentBytes({ entry, opening, key, confirmation }: ReceiptContent): Uint8Array {
  const shown = (one: Opening | null) => one && { text: one.text, salt: base64(one.salt) };
  const extra = {
    entry: textOf(formatEntry(entry)),
    from: shown(opening.from),
    to: shown(opening.to),
    rest: shown(opening.rest),
    key: formatKey(key),
    ...(confirmation ? { confirmation } : {}),
  };
  return utf8(JSON.stringify(extra));
}

/**
 * Reads what a receipt's `extra` says; null for bytes that `formatReceipt` would not have written, so that no
 * byte of a receipt can be changed unnoticed. Nothing it says is checked yet.
 */
export function readReceiptContent(extra: Uint8Array | null): ReceiptContent | null {
  try {
    const said = JSON.parse(textOf(extra!)) as Record<string, unknown>;
    const entry = parseEntry(utf8(String(said['entry'])));
    const key = parseKey(String(said['key']));
    const rest = openingOf(said['rest']);
    if (entry?.kind !== 'transfer' || !key || !rest) return null;
    const confirmation = typeof said['confirmation'] === 'string' ? said['confirmation'] : null;
    const opening = { from: openingOf(said['from']), to: openingOf(said['to']), rest };
    const content = { entry, key, opening, confirmation };
    return sameBytes(contentBytes(content), extra!) ? content : null;
  } catch {
    return null;
  }
}

function openingOf(said: unknown): Opening | null {
  if (said === null || said === undefined) return null;
  const { text, salt } = said as { text: unknown; salt: unknown };
  const bytes = typeof salt === 'string' ? fromBase64(salt) : null;
  if (typeof text !== 'string' || !bytes) throw new TypeError('not an opening');
  return { text, salt: bytes };
}

export type ProofFault =
  | CheckpointFault
  | 'proof_malformed'
  | 'not_included'
  | 'opening_wrong'
  | 'confirmation_invalid';

/** What checking a receipt came to. */
export type ProofVerified =
  | { fault: ProofFault; detail: string }
  | {
      fault: null;
      index: number;
      checkpoint: OpenedCheckpoint;
      entry: TransferEntry;
      opening: TransferOpening;
      /** What the confirmation says, in its order; empty when the receipt has none. */
      fields: ConfirmationField[];
    };

/**
 * Checks a receipt offline: the log signed the checkpoint, the entry stands in the tree of that checkpoint at
 * that index, and what the receipt says about it is what was hashed. Without keys, the log's key is taken from
 * the receipt itself: then compare `checkpoint.note` and the key with what the log has published elsewhere.
 */
export function verifyProof({ proof: text, keys }: { proof: string; keys?: Keys }): ProofVerified {
  const proof = parseProof(text);
  const content = readReceiptContent(proof?.extra ?? null);
  if (!proof || !content)
    return {
      fault: 'proof_malformed',
      detail: `not a receipt of this log: ${malformedPart(text) ?? 'line 2 (extra) does not say what a receipt says'}`,
    };
  const opened = openCheckpoint(proof.checkpoint, keys ?? { log: content.key });
  if ('fault' in opened) return opened;
  const { checkpoint } = opened;
  const { index, hashes } = proof;
  const leaf = leafHash(formatEntry(content.entry));
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index, size, leaf, proof: hashes, root }))
    return {
      fault: 'not_included',
      detail: `the entry is not number ${index} of the ${size} that the log signed`,
    };
  const wrong = wrongOpenings(content.entry, content.opening);
  if (wrong.length > 0)
    return {
      fault: 'opening_wrong',
      detail: `what is said about ${wrong.join(', ')} was not logged`,
    };
  const { entry, opening, confirmation } = content;
  if (!confirmation) return { fault: null, index, checkpoint, entry, opening, fields: [] };
  const said = openConfirmation(confirmation, {
    key: keys?.log ?? content.key,
    leaf,
    checkpoint: proof.checkpoint,
  });
  if ('detail' in said) return { fault: 'confirmation_invalid', detail: said.detail };
  return { fault: null, index, checkpoint, entry, opening, fields: said.fields };
}
