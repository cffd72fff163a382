import { Refusal, type Id } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { cutPage } from '../../platform/page.ts';
import { insertMember, readMembership } from './buyer.store.ts';
import { searchWords } from './catalogue.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import { buyerOf, findProducts, isSelling } from './mall.service.ts';
import {
  addAgreement,
  addLicence,
  addMerchant,
  decideMerchant,
  merchantViews,
  suspendMerchant,
} from './merchant.service.ts';
import { addProduct, productViews, setPrice, setProductState } from './product.service.ts';
import { listProducts } from './product.store.ts';

type Routes = typeof routes.catalogue;

/** The operations of the catalogue. */
export function catalogueHandlers(needs: CatalogueNeeds): Handlers<Routes> {
  return { ...merchantHandlers(needs), ...productHandlers(needs), ...mallHandlers(needs) };
}

function merchantHandlers(needs: CatalogueNeeds) {
  const { database } = needs;
  const write = (actor: Actor, action: string, work: (tx: Writing) => Promise<Id>) =>
    sentOnce(() =>
      database.write(actor, action, async (tx) => {
        const id = await work(tx);
        return (await merchantViews(needs, tx, [id]))[0]!;
      }),
    );
  return {
    merchants: ({ actor }) =>
      database.read(actor, async (tx) => ({ items: await merchantViews(needs, tx) })),
    addMerchant: ({ actor, body }) =>
      write(actor, 'shop.add_merchant', (tx) => addMerchant(needs, tx, body)),
    decideMerchant: ({ actor, params, body }) =>
      write(actor, 'shop.decide_merchant', async (tx) => {
        await decideMerchant(tx, { ...params, ...body });
        return params.merchantId;
      }),
    suspendMerchant: ({ actor, params, body }) =>
      write(actor, 'shop.suspend_merchant', async (tx) => {
        await suspendMerchant(tx, { ...params, ...body });
        return params.merchantId;
      }),
    addAgreement: ({ actor, params, body }) =>
      write(actor, 'shop.add_agreement', async (tx) => {
        await addAgreement(needs, tx, { ...params, ...body });
        return params.merchantId;
      }),
    addLicence: ({ actor, params, body }) =>
      write(actor, 'shop.add_licence', async (tx) => {
        await addLicence(needs, tx, { ...params, ...body });
        return params.merchantId;
      }),
  } satisfies Partial<Handlers<Routes>>;
}

function productHandlers(needs: CatalogueNeeds) {
  const { database } = needs;
  const write = (actor: Actor, action: string, work: (tx: Writing) => Promise<Id>) =>
    sentOnce(() =>
      database.write(actor, action, async (tx) => {
        const id = await work(tx);
        return (await productViews(needs, tx, await listProducts(tx, { ids: [id] })))[0]!;
      }),
    );
  return {
    products: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const { text, merchantId, after, limit } = query;
        const rows = await listProducts(tx, {
          words: searchWords(text ?? ''),
          merchantId,
          ofMerchants: true,
          after,
          limit: limit + 1,
        });
        const { shown, next } = cutPage(rows, limit, (last) => last.title);
        return {
          items: await productViews(needs, tx, shown),
          next,
        };
      }),
    addProduct: ({ actor, body }) =>
      write(actor, 'shop.add_product', (tx) => addProduct(needs, tx, body)),
    setPrice: ({ actor, params, body }) =>
      write(actor, 'shop.set_price', async (tx) => {
        await setPrice(tx, { ...params, ...body });
        return params.productId;
      }),
    setProductState: ({ actor, params, body }) =>
      write(actor, 'shop.set_product_state', async (tx) => {
        await setProductState(tx, { ...params, ...body });
        return params.productId;
      }),
  } satisfies Partial<Handlers<Routes>>;
}

const SHELF = systemActor('mall shelf');

function mallHandlers(needs: CatalogueNeeds) {
  const { database } = needs;
  return {
    stations: ({ actor }) =>
      database.read(actor, async (tx) => {
        const points = [...(await needs.place.servicePoints(tx)).values()].filter(isSelling);
        return {
          items: points.map(({ id, name, address, areaId }) => ({
            id,
            name,
            address,
            area: needs.place.ref(areaId),
          })),
        };
      }),
    mall: ({ actor, query }) =>
      database.read(SHELF, async (tx) =>
        findProducts(needs, tx, { ...query, buyer: await buyerOf(tx, actor) }),
      ),
    mallProduct: ({ actor, params, query }) =>
      database.read(SHELF, async (tx) => {
        const { items } = await findProducts(needs, tx, {
          ...query,
          ids: [params.productId],
          limit: 1,
          buyer: await buyerOf(tx, actor),
        });
        if (!items[0]) throw new Refusal('product_unknown');
        return items[0];
      }),
    membership: ({ actor }) =>
      database.read(actor, async (tx) => ({ code: await readMembership(tx, actor.accountId!) })),
    join: ({ actor }) =>
      database.write(actor, 'shop.join', async (tx) => {
        await insertMember(tx, actor.accountId!);
        tx.touched('shop_member', actor.accountId!);
        return { code: await readMembership(tx, actor.accountId!) };
      }),
  } satisfies Partial<Handlers<Routes>>;
}
