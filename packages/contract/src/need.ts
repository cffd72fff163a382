import { z } from 'zod';
import { attachment } from './attachment.ts';
import { needKindCodes, needMoves, needStates, statutoryAids } from './need.kinds.ts';
import { consentForms } from './resident.ts';
import { route } from './route.ts';
import {
  areaCode,
  areaRef,
  id,
  instant,
  line,
  listOf,
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
});
const moveCommon = {
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
const filed = z.object({ id, number: z.string(), answerBy: instant });
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
const needFilters = page.extend({
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

export const needRoutes = {
  file: route({
    method: 'POST',
    path: '/api/needs',
    permission: 'need.file',
    summary: 'Files a micro-wish or help request, for oneself or for another.',
    body: fileNeedBody,
    output: filed,
    refusals: [
      'area_unknown',
      'need_open_already',
      'wish_amount_limit',
      'wish_goods_excluded',
      'amount_invalid',
      'text_too_long',
      'attachment_unknown',
      'consent_required',
      'person_not_in_area',
      'telephone_invalid',
    ],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/needs',
    permission: 'need.own',
    summary: 'One’s own matters.',
    query: page,
    output: listOf(ownNeed),
    refusals: [],
  }),
  readMine: route({
    method: 'GET',
    path: '/api/my/needs/:needId',
    permission: 'need.own',
    summary: 'One of one’s own matters.',
    params: z.object({ needId: id }),
    output: ownNeed,
    refusals: ['not_found'],
  }),
  moveMine: route({
    method: 'POST',
    path: '/api/my/needs/:needId/moves',
    permission: 'need.own',
    summary: 'The asker’s own moves: answer, confirm, appeal, withdraw, reopen.',
    params: z.object({ needId: id }),
    body: moveBody,
    output: ownNeed,
    refusals: [
      'not_found',
      'busy_elsewhere',
      'move_not_possible',
      'move_not_yours',
      'reason_required',
      'appeal_too_late',
      'attachment_unknown',
      'need_open_already',
    ],
  }),
  list: route({
    method: 'GET',
    path: '/api/needs',
    permission: 'need.read',
    summary: 'Matters of one’s area, by clock.',
    query: needFilters,
    output: listOf(needRow),
    refusals: [],
  }),
  sheet: route({
    method: 'GET',
    path: '/api/needs.xlsx',
    permission: 'need.read',
    summary: 'The same list as a sheet.',
    query: needFilters,
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  read: route({
    method: 'GET',
    path: '/api/needs/:needId',
    permission: 'need.read',
    summary: 'One matter with its whole history and what can be done now.',
    params: z.object({ needId: id }),
    output: needView,
    refusals: ['not_found'],
  }),
  move: route({
    method: 'POST',
    path: '/api/needs/:needId/moves',
    permission: 'need.act',
    summary: 'Does one move of the loop.',
    params: z.object({ needId: id }),
    body: moveBody,
    output: needView,
    refusals: [
      'not_found',
      'busy_elsewhere',
      'move_not_possible',
      'move_not_yours',
      'reason_required',
      'relative_must_stand_aside',
      'second_source_required',
      'statutory_first',
      'public_text_names_person',
      'second_worker_required',
      'delivery_photo_required',
      'tries_not_enough',
      'feedback_required',
      'merge_into_itself',
      'amount_invalid',
      'wish_amount_limit',
      'attachment_unknown',
      'offer_not_open',
      'person_not_in_area',
      'appeal_too_late',
      'campaign_not_open',
      'need_open_already',
      'slip_photo_required',
      'wish_already_met',
      'wish_goods_excluded',
    ],
  }),
  slip: route({
    method: 'GET',
    path: '/api/needs/:needId/slip',
    permission: 'need.read',
    summary: 'What the printed slip says: number, title, who handles it, telephone, link.',
    params: z.object({ needId: id }),
    output: z.object({
      number: z.string(),
      title: z.string(),
      filedAt: instant,
      answerBy: instant.nullable(),
      handledByName: z.string().nullable(),
      deskTelephone: z.string().nullable(),
      communityName: z.string(),
      lookUpPath: z.string(),
      qrSvg: z.string(),
    }),
    refusals: ['not_found'],
  }),
  lookUp: route({
    method: 'GET',
    path: '/api/public/slips/:code',
    permission: 'public',
    summary: 'State of a matter by the code on its slip; says nothing about whom or what for.',
    params: z.object({ code: z.string().max(40) }),
    output: z.object({
      number: z.string(),
      state: z.enum(needStates),
      answerBy: instant.nullable(),
      communityName: z.string(),
      deskTelephone: z.string().nullable(),
    }),
    refusals: ['not_found'],
  }),
  wall: route({
    method: 'GET',
    path: '/api/public/wishes',
    permission: 'public',
    summary: 'The wish wall.',
    query: page.extend({
      areaCode: areaCode.optional(),
      state: z.enum(['open', 'claimed', 'given', 'under_way', 'delivered', 'closed']).optional(),
    }),
    output: listOf(wallWish).extend({ openCount: z.int(), closedCount: z.int(), asOf: instant }),
    refusals: [],
  }),
  wish: route({
    method: 'GET',
    path: '/api/public/wishes/:needId',
    permission: 'public',
    summary: 'One wish with what happened to it.',
    params: z.object({ needId: id }),
    output: wallWish.extend({
      steps: z.array(
        z.object({
          at: instant,
          step: z.enum([
            'verified',
            'gift',
            'claimed',
            'complete',
            'paid',
            'delivered',
            'confirmed',
          ]),
          amountFen: sumFen.nullable(),
        }),
      ),
      remainderRule: z.string(),
    }),
    refusals: ['not_found'],
  }),
  responses: route({
    method: 'GET',
    path: '/api/public/responses',
    permission: 'public',
    summary: 'How fast matters are answered, median per street.',
    output: responseFigures,
    refusals: [],
  }),
};
