import { z } from 'zod';
import { route } from './route.ts';
import { areaRef, done, id, instant, line } from './values.ts';

export const deliveryStates = ['open', 'taken', 'fetched', 'delivered', 'ended'] as const;
export const volunteerStates = ['asked', 'accepted', 'ended'] as const;

/** An order to be brought to the door, as who brings it or the station sees it. */
export const delivery = z.object({
  orderId: id,
  number: z.string(),
  placeName: z.string(),
  area: areaRef,
  state: z.enum(deliveryStates),
  /** What it is, as “五常大米 × 2”. */
  goods: z.array(z.string()),
  openedAt: instant,
  takenAt: instant.nullable(),
  fetchedAt: instant.nullable(),
  endedAt: instant.nullable(),
  carrierName: z.string().nullable(),
  mine: z.boolean(),
  /** What she says at the station; hers only, until she has the goods. */
  fetchCode: z.string().nullable(),
  /** Where to; only to who carries it, and only until it is there. */
  to: z.object({ address: z.string(), telephone: z.string(), note: z.string() }).nullable(),
  /** When the present stage should be over. */
  dueAt: instant.nullable(),
});
/** A neighbour who brings orders of a community. */
const volunteer = z.object({
  accountId: id,
  name: z.string(),
  area: areaRef,
  state: z.enum(volunteerStates),
  askedAt: instant,
  /** How many orders she brought. */
  brought: z.int(),
});
const orderId = z.object({ orderId: id });
const handing = z.object({
  /** The six digits the buyer says; without them somebody takes it for her, and who is noted. */
  code: z.string().max(10).default(''),
  proxy: z.string().trim().max(60).default(''),
});

export const deliveryRoutes = {
  mine: route({
    method: 'GET',
    path: '/api/my/deliveries',
    permission: 'order.own',
    summary: 'Orders one brings, those that wait for somebody, and where one may bring.',
    output: z.object({
      volunteering: z.array(volunteer),
      carrying: z.array(delivery),
      waiting: z.array(delivery),
      brought: z.array(delivery),
    }),
    refusals: [],
  }),
  volunteer: route({
    method: 'POST',
    path: '/api/my/deliveries/volunteer',
    permission: 'order.own',
    summary: 'Asks to bring orders of a station; the station meets her before she may.',
    body: z.object({ placeId: id, name: line }),
    output: done,
    refusals: ['place_unknown', 'not_a_selling_place'],
  }),
  stop: route({
    method: 'POST',
    path: '/api/my/deliveries/volunteer/end',
    permission: 'order.own',
    summary:
      'Brings no more orders of a community; what she has must be brought or given back first.',
    body: z.object({ areaCode: z.string().max(20) }),
    output: done,
    refusals: ['area_unknown', 'delivery_in_hand'],
  }),
  take: route({
    method: 'POST',
    path: '/api/my/deliveries/:orderId/take',
    permission: 'order.own',
    summary: 'Takes an order to bring. One of several who take it at once gets it.',
    params: orderId,
    output: delivery,
    refusals: ['not_found', 'delivery_taken', 'delivery_not_yours', 'delivery_too_many'],
  }),
  giveUp: route({
    method: 'POST',
    path: '/api/my/deliveries/:orderId/give-up',
    permission: 'order.own',
    summary:
      'Gives an order back for somebody else to bring; goods fetched already go back to the station.',
    params: orderId,
    body: z.object({ reason: line }),
    output: done,
    refusals: ['not_found', 'delivery_not_yours'],
  }),
  hand: route({
    method: 'POST',
    path: '/api/my/deliveries/:orderId/handover',
    permission: 'order.own',
    summary:
      'Hands an order over at the door: with the buyer’s code, or to who takes it for her, noted.',
    params: orderId,
    body: handing,
    output: delivery,
    refusals: ['not_found', 'delivery_not_yours', 'delivery_code_wrong', 'delivery_proxy_missing'],
  }),
  list: route({
    method: 'GET',
    path: '/api/shop/deliveries',
    permission: 'sale.read',
    summary: 'Orders to be brought from one’s stations: who has which since when; never where to.',
    output: z.object({ items: z.array(delivery), volunteers: z.array(volunteer) }),
    refusals: [],
  }),
  decide: route({
    method: 'POST',
    path: '/api/shop/delivery-volunteers/:accountId',
    permission: 'sale.act',
    summary: 'Lets somebody the station has met bring orders, or no longer.',
    params: z.object({ accountId: id }),
    body: z.object({ areaCode: z.string().max(20), accept: z.boolean() }),
    output: done,
    refusals: ['not_found', 'area_unknown', 'place_not_yours', 'delivery_in_hand'],
  }),
  takeAtStation: route({
    method: 'POST',
    path: '/api/shop/deliveries/:orderId/take',
    permission: 'sale.act',
    summary: 'Somebody of the station brings it herself: she has the goods, and sees where to.',
    params: orderId,
    output: delivery,
    refusals: ['not_found', 'delivery_taken', 'place_not_yours'],
  }),
  handAtStation: route({
    method: 'POST',
    path: '/api/shop/deliveries/:orderId/handover',
    permission: 'sale.act',
    summary: 'Somebody of the station hands over what she brought.',
    params: orderId,
    body: handing,
    output: delivery,
    refusals: ['not_found', 'delivery_not_yours', 'delivery_code_wrong', 'delivery_proxy_missing'],
  }),
  giveUpAtStation: route({
    method: 'POST',
    path: '/api/shop/deliveries/:orderId/give-up',
    permission: 'sale.act',
    summary: 'Takes an order off who has it, as she does not come or cannot: it waits again.',
    params: orderId,
    body: z.object({ reason: line }),
    output: done,
    refusals: ['not_found', 'place_not_yours', 'delivery_not_yours'],
  }),
};
