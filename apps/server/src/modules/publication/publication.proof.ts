import type { Id } from '@wennuan/basics';
import { transfers } from '@wennuan/ledger';
import {
  type ConfirmationField,
  confirmationText,
  formatReceipt,
  leafHash,
  parseEntry,
  proveInclusion,
  tilesForProof,
} from '@wennuan/log';
import { sealFile, signText } from '@wennuan/log/sign';
import type { Scoped } from '../../platform/database/database.ts';
import { openingOf } from './publication.ts';
import { type PublicationNeeds, readerOf } from './publication.service.ts';
import { listEntries, readHead, readTiles } from './publication.store.ts';
import { listCosignatures } from './witness.store.ts';

/** What there is to show for a transfer: not in a signed head yet, its salts deleted, or a receipt. */
export interface Proof {
  state: 'pending' | 'ready' | 'erased';
  /** The entry's number in the log, once it is there. */
  number: number | null;
  proof: string | null;
}

/**
 * The receipt of a transfer against the present head, with the cosignatures it has. With fields it also holds what
 * the log's owner says about the entry, signed with the log's key. System login.
 */
export async function proofOf(
  needs: PublicationNeeds,
  tx: Scoped,
  { transferId, fields }: { transferId: Id; fields?: readonly ConfirmationField[] },
): Promise<Proof> {
  const [stored] = await listEntries(tx, { transferIds: [transferId] });
  const head = await readHead(tx);
  if (!stored || !head) return { state: 'pending', number: null, proof: null };
  const { number, salts } = stored;
  const entry = parseEntry(stored.entry);
  const [transfer] = await transfers(tx.sql, [transferId]);
  if (!salts || entry?.kind !== 'transfer' || !transfer)
    return { state: 'erased', number, proof: null };
  const tiles = await readTiles(tx, tilesForProof(number, head.size));
  const hashes = proveInclusion(number, head.size, readerOf(tiles));
  const checkpoint = head.checkpoint + (await listCosignatures(tx, head)).join('');
  const signer = needs.signer(head.origin);
  const leaf = leafHash(stored.entry);
  const confirmation = fields && signText(confirmationText({ leaf, checkpoint }, fields), signer);
  const content = {
    entry,
    opening: openingOf(transfer, salts),
    key: signer.key,
    confirmation: confirmation ?? null,
  };
  const place = { index: number, hashes, checkpoint };
  return { state: 'ready', number, proof: formatReceipt(place, content) };
}

/** A file with a seal of the log's key as its last line, so that any changed byte is found. `name` is one word. */
export async function seal(
  needs: PublicationNeeds,
  tx: Scoped,
  { name, body }: { name: string; body: Uint8Array },
): Promise<Uint8Array> {
  const origin = (await readHead(tx))?.origin ?? needs.origin;
  return sealFile(body, name, needs.signer(origin));
}
