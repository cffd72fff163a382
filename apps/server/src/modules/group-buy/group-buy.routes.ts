import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { clerk } from '../catalogue/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import type { GroupBuyNeeds } from './group-buy.needs.ts';
import { listGroups } from './group.store.ts';
import { listRefused, noteGiven } from './refund.store.ts';
import type { Joining, JoinOutcome } from './join.service.ts';
import type { Paying } from './sandbox.ts';
import { beginShare } from './seller.service.ts';
import { listShares } from './share.store.ts';
import {
  callOffGroup,
  chase,
  noteArrival,
  noteOrder,
  openGroup,
  pickUp,
  shownSince,
} from './station.service.ts';
import { readTicket, writeTicket } from './ticket.ts';
import {
  groupCards,
  groupPage,
  groupRows,
  ownShares,
  refusedRefunds,
  stationShares,
} from './views.ts';

type Routes = typeof routes.groupBuy;

/** The ticket outlives the deadline by the time a queue may take. */
const TICKET_MILLIS = 24 * 3_600_000;
const OWN_MOST = 50;
const LIST_MOST = 100;

/** The operations of group-buys. */
export function groupBuyHandlers(
  needs: GroupBuyNeeds,
  ways: { joining: Joining; paying: Paying },
): Handlers<Routes> {
  return {
    ...publicHandlers(needs, ways),
    ...ownHandlers(needs, ways),
    ...stationHandlers(needs),
    ...refundHandlers(needs),
  };
}

function publicHandlers(needs: GroupBuyNeeds, { joining }: { joining: Joining }) {
  const { database } = needs;
  return {
    open: ({ actor }) =>
      database.read(actor, async (tx) => {
        const groups = await listGroups(tx, { since: shownSince(tx.now), limit: LIST_MOST });
        return { items: await groupCards(needs, tx, groups) };
      }),
    page: ({ actor, params, request }) =>
      database.read(actor, async (tx) => {
        const [group] = await listGroups(tx, { code: params.code.toUpperCase() });
        if (!group) throw new Refusal('not_found');
        return await groupPage(needs, tx, { group, origin: originOf(request) });
      }),
    join: async ({ body, reply }) => {
      const ticket = readTicket(needs.vault.hash, body.ticket, needs.clock.now());
      if (!ticket) throw new Refusal('ticket_invalid');
      const outcome = await joining.join({ ...ticket, wanted: body.pieces });
      if (outcome.outcome !== 'sold_out') return joined(outcome);
      // Ten thousands hear the same at once: it is written out only once.
      return reply.type('application/json; charset=utf-8').send(SOLD_OUT);
    },
  } satisfies Partial<Handlers<Routes>>;
}

const originOf = (request: { protocol: string; host: string }) =>
  `${request.protocol}://${request.host}`;

/** A decision in one form, whatever it is. */
function joined(outcome: JoinOutcome) {
  return {
    outcome: outcome.outcome,
    shareId: 'shareId' in outcome ? outcome.shareId : null,
    state: 'state' in outcome ? outcome.state : null,
    pieces: 'pieces' in outcome ? outcome.pieces : 0,
    ahead: 'ahead' in outcome ? outcome.ahead : 0,
    heldUntil: 'heldUntil' in outcome ? outcome.heldUntil.toISOString() : null,
  };
}

const SOLD_OUT = JSON.stringify(joined({ outcome: 'sold_out' }));

function ownHandlers(needs: GroupBuyNeeds, { paying }: { paying: Paying }) {
  const { database } = needs;
  return {
    ticket: ({ actor, params }) =>
      database.read(clerk(actor), async (tx) => {
        const [group] = await listGroups(tx, { ids: [params.groupId] });
        if (!group) throw new Refusal('not_found');
        const accountId = actor.accountId!;
        const householdKey = await needs.householdOf(tx, accountId);
        const shares = await listShares(tx, { groupIds: [group.id], accountId });
        const own = shares.filter((share) => share.state !== 'lapsed').slice(-1);
        const from = Math.max(needs.clock.now().getTime(), group.closesAt.getTime());
        const expiresAt = new Date(from + TICKET_MILLIS);
        return {
          ticket: writeTicket(needs.vault.hash, {
            groupId: group.id,
            accountId,
            householdKey,
            expiresAt,
          }),
          share: (await ownShares(needs, tx, own))[0] ?? null,
        };
      }),
    mine: ({ actor }) =>
      database.read(clerk(actor), async (tx) => {
        const shares = await listShares(tx, { accountId: actor.accountId! });
        const newest = shares
          .toSorted((a, b) => b.joinedAt.getTime() - a.joinedAt.getTime())
          .slice(0, OWN_MOST);
        return { items: await ownShares(needs, tx, newest) };
      }),
    payInSandbox: async ({ actor, params }) => {
      await paying.payInSandbox(actor, params.shareId);
      return { ok: true as const };
    },
    pay: async ({ actor, params, body, request }) => {
      const { scene, payerCode = null } = body;
      const paying = { scene, payerCode, clientAddress: request.ip };
      return await beginShare(needs, actor, { ...params, ...paying });
    },
    leave: async ({ actor, params }) => {
      await paying.leave({ shareId: params.shareId, accountId: actor.accountId! });
      return { ok: true as const };
    },
  } satisfies Partial<Handlers<Routes>>;
}

function stationHandlers(needs: GroupBuyNeeds) {
  const { database } = needs;
  const areasOf = (actor: Actor) => (actor.login === 'federation' ? undefined : actor.areaIds);
  const record = (actor: Actor, groupId: Id, request: { protocol: string; host: string }) =>
    database.read(actor, async (tx) => {
      const [group] = await listGroups(tx, { ids: [groupId], areaIds: areasOf(actor) });
      if (!group) throw new Refusal('not_found');
      const shares = await listShares(tx, {
        groupIds: [groupId],
        states: ['waiting', 'held', 'paid', 'picked_up', 'returning', 'returned'],
      });
      return {
        ...(await groupPage(needs, tx, { group, origin: originOf(request) })),
        orderReference: group.orderReference,
        orderedAt: group.orderedAt?.toISOString() ?? null,
        arrivedAt: group.arrivedAt?.toISOString() ?? null,
        decidedAt: group.decidedAt?.toISOString() ?? null,
        shares: await stationShares(needs, tx, shares),
        refused: refusedRefunds(await listRefused(tx, { groupId, limit: LIST_MOST })),
      };
    });
  return {
    list: ({ actor }) =>
      database.read(actor, async (tx) => {
        const groups = await listGroups(tx, { areaIds: areasOf(actor), limit: LIST_MOST });
        return { items: await groupRows(needs, tx, groups) };
      }),
    create: ({ actor, body }) =>
      sentOnce(() =>
        database.write(clerk(actor), 'group_buy.open', (tx) => openGroup(needs, tx, body)),
      ),
    read: ({ actor, params, request }) => record(actor, params.groupId, request),
    order: async ({ actor, params, body, request }) => {
      await database.write(clerk(actor), 'group_buy.order', (tx) =>
        noteOrder(needs, tx, { ...params, ...body }),
      );
      return await record(actor, params.groupId, request);
    },
    arrive: async ({ actor, params, request }) => {
      await database.write(clerk(actor), 'group_buy.arrive', (tx) =>
        noteArrival(needs, tx, params.groupId),
      );
      return await record(actor, params.groupId, request);
    },
    handOver: ({ actor, body }) =>
      database.write(clerk(actor), 'group_buy.hand_over', async (tx) => {
        const { group, share } = await pickUp(needs, tx, body);
        const [view] = await stationShares(needs, tx, [share]);
        return { groupId: group.id, title: group.title, unit: group.unit, share: view! };
      }),
    chase: ({ actor, params }) =>
      database.write(clerk(actor), 'group_buy.chase', async (tx) => ({
        reminded: await chase(needs, tx, params.groupId),
      })),
    callOff: async ({ actor, params, body, request }) => {
      await database.write(clerk(actor), 'group_buy.call_off', (tx) =>
        callOffGroup(needs, tx, { ...params, ...body }),
      );
      return await record(actor, params.groupId, request);
    },
  } satisfies Partial<Handlers<Routes>>;
}

/** Money of groups that sellers' numbers refuse to send back. */
function refundHandlers({ database }: GroupBuyNeeds) {
  return {
    refusedRefunds: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: refusedRefunds(await listRefused(tx, { limit: LIST_MOST })),
      })),
    noteGiven: async ({ actor, params, body }) => {
      await database.write(clerk(actor), 'group_buy.note_given', async (tx) => {
        if (!(await noteGiven(tx, { ...params, ...body }))) throw new Refusal('refund_not_refused');
        tx.touched('group_refund', params.refundId, body.how);
      });
      return { ok: true as const };
    },
  } satisfies Partial<Handlers<Routes>>;
}
