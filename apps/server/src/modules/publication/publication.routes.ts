import type { routes } from '@wennuan/contract';
import { formatKey } from '@wennuan/log';
import { systemActor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { proofOf } from './publication.proof.ts';
import { haltOf, lockLog, type PublicationNeeds } from './publication.service.ts';
import { readHead } from './publication.store.ts';
import { readWitnesses } from './witness.service.ts';

type All = Handlers<typeof routes.publication>;

/** The log's head and a gift's proof. The giver's link is the right to her own salts. */
export function publicationHandlers(needs: PublicationNeeds): All {
  const { database } = needs;
  return {
    async publicLog() {
      const system = systemActor('publication');
      const read = () =>
        database.read(system, async (tx) => {
          const head = await readHead(tx);
          const halted = (await haltOf(needs, tx, head)) !== null;
          return { head, halted, witnesses: await readWitnesses(tx) };
        });
      let { head, halted, witnesses } = await read();
      if (!head) {
        await database.write(system, null, (tx) => lockLog(needs, tx));
        ({ head, halted, witnesses } = await read());
      }
      const { origin, size, at, checkpoint } = head!;
      const key = formatKey(needs.signer(origin).key);
      return { origin, key, size, signedAt: at.toISOString(), checkpoint, halted, witnesses };
    },
    giftProof: ({ params }) =>
      database.read(systemActor('publication'), async (tx) => {
        const transferId = await needs.giftTransfer(tx, params.token);
        if (transferId === null) return { state: 'waiting', number: null, proof: null };
        return await proofOf(needs, tx, { transferId });
      }),
  };
}
