import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { charityLabel, clerk } from '../catalogue/index.ts';
import { SIGNATURE_HEADER } from '../payment/index.ts';
import { cancelOrder } from './cancel.service.ts';
import { checkAtStation } from './delivery.service.ts';
import { handOverOrder, placeOrders } from './order.service.ts';
import { listOrders } from './order.store.ts';
import { orderViews, planView, type OrderView } from './order.view.ts';
import { takeCovered } from './pay.service.ts';
import { priceBasket, readShelf } from './price.service.ts';
import { refund } from './refund.service.ts';
import { shareWords } from './sale.ts';
import type { SaleNeeds } from './sale.needs.ts';
import { beginAtSeller, takeSellerNotice } from './seller.channel.ts';
import { sandboxNotice, takeNotice } from './seller.sandbox.ts';

type Routes = typeof routes.sale;
/** What a notice that is not believed is answered. */
const UNBELIEVED = 401;

/** The operations of buying. */
export function saleHandlers(needs: SaleNeeds): Handlers<Routes> {
  return { ...buyingHandlers(needs), ...ownHandlers(needs), ...stationHandlers(needs) };
}

async function viewsOf(needs: SaleNeeds, tx: Scoped, ids: readonly Id[], own: boolean) {
  return await orderViews(needs, tx, { rows: await listOrders(tx, { ids }), own });
}

function buyingHandlers(needs: SaleNeeds) {
  const { database } = needs;
  return {
    price: ({ actor, body }) =>
      database.read(clerk(actor), async (tx) => {
        const accountId = actor.login === 'resident' ? actor.accountId : null;
        const basket = { ...body, accountId, isOnline: true };
        const priced = priceBasket(await readShelf(needs, tx, [basket]), basket, tx.now);
        const lines = priced.parts.flatMap((part) => part.lines);
        const free = await needs.catalogue.free(tx, {
          placeId: body.placeId,
          variants: lines.map((line) => ({ ...line, id: line.variantId })),
        });
        return {
          ...priced,
          shareWords: shareWords(priced.parts, actor.language),
          parts: priced.parts.map((part) => ({
            ...part,
            charity: part.charity && charityLabel(part.charity, actor.language),
            lines: part.lines.map((line) => ({
              ...line,
              available: free.get(line.variantId) ?? 0,
            })),
          })),
        };
      }),
    plan: ({ actor, body: { vouchers, ...body } }) =>
      database.read(clerk(actor), async (tx) => {
        const basket = { ...body, accountId: actor.accountId!, isOnline: true };
        const priced = priceBasket(await readShelf(needs, tx, [basket]), basket, tx.now);
        return await planView(needs, tx, { accountId: actor.accountId!, priced, vouchers });
      }),
    order: async ({ actor, body }) => {
      const ids = await database.write(clerk(actor), 'mall.order', (tx) =>
        placeOrders(needs, tx, { accountId: actor.accountId!, body }),
      );
      for (const orderId of body.vouchers?.length ? ids : [])
        await database.write(clerk(actor), 'mall.pay_covered', (tx) =>
          takeCovered(needs, tx, orderId),
        );
      return {
        orders: await database.read(clerk(actor), (tx) => viewsOf(needs, tx, ids, true)),
      };
    },
    payInSandbox: async ({ actor, params }) => {
      await ownOrder(needs, actor, params.orderId);
      const { body, signature } = await sandboxNotice(needs, params.orderId);
      await needs.sandbox!.send(body, signature);
      return await ownOrder(needs, actor, params.orderId);
    },
    pay: async ({ actor, params, body, request }) => {
      await ownOrder(needs, actor, params.orderId);
      const { scene, payerCode = null } = body;
      return await beginAtSeller(needs, { ...params, scene, payerCode, clientAddress: request.ip });
    },
    sellerNotice: async ({ params, request, reply }) => {
      const channel = needs.sellers?.of(params.number);
      if (!channel) throw new Refusal('channel_unknown');
      const notice = { headers: request.headers, body: request.rawBody ?? Buffer.alloc(0) };
      const kind = await takeSellerNotice(needs, channel, notice).catch((thrown: unknown) => {
        // It comes again until it can be taken; what differs from the order is looked at by a person.
        request.log.warn({ number: params.number, reason: String(thrown) }, 'notice not taken');
        return null;
      });
      const said = channel.replyTo(kind !== null && kind !== 'refused');
      return reply
        .code(kind === 'refused' ? UNBELIEVED : said.status)
        .type(said.type)
        .send(said.body);
    },
    notice: async ({ body, request }) => {
      await takeNotice(needs, body, {
        body: request.rawBody,
        signature: request.headers[SIGNATURE_HEADER],
      });
      return { ok: true as const };
    },
  } satisfies Partial<Handlers<Routes>>;
}

/** One's own order; refuses `not_found` for anybody else's. */
async function ownOrder(needs: SaleNeeds, actor: Actor, orderId: Id): Promise<OrderView> {
  return await needs.database.read(clerk(actor), async (tx) => {
    const rows = await listOrders(tx, { ids: [orderId], accountId: actor.accountId! });
    const [view] = await orderViews(needs, tx, { rows, own: true });
    if (!view) throw new Refusal('not_found');
    return view;
  });
}

function ownHandlers(needs: SaleNeeds) {
  const { database } = needs;
  const change = async (
    actor: Actor,
    action: string,
    orderId: Id,
    work: (tx: Writing) => Promise<unknown>,
  ) => {
    const order = await ownOrder(needs, actor, orderId);
    // The pieces of a group were ordered for her: only the station can take them back.
    if (order.channel === 'group_buy') throw new Refusal('group_share_paid');
    await database.write(clerk(actor), action, work);
    return await ownOrder(needs, actor, orderId);
  };
  return {
    mine: ({ actor, query }) =>
      database.read(clerk(actor), async (tx) => {
        const rows = await listOrders(tx, {
          accountId: actor.accountId!,
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(rows, query.limit, (last) => last.serial);
        return {
          items: await orderViews(needs, tx, { rows: shown, own: true }),
          next,
        };
      }),
    one: ({ actor, params }) => ownOrder(needs, actor, params.orderId),
    cancel: ({ actor, params }) =>
      change(actor, 'mall.cancel', params.orderId, (tx) =>
        cancelOrder(needs, tx, { ...params, reason: '买家取消' }),
      ),
    giveBack: ({ actor, params, body }) =>
      change(actor, 'mall.give_back', params.orderId, async (tx) => {
        const [order] = await listOrders(tx, { ids: [params.orderId] });
        if (order!.state !== 'paid' && order!.state !== 'ready')
          throw new Refusal('order_not_now', { state: order!.state });
        await checkAtStation(tx, order!);
        await refund(needs, tx, [{ ...params, ...body, restock: true, at: tx.now }]);
      }),
  } satisfies Partial<Handlers<Routes>>;
}

/** Whose orders an actor of the office may see: those of places in her areas; the federation all. */
const areasOf = (actor: Actor) => (actor.login === 'federation' ? {} : { areaIds: actor.areaIds });

function stationHandlers(needs: SaleNeeds) {
  const { database } = needs;
  const mayAct = async (tx: Scoped, actor: Actor, placeId: Id) => {
    const place = (await needs.place.servicePoints(tx, [placeId])).get(placeId);
    if (!place || !actor.areaIds.includes(place.areaId))
      throw new Refusal('place_not_yours', {}, 'placeId');
  };
  return {
    orders: ({ actor, query }) =>
      database.read(clerk(actor), async (tx) => {
        const rows = await listOrders(tx, {
          ...areasOf(actor),
          placeId: query.placeId,
          state: query.state,
          number: query.text?.trim().toUpperCase() || undefined,
          before: Number(query.after) || undefined,
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(rows, query.limit, (last) => last.serial);
        return {
          items: await orderViews(needs, tx, { rows: shown, own: false }),
          next,
        };
      }),
    handOver: ({ actor, body }) =>
      database.write(clerk(actor), 'sale.hand_over', async (tx) => {
        await mayAct(tx, actor, body.placeId);
        const id = await handOverOrder(needs, tx, body);
        return (await viewsOf(needs, tx, [id], false))[0]!;
      }),
    refund: ({ actor, params, body }) =>
      database.write(clerk(actor), 'sale.refund', async (tx) => {
        const [order] = await listOrders(tx, { ids: [params.orderId], ...areasOf(actor) });
        if (!order) throw new Refusal('not_found');
        await refund(needs, tx, [{ ...params, ...body, at: tx.now }]);
        return (await viewsOf(needs, tx, [params.orderId], false))[0]!;
      }),
  } satisfies Partial<Handlers<Routes>>;
}
