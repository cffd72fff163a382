import type { routes } from '@wennuan/contract';
import { transfers } from '@wennuan/ledger';
import { formatKey, formatReceipt, parseEntry, proveInclusion, tilesForProof } from '@wennuan/log';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { openingOf } from './publication.ts';
import { haltOf, lockLog, type PublicationNeeds, readerOf } from './publication.service.ts';
import { listEntries, readHead, readTiles } from './publication.store.ts';

type All = Handlers<typeof routes.publication>;
type Proof = Awaited<ReturnType<All['giftProof']>>;

/** The log's head and a gift's proof. The giver's link is the right to her own salts. */
export function publicationHandlers(needs: PublicationNeeds): All {
  const { database } = needs;
  return {
    async publicLog() {
      const system = systemActor('publication');
      const read = () =>
        database.read(system, async (tx) => {
          const head = await readHead(tx);
          return { head, halted: (await haltOf(needs, tx, head)) !== null };
        });
      let { head, halted } = await read();
      if (!head) {
        await database.write(system, null, (tx) => lockLog(needs, tx));
        ({ head, halted } = await read());
      }
      const { origin, size, at, checkpoint } = head!;
      const key = formatKey(needs.signer(origin).key);
      return { origin, key, size, signedAt: at.toISOString(), checkpoint, halted };
    },
    giftProof: ({ params }) =>
      database.read(systemActor('publication'), async (tx) => {
        const transferId = await needs.giftTransfer(tx, params.token);
        if (transferId === null) return { state: 'waiting', number: null, proof: null };
        return await proofOf(needs, tx, transferId);
      }),
  };
}

/** The receipt of a transfer against the present head. */
async function proofOf(needs: PublicationNeeds, tx: Scoped, transferId: string): Promise<Proof> {
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
  const content = {
    entry,
    opening: openingOf(transfer, salts),
    key: needs.signer(head.origin).key,
  };
  const place = { index: number, hashes, checkpoint: head.checkpoint };
  return { state: 'ready', number, proof: formatReceipt(place, content) };
}
