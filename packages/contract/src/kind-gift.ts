import { z } from 'zod';
import { legalForms, nameChoice } from './donation.ts';
import {
  countedPieces,
  kindGift,
  kindGiftPath,
  kindGiftStates,
  pieces,
  valuationBases,
} from './goods.shapes.ts';
import { route } from './route.ts';
import {
  done,
  id,
  line,
  listOf,
  optionalParagraph,
  page,
  paragraph,
  plainDate,
  yuanText,
} from './values.ts';

const batch = z.string().trim().max(40).default('');
const giftLine = z.object({
  title: line,
  quantity: pieces,
  unit: z.string().trim().min(1).max(10),
  expiresOn: plainDate.nullable(),
});
/** What somebody brings or offers. */
export const offerBody = z.object({
  lines: z.array(giftLine).min(1).max(20),
  purpose: optionalParagraph,
  name: nameChoice,
  formId: id,
});

/** Gifts in kind: offered, valued by a paper, taken in with a confirmation number, traced. */
export const kindGiftRoutes = {
  list: route({
    method: 'GET',
    path: '/api/goods/gifts',
    permission: 'kind_gift.read',
    summary: 'Gifts in kind, newest first.',
    query: page.extend({ state: z.enum(kindGiftStates).optional() }),
    output: listOf(kindGift),
    refusals: [],
  }),
  register: route({
    method: 'POST',
    path: '/api/goods/gifts',
    permission: 'kind_gift.write',
    summary: 'Notes a gift in kind that an enterprise on file offers.',
    body: offerBody.extend({ organizationId: id, legalForm: z.enum(legalForms) }),
    output: kindGift,
    refusals: ['organization_wrong_kind', 'legal_form_not_for_goods'],
  }),
  value: route({
    method: 'POST',
    path: '/api/goods/gifts/:giftId/value',
    permission: 'kind_gift.write',
    summary: 'Values a gift in kind by its invoice or at fair value; the paper is attached.',
    params: z.object({ giftId: id }),
    body: z.object({
      basis: z.enum(valuationBases),
      paperNumber: line,
      lines: z.array(z.object({ lineId: id, itemId: id, unitValueYuan: yuanText })).min(1),
      attachmentIds: z.array(id).min(1).max(6),
    }),
    output: kindGift,
    refusals: [
      'not_found',
      'kind_gift_not_now',
      'item_unknown',
      'amount_invalid',
      'attachment_unknown',
    ],
  }),
  receive: route({
    method: 'POST',
    path: '/api/goods/gifts/:giftId/receive',
    permission: 'kind_gift.write',
    summary: 'Takes a valued gift into a place; the donor gets her confirmation number.',
    params: z.object({ giftId: id }),
    body: z.object({
      placeId: id,
      lines: z.array(z.object({ lineId: id, received: countedPieces, batch })).min(1),
      reason: z.string().trim().max(300).default(''),
    }),
    output: kindGift,
    refusals: [
      'not_found',
      'kind_gift_not_now',
      'place_not_yours',
      'reason_required',
      'pieces_too_many',
      'goods_expired',
    ],
  }),
  decline: route({
    method: 'POST',
    path: '/api/goods/gifts/:giftId/decline',
    permission: 'kind_gift.write',
    summary: 'Declines an offered gift, with the reason the donor reads.',
    params: z.object({ giftId: id }),
    body: z.object({ reason: paragraph }),
    output: kindGift,
    refusals: ['not_found', 'kind_gift_not_now'],
  }),
  path: route({
    method: 'GET',
    path: '/api/goods/gifts/:giftId/path',
    permission: 'kind_gift.read',
    summary: 'Where a gift’s things are and went, in general words.',
    params: z.object({ giftId: id }),
    output: kindGiftPath,
    refusals: ['not_found'],
  }),
  offer: route({
    method: 'POST',
    path: '/api/my/kind-gifts',
    permission: 'gift.own',
    summary: 'Offers things to the federation.',
    body: offerBody,
    output: kindGift,
    refusals: [],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/kind-gifts',
    permission: 'gift.own',
    summary: 'One’s own gifts in kind.',
    output: z.object({ items: z.array(kindGift) }),
    refusals: [],
  }),
  myPath: route({
    method: 'GET',
    path: '/api/my/kind-gifts/:giftId',
    permission: 'gift.own',
    summary: 'Where the things of one’s own gift went, in general words, never who.',
    params: z.object({ giftId: id }),
    output: kindGiftPath,
    refusals: ['not_found'],
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/my/kind-gifts/:giftId/withdraw',
    permission: 'gift.own',
    summary: 'Takes an offer back before it was taken in.',
    params: z.object({ giftId: id }),
    output: done,
    refusals: ['not_found', 'kind_gift_not_now'],
  }),
};
