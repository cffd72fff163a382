import { type Id, Refusal } from '@wennuan/basics';
import { hold, releaseHolds } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import { type BenefitNeeds, leftOf, takeBack } from './benefit.service.ts';
import { listEntitlements } from './benefit.store.ts';
import {
  endHoldRows,
  type EntitlementHold,
  holdKeyOf,
  holdsOfTills,
  insertHolds,
  openHolds,
} from './hold.store.ts';

/** A hold ends by sync or write-off, never by time: this day does not come. */
const NEVER = new Date('9999-12-31T00:00:00Z');

export type HoldOutcome =
  | { status: 'held' | 'already_held'; entitlementId: Id; holdId: Id }
  | { status: 'held_elsewhere'; entitlementId: Id; placeId: Id; since: Date }
  | { status: 'over'; entitlementId: Id };

/**
 * Lets one counter take all that is left of entitlements along, or one cart keep it for its orders (`forOrder`, with the
 * cart's key for `tillId`): nobody else can use them until it has told what it sold, or the orders are paid or cancelled.
 * What another counter holds, or is over, is an outcome. System login.
 */
export async function holdFor(
  needs: BenefitNeeds,
  tx: Writing,
  command: { entitlementIds: readonly Id[]; placeId: Id; tillId: Id; forOrder?: boolean },
): Promise<HoldOutcome[]> {
  if (command.entitlementIds.length === 0) return [];
  const rows = await listEntitlements(tx, { ids: command.entitlementIds, lock: true });
  const known = await openHolds(tx, command.entitlementIds);
  const left = await leftOf(tx, rows);
  const free = rows.filter(
    (row) =>
      row.state === 'issued' && row.unit === 'fen' && left.get(row.id)! > 0 && !known.has(row.id),
  );
  const holds = free.map((row): EntitlementHold => ({
    id: needs.newId(),
    entitlementId: row.id,
    placeId: command.placeId,
    tillId: command.tillId,
    heldAt: tx.now,
    heldBy: tx.actor.accountId,
    forOrder: command.forOrder ?? false,
  }));
  await insertHolds(tx, holds);
  const outcomes = await hold(tx.sql, {
    holds: holds.map((one) => ({
      key: holdKeyOf(one.id),
      account: one.entitlementId,
      amount: left.get(one.entitlementId)!,
      until: NEVER,
      document: { kind: 'entitlement_hold', id: one.id },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
  });
  const failed = outcomes.find((one) => one.status === 'refused');
  if (failed) throw new Error(`an entitlement was not held: ${failed.key}`);
  for (const one of holds) tx.touched('entitlement', one.entitlementId, `hold:${command.tillId}`);
  const made = new Map(holds.map((one) => [one.entitlementId, one.id]));
  return command.entitlementIds.map((entitlementId): HoldOutcome => {
    const holdId = made.get(entitlementId);
    if (holdId) return { status: 'held', entitlementId, holdId };
    const other = known.get(entitlementId);
    if (!other) return { status: 'over', entitlementId };
    if (other.tillId === command.tillId)
      return { status: 'already_held', entitlementId, holdId: other.id };
    const { placeId, heldAt: since } = other;
    return { status: 'held_elsewhere', entitlementId, placeId, since };
  });
}

/**
 * Ends the holds of a counter after it has told all it sold, or by a named person who writes them off with a reason. What was
 * to expire or be cancelled meanwhile goes back to its fund now. Posts once; call it last. System login.
 */
export async function endHolds(
  needs: BenefitNeeds,
  tx: Writing,
  command: {
    tillId: Id;
    how: 'sync' | 'write_off';
    reason: string | null;
    entitlementIds?: readonly Id[];
  },
): Promise<Id[]> {
  if (command.how === 'write_off' && (!command.reason?.trim() || !tx.actor.accountId))
    throw new Refusal('input_invalid', {}, 'reason');
  const all = await holdsOfTills(tx, [command.tillId]);
  const chosen = command.entitlementIds
    ? all.filter((one) => command.entitlementIds!.includes(one.entitlementId))
    : all;
  const ids = chosen.map((one) => one.entitlementId);
  const rows = ids.length > 0 ? await listEntitlements(tx, { ids, lock: true }) : [];
  await endHoldRows(
    tx,
    chosen.map((one) => one.id),
    command,
  );
  await releaseHolds(tx.sql, { keys: chosen.map((one) => holdKeyOf(one.id)), at: tx.now });
  for (const id of ids) tx.touched('entitlement', id, `hold_ended:${command.how}`);
  const ending = rows.filter((row) => row.endsAs === 'cancelled').map((row) => row.id);
  await takeBack(needs, tx, { ids: ending, as: 'cancelled' });
  await reopenExpiry(
    tx,
    rows.filter((row) => row.endsAs === 'expired').map((row) => row.id),
  );
  return ids;
}

/** What was to expire waits for the next turn of the clock: one posting a transaction. */
async function reopenExpiry(tx: Writing, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('entitlement')
    .set({ ends_as: null })
    .where('id', 'in', [...ids])
    .execute();
}
