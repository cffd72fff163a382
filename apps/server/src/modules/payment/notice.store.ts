import { createHash } from 'node:crypto';
import { dateInShanghai, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import type { ChannelCode } from './payment.ts';

/** A notice whose signature was checked, and what became of it. */
export interface KeptNotice {
  channel: ChannelCode;
  orderNumber: string;
  body: Buffer;
  outcome: string;
}

/**
 * Keeps a notice as it came, sealed with a key of its day, so that a day's notices can be forgotten together.
 * A repeated one is counted, not kept again.
 */
export async function keepNotice(
  needs: { vault: Vault; newId(): Id },
  tx: Writing,
  notice: KeptNotice,
): Promise<void> {
  const owner = dayOwner(tx.now);
  const box = (await needs.vault.boxes(tx, [owner])).get(owner)!;
  const digest = createHash('sha256').update(notice.body).digest();
  await sql`insert into payment_notice (id, channel, order_number, sha256, outcome, key_owner, body_sealed,
      received_at, last_at, times)
    values (${needs.newId()}, ${notice.channel}, ${notice.orderNumber}, ${digest}, ${notice.outcome}, ${owner},
      ${box.sealBytes(notice.body)}, ${tx.now}, ${tx.now}, 1)
    on conflict (channel, sha256) do update set last_at = excluded.last_at, outcome = excluded.outcome,
      times = payment_notice.times + 1`.execute(tx.db);
}

/** Whose key seals the notices of a day: nobody's, and every day another. */
function dayOwner(now: Date): Id {
  const day = dateInShanghai(now).replaceAll('-', '');
  return `00000000-0000-7000-8002-0000${day}`;
}
