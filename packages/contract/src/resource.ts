import { z } from 'zod';
import { route } from './route.ts';
import {
  areaRef,
  done,
  id,
  instant,
  line,
  listOf,
  optionalParagraph,
  page,
  plainDate,
} from './values.ts';

export const offerKinds = ['goods', 'hours'] as const;
export const offerStates = ['open', 'reserved', 'delivered', 'expired', 'withdrawn'] as const;
/** Something a neighbour, volunteer, shop or team puts in: goods in pieces, time in minutes. */
export const offer = z.object({
  id,
  kind: z.enum(offerKinds),
  title: z.string(),
  quantity: z.int(),
  unit: z.enum(['piece', 'minute']),
  area: areaRef.nullable(),
  expiresOn: plainDate.nullable(),
  state: z.enum(offerStates),
  needId: id.nullable(),
  needNumber: z.string().nullable(),
  byName: z.string(),
  reservedUntil: instant.nullable(),
  note: z.string().nullable(),
});
const offerInput = z.object({
  kind: z.enum(offerKinds),
  title: line,
  quantity: z.int().min(1).max(10_000),
  note: optionalParagraph,
  expiresOn: plainDate.nullable(),
});

export const resourceRoutes = {
  offerForWish: route({
    method: 'POST',
    path: '/api/public/wishes/:needId/offers',
    permission: 'offer.own',
    summary: 'Takes on an open wish with goods or hours; it is kept 72 hours for who took it.',
    params: z.object({ needId: id }),
    body: offerInput,
    output: offer,
    refusals: ['not_found', 'wish_already_met', 'claim_locked'],
  }),
  offer: route({
    method: 'POST',
    path: '/api/offers',
    permission: 'offer.own',
    summary: 'Puts an offer on the register without a wish in mind.',
    body: offerInput.extend({ areaCode: z.string().nullable() }),
    output: offer,
    refusals: ['area_unknown'],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/offers',
    permission: 'offer.own',
    summary: 'One’s own offers.',
    query: page,
    output: listOf(offer),
    refusals: [],
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/my/offers/:offerId/withdraw',
    permission: 'offer.own',
    summary: 'Takes an offer back before it is delivered.',
    params: z.object({ offerId: id }),
    output: done,
    refusals: ['not_found', 'offer_not_open'],
  }),
  list: route({
    method: 'GET',
    path: '/api/offers',
    permission: 'offer.read',
    summary: 'Open offers of the area; for a need, ranked with reasons.',
    query: page.extend({ needId: id.optional(), state: z.enum(offerStates).optional() }),
    output: listOf(offer.extend({ reasons: z.array(z.string()) })),
    refusals: [],
  }),
};
