import { Refusal, type Id } from '@wennuan/basics';
import { findField } from '@wennuan/policy';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import {
  countDifferences,
  dropStaged,
  findDelivery,
  lockRosters,
  putInForce,
  readDeliveries,
  type DeliveryRecord,
  type RosterRecord,
} from './delivery.store.ts';
import { linkAll, type LinkFigures } from './link.service.ts';
import { asSystem } from './read.service.ts';
import type { RosterNeeds } from './roster.needs.ts';

/** PostgreSQL's word for a row that somebody else holds. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Makes deliveries the ones in force and puts persons together anew: all in one transaction, so that after a fault the last
 * deliveries stand as they stood. A roster that somebody else is importing refuses `roster_busy`; `not_found` and
 * `delivery_decided` as they say.
 */
export async function importDeliveries(
  needs: RosterNeeds,
  actor: Actor,
  deliveryIds: readonly Id[],
): Promise<LinkFigures> {
  const visible = await needs.database.read(actor, (tx) => readDeliveries(tx, deliveryIds));
  if (visible.length < new Set(deliveryIds).size) throw new Refusal('not_found');
  return await needs.database.write(asSystem(actor), 'roster.import', async (tx) => {
    await bringIn(needs, tx, visible);
    return await linkAll(needs, tx);
  });
}

async function bringIn(
  needs: RosterNeeds,
  tx: Writing,
  visible: readonly DeliveryRecord[],
): Promise<void> {
  const rosters = new Map((await lockOrRefuse(tx, visible)).map((roster) => [roster.id, roster]));
  const deliveries = await readDeliveries(
    tx,
    visible.map(({ id }) => id),
  );
  for (const delivery of deliveries.toSorted(
    (a, b) => a.read_at.getTime() - b.read_at.getTime() || (a.id < b.id ? -1 : 1),
  )) {
    if (delivery.state !== 'read') throw new Refusal('delivery_decided');
    const roster = rosters.get(delivery.roster_id)!;
    const base = roster.current_delivery_id;
    const counts = await countDifferences(tx, delivery.id, base);
    await putInForce(tx, delivery, base === null);
    await tx.db
      .updateTable('roster_delivery')
      .set({
        state: 'imported',
        imported_at: tx.now,
        imported_by: tx.actor.accountId,
        base_delivery_id: base,
        new_count: counts.fresh,
        gone_count: counts.gone,
        changed_count: counts.changed,
      })
      .where('id', '=', delivery.id)
      .execute();
    await tx.db
      .updateTable('roster')
      .set({ current_delivery_id: delivery.id })
      .where('id', '=', roster.id)
      .execute();
    rosters.set(roster.id, { ...roster, current_delivery_id: delivery.id });
    await noteExchange(needs, tx, { roster, delivery });
    tx.touched('roster_delivery', delivery.id);
  }
}

const BASIS_WORDS: Record<string, string> = {
  statutory_duty: '法定职责',
  agreed_sharing: '数据共享协议',
  consent: '本人同意',
};

/** Whose data came in, what for, on which ground and in which fields: for the register (C-19, C-24). */
async function noteExchange(
  needs: RosterNeeds,
  tx: Writing,
  { roster, delivery }: { roster: RosterRecord; delivery: DeliveryRecord },
): Promise<void> {
  const columns = delivery.sheets.flatMap((sheet) => (sheet.isRoster ? sheet.columns : []));
  const codes = columns.flatMap(({ field }) => (field.startsWith('fact:') ? field.slice(5) : []));
  const fields = [...(roster.group_code ? ['group'] : []), ...codes];
  await needs.resident.noteExchanges(tx, [
    {
      kind: 'roster_in',
      departmentId: null,
      fromDepartmentId: roster.department_id,
      purpose: roster.purpose,
      legalBasis: BASIS_WORDS[roster.legal_basis] ?? roster.legal_basis,
      fields: [...new Set(fields.flatMap((code) => findField(code)?.number ?? []))],
      people: delivery.row_count,
    },
  ]);
}

async function lockOrRefuse(tx: Writing, deliveries: readonly DeliveryRecord[]) {
  try {
    return await lockRosters(
      tx,
      deliveries.map(({ roster_id }) => roster_id),
    );
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw thrown;
    const name = deliveries.map(({ file_name }) => file_name).join('、');
    throw new Refusal('roster_busy', { name });
  }
}

/** Throws away a delivery that was read but not imported, with the rows that only it has. Refuses `not_found`, `delivery_decided`. */
export async function discardDelivery(
  needs: RosterNeeds,
  actor: Actor,
  deliveryId: Id,
): Promise<void> {
  const seen = await needs.database.read(actor, (tx) => findDelivery(tx, deliveryId));
  if (!seen) throw new Refusal('not_found');
  await needs.database.write(asSystem(actor), 'roster.discard', async (tx) => {
    await lockOrRefuse(tx, [seen]);
    const delivery = await findDelivery(tx, deliveryId);
    if (delivery?.state !== 'read') throw new Refusal('delivery_decided');
    await discard(needs, tx, deliveryId);
  });
}

/** The same for one that is known to wait. System login. */
export async function discard(needs: RosterNeeds, tx: Writing, deliveryId: Id): Promise<void> {
  await dropStaged(tx, deliveryId);
  await tx.db
    .updateTable('roster_delivery')
    .set({ state: 'discarded' })
    .where('id', '=', deliveryId)
    .execute();
  await destroyUnusedKeys(needs, tx, [deliveryId]);
  tx.touched('roster_delivery', deliveryId);
}

/** Destroys the keys of deliveries none of whose rows are kept any more. System login. */
export async function destroyUnusedKeys(
  needs: RosterNeeds,
  tx: Writing,
  deliveryIds: readonly Id[],
): Promise<void> {
  if (deliveryIds.length === 0) return;
  const used = await tx.db
    .selectFrom('source_row')
    .select('delivery_id')
    .distinct()
    .where('delivery_id', 'in', [...deliveryIds])
    .execute();
  const kept = new Set(used.map(({ delivery_id }) => delivery_id));
  await needs.vault.destroy(
    tx,
    deliveryIds.filter((id) => !kept.has(id)),
  );
}
