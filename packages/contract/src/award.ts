import { z } from 'zod';
import { decisionRefusals, decisionWord } from './approval.shapes.ts';
import * as shape from './award.shapes.ts';
import { awardDeliveryRoutes } from './award.delivery.ts';
import { awardNoticeRoutes } from './award.notice.ts';
import { ownAidRoutes } from './award.own.ts';
import { consentForms } from './resident.ts';
import { route } from './route.ts';
import {
  areaCode,
  areaRef,
  id,
  instant,
  listOf,
  optionalParagraph,
  page,
  paragraph,
  sumFen,
  version,
} from './values.ts';

const awardId = z.object({ awardId: id });
const roundId = z.object({ roundId: id });

/** From candidate to help: rounds, visits, lists. */
export const awardRoutes = {
  ...awardNoticeRoutes,
  ...awardDeliveryRoutes,
  ...ownAidRoutes,
  programmes: route({
    method: 'GET',
    path: '/api/aid/programmes',
    permission: 'award.read',
    summary:
      'Programmes in force with how many people of one’s area they would be for and what that costs.',
    output: z.object({
      asOf: instant,
      items: z.array(
        z.object({
          programme: shape.aidProgramme,
          period: z.string(),
          candidates: z.int(),
          amount: sumFen,
          roundId: id.nullable(),
        }),
      ),
    }),
    refusals: [],
  }),
  rounds: route({
    method: 'GET',
    path: '/api/aid/rounds',
    permission: 'award.read',
    summary: 'Rounds with how many people of one’s area stand where, newest first.',
    query: page,
    output: listOf(shape.awardRound),
    refusals: [],
  }),
  openRound: route({
    method: 'POST',
    path: '/api/aid/rounds',
    permission: 'award.open',
    summary:
      'Opens a programme’s round of this period, or adds who became a candidate since: a message to each bound resident, a visit task to her community.',
    body: z.object({ programmeCode: z.string().max(20), areaCode: areaCode.nullable() }),
    output: z.object({ roundId: id, added: z.int() }),
    refusals: ['not_found', 'area_unknown', 'nobody_to_help'],
  }),
  readRound: route({
    method: 'GET',
    path: '/api/aid/rounds/:roundId',
    permission: 'award.read',
    summary: 'One round: where its people stand, by community.',
    params: roundId,
    output: shape.awardRound.extend({
      byArea: z.array(
        z.object({ area: areaRef, waiting: z.int(), helped: z.int(), ended: z.int() }),
      ),
      mayPropose: z.boolean(),
      mayRefer: z.boolean(),
      /** People who are ready to be proposed or referred, in the reader's area. */
      ready: z.int(),
      withoutNotice: z.int(),
    }),
    refusals: ['not_found'],
  }),
  awards: route({
    method: 'GET',
    path: '/api/aid/rounds/:roundId/awards',
    permission: 'award.read',
    summary: 'People of a round, masked, as far as the reader may see them.',
    params: roundId,
    query: page.extend({
      state: z.enum(shape.awardStates).optional(),
      areaCode: areaCode.optional(),
    }),
    output: listOf(shape.awardRow),
    refusals: [],
  }),
  readAward: route({
    method: 'GET',
    path: '/api/aid/awards/:awardId',
    permission: 'award.read',
    summary: 'One award with its visits, parts and history.',
    params: awardId,
    output: shape.awardDetail,
    refusals: ['not_found'],
  }),
  visit: route({
    method: 'POST',
    path: '/api/aid/awards/:awardId/visits',
    permission: 'award.visit',
    summary:
      'Notes a visit: consent and the papers seen, or that she was away, declines, has died or moved.',
    params: awardId,
    body: z.object({
      version,
      outcome: z.enum(shape.awardVisitOutcomes),
      visitedAt: instant,
      consentForm: z.enum(consentForms).nullable(),
      consentNote: z.string().trim().max(300).default(''),
      proofs: z.array(z.enum(shape.awardProofs)).max(shape.awardProofs.length).default([]),
      /** That an income check was asked for, and of whom (C-28). */
      incomeCheck: z.string().trim().max(200).nullable().default(null),
      note: optionalParagraph,
    }),
    output: shape.awardDetail,
    refusals: [
      'not_found',
      'busy_elsewhere',
      'consent_required',
      'proof_missing',
      'reason_required',
      'award_state_wrong',
    ],
  }),
  act: route({
    method: 'POST',
    path: '/api/aid/awards/:awardId/acts',
    permission: 'award.act',
    summary: 'Refuses, stops, renews or ends an award; she is told the reason and may appeal.',
    params: awardId,
    body: z.object({ version, act: z.enum(shape.awardActs), reason: optionalParagraph }),
    output: shape.awardDetail,
    refusals: ['not_found', 'busy_elsewhere', 'reason_required', 'award_state_wrong'],
  }),
  tell: route({
    method: 'POST',
    path: '/api/aid/awards/:awardId/tellings',
    permission: 'award.visit',
    summary:
      'Notes that somebody without an account was told of a decision, how and what she said.',
    params: awardId,
    body: z.object({ way: z.enum(shape.tellingWays), note: optionalParagraph }),
    output: shape.awardDetail,
    refusals: ['not_found', 'award_state_wrong'],
  }),
  appealFor: route({
    method: 'POST',
    path: '/api/aid/awards/:awardId/appeals',
    permission: 'award.visit',
    summary: 'Appeals on behalf of who cannot do it herself.',
    params: awardId,
    body: z.object({ text: paragraph }),
    output: shape.awardDetail,
    refusals: ['not_found', 'appeal_not_possible'],
  }),
  decideAppeal: route({
    method: 'POST',
    path: '/api/aid/awards/:awardId/appeals/decision',
    permission: 'award.act',
    summary: 'Answers an appeal, one level above who decided.',
    params: awardId,
    body: z.object({ decision: z.enum(['uphold', 'overturn']), answer: paragraph }),
    output: shape.awardDetail,
    refusals: ['not_found', 'appeal_not_possible', 'appeal_level_wrong'],
  }),
  propose: route({
    method: 'POST',
    path: '/api/aid/rounds/:roundId/lists',
    permission: 'award.propose',
    summary:
      'Proposes all who are ready to the federation; lines with a relative among those who decide go on lists of their own.',
    params: roundId,
    output: z.object({ listIds: z.array(id), proposed: z.int(), leftOut: z.int() }),
    refusals: ['not_found', 'nobody_ready', 'balance_too_low', 'fund_missing', 'award_state_wrong'],
  }),
  lists: route({
    method: 'GET',
    path: '/api/aid/lists',
    permission: 'award_list.read',
    summary: 'Lists proposed to the federation, those that wait first.',
    query: page.extend({ state: z.enum(shape.awardListStates).optional() }),
    output: listOf(shape.awardList),
    refusals: [],
  }),
  readList: route({
    method: 'GET',
    path: '/api/aid/lists/:listId',
    permission: 'award_list.read',
    summary: 'One list with its people, masked, and who stood aside.',
    params: z.object({ listId: id }),
    output: shape.awardList.extend({
      awards: z.array(shape.awardRow),
      recusals: z.array(shape.awardRecusal),
    }),
    refusals: ['not_found'],
  }),
  decideList: route({
    method: 'POST',
    path: '/api/aid/lists/:listId/decisions',
    permission: 'award.approve',
    summary:
      'Approves or refuses a list. Who turns out to be a relative does not decide: the line is set aside for others.',
    params: z.object({ listId: id }),
    body: z.object({ decision: decisionWord, note: optionalParagraph }),
    output: z.object({
      /** `set_aside`: the list was split, because the caller is a relative of somebody in it. */
      outcome: z.enum(['decided', 'set_aside']),
      list: shape.awardList,
    }),
    refusals: decisionRefusals,
  }),
};
