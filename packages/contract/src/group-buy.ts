import { z } from 'zod';
import {
  groupBody,
  groupCard,
  groupPage,
  groupRecord,
  groupRow,
  joinDecision,
  ownGroupShare,
  stationShare,
} from './group-buy.shapes.ts';
import { route } from './route.ts';
import { done, id, line } from './values.ts';

const groupId = z.object({ groupId: id });
const shareId = z.object({ shareId: id });
const code = z.object({ code: z.string().min(4).max(12) });

/** Group-buys of stations: opening, joining, paying, fetching. */
export const groupBuyRoutes = {
  open: route({
    method: 'GET',
    path: '/api/mall/groups',
    permission: 'public',
    summary: 'Group-buys that can be joined, and those that ended in the last days.',
    output: z.object({ items: z.array(groupCard) }),
    refusals: [],
  }),
  page: route({
    method: 'GET',
    path: '/api/mall/groups/:code',
    permission: 'public',
    summary:
      'A group-buy by its short code: price steps, progress, refunds under way. Counts, never who.',
    params: code,
    output: groupPage,
    refusals: ['not_found'],
  }),
  ticket: route({
    method: 'GET',
    path: '/api/my/group-tickets/:groupId',
    permission: 'order.own',
    summary:
      'A signed ticket to join a group with, and what the household takes part with already.',
    params: groupId,
    output: z.object({ ticket: z.string(), share: ownGroupShare.nullable() }),
    refusals: ['not_found'],
  }),
  join: route({
    method: 'POST',
    path: '/api/mall/joins',
    permission: 'signed_notice',
    summary:
      'Joins with a ticket: pieces are held, or a place in the queue, or all are sold. The database’s clock decides.',
    body: z.object({ ticket: z.string().max(200), pieces: z.int().min(1).max(1_000) }),
    output: joinDecision,
    refusals: ['ticket_invalid'],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/group-shares',
    permission: 'order.own',
    summary: 'What one takes or took part with, newest first.',
    output: z.object({ items: z.array(ownGroupShare) }),
    refusals: [],
  }),
  payInSandbox: route({
    method: 'POST',
    path: '/api/my/group-shares/:shareId/sandbox-payment',
    permission: 'order.own',
    summary: 'Pays at the sandbox of the seller’s number; no real money moves.',
    params: shareId,
    output: done,
    refusals: ['not_found', 'group_share_lapsed', 'seller_channel_missing'],
  }),
  leave: route({
    method: 'POST',
    path: '/api/my/group-shares/:shareId/leave',
    permission: 'order.own',
    summary: 'Lets go of what is held or of one’s place in the queue; the next one gets it.',
    params: shareId,
    output: done,
    refusals: ['not_found', 'group_share_paid'],
  }),
  list: route({
    method: 'GET',
    path: '/api/group-buys',
    permission: 'sale.read',
    summary: 'Group-buys of one’s area, with what is under way.',
    output: z.object({ items: z.array(groupRow) }),
    refusals: [],
  }),
  create: route({
    method: 'POST',
    path: '/api/group-buys',
    permission: 'sale.act',
    summary: 'Opens a group-buy at a station.',
    body: groupBody,
    output: z.object({ id, code: z.string() }),
    refusals: [
      'place_unknown',
      'place_not_yours',
      'group_steps_wrong',
      'group_limit_below_minimum',
      'group_deadline_wrong',
      'amount_invalid',
    ],
  }),
  read: route({
    method: 'GET',
    path: '/api/group-buys/:groupId',
    permission: 'sale.read',
    summary: 'A group-buy with the list of who fetches what.',
    params: groupId,
    output: groupRecord,
    refusals: ['not_found'],
  }),
  order: route({
    method: 'POST',
    path: '/api/group-buys/:groupId/order',
    permission: 'sale.act',
    summary: 'Notes that a reached group-buy was ordered from its supplier, under which number.',
    params: groupId,
    body: z.object({ reference: line }),
    output: groupRecord,
    refusals: ['not_found', 'group_not_reached', 'place_not_yours'],
  }),
  arrive: route({
    method: 'POST',
    path: '/api/group-buys/:groupId/arrival',
    permission: 'sale.act',
    summary: 'Notes that the goods are at the station, and tells everybody to fetch them.',
    params: groupId,
    output: groupRecord,
    refusals: ['not_found', 'group_not_ordered', 'place_not_yours'],
  }),
  handOver: route({
    method: 'POST',
    path: '/api/group-buys/pick-ups',
    permission: 'sale.act',
    summary:
      'Hands a share over against its code; a note says who fetched it for whom. The same again answers the same.',
    body: z.object({
      code: z.string().min(8).max(30),
      note: z.string().trim().max(100).default(''),
    }),
    output: z.object({ groupId: id, title: z.string(), unit: z.string(), share: stationShare }),
    refusals: [
      'pick_up_code_unknown',
      'group_not_arrived',
      'group_share_not_paid',
      'place_not_yours',
    ],
  }),
  chase: route({
    method: 'POST',
    path: '/api/group-buys/:groupId/chase',
    permission: 'sale.act',
    summary: 'Reminds everybody who has not fetched yet, at most once a day.',
    params: groupId,
    output: z.object({ reminded: z.int() }),
    refusals: ['not_found', 'group_not_arrived', 'place_not_yours'],
  }),
  callOff: route({
    method: 'POST',
    path: '/api/group-buys/:groupId/call-off',
    permission: 'sale.act',
    summary: 'Ends an open group-buy with a reason; each payment goes back.',
    params: groupId,
    body: z.object({ reason: line }),
    output: groupRecord,
    refusals: ['not_found', 'group_not_open', 'place_not_yours'],
  }),
};
