import { dateInShanghai, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Scoped } from '../../platform/database/database.ts';
import type { Call, Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { rank, unitOf, type Offer } from './resource.ts';
import { addOffer, offerForWish, withdrawOffer, type ResourceNeeds } from './resource.service.ts';
import { listOffers } from './resource.store.ts';

type Routes = typeof routes.resource;
type OfferView = RouteOutput<Routes['offer']>;

/** How many open offers are looked through to rank them for a need. */
const RANKED_MOST = 500;

/** The register's operations. */
export function resourceHandlers(needs: ResourceNeeds): Handlers<Routes> {
  return {
    offerForWish: ({ actor, params, body }) =>
      needs.database.write(actor, 'resource.offer_for_wish', async (tx) =>
        viewOf(needs, tx, await offerForWish(needs, tx, { ...body, needId: params.needId })),
      ),
    offer: ({ actor, body }) =>
      needs.database.write(actor, 'resource.offer', async (tx) => {
        const { areaCode, ...input } = body;
        const areaId = areaCode === null ? null : needs.place.areaByCode(areaCode).id;
        return viewOf(needs, tx, await addOffer(needs, tx, { ...input, areaId }));
      }),
    mine: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const { limit, after } = query;
        const offers = await listOffers(tx, {
          accountId: actor.accountId!,
          after,
          limit: limit + 1,
        });
        return pageOf(await viewsOf(needs, tx, offers), limit);
      }),
    withdraw: ({ actor, params }) =>
      needs.database.write(actor, 'resource.withdraw', async (tx) => {
        await withdrawOffer(needs, tx, params.offerId);
        return { ok: true as const };
      }),
    list: (call) => needs.database.read(call.actor, (tx) => listFor(needs, tx, call)),
  };
}

/** Open offers; for a need the best first, each with its reasons. */
async function listFor(
  needs: ResourceNeeds,
  tx: Scoped,
  { query }: Call<Routes['list']>,
): Promise<RouteOutput<Routes['list']>> {
  const wanted = query.needId ? await needs.wishes.wanted(tx, query.needId) : null;
  const state = query.state ?? (query.needId ? 'open' : undefined);
  if (!wanted) {
    const offers = await listOffers(tx, { state, after: query.after, limit: query.limit + 1 });
    const views = await viewsOf(needs, tx, offers);
    return pageOf(
      views.map((view) => ({ ...view, reasons: [] })),
      query.limit,
    );
  }
  const today = dateInShanghai(tx.now);
  const street = needs.place.streetOf(wanted.areaId)?.id;
  const offers = (await listOffers(tx, { state, limit: RANKED_MOST })).filter(
    ({ expiresOn }) => expiresOn === null || expiresOn >= today,
  );
  const ranked = offers
    .map((offer) => ({
      offer,
      ...rank(offer, wanted, {
        sameStreet: offer.areaId !== null && needs.place.streetOf(offer.areaId)?.id === street,
        today,
        language: tx.actor.language,
      }),
    }))
    .toSorted((one, other) => other.score - one.score || (one.offer.id < other.offer.id ? -1 : 1))
    .slice(0, query.limit);
  const views = await viewsOf(
    needs,
    tx,
    ranked.map(({ offer }) => offer),
  );
  return {
    items: views.map((view, index) => ({ ...view, reasons: ranked[index]!.reasons })),
    next: null,
  };
}

function pageOf<View extends { id: Id }>(views: View[], limit: number) {
  const { shown: items, next } = cutPage(views, limit, (last) => last.id);
  return { items, next };
}

async function viewOf(needs: ResourceNeeds, tx: Scoped, offer: Offer): Promise<OfferView> {
  return (await viewsOf(needs, tx, [offer]))[0]!;
}

async function viewsOf(
  needs: ResourceNeeds,
  tx: Scoped,
  offers: readonly Offer[],
): Promise<OfferView[]> {
  const names = await needs.access.names(
    tx,
    offers.map((offer) => offer.accountId),
  );
  const boxes = await needs.vault.findBoxes(
    tx,
    offers.filter((offer) => offer.noteSealed).map((offer) => offer.id),
  );
  return offers.map((offer) => ({
    id: offer.id,
    kind: offer.kind,
    title: offer.title,
    quantity: offer.quantity,
    unit: unitOf(offer.kind),
    area: offer.areaId === null ? null : needs.place.ref(offer.areaId),
    expiresOn: offer.expiresOn,
    state: offer.state,
    needId: offer.needId,
    needNumber: offer.needNumber,
    byName: names.get(offer.accountId) ?? '',
    reservedUntil: offer.reservedUntil?.toISOString() ?? null,
    note: offer.noteSealed ? (boxes.get(offer.id)?.open(offer.noteSealed) ?? null) : null,
  }));
}
