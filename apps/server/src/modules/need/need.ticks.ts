import { dateInShanghai } from '@wennuan/basics';
import { isRefusal } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Tick } from '../../platform/tick.ts';
import { moveNeeds } from './need.engine.ts';
import { refreshFigures } from './need.figures.ts';
import { listLapsing } from './need.lists.ts';
import { sendNotices } from './need.notices.ts';
import type { NeedNeeds } from './need.ports.ts';

const BATCH = 100;

/** Ends verified wishes nobody met within their days; one an enterprise is just paying for waits. Returns how many. */
export async function lapseNeeds(needs: NeedNeeds): Promise<number> {
  const system = systemActor('need.lapse');
  return await needs.database.write(system, null, async (tx) => {
    const due = await listLapsing(tx, dateInShanghai(tx.now), BATCH);
    const items = await needs.donation.itemsOf(
      tx,
      due.map((need) => need.id),
    );
    const lapsing = due.filter(({ id }) => items.get(id)?.state !== 'claimed');
    for (const { id } of lapsing)
      await moveNeeds(needs, tx, [
        {
          needId: id,
          version: null,
          input: { move: 'lapse', cause: 'expired', note: '60 天内没有认领。', attachmentIds: [] },
        },
      ]).catch((thrown: unknown) => {
        // Moved on since it was listed: then it does not lapse.
        if (!isRefusal(thrown)) throw thrown;
      });
    return lapsing.length;
  });
}

/** What time brings to the loop. */
export function needTicks(needs: NeedNeeds): Tick[] {
  const tick = (name: string, everySeconds: number, work: () => Promise<unknown>): Tick => ({
    name,
    everySeconds,
    run: async () => void (await work()),
  });
  return [
    tick('need.notices', 30, () => sendNotices(needs)),
    tick('need.lapse', 3_600, () => lapseNeeds(needs)),
    tick('need.figures', 600, () => refreshFigures(needs)),
  ];
}
