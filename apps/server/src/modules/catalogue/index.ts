import type { Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { findMember, readBuyers } from './buyer.store.ts';
import type { CatalogueNeeds } from './catalogue.needs.ts';
import { catalogueHandlers } from './catalogue.routes.ts';
import { freeOf, sellingPlace } from './mall.service.ts';
import { addAgreement, addLicence, addMerchant, decideMerchant } from './merchant.service.ts';
import { readMerchantRows, readSellers } from './merchant.store.ts';
import { addProduct, setPrice } from './product.service.ts';
import { updateVariant } from './product.store.ts';
import { readVariants } from './variant.service.ts';

export {
  agreementOn,
  charityLabel,
  obstacleOf,
  priceFor,
  searchable,
  type Buyer,
  type CharitySale,
  type PriceKind,
  type Seller,
  type SoldVariant,
  WHOLE_BASIS_POINTS,
} from './catalogue.ts';
export { STRANGER } from './mall.service.ts';
export type { CatalogueNeeds } from './catalogue.needs.ts';
export type Catalogue = ReturnType<typeof createCatalogue>;

/**
 * The shop's clerk: does for somebody who may not read stock, facts or other people's orders what the shop
 * must read to serve her. The audit still names who asked.
 */
export function clerk(actor: Actor): Actor {
  return { ...actor, login: 'system' };
}

/** Merchants with their papers, and what they sell at which price. Stock itself is `goods`'s. */
export function createCatalogue(needs: CatalogueNeeds) {
  return {
    handlers: catalogueHandlers(needs),
    addMerchant: (tx: Writing, body: Parameters<typeof addMerchant>[2]) =>
      addMerchant(needs, tx, body),
    decideMerchant,
    addAgreement: (tx: Writing, body: Parameters<typeof addAgreement>[2]) =>
      addAgreement(needs, tx, body),
    addLicence: (tx: Writing, body: Parameters<typeof addLicence>[2]) =>
      addLicence(needs, tx, body),
    addProduct: (tx: Writing, body: Parameters<typeof addProduct>[2]) =>
      addProduct(needs, tx, body),
    setPrice,
    /** Takes a variant off sale for good. Federation or system login. */
    takeOff: (tx: Writing, variantId: Id) => updateVariant(tx, variantId, { is_off: true }),
    /** Sellers with agreements and licences; every login. */
    sellers: (tx: Scoped, ids?: readonly Id[]) => readSellers(tx, ids),
    /** Who put a merchant on file, its payment number; staff, federation, system. */
    merchantRows: (tx: Scoped, ids: readonly Id[]) => readMerchantRows(tx, ids),
    /** Variants by id, product or bar code, with what selling asks; every login. */
    variants: (tx: Scoped, chosen: Parameters<typeof readVariants>[2]) =>
      readVariants(needs, tx, chosen),
    /** Charity sales by id, as far as selling asks. System login. */
    charitySales: needs.charitySales,
    /** What prices ask of accounts (member, hardship); system login, and nobody is told which. */
    buyers: (tx: Scoped, accountIds: readonly Id[]) => readBuyers(tx, accountIds),
    /** The account of a membership code; system login. */
    member: (tx: Scoped, code: string) => findMember(tx, code),
    /** Free pieces of variants at a place. System login. */
    free: (tx: Scoped, at: Parameters<typeof freeOf>[2]) => freeOf(needs, tx, at),
    /** The place, when things are sold there; refuses `place_unknown`, `not_a_selling_place`. */
    sellingPlace: (tx: Scoped, placeId: Id) => sellingPlace(needs, tx, placeId),
  };
}
