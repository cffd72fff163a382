import { addDays, dateInShanghai, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { systemActor } from '../../platform/actor.ts';
import { destroyUnusedKeys, discard } from './import.service.ts';
import { markStale } from './link.store.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** A delivery that nobody decided on is thrown away after so many days: it holds personal data for nothing. */
const WAITING_DAYS = 14;

/**
 * Lets go of what is over: entries whose retention has passed since they last stood in a delivery, with the keys that sealed
 * them; and deliveries that were read and never decided on.
 */
export async function expire(needs: RosterNeeds): Promise<void> {
  await needs.database.write(systemActor('roster retention'), null, async (tx) => {
    const today = dateInShanghai(tx.now);
    // Nothing of a roster is over before its first delivery is: most days no entry is looked at.
    const { rows } = await sql<{ delivery_id: Id; id: Id }>`
      delete from source_row row using roster, roster_delivery delivery
      where roster.id = row.roster_id and delivery.id = roster.current_delivery_id
        and exists (select from roster_delivery earliest where earliest.roster_id = roster.id
          and earliest.delivered_on + roster.retention_days < ${today}::date)
        and not exists (select from delivery_row waiting join roster_delivery read on read.id = waiting.delivery_id
          where waiting.source_row_id = row.id and read.state = 'read')
        and (select max(coalesce(presence.until, delivery.delivered_on)) from row_presence presence
          where presence.source_row_id = row.id) + roster.retention_days < ${today}::date
      returning row.delivery_id, row.id`.execute(tx.db);
    if (rows.length > 0) {
      await destroyUnusedKeys(needs, tx, [...new Set(rows.map((row) => row.delivery_id))]);
      await markStale(tx);
      tx.touched('source_row', String(rows.length), 'retention');
    }
    const before = addDays(today, -WAITING_DAYS);
    const waiting = await tx.db
      .selectFrom('roster_delivery')
      .select('id')
      .where('state', '=', 'read')
      .where('read_at', '<', new Date(`${before}T00:00:00+08:00`))
      .execute();
    for (const { id } of waiting) await discard(needs, tx, id);
  });
}
