import { timingSafeEqual } from 'node:crypto';
import { Refusal, type Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { CounterNeeds } from './counter.needs.ts';
import { clerk, ownTill } from './till.service.ts';

const TRIES = 5;
const LOCK_MILLIS = 15 * 60_000;

/** Sets one's own code for refunds and prices; the earlier one ends. */
export async function setCode(needs: CounterNeeds, actor: Actor, code: string): Promise<void> {
  await needs.database.write(clerk(actor), 'counter.supervisor_code', async (tx) => {
    const accountId = actor.accountId!;
    const row = { code_hash: hashOf(needs, accountId, code), set_at: tx.now };
    await tx.db
      .insertInto('till_supervisor')
      .values({ account_id: accountId, area_id: actor.areaId!, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute();
    tx.touched('account', accountId, 'supervisor_code');
  });
}

function hashOf(needs: CounterNeeds, accountId: Id, code: string): Buffer {
  return needs.vault.hash('till_code', `${accountId}:${code}`);
}

/**
 * Whose code it is: somebody above or in the till's area, not the one who acts. Wrong codes are counted; after five none is
 * taken for a while. Refuses `supervisor_code_wrong`, `supervisor_code_locked`, `supervisor_same_person`.
 */
export async function allowedBy(
  needs: CounterNeeds,
  actor: Actor,
  asked: { tillId: Id; code: string },
): Promise<Id> {
  // The count of wrong codes must stay, so a wrong one is told after the commit.
  const told = await needs.database.write(clerk(actor), 'counter.supervisor_check', async (tx) => {
    const till = await ownTill(tx, asked.tillId);
    tx.touched('till', till.id, 'supervisor_check');
    const row = await tx.db
      .selectFrom('till')
      .select(['failures', 'locked_until'])
      .where('id', '=', till.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.locked_until && row.locked_until > tx.now) return { locked: true as const };
    const accountId = await ownerOf(needs, tx, { areaId: till.areaId, code: asked.code });
    const failures = accountId ? 0 : row.failures + 1;
    const locked = failures >= TRIES;
    await tx.db
      .updateTable('till')
      .set({
        failures: locked ? 0 : failures,
        locked_until: locked ? new Date(tx.now.getTime() + LOCK_MILLIS) : null,
      })
      .where('id', '=', till.id)
      .execute();
    return { accountId, tries: TRIES - failures };
  });
  if ('locked' in told) throw new Refusal('supervisor_code_locked', {}, 'supervisorCode');
  if (!told.accountId)
    throw new Refusal('supervisor_code_wrong', { tries: told.tries }, 'supervisorCode');
  if (told.accountId === actor.accountId)
    throw new Refusal('supervisor_same_person', {}, 'supervisorCode');
  return told.accountId;
}

async function ownerOf(
  needs: CounterNeeds,
  tx: Scoped | Writing,
  { areaId, code }: { areaId: number; code: string },
): Promise<Id | null> {
  const rows = await tx.db
    .selectFrom('till_supervisor')
    .select(['account_id', 'code_hash'])
    .where('area_id', 'in', needs.place.above(areaId))
    .execute();
  const mine = rows.find((row) =>
    timingSafeEqual(row.code_hash, hashOf(needs, row.account_id, code)),
  );
  return mine?.account_id ?? null;
}
