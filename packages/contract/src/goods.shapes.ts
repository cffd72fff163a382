import { z } from 'zod';
import { attachment } from './attachment.ts';
import { legalForms } from './donation.ts';
import { areaRef, id, instant, line, plainDate, sumFen } from './values.ts';

export const servicePointKinds = [
  'store',
  'station',
  'service_center',
  'party_center',
  'elder_station',
  'shop',
] as const;
/** Where things lie and people come: the federation's store, a station, a community's counter. */
export const servicePoint = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: z.enum(servicePointKinds),
  area: areaRef,
  address: z.string(),
});
/** Pieces of an item: whole, above zero; what one movement may carry. */
export const pieces = z.int().min(1).max(1_000_000);
/** What is counted may be nothing. */
export const countedPieces = z.int().min(0).max(1_000_000);
export const itemKinds = ['simple', 'kit'] as const;
export const goodsItem = z.object({
  id,
  name: z.string(),
  /** What one piece is called: 袋, 桶, 床. */
  unit: z.string(),
  kind: z.enum(itemKinds),
  barCode: z.string().nullable(),
  shelfDays: z.int().nullable(),
  imported: z.boolean(),
  /** Numbers of the customs declaration and inspection of imported food; without them it is not issued. */
  papers: z.string().nullable(),
  picture: attachment.nullable(),
  /** Of a kit: what one holds. */
  parts: z.array(z.object({ itemId: id, name: z.string(), unit: z.string(), quantity: z.int() })),
});
export const goodsItemBody = z.object({
  name: line,
  unit: z.string().trim().min(1).max(10),
  barCode: z
    .string()
    .trim()
    .regex(/^\d{8,14}$/)
    .nullable(),
  shelfDays: z.int().min(1).max(36_500).nullable(),
  imported: z.boolean(),
  papers: z.string().trim().min(1).max(200).nullable(),
  pictureId: id.nullable(),
  parts: z
    .array(z.object({ itemId: id, quantity: z.int().min(1).max(1_000) }))
    .max(30)
    .default([]),
});
export const lotOrigins = ['bought', 'given', 'opening', 'assembled', 'found'] as const;
/** What came together and is alike: one delivery of one item. */
export const goodsLot = z.object({
  id,
  itemId: id,
  itemName: z.string(),
  unit: z.string(),
  batch: z.string(),
  expiresOn: plainDate.nullable(),
  origin: z.enum(lotOrigins),
  originLabel: z.string(),
  unitValueFen: sumFen,
  recalledOn: plainDate.nullable(),
});
export const stockLine = z.object({
  placeId: id,
  placeName: z.string(),
  lot: goodsLot,
  quantity: z.int(),
  /** Without what is set aside for a write-off that waits for its second person. */
  available: z.int(),
});
export const stockView = z.object({
  asOf: instant,
  places: z.array(servicePoint),
  items: z.array(
    z.object({
      item: goodsItem,
      quantity: z.int(),
      valueFen: sumFen,
      expiringSoon: z.int(),
      onTheWay: z.int(),
      lines: z.array(stockLine),
    }),
  ),
});
export const movementKinds = [
  'receipt',
  'order',
  'transfer',
  'transfer_in',
  'difference',
  'count',
  'write_off',
  'assembly',
  'set_aside',
  'returned',
  'handed_over',
  'sold',
  'other',
] as const;
export const goodsMovement = z.object({
  id,
  at: instant,
  kind: z.enum(movementKinds),
  itemName: z.string(),
  unit: z.string(),
  batch: z.string(),
  direction: z.enum(['in', 'out']),
  quantity: z.int(),
  balance: z.int(),
  byName: z.string().nullable(),
});
export const goodsTransfer = z.object({
  id,
  number: z.string(),
  state: z.enum(['sent', 'received']),
  fromName: z.string(),
  toId: id,
  toName: z.string(),
  sentAt: instant,
  sentBy: z.string(),
  receivedAt: instant.nullable(),
  receivedBy: z.string().nullable(),
  differenceReason: z.string().nullable(),
  lines: z.array(z.object({ lot: goodsLot, sent: z.int(), received: z.int().nullable() })),
});
export const goodsOrder = z.object({
  id,
  proposalNumber: z.string().nullable(),
  supplierName: z.string(),
  placeId: id,
  placeName: z.string(),
  state: z.enum(['waiting', 'paid', 'received']),
  orderedAt: instant,
  lines: z.array(z.object({ lot: goodsLot, ordered: z.int(), received: z.int().nullable() })),
});
export const stockCount = z.object({
  id,
  number: z.string(),
  placeId: id,
  placeName: z.string(),
  state: z.enum(['open', 'submitted', 'booked']),
  openedAt: instant,
  openedBy: z.string(),
  bookedBy: z.string().nullable(),
  mayBook: z.boolean(),
  lines: z.array(
    z.object({
      lot: goodsLot,
      countedAt: instant.nullable(),
      counted: z.int().nullable(),
      /** What the ledger held at the moment of counting; told once it is counted. */
      expected: z.int().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export const writeOffCauses = ['damaged', 'expired', 'lost', 'recalled', 'sample'] as const;
export const writeOff = z.object({
  id,
  number: z.string(),
  state: z.enum(['proposed', 'booked', 'refused']),
  lot: goodsLot,
  placeName: z.string(),
  quantity: z.int(),
  cause: z.enum(writeOffCauses),
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: instant,
  decidedBy: z.string().nullable(),
  mayDecide: z.boolean(),
  pictures: z.array(attachment),
});
/** Where all pieces of a lot are or went: nothing of it is anywhere else. */
export const lotTrace = z.object({
  lot: goodsLot,
  arrived: z.int(),
  resting: z.array(z.object({ label: z.string(), quantity: z.int() })),
  writtenOff: z.int(),
  intoKits: z.int(),
  /** Sold at stations and online; what came back since is among what rests. */
  sold: z.int(),
  /** Who holds it: to the hand that took it, masked; those outside the reader's areas are only counted. */
  handedOver: z.array(
    z.object({
      recipientId: id,
      planId: id,
      planNumber: z.string(),
      serial: z.int(),
      maskedName: z.string(),
      areaName: z.string(),
      quantity: z.int(),
      at: instant,
    }),
  ),
  elsewhere: z.int(),
});
export const kindGiftStates = ['offered', 'valued', 'received', 'declined', 'withdrawn'] as const;
export const valuationBases = ['invoice', 'fair_value'] as const;
export const kindGiftLine = z.object({
  id,
  title: z.string(),
  quantity: z.int(),
  unit: z.string(),
  expiresOn: plainDate.nullable(),
  itemId: id.nullable(),
  unitValueFen: sumFen.nullable(),
  received: z.int().nullable(),
});
export const kindGift = z.object({
  id,
  number: z.string(),
  state: z.enum(kindGiftStates),
  legalForm: z.enum(legalForms),
  donorKind: z.enum(['enterprise', 'resident']),
  /** To staff the name unless the donor hid it from them; the federation always knows. */
  donorName: z.string(),
  publicName: z.string(),
  purpose: z.string(),
  area: areaRef.nullable(),
  offeredAt: instant,
  valueFen: sumFen.nullable(),
  basis: z.enum(valuationBases).nullable(),
  paperNumber: z.string().nullable(),
  confirmationNumber: z.string().nullable(),
  receivedAt: instant.nullable(),
  placeName: z.string().nullable(),
  papers: z.array(attachment),
  lines: z.array(kindGiftLine),
});
/** Where a donor's things went, in general words: kind, street or community, month, number when five or more. */
export const kindGiftPath = z.object({
  gift: kindGift,
  steps: z.array(
    z.object({
      state: z.enum([
        'in_store',
        'on_the_way',
        'set_aside',
        'handed_over',
        'in_kits',
        'written_off',
        'sold',
      ]),
      title: z.string(),
      unit: z.string(),
      quantity: z.int(),
      place: z.string().nullable(),
      month: z.string().nullable(),
      /** Households or persons; null where fewer than five. */
      receivers: z.int().nullable(),
      /** Of what was sold at a charity sale: what it brought, and where that is. */
      sold: z
        .object({
          saleNumber: z.string(),
          saleName: z.string(),
          amountFen: sumFen,
          targetName: z.string(),
          /** Link to what the fund or campaign does with its money; null before it is there. */
          targetLink: z.string().nullable(),
          arrivedOn: z.string().nullable(),
          /** What the money became so far. */
          became: z.array(z.string()),
        })
        .nullable(),
    }),
  ),
  sentences: z.array(z.string()),
});
