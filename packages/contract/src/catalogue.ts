import { z } from 'zod';
import { attachment } from './attachment.ts';
import { goodsCategories } from './benefit.ts';
import { route } from './route.ts';
import { areaRef, id, line, listOf, page, plainDate, sumFen, version, yuanText } from './values.ts';

/** What a product is, in the general words that vouchers know too. */
export const productCategories = goodsCategories;
export const licenceKinds = ['business', 'food'] as const;
export const merchantStates = ['proposed', 'active', 'suspended', 'refused'] as const;
export const productStates = ['draft', 'on_sale', 'off'] as const;
/** Why nothing of a merchant or product can be sold now; null when it can. */
export const sellingObstacles = [
  'merchant_not_active',
  'agreement_missing',
  'licence_lapsed',
  'import_papers_missing',
  'product_off_sale',
  'charity_sale_over',
] as const;
/** What a buyer reads before paying for a thing of a charity sale; null for goods of merchants. */
export const charityLabel = z.object({
  number: z.string(),
  name: z.string(),
  targetName: z.string(),
  /** “所得全部用于…” */
  words: z.string(),
});

const agreement = z.object({
  id,
  /** Of each sale, in hundredths of a percent: 200 is 2 %. */
  shareBasisPoints: z.int(),
  signedOn: plainDate,
  validFrom: plainDate,
  validUntil: plainDate,
  inForce: z.boolean(),
  paper: attachment.nullable(),
});
const licence = z.object({
  id,
  kind: z.enum(licenceKinds),
  number: z.string(),
  validUntil: plainDate,
  lapsed: z.boolean(),
});
/** A seller with its papers, as the office reads it. */
export const merchant = z.object({
  id,
  code: z.string(),
  name: z.string(),
  state: z.enum(merchantStates),
  paymentNumber: z.string(),
  contactTelephone: z.string(),
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  suspendReason: z.string().nullable(),
  obstacle: z.enum(sellingObstacles).nullable(),
  agreements: z.array(agreement),
  licences: z.array(licence),
  products: z.int(),
  /** True when the reader may agree to it: proposed, and not by herself. */
  mayDecide: z.boolean(),
  version,
});

const price = {
  priceYuan: yuanText,
  memberPriceYuan: yuanText.nullable(),
  hardshipPriceYuan: yuanText.nullable(),
};
const variantBody = z.object({
  /** The thing in `goods` whose pieces are sold. */
  itemId: id,
  label: z.string().trim().max(40).default(''),
  /** So many pieces of the item cost the price: 1, or 500 of its grams. */
  perQuantity: z.int().min(1).max(100_000).default(1),
  ...price,
  barCode: z
    .string()
    .trim()
    .regex(/^\d{8,14}$/)
    .nullable(),
});
export const variant = z.object({
  id,
  itemId: id,
  label: z.string(),
  unit: z.string(),
  perQuantity: z.int(),
  priceFen: sumFen,
  memberPriceFen: sumFen.nullable(),
  hardshipPriceFen: sumFen.nullable(),
  barCode: z.string().nullable(),
  isOff: z.boolean(),
});
/** Goods on sale, as the office reads them. */
export const product = z.object({
  id,
  code: z.string(),
  merchantId: id,
  merchantName: z.string(),
  title: z.string(),
  detail: z.string(),
  category: z.enum(productCategories),
  needsFoodLicence: z.boolean(),
  state: z.enum(productStates),
  obstacle: z.enum(sellingObstacles).nullable(),
  picture: attachment.nullable(),
  variants: z.array(variant),
  version,
});
const productBody = z.object({
  merchantId: id,
  title: line,
  detail: z.string().trim().max(2_000).default(''),
  category: z.enum(productCategories),
  needsFoodLicence: z.boolean(),
  pictureId: id.nullable(),
  variants: z.array(variantBody).min(1).max(30),
  formId: id,
});
/** Prices as everybody sees them; what somebody in hardship pays is hers alone (`yours`). */
export const mallProduct = z.object({
  id,
  title: z.string(),
  detail: z.string(),
  category: z.enum(productCategories),
  merchantName: z.string(),
  picture: attachment.nullable(),
  charity: charityLabel.nullable(),
  variants: z.array(
    z.object({
      id,
      label: z.string(),
      unit: z.string(),
      perQuantity: z.int(),
      priceFen: sumFen,
      memberPriceFen: sumFen.nullable(),
      /** What it costs whoever reads this; never says why. */
      yourPriceFen: sumFen,
      /** Free at the chosen station; null when no station is chosen. */
      available: z.int().nullable(),
    }),
  ),
});
export const station = z.object({ id, name: z.string(), address: z.string(), area: areaRef });

export const catalogueRoutes = {
  merchants: route({
    method: 'GET',
    path: '/api/shop/merchants',
    permission: 'shop.read',
    summary: 'Merchants with their agreements and licences.',
    output: z.object({ items: z.array(merchant) }),
    refusals: [],
  }),
  addMerchant: route({
    method: 'POST',
    path: '/api/shop/merchants',
    permission: 'shop.write',
    summary: 'Puts a merchant on file; a second person agrees before it sells.',
    body: z.object({
      organizationId: id,
      paymentNumber: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z]{6,32}$/),
      contactTelephone: z.string().trim().max(24).default(''),
      formId: id,
    }),
    output: merchant,
    refusals: ['not_found', 'merchant_on_file', 'payment_number_taken'],
  }),
  decideMerchant: route({
    method: 'POST',
    path: '/api/shop/merchants/:merchantId/decision',
    permission: 'shop.decide',
    summary:
      'Agrees to a merchant or not; never by who put it on file. Agreeing needs the agreement and a licence.',
    params: z.object({ merchantId: id }),
    body: z.object({ agree: z.boolean() }),
    output: merchant,
    refusals: [
      'merchant_unknown',
      'second_person_required',
      'approval_closed',
      'agreement_missing',
      'licence_lapsed',
    ],
  }),
  suspendMerchant: route({
    method: 'POST',
    path: '/api/shop/merchants/:merchantId/suspension',
    permission: 'shop.decide',
    summary: 'Stops a merchant’s sales with a reason, or lets them go on.',
    params: z.object({ merchantId: id }),
    body: z.object({ reason: z.string().trim().max(200).nullable() }),
    output: merchant,
    refusals: ['merchant_unknown', 'merchant_not_active'],
  }),
  addAgreement: route({
    method: 'POST',
    path: '/api/shop/merchants/:merchantId/agreements',
    permission: 'shop.write',
    summary: 'Files a signed agreement with its paper.',
    params: z.object({ merchantId: id }),
    body: z.object({
      paperId: id,
      shareBasisPoints: z.int().min(200).max(10_000).default(200),
      signedOn: plainDate,
      validFrom: plainDate,
      validUntil: plainDate,
    }),
    output: merchant,
    refusals: ['merchant_unknown', 'attachment_unknown', 'input_invalid'],
  }),
  addLicence: route({
    method: 'POST',
    path: '/api/shop/merchants/:merchantId/licences',
    permission: 'shop.write',
    summary: 'Files a licence with the day it holds until.',
    params: z.object({ merchantId: id }),
    body: z.object({
      kind: z.enum(licenceKinds),
      number: line,
      validUntil: plainDate,
      paperId: id.nullable(),
    }),
    output: merchant,
    refusals: ['merchant_unknown', 'attachment_unknown'],
  }),
  products: route({
    method: 'GET',
    path: '/api/shop/products',
    permission: 'shop.read',
    summary: 'Goods on sale and off, by title.',
    query: page.extend({ text: z.string().max(60).optional(), merchantId: id.optional() }),
    output: listOf(product),
    refusals: [],
  }),
  addProduct: route({
    method: 'POST',
    path: '/api/shop/products',
    permission: 'shop.write',
    summary:
      'Puts goods on file with their variants and prices; on sale at once when nothing stands against it.',
    body: productBody,
    output: product,
    refusals: [
      'merchant_unknown',
      'item_unknown',
      'bar_code_taken',
      'amount_invalid',
      'price_above_normal',
      'variant_twice',
      'attachment_unknown',
    ],
  }),
  setPrice: route({
    method: 'POST',
    path: '/api/shop/products/:productId/variants/:variantId/price',
    permission: 'shop.write',
    summary: 'Sets the prices of a variant; every price that held stays on record.',
    params: z.object({ productId: id, variantId: id }),
    body: z.object({ ...price, version }),
    output: product,
    refusals: ['product_unknown', 'amount_invalid', 'price_above_normal', 'busy_elsewhere'],
  }),
  setProductState: route({
    method: 'POST',
    path: '/api/shop/products/:productId/state',
    permission: 'shop.write',
    summary: 'Puts goods on sale or takes them off.',
    params: z.object({ productId: id }),
    body: z.object({ state: z.enum(['on_sale', 'off']), version }),
    output: product,
    refusals: [
      'product_unknown',
      'busy_elsewhere',
      'merchant_not_active',
      'agreement_missing',
      'licence_lapsed',
      'import_papers_missing',
    ],
  }),
  stations: route({
    method: 'GET',
    path: '/api/mall/stations',
    permission: 'public',
    summary: 'Stations to fetch an order at.',
    output: z.object({ items: z.array(station) }),
    refusals: [],
  }),
  mall: route({
    method: 'GET',
    path: '/api/mall/products',
    permission: 'public',
    summary: 'What is on sale, found by words, category and station.',
    query: page.extend({
      text: z.string().max(60).optional(),
      category: z.enum(productCategories).optional(),
      placeId: id.optional(),
    }),
    output: listOf(mallProduct),
    refusals: ['place_unknown'],
  }),
  mallProduct: route({
    method: 'GET',
    path: '/api/mall/products/:productId',
    permission: 'public',
    summary: 'One product with its variants and what is free at a station.',
    params: z.object({ productId: id }),
    query: z.object({ placeId: id.optional() }),
    output: mallProduct,
    refusals: ['product_unknown', 'place_unknown'],
  }),
  membership: route({
    method: 'GET',
    path: '/api/my/membership',
    permission: 'order.own',
    summary: 'One’s own membership of the stations; null without one.',
    output: z.object({ code: z.string().nullable() }),
    refusals: [],
  }),
  join: route({
    method: 'POST',
    path: '/api/my/membership',
    permission: 'order.own',
    summary: 'Becomes a member: free, and by one’s own word.',
    output: z.object({ code: z.string().nullable() }),
    refusals: [],
  }),
};
