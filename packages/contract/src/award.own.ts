import { z } from 'zod';
import * as shape from './award.shapes.ts';
import { amountUnits, programSources } from './program.shapes.ts';
import { route } from './route.ts';
import { areaRef, done, id, instant, listOf, page, paragraph, sumFen } from './values.ts';

const awardId = z.object({ awardId: id });
const periodId = z.object({ periodId: id });

/** What people see of their own aid, what a worker’s people got, and what everybody may know of it. */
export const ownAidRoutes = {
  aidOfYear: route({
    method: 'GET',
    path: '/api/aid/year',
    permission: 'award.read',
    summary: 'What the people of one’s area got in a year.',
    query: page.extend({ year: z.coerce.number().int().min(2000).max(2100) }),
    output: listOf(shape.aidOfYear).extend({
      people: z.int(),
      paidFen: sumFen,
      byMonth: z.array(z.object({ month: z.string(), amountFen: sumFen, count: z.int() })),
    }),
    refusals: [],
  }),
  aidOfYearSheet: route({
    method: 'GET',
    path: '/api/aid/year.xlsx',
    permission: 'award.read',
    summary: 'The same in the columns of the superior’s sheet.',
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100) }),
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  mine: route({
    method: 'GET',
    path: '/api/my/aid',
    permission: 'award.own',
    summary: 'What I get, when it came, when next, and from which clause.',
    output: z.object({
      /** False until a worker has met the caller and bound her account to her file. */
      bound: z.boolean(),
      deskTelephone: z.string().nullable(),
      items: z.array(shape.ownAward),
    }),
    refusals: [],
  }),
  confirmMine: route({
    method: 'POST',
    path: '/api/my/aid/parts/:periodId/confirmation',
    permission: 'award.own',
    summary: 'Says that a part arrived, or that it did not.',
    params: periodId,
    body: z.object({ received: z.boolean(), words: z.string().trim().max(300).default('') }),
    output: done,
    refusals: ['not_found', 'award_state_wrong'],
  }),
  appealMine: route({
    method: 'POST',
    path: '/api/my/aid/:awardId/appeals',
    permission: 'award.own',
    summary: 'Appeals against a refusal or an end; it goes one level up.',
    params: awardId,
    body: z.object({ text: paragraph }),
    output: done,
    refusals: ['not_found', 'appeal_not_possible'],
  }),
  askMine: route({
    method: 'POST',
    path: '/api/my/aid/:awardId/questions',
    permission: 'award.own',
    summary: 'Asks a person about an award; her community worker calls.',
    params: awardId,
    body: z.object({ text: paragraph }),
    output: done,
    refusals: ['not_found'],
  }),
  giveUpMine: route({
    method: 'POST',
    path: '/api/my/aid/:awardId/giving-up',
    permission: 'award.own',
    summary: 'Gives an award up of one’s own will.',
    params: awardId,
    body: z.object({ reason: z.string().trim().max(300).default('') }),
    output: done,
    refusals: ['not_found', 'award_state_wrong'],
  }),
  publicAid: route({
    method: 'GET',
    path: '/api/public/aid',
    permission: 'public',
    summary:
      'Use of funds: how many people got how much, by programme and street; cells under five are merged (C-28).',
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
    output: z.object({
      year: z.int(),
      asOf: instant,
      items: z.array(
        z.object({
          programme: z.string(),
          source: z.enum(programSources),
          clause: z.string(),
          unit: z.enum(amountUnits),
          people: z.int(),
          amount: sumFen,
          byStreet: z.array(
            z.object({ area: areaRef.nullable(), people: z.int(), amount: sumFen }),
          ),
        }),
      ),
      /** People of programmes in which fewer than five were helped, together. */
      fewer: z.object({ programmes: z.int(), people: z.int() }),
    }),
    refusals: [],
  }),
};
