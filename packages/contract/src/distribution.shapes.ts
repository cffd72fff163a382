import { z } from 'zod';
import { attachment } from './attachment.ts';
import { approvalStep } from './approval.shapes.ts';
import { goodsItem, servicePoint } from './goods.shapes.ts';
import { areaRef, id, instant, line, plainDate, sumFen, version } from './values.ts';

export const distributionStates = [
  'draft',
  'submitted',
  'approved',
  'closed',
  'cancelled',
] as const;
/** Whom a plan counts: persons, or households (each once, by its household number). */
export const distributionBases = ['person', 'household'] as const;
export const distributionWays = ['place', 'door'] as const;
export const handOutcomes = ['handed', 'proxy', 'refused', 'absent', 'moved', 'died'] as const;
export const proxyRelations = [
  'family',
  'neighbour',
  'carer',
  'worker',
  'colleague',
  'other',
] as const;

export const distributionLine = z.object({
  item: goodsItem,
  /** Pieces for each person or household on the list. */
  quantity: z.int(),
  /** True when a household gets them for each of its heads. */
  perHead: z.boolean(),
});
/** What lies ready for a plan, lot by lot. */
export const readyStock = z.object({
  id,
  itemId: id,
  itemName: z.string(),
  unit: z.string(),
  batch: z.string(),
  expiresOn: plainDate.nullable(),
  taken: z.int(),
  handed: z.int(),
  left: z.int(),
});
export const distributionFigures = z.object({
  listed: z.int(),
  heads: z.int(),
  waiting: z.int(),
  handed: z.int(),
  proxy: z.int(),
  refused: z.int(),
  absent: z.int(),
  moved: z.int(),
  died: z.int(),
});
export const distributionRow = z.object({
  id,
  number: z.string(),
  name: z.string(),
  state: z.enum(distributionStates),
  area: areaRef,
  onDay: plainDate,
  way: z.enum(distributionWays),
  placeName: z.string().nullable(),
  basis: z.enum(distributionBases),
  figures: distributionFigures,
  goods: z.array(
    z.object({ name: z.string(), unit: z.string(), quantity: z.int(), perHead: z.boolean() }),
  ),
});
export const distribution = distributionRow.extend({
  fromTime: z.string().nullable(),
  untilTime: z.string().nullable(),
  place: servicePoint.nullable(),
  stockPlace: servicePoint,
  /** Who paid or gave, in the words that are read out. */
  giverLabel: z.string(),
  lines: z.array(distributionLine),
  /** Pieces needed for the list as it is, and what the stock place has. */
  needed: z.array(
    z.object({
      itemId: id,
      name: z.string(),
      unit: z.string(),
      needed: z.int(),
      available: z.int(),
    }),
  ),
  ready: z.array(readyStock),
  valueFen: sumFen,
  madeBy: z.string(),
  approvalId: id.nullable(),
  steps: z.array(approvalStep),
  mayDecide: z.boolean(),
  mayNotWhy: z.string().nullable(),
  /** True on the day and after it, once approved: people can be ticked. */
  mayHandOver: z.boolean(),
  closedAt: instant.nullable(),
  version,
});
export const distributionBody = z.object({
  name: line,
  areaCode: z.string(),
  basis: z.enum(distributionBases),
  onDay: plainDate,
  fromTime: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullable(),
  untilTime: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullable(),
  way: z.enum(distributionWays),
  placeId: id.nullable(),
  stockPlaceId: id,
  giverLabel: line,
  lines: z
    .array(
      z.object({
        itemId: id,
        quantity: z.int().min(1).max(1_000),
        perHead: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(20),
});
export const recipient = z.object({
  id,
  /** The number that is read out and shown. */
  serial: z.int(),
  maskedName: z.string(),
  /** First letters of the name's pinyin, to be found by: wxf. */
  initials: z.string(),
  /** The word shown to prove it: 桂花. */
  word: z.string(),
  area: areaRef,
  building: z.string().nullable(),
  /** Of people without a file: the team they belong to. */
  unitName: z.string().nullable(),
  hasFile: z.boolean(),
  heads: z.int(),
  outcome: z.enum(handOutcomes).nullable(),
  at: instant.nullable(),
  byName: z.string().nullable(),
  proxy: z
    .object({ name: z.string(), relation: z.enum(proxyRelations), reason: z.string() })
    .nullable(),
  note: z.string().nullable(),
  signature: attachment.nullable(),
  pictures: z.array(attachment),
  /** Other distributions of this month that this person or household is on or had. */
  elsewhere: z.array(z.object({ planName: z.string(), onDay: plainDate, received: z.boolean() })),
  /** Another on this list with the same name. */
  sameName: z.boolean(),
});
export const listProblemKinds = [
  'already_listed',
  'name_missing',
  'nobody_found',
  'several_found',
  'twice_in_file',
  'no_household',
  'not_in_area',
] as const;
/** What became of those who were to be added: how many, and each that was not, by line. */
export const listReport = z.object({
  added: z.int(),
  problems: z.array(
    z.object({
      line: z.int(),
      text: z.string(),
      problem: z.enum(listProblemKinds),
      /** Of several found: what tells them apart. */
      choices: z.array(z.object({ personId: id, label: z.string() })),
    }),
  ),
  /** How many of those added are on another list of this month. */
  elsewhere: z.int(),
});
export const listSource = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('group'),
    areaCode: z.string(),
    /** Code of the group's value in the catalogue of facts: subsistence, disabled … */
    group: z.string().max(40),
  }),
  z.object({
    from: z.literal('programme'),
    programmeCode: z.string().max(20),
    areaCode: z.string(),
  }),
  z.object({ from: z.literal('plan'), planId: id }),
  z.object({ from: z.literal('persons'), personIds: z.array(id).min(1).max(500) }),
  z.object({
    from: z.literal('names'),
    /** One name a line: people without a file, of one team. */
    unitName: line,
    names: z.array(line).min(1).max(500),
  }),
]);
export const tickBody = z.object({
  /** Made by the page once per tick, so that a repeated one is the same. */
  tickId: id,
  recipientId: id,
  outcome: z.enum(handOutcomes),
  signatureId: id.nullable(),
  pictureIds: z.array(id).max(4).default([]),
  proxy: z
    .object({
      name: line,
      relation: z.enum(proxyRelations),
      reason: z.string().trim().min(2).max(200),
    })
    .nullable(),
  note: z.string().trim().max(300).default(''),
});
export const ownHandout = z.object({
  id,
  planName: z.string(),
  state: z.enum(['coming', 'today', 'received', 'over']),
  onDay: plainDate,
  fromTime: z.string().nullable(),
  untilTime: z.string().nullable(),
  way: z.enum(distributionWays),
  placeName: z.string().nullable(),
  placeAddress: z.string().nullable(),
  serial: z.int(),
  word: z.string(),
  goods: z.array(z.object({ name: z.string(), unit: z.string(), quantity: z.int() })),
  receivedAt: instant.nullable(),
  giverLabel: z.string(),
});
