import { z } from 'zod';
import { attachment } from './attachment.ts';
import { needKindCodes, needMoves, needStates, statutoryAids } from './need.kinds.ts';
import { consentForms } from './resident.ts';
import {
  areaCode,
  areaRef,
  id,
  instant,
  line,
  optionalParagraph,
  page,
  paragraph,
  plainDate,
  sumFen,
  telephone,
  version,
  yuanText,
} from './values.ts';

export const actingRelations = [
  'worker',
  'relative',
  'neighbour',
  'police',
  'school',
  'hospital',
  'hotline',
  'station',
] as const;
/** A clock as a person reads it: working time of the State Council's calendar. */
export const clock = z.object({
  stage: z.enum(['verify', 'match', 'carry_out', 'feed_back']),
  dueAt: instant,
  /** Working minutes left; negative when overdue; does not shrink while paused. */
  workingMinutesLeft: z.int(),
  state: z.enum(['running', 'warned', 'overdue', 'paused']),
});
export const needRow = z.object({
  id,
  number: z.string(),
  kind: z.enum(needKindCodes),
  state: z.enum(needStates),
  title: z.string(),
  maskedName: z.string(),
  area: areaRef,
  amountFen: sumFen.nullable(),
  filedAt: instant,
  clock: clock.nullable(),
  escalatedTo: z.enum(['street', 'district']).nullable(),
  version,
});
export const historyEntry = z.object({
  id,
  at: instant,
  move: z.enum([...needMoves, 'file', 'gift_complete', 'escalate', 'clock_warned'] as const),
  state: z.enum(needStates),
  byName: z.string(),
  byRole: z.string().nullable(),
  note: z.string().nullable(),
  attachments: z.array(attachment),
});
/** Something that can be done now, or cannot and why: the page shows both. */
export const possibleMove = z.object({
  move: z.enum(needMoves),
  allowed: z.boolean(),
  why: z.string().nullable(),
  undoUntil: instant.nullable(),
});
export const verification = z.object({
  visitedAt: instant,
  place: z.string(),
  seen: z.string(),
  finding: z.enum(['true', 'partly', 'not_true']),
  priceFen: sumFen.nullable(),
  priceSource: z.string().nullable(),
  secondSource: z.string().nullable(),
  validUntil: plainDate,
  publicText: z.string().nullable(),
  publicTitle: z.string().nullable(),
  byName: z.string(),
  statutory: z.array(
    z.object({
      aid: z.enum(statutoryAids),
      result: z.enum(['applied', 'not_entitled', 'received', 'refer']),
      note: z.string(),
    }),
  ),
});
export const needView = needRow.extend({
  story: z.string(),
  filedBy: z.object({
    relation: z.enum(['self', ...actingRelations]),
    name: z.string(),
    consentForm: z.enum(consentForms),
  }),
  personId: id.nullable(),
  attachments: z.array(attachment),
  verifications: z.array(verification),
  history: z.array(historyEntry),
  moves: z.array(possibleMove),
  possibleDuplicates: z.array(
    z.object({
      id,
      number: z.string(),
      title: z.string(),
      state: z.enum(needStates),
      filedAt: instant,
    }),
  ),
  /** What meets it: campaign item, offers, proposals, payments. */
  matches: z.array(
    z.object({
      kind: z.enum(['item', 'offer', 'proposal', 'referral']),
      id,
      label: z.string(),
      state: z.string(),
      amountFen: sumFen.nullable(),
    }),
  ),
  handledByName: z.string().nullable(),
  deskTelephone: z.string().nullable(),
  statutoryDeadline: instant.nullable(),
  tries: z.array(instant),
});
/** What the asker sees of her own matter. */
export const ownNeed = needRow.extend({
  story: z.string(),
  history: z.array(historyEntry),
  attachments: z.array(attachment),
  moves: z.array(possibleMove),
  nextStep: z.string(),
  handledByName: z.string().nullable(),
  deskTelephone: z.string().nullable(),
  itemId: id.nullable(),
  /** She speaks for somebody else, who has not claimed the matter. */
  isForAnother: z.boolean(),
});
export const moveCommon = {
  version,
  note: optionalParagraph,
  attachmentIds: z.array(id).max(9).default([]),
};
/** One body per move, told apart by `move`. */
export const moveBody = z.discriminatedUnion('move', [
  z.object({
    move: z.literal('verify'),
    ...moveCommon,
    visitedAt: instant,
    place: line,
    seen: paragraph,
    finding: z.enum(['true', 'partly', 'not_true']),
    priceYuan: yuanText.nullable(),
    priceSource: z.string().trim().max(200).nullable(),
    secondSource: z.string().trim().max(300).nullable(),
    validUntil: plainDate,
    publicTitle: z.string().trim().max(40).nullable(),
    publicText: z.string().trim().max(300).nullable(),
    statutory: z
      .array(
        z.object({
          aid: z.enum(statutoryAids),
          result: z.enum(['applied', 'not_entitled', 'received', 'refer']),
          note: z.string().trim().max(200),
        }),
      )
      .default([]),
  }),
  z.object({ move: z.literal('merge'), ...moveCommon, intoNumber: z.string().trim().max(20) }),
  z.object({
    move: z.literal('refer'),
    ...moveCommon,
    to: z.enum([...statutoryAids, 'designated_platform']),
    reason: line,
  }),
  z.object({
    move: z.literal('match'),
    ...moveCommon,
    way: z.enum(['item', 'offer', 'fund']),
    offerId: id.nullable(),
  }),
  z.object({
    move: z.literal('confirm'),
    ...moveCommon,
    met: z.enum(['yes', 'partly', 'no']),
    words: paragraph,
  }),
  z.object({
    move: z.literal('call_back'),
    ...moveCommon,
    met: z.enum(['yes', 'partly', 'no']),
    words: paragraph,
    calledAt: instant,
  }),
  z.object({
    move: z.literal('paper_slip'),
    ...moveCommon,
    met: z.enum(['yes', 'partly', 'no']),
    words: paragraph,
  }),
  z.object({
    move: z.literal('lapse'),
    ...moveCommon,
    cause: z.enum(['died', 'moved', 'expired']),
  }),
  ...(
    [
      'return_for_more',
      'answer',
      'send_up',
      'assess',
      'refuse',
      'appeal',
      'uphold',
      'overturn',
      'note_referral_result',
      'withdraw',
      'start',
      'deliver',
      'note_try',
      'close',
      'give_up',
      'reopen',
      'undo',
      'note',
    ] as const
  ).map((move) => z.object({ move: z.literal(move), ...moveCommon })),
]);
export type MoveBody = z.output<typeof moveBody>;
export const fileNeedBody = z.object({
  kind: z.enum(needKindCodes),
  title: line,
  story: paragraph,
  amountYuan: yuanText.nullable(),
  areaCode,
  contactTelephone: telephone.nullable(),
  attachmentIds: z.array(id).max(9).default([]),
  /** For whom: oneself, a person on file (worker), or somebody one acts for. */
  acting: z
    .object({
      relation: z.enum(actingRelations),
      personId: id.nullable(),
      personName: z.string().trim().max(40),
      consentForm: z.enum(consentForms),
      consentNote: z.string().trim().max(300),
    })
    .nullable(),
  /** Made by the page once per form, so that a repeated tap files one need. */
  formId: id,
});
export const filed = z.object({ id, number: z.string(), answerBy: instant });
/** A wish on the public wall: the worker's words, the community, no person. */
export const wallWish = z.object({
  id,
  itemId: id.nullable(),
  title: z.string(),
  text: z.string(),
  area: areaRef,
  streetName: z.string(),
  state: z.enum(['open', 'claimed', 'given', 'under_way', 'delivered', 'closed']),
  targetFen: sumFen,
  givenFen: sumFen,
  ways: z.array(z.enum(['money', 'goods', 'hours'])),
  since: instant,
  claimedUntil: instant.nullable(),
  pictureIds: z.array(id),
  thanks: z.string().nullable(),
});
export const needFilters = page.extend({
  kind: z.enum(needKindCodes).optional(),
  state: z.enum(needStates).optional(),
  areaCode: areaCode.optional(),
  overdue: z.coerce.boolean().optional(),
  open: z.coerce.boolean().optional(),
});
export const responseFigures = z.object({
  asOf: instant,
  areas: z.array(
    z.object({
      area: areaRef,
      filed: z.int(),
      closed: z.int(),
      unconfirmed: z.int(),
      medianVerifyWorkingHours: z.number().nullable(),
      medianCloseDays: z.number().nullable(),
      onTimeShare: z.number().nullable(),
    }),
  ),
});
