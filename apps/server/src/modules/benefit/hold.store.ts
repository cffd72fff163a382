import type { Id } from '@wennuan/basics';
import { anyOf } from '../../platform/database/any-of.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';

/** A counter that took the value of an entitlement along. */
export interface EntitlementHold {
  id: Id;
  entitlementId: Id;
  placeId: Id;
  tillId: Id;
  heldAt: Date;
  heldBy: Id | null;
  /** For an order that is not paid yet: `tillId` is its cart. */
  forOrder: boolean;
}

/** The key under which the ledger holds what the counter may use. */
export function holdKeyOf(holdId: Id): string {
  return `entitlement_hold:${holdId}`;
}

const columns = [
  'id',
  'entitlement_id as entitlementId',
  'place_id as placeId',
  'till_id as tillId',
  'held_at as heldAt',
  'held_by as heldBy',
  'for_order as forOrder',
] as const;

/** The open hold of each entitlement, by entitlement. */
export async function openHolds(
  tx: Scoped,
  entitlementIds: readonly Id[],
): Promise<Map<Id, EntitlementHold>> {
  if (entitlementIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('entitlement_hold')
    .select(columns)
    .where('ended_at', 'is', null)
    .where('entitlement_id', '=', anyOf(entitlementIds))
    .execute();
  return new Map(rows.map((row) => [row.entitlementId, row]));
}

/** The open holds of counters. */
export async function holdsOfTills(tx: Scoped, tillIds: readonly Id[]): Promise<EntitlementHold[]> {
  if (tillIds.length === 0) return [];
  return await tx.db
    .selectFrom('entitlement_hold')
    .select(columns)
    .where('ended_at', 'is', null)
    .where('till_id', '=', anyOf(tillIds))
    .orderBy('entitlement_id')
    .execute();
}

/** Adds holds; one that another counter has already is left out. Answers what was added. */
export async function insertHolds(
  tx: Writing,
  holds: readonly EntitlementHold[],
): Promise<Set<Id>> {
  if (holds.length === 0) return new Set();
  const rows = await tx.db
    .insertInto('entitlement_hold')
    .values(
      holds.map((one) => ({
        id: one.id,
        entitlement_id: one.entitlementId,
        place_id: one.placeId,
        till_id: one.tillId,
        held_at: one.heldAt,
        held_by: one.heldBy,
        for_order: one.forOrder,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['entitlement_id']).where('ended_at', 'is', null).doNothing(),
    )
    .returning('id')
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Ends holds: by sync, or written off by a person with a reason. */
export async function endHoldRows(
  tx: Writing,
  ids: readonly Id[],
  how: { how: 'sync' | 'write_off'; reason: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('entitlement_hold')
    .set({
      ended_at: tx.now,
      ended_how: how.how,
      ended_by: tx.actor.accountId,
      reason: how.reason,
    })
    .where('id', '=', anyOf(ids))
    .where('ended_at', 'is', null)
    .execute();
}
