import { leavesFrom } from '@wennuan/ledger';
import {
  type LogFinding,
  type NoteKey,
  parseEntry,
  parseKey,
  parseTilePath,
  type PublicAccount,
  verifyLog,
} from '@wennuan/log';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { differenceOf } from './publication.ts';
import { haltOf, type PublicationNeeds } from './publication.service.ts';
import {
  type Head,
  listCheckpoints,
  listEntries,
  readHead,
  readTileFile,
} from './publication.store.ts';
import { listCosignatures, listWitnesses } from './witness.store.ts';

/** A finding of the log, or of the ledger beside it. */
export interface StoredFinding {
  code: LogFinding['code'] | 'row_differs' | 'row_missing' | 'entry_missing' | 'head_lost';
  where: string;
  detail: string;
}

export interface StoredVerified {
  origin: string;
  size: number;
  findings: StoredFinding[];
  accounts: PublicAccount[];
}

const BATCH = 1_000;
const FINDINGS_MAX = 50;

/**
 * Verifies the log in the database as an outsider would, with all heads ever signed, and then every entry
 * against the ledger's own row. Null when nothing was published yet.
 */
export async function verifyStored(needs: PublicationNeeds): Promise<StoredVerified | null> {
  return await needs.database.read(systemActor('verify log'), async (tx) => {
    const head = await readHead(tx);
    const halt = await haltOf(needs, tx, head);
    if (!head) return null;
    const earlier = await listCheckpoints(tx);
    // A log that went on under a new name has heads under its old ones.
    const origins = new Set(earlier.map((note) => note.slice(0, note.indexOf('\n'))));
    const { findings, accounts } = await verifyLog({
      checkpoint: head.checkpoint + (await listCosignatures(tx, head)).join(''),
      keys: { log: needs.signer(head.origin).key, witnesses: await witnessKeys(tx) },
      earlier,
      earlierKeys: [...origins].map((origin) => needs.signer(origin).key),
      tiles: (path) => readTileFile(tx, parseTilePath(path)!),
    });
    const all: StoredFinding[] = [...findings, ...(await compareWithLedger(tx, head))];
    if (halt)
      all.push({
        code: 'head_lost',
        where: `checkpoint of ${halt.lost.size} entries`,
        detail: `${halt.lost.origin} was published with ${halt.lost.size} entries, this log has ${halt.size}`,
      });
    return { origin: head.origin, size: head.size, findings: all, accounts };
  });
}

/** Keys of the witnesses on file: what one has signed must be right; that it has is not asked for here. */
async function witnessKeys(tx: Scoped): Promise<NoteKey[]> {
  return (await listWitnesses(tx)).flatMap(({ key }) => parseKey(key) ?? []);
}

/** Every leaf of the ledger that is published, beside its entry. */
async function compareWithLedger(tx: Scoped, head: Head): Promise<StoredFinding[]> {
  const findings: StoredFinding[] = [];
  for (let from = 0; from < head.leaves && findings.length < FINDINGS_MAX; from += BATCH) {
    const until = Math.min(head.leaves, from + BATCH);
    const leaves = await leavesFrom(tx.sql, from, until - from);
    const byLeaf = new Map(leaves.map((leaf) => [leaf.leaf, leaf]));
    const entries = new Map((await listEntries(tx, { from, until })).map((one) => [one.leaf, one]));
    for (let number = from; number < until; number += 1) {
      const [leaf, stored] = [byLeaf.get(number), entries.get(number)];
      const found = (code: StoredFinding['code'], detail: string) =>
        findings.push({ code, where: placeOf(number, stored, leaf?.transfer.id), detail });
      const entry = stored && parseEntry(stored.entry);
      if (!stored || (entry?.kind !== 'transfer' && entry?.kind !== 'private'))
        found('entry_missing', 'the ledger has this leaf, the log has not');
      else if (!leaf) found('row_missing', 'the log has this entry, the ledger has not');
      else if (stored.transferId !== leaf.transfer.id)
        found('row_differs', `the entry was made for transfer ${stored.transferId}`);
      else {
        const difference = differenceOf(leaf, entry, stored.salts);
        if (difference) found('row_differs', difference);
      }
    }
  }
  return findings.slice(0, FINDINGS_MAX);
}

function placeOf(leaf: number, stored: { number: number } | undefined, transfer?: string): string {
  const entry = stored ? `entry ${stored.number}` : 'no entry';
  return `ledger leaf ${leaf} (${entry}, transfer ${transfer ?? 'missing'})`;
}
