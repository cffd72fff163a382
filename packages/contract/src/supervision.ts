import { z } from 'zod';
import { roles } from './access.ts';
import { clock } from './need.shapes.ts';
import { route } from './route.ts';
import { areaRef, done, id, instant, line, listOf, page, paragraph, yuanText } from './values.ts';

/** What supervision looks for in the registry, the awards and the payments. */
export const findingKinds = [
  'dead_in_roster',
  'dead_paid',
  'same_benefit_twice',
  'exclusive_benefits',
  'never_reached',
  'never_opened',
  'paid_unconfirmed',
  'sudden_jump',
  'relative_of_staff',
  'matched_own_people',
  'matched_paid_back',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** How a case ends; a person decides it and says why. */
export const findingOutcomes = ['recovered', 'explained', 'referred'] as const;
const findingMoves = ['found', 'noted', 'gone', 'found_again', 'ended'] as const;

/** What a finding rests on, in the reader's language: `{ code: 'died_on', value: '2026-03-02' }`. */
export const evidenceCodes = [
  'died_on',
  'group',
  'benefit',
  'department',
  'amount',
  'paid_on',
  'since',
  'people',
  'people_before',
  'award',
  'tie',
  'enterprise',
  'gifts',
  'given',
  'matched',
  'paid_back',
] as const;
const finding = z.object({
  id,
  number: z.string(),
  kind: z.enum(findingKinds),
  area: areaRef,
  person: z.object({ id, maskedName: z.string() }).nullable(),
  foundAt: instant,
  /** False once the data no longer show it; a person ends the case all the same. */
  stillFound: z.boolean(),
  outcome: z.enum(findingOutcomes).nullable(),
  endedAt: instant.nullable(),
  clock: clock.omit({ stage: true }).nullable(),
  evidence: z.array(z.object({ code: z.enum(evidenceCodes), value: z.string() })),
});
const share = z.object({ living: z.int(), reached: z.int() });

export const supervisionRoutes = {
  findings: route({
    method: 'GET',
    path: '/api/supervision/findings',
    permission: 'finding.read',
    summary: 'Cases of aid supervision in the caller’s areas, open ones first, oldest clock first.',
    query: page.extend({
      kind: z.enum(findingKinds).optional(),
      open: z.enum(['true', 'false']).optional(),
    }),
    output: listOf(finding),
    refusals: [],
  }),
  summary: route({
    method: 'GET',
    path: '/api/supervision/summary',
    permission: 'finding.read',
    summary: 'How many cases of each kind are open, and how the others ended.',
    output: z.object({
      asOf: instant,
      lookedAt: instant.nullable(),
      kinds: z.array(
        z.object({
          kind: z.enum(findingKinds),
          open: z.int(),
          recovered: z.int(),
          explained: z.int(),
          referred: z.int(),
          recoveredFen: z.int(),
        }),
      ),
    }),
    refusals: [],
  }),
  readFinding: route({
    method: 'GET',
    path: '/api/supervision/findings/:findingId',
    permission: 'finding.read',
    summary: 'One case with all that was noted.',
    params: z.object({ findingId: id }),
    output: finding.extend({
      /** Who looks into it first: the office, and the people who hold it there. */
      owners: z.object({ role: z.enum(roles), area: areaRef, names: z.array(z.string()) }),
      referredTo: z.string().nullable(),
      recoveredFen: z.int().nullable(),
      steps: z.array(
        z.object({
          at: instant,
          move: z.enum(findingMoves),
          byName: z.string().nullable(),
          note: z.string().nullable(),
        }),
      ),
    }),
    refusals: ['not_found'],
  }),
  note: route({
    method: 'POST',
    path: '/api/supervision/findings/:findingId/notes',
    permission: 'finding.act',
    summary: 'Adds what was found out.',
    params: z.object({ findingId: id }),
    body: z.object({ note: paragraph }),
    output: done,
    refusals: ['not_found', 'finding_ended'],
  }),
  end: route({
    method: 'POST',
    path: '/api/supervision/findings/:findingId/end',
    permission: 'finding.act',
    summary: 'Ends a case: recovered (how much), explained, or referred (to whom).',
    params: z.object({ findingId: id }),
    body: z.object({
      outcome: z.enum(findingOutcomes),
      note: paragraph,
      recoveredYuan: yuanText.nullable(),
      referredTo: line.nullable(),
    }),
    output: done,
    refusals: [
      'not_found',
      'finding_ended',
      'amount_invalid',
      'recovered_amount_required',
      'referred_to_required',
    ],
  }),
  look: route({
    method: 'POST',
    path: '/api/supervision/look',
    permission: 'finding.look',
    summary: 'Looks through everything now; otherwise it is done every night.',
    output: z.object({ found: z.int(), gone: z.int() }),
    refusals: [],
  }),
  coverage: route({
    method: 'GET',
    path: '/api/supervision/coverage',
    permission: 'coverage.read',
    summary:
      'Coverage (精准救助率): living people of the groups with a confirmed award, goods or need in 12 months, over all living people of the groups.',
    output: z.object({
      asOf: instant,
      total: share,
      groups: z.array(share.extend({ group: z.string(), name: z.string() })),
      areas: z.array(share.extend({ area: areaRef, parentCode: z.string().nullable() })),
    }),
    refusals: [],
  }),
};
