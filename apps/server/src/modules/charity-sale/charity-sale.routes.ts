import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import type { Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { clerk } from '../catalogue/index.ts';
import type { CharitySaleNeeds } from './charity-sale.needs.ts';
import { findReceiver, listPlaces, listSales } from './charity-sale.store.ts';
import { readChoices } from './choices.ts';
import {
  addPapers,
  cancelSale,
  decideSale,
  planSale,
  setReceiver,
  submitSale,
} from './plan.service.ts';
import { askEnd, decideEnd } from './end.service.ts';
import { closeSale, openSale, settleSale } from './run.service.ts';
import { addThing, piecesOf, readDonated, removeThing, setThingPrice } from './thing.service.ts';
import { headViews, publicView, saleView } from './view.ts';

type Routes = typeof routes.charitySale;

/** The operations of charity sales. All but deciding runs as the shop's clerk; permissions and areas say who may. */
export function charitySaleHandlers(needs: CharitySaleNeeds): Handlers<Routes> {
  return { ...readHandlers(needs), ...planHandlers(needs), ...thingHandlers(needs) };
}

const SHOWN_TO_ALL = ['open', 'closed'] as const;

async function viewOf(needs: CharitySaleNeeds, actor: Actor, saleId: Id) {
  return await needs.database.read(clerk(actor), async (tx) => {
    const [sale] = await listSales(tx, { ids: [saleId] });
    if (!sale) throw new Refusal('not_found');
    return await saleView(needs, tx, sale);
  });
}

function readHandlers(needs: CharitySaleNeeds) {
  const { database } = needs;
  return {
    list: ({ actor }) =>
      database.read(clerk(actor), async (tx) => ({
        items: await headViews(needs, tx, await listSales(tx, {})),
        receiver: (await findReceiver(tx))?.state ?? ('missing' as const),
      })),
    choices: ({ actor }) => database.read(clerk(actor), (tx) => readChoices(needs, tx)),
    read: ({ actor, params }) => viewOf(needs, actor, params.saleId),
    donated: ({ actor, params }) =>
      database.read(clerk(actor), async (tx) => {
        const places = (await listPlaces(tx, [params.saleId])).map((one) => one.placeId);
        const points = await needs.place.servicePoints(tx, places);
        return {
          items: (await readDonated(needs, tx, params.saleId)).map((lot) => ({
            lotId: lot.lotId,
            itemName: lot.itemName,
            unit: lot.unit,
            giftNumber: lot.giftNumber,
            donorName: lot.donorName,
            purpose: lot.purpose,
            unitValueFen: lot.unitValueFen,
            expiresOn: lot.expiresOn,
            pieces: piecesOf(lot, places),
            placeNames: lot.stocks
              .filter((stock) => stock.available > 0)
              .flatMap((stock) => points.get(stock.placeId)?.name ?? []),
          })),
        };
      }),
    publicList: ({ actor }) =>
      database.read(clerk(actor), async (tx) => ({
        items: await headViews(needs, tx, await listSales(tx, { states: SHOWN_TO_ALL })),
        asOf: tx.now.toISOString(),
      })),
    publicOne: ({ actor, params }) =>
      database.read(clerk(actor), async (tx) => {
        const [sale] = await listSales(tx, { number: params.number, states: SHOWN_TO_ALL });
        if (!sale) throw new Refusal('not_found');
        return await publicView(needs, tx, sale);
      }),
  } satisfies Partial<Handlers<Routes>>;
}

/** Does something as the clerk and answers the charity sale as it is then. */
function changing(needs: CharitySaleNeeds) {
  return async (actor: Actor, action: string, work: (tx: Writing) => Promise<Id>) => {
    const saleId = await sentOnce(() => needs.database.write(clerk(actor), action, work));
    return await viewOf(needs, actor, saleId);
  };
}

function planHandlers(needs: CharitySaleNeeds) {
  const change = changing(needs);
  const on =
    (saleId: Id, work: (tx: Writing) => Promise<unknown>) =>
    async (tx: Writing): Promise<Id> => {
      await work(tx);
      return saleId;
    };
  return {
    setReceiver: ({ actor, body }) =>
      sentOnce(() =>
        needs.database.write(clerk(actor), 'charity_sale.receiver', async (tx) => ({
          receiver: await setReceiver(needs, tx, body),
        })),
      ),
    plan: ({ actor, body }) =>
      change(actor, 'charity_sale.plan', (tx) => planSale(needs, tx, body)),
    addPapers: ({ actor, params: { saleId }, body }) =>
      change(
        actor,
        'charity_sale.papers',
        on(saleId, (tx) => addPapers(needs, tx, { saleId, ...body })),
      ),
    submit: ({ actor, params: { saleId } }) =>
      change(
        actor,
        'charity_sale.submit',
        on(saleId, (tx) => submitSale(needs, tx, saleId)),
      ),
    // As the decider herself: her word is hers alone to write.
    decide: async ({ actor, params: { saleId }, body }) => {
      await needs.database.write(actor, 'charity_sale.decide', (tx) =>
        decideSale(needs, tx, { saleId, ...body }),
      );
      return await viewOf(needs, actor, saleId);
    },
    open: ({ actor, params: { saleId } }) =>
      change(
        actor,
        'charity_sale.open',
        on(saleId, (tx) => openSale(needs, tx, saleId)),
      ),
    askEnd: ({ actor, params: { saleId }, body }) =>
      change(
        actor,
        'charity_sale.ask_end',
        on(saleId, (tx) => askEnd(needs, tx, { saleId, ...body })),
      ),
    decideEnd: async ({ actor, params: { saleId }, body }) => {
      const agreed = await needs.database.write(actor, 'charity_sale.decide_end', (tx) =>
        decideEnd(needs, tx, { saleId, ...body }),
      );
      // With the second yes it ends at once; the clock would do it too.
      if (!agreed) return await viewOf(needs, actor, saleId);
      return await change(
        actor,
        'charity_sale.end',
        on(saleId, async (tx) => {
          await closeSale(needs, tx, saleId);
        }),
      );
    },
    cancel: ({ actor, params: { saleId }, body }) =>
      change(
        actor,
        'charity_sale.cancel',
        on(saleId, (tx) => cancelSale(needs, tx, { saleId, ...body })),
      ),
    settle: ({ actor, params: { saleId }, body }) =>
      change(
        actor,
        'charity_sale.settle',
        on(saleId, (tx) => settleSale(needs, tx, { saleId, ...body })),
      ),
  } satisfies Partial<Handlers<Routes>>;
}

function thingHandlers(needs: CharitySaleNeeds) {
  const change = changing(needs);
  return {
    addThing: ({ actor, params: { saleId }, body }) =>
      change(actor, 'charity_sale.add_thing', async (tx) => {
        await addThing(needs, tx, { saleId, ...body });
        return saleId;
      }),
    setPrice: ({ actor, params, body }) =>
      change(actor, 'charity_sale.price', async (tx) => {
        await setThingPrice(needs, tx, { ...params, ...body });
        return params.saleId;
      }),
    removeThing: ({ actor, params }) =>
      change(actor, 'charity_sale.remove_thing', async (tx) => {
        await removeThing(needs, tx, params);
        return params.saleId;
      }),
  } satisfies Partial<Handlers<Routes>>;
}
