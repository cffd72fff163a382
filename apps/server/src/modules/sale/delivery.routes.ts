import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { clerk } from '../catalogue/index.ts';
import { giveUpDelivery, handAtDoor, takeAtStation, takeDelivery } from './delivery.service.ts';
import { listDeliveries, listVolunteers } from './delivery.store.ts';
import { deliveryViews, volunteerViews } from './delivery.view.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { askToBring, settleVolunteer } from './volunteer.service.ts';

type Routes = typeof routes.delivery;
const done = { ok: true } as const;
const UNDER_WAY = ['open', 'taken', 'fetched'] as const;
/** Orders that were brought, as far back as a list shows them. */
const BROUGHT_MOST = 20;

/** The operations of bringing orders to the door. */
export function deliveryHandlers(needs: SaleNeeds): Handlers<Routes> {
  return { ...volunteerHandlers(needs), ...stationHandlers(needs) };
}

async function viewOf(needs: SaleNeeds, tx: Scoped, orderId: Id) {
  const [view] = await deliveryViews(needs, tx, await listDeliveries(tx, { ids: [orderId] }));
  if (!view) throw new Refusal('not_found');
  return view;
}

/** A wrong code was counted and committed; only now it is refused. */
async function hand(
  needs: SaleNeeds,
  actor: Actor,
  command: { orderId: Id; code: string; proxy: string },
) {
  const refused = await needs.database.write(clerk(actor), 'delivery.hand', (tx) =>
    handAtDoor(needs, tx, command),
  );
  if (refused) throw refused;
  return await needs.database.read(clerk(actor), (tx) => viewOf(needs, tx, command.orderId));
}

function areaOf(needs: SaleNeeds, code: string): number {
  const area = needs.place.areaByCode(code);
  if (!area) throw new Refusal('area_unknown', {}, 'areaCode');
  return area.id;
}

function volunteerHandlers(needs: SaleNeeds) {
  const { database } = needs;
  return {
    mine: ({ actor }) =>
      database.read(clerk(actor), async (tx) => {
        const accountId = actor.accountId!;
        const volunteering = await listVolunteers(tx, { accountId, states: ['asked', 'accepted'] });
        const areaIds = volunteering
          .filter((one) => one.state === 'accepted')
          .map((one) => one.area_id);
        const carrying = await listDeliveries(tx, {
          carrierId: accountId,
          states: ['taken', 'fetched'],
        });
        const brought = await listDeliveries(tx, {
          carrierId: accountId,
          states: ['delivered'],
          limit: BROUGHT_MOST,
        });
        const waiting = await listDeliveries(tx, { areaIds, states: ['open'] });
        return {
          volunteering: await volunteerViews(needs, tx, volunteering),
          carrying: await deliveryViews(needs, tx, carrying),
          waiting: await deliveryViews(needs, tx, waiting),
          brought: await deliveryViews(needs, tx, brought),
        };
      }),
    volunteer: ({ actor, body }) =>
      database.write(clerk(actor), 'delivery.volunteer', async (tx) => {
        await askToBring(needs, tx, body);
        return done;
      }),
    stop: ({ actor, body }) =>
      database.write(clerk(actor), 'delivery.stop', async (tx) => {
        const areaId = areaOf(needs, body.areaCode);
        await settleVolunteer(tx, { accountId: actor.accountId!, areaId, state: 'ended' });
        return done;
      }),
    take: ({ actor, params }) =>
      database.write(clerk(actor), 'delivery.take', async (tx) => {
        await takeDelivery(needs, tx, params.orderId);
        return await viewOf(needs, tx, params.orderId);
      }),
    giveUp: ({ actor, params, body }) =>
      database.write(clerk(actor), 'delivery.give_up', async (tx) => {
        await giveUpDelivery(needs, tx, { ...params, ...body, by: actor.accountId! });
        return done;
      }),
    hand: ({ actor, params, body }) => hand(needs, actor, { ...params, ...body }),
  } satisfies Partial<Handlers<Routes>>;
}

function stationHandlers(needs: SaleNeeds) {
  const { database } = needs;
  const checkYours = async (tx: Scoped, actor: Actor, orderId: Id) => {
    const [row] = await listDeliveries(tx, { ids: [orderId] });
    if (!row) throw new Refusal('not_found');
    if (!actor.areaIds.includes(row.area_id)) throw new Refusal('place_not_yours');
  };
  return {
    list: ({ actor }) =>
      database.read(clerk(actor), async (tx) => {
        const areaIds = actor.login === 'federation' ? undefined : actor.areaIds;
        const mine = areaIds ? { areaIds } : {};
        const open = await listDeliveries(tx, { ...mine, states: UNDER_WAY });
        const over = await listDeliveries(tx, {
          ...mine,
          states: ['delivered'],
          limit: BROUGHT_MOST,
        });
        const volunteers = await listVolunteers(tx, { ...mine, states: ['asked', 'accepted'] });
        return {
          items: await deliveryViews(needs, tx, [...open, ...over]),
          volunteers: await volunteerViews(needs, tx, volunteers),
        };
      }),
    decide: ({ actor, params, body }) =>
      database.write(clerk(actor), 'delivery.decide', async (tx) => {
        const areaId = areaOf(needs, body.areaCode);
        if (!actor.areaIds.includes(areaId)) throw new Refusal('place_not_yours');
        const state = body.accept ? 'accepted' : 'ended';
        await settleVolunteer(tx, { ...params, areaId, state });
        return done;
      }),
    takeAtStation: ({ actor, params }) =>
      database.write(clerk(actor), 'delivery.take', async (tx) => {
        await checkYours(tx, actor, params.orderId);
        await takeAtStation(needs, tx, params.orderId);
        return await viewOf(needs, tx, params.orderId);
      }),
    handAtStation: async ({ actor, params, body }) =>
      await hand(needs, actor, { ...params, ...body }),
    giveUpAtStation: ({ actor, params, body }) =>
      database.write(clerk(actor), 'delivery.give_up', async (tx) => {
        await checkYours(tx, actor, params.orderId);
        await giveUpDelivery(needs, tx, { ...params, ...body, by: null });
        return done;
      }),
  } satisfies Partial<Handlers<Routes>>;
}
