import { Refusal, type Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import {
  decideVolunteer,
  listDeliveries,
  listVolunteers,
  putVolunteer,
  type VolunteerState,
} from './delivery.store.ts';
import type { SaleNeeds } from './sale.needs.ts';

/** Asks to bring orders of a station's community. Refuses `place_unknown`, `not_a_selling_place`. System login. */
export async function askToBring(
  needs: SaleNeeds,
  tx: Writing,
  { placeId, name }: { placeId: Id; name: string },
): Promise<void> {
  const place = await needs.catalogue.sellingPlace(tx, placeId);
  const accountId = tx.actor.accountId!;
  const box = (await needs.vault.boxes(tx, [accountId])).get(accountId)!;
  await putVolunteer(tx, { accountId, areaId: place.areaId, nameSealed: box.seal(name) });
  tx.touched('account', accountId, 'delivery_asked');
  const holders = [
    ...(await needs.access.holders(tx, 'community_worker', [place.areaId])),
    ...(await needs.access.holders(tx, 'station_operator', [place.areaId])),
  ];
  await needs.message.send(
    tx,
    [...new Set(holders.map((one) => one.accountId))].map((workerId) => ({
      accountId: workerId,
      topic: 'service' as const,
      title: '有人愿意送货上门',
      body: '请当面认识后，在“送货上门”里同意。',
      link: '/desk/shop/deliveries',
    })),
  );
}

/** Accepts a volunteer the station has met, or ends it. Refuses `not_found`, `delivery_in_hand`. System login. */
export async function settleVolunteer(
  tx: Writing,
  command: { accountId: Id; areaId: number; state: VolunteerState },
): Promise<void> {
  const { accountId, areaId, state } = command;
  if (state === 'ended') {
    const carrying = await listDeliveries(tx, {
      carrierId: accountId,
      areaIds: [areaId],
      states: ['taken', 'fetched'],
    });
    if (carrying.length > 0) throw new Refusal('delivery_in_hand');
  }
  const [known] = await listVolunteers(tx, { accountId, areaIds: [areaId] });
  if (!known || !(await decideVolunteer(tx, command))) throw new Refusal('not_found');
  tx.touched('account', accountId, `delivery_${state}`);
}
