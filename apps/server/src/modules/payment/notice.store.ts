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
 * Keeps notices as they came, sealed with a key of their day, so that a day's notices can be forgotten together.
 * A repeated one is counted, not kept again.
 */
export async function keepNotices(
  needs: { vault: Vault; newId(): Id },
  tx: Writing,
  notices: readonly KeptNotice[],
): Promise<void> {
  const owner = dayOwner(tx.now);
  const box = (await needs.vault.boxes(tx, [owner])).get(owner)!;
  const same = Map.groupBy(notices, (notice) => `${notice.channel} ${digestOf(notice)}`);
  // In one order everywhere, so that two batches never wait for each other.
  const keys = [...same.keys()].toSorted();
  const rows = keys.map((key) => {
    const times = same.get(key)!;
    return { notice: times.at(-1)!, times: times.length };
  });
  await sql`insert into payment_notice (id, channel, order_number, sha256, outcome, key_owner, body_sealed,
      received_at, last_at, times)
    select n.id, n.channel, n.order_number, decode(n.digest, 'hex'), n.outcome, ${owner}, decode(n.body, 'hex'),
      ${tx.now}, ${tx.now}, n.times
    from unnest(${rows.map(() => needs.newId())}::uuid[], ${rows.map(({ notice }) => notice.channel)}::text[],
      ${rows.map(({ notice }) => notice.orderNumber)}::text[], ${rows.map(({ notice }) => digestOf(notice))}::text[],
      ${rows.map(({ notice }) => notice.outcome)}::text[],
      ${rows.map(({ notice }) => box.sealBytes(notice.body).toString('hex'))}::text[],
      ${rows.map(({ times }) => times)}::int[])
      as n(id, channel, order_number, digest, outcome, body, times)
    on conflict (channel, sha256) do update set last_at = excluded.last_at, outcome = excluded.outcome,
      times = payment_notice.times + excluded.times`.execute(tx.db);
}

function digestOf(notice: KeptNotice): string {
  return createHash('sha256').update(notice.body).digest('hex');
}

/** Whose key seals the notices of a day: nobody's, and every day another. */
function dayOwner(now: Date): Id {
  const day = dateInShanghai(now).replaceAll('-', '');
  return `00000000-0000-7000-8002-0000${day}`;
}
