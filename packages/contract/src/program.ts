import { z } from 'zod';
import { decisionWord } from './approval.shapes.ts';
import {
  amountUnits,
  areaCount,
  bothWords,
  entitlement,
  factField,
  programCard,
  programDefinition,
  programProblem,
  programRow,
  programVersion,
} from './program.shapes.ts';
import { route } from './route.ts';
import { areaCode, areaRef, done, id, listOf, page, paragraph, plainDate } from './values.ts';

const code = z.string().regex(/^[A-Z][A-Z0-9]{0,9}$/);
const byCode = z.object({ code });
const byVersion = z.object({ versionId: id });
const note = z.string().trim().max(500).default('');

/** What a draft would come to today. */
const preview = z.object({
  problems: z.array(programProblem),
  /** The criteria as one sentence; null while they cannot be read. */
  sentence: bothWords.nullable(),
  asOf: plainDate,
  /** Null while they cannot be read; fewer than five are told only to the district. */
  candidates: z.int().nullable(),
  amount: z.int().nullable(),
  yearly: z.int().nullable(),
  amountUnit: z.enum(amountUnits).nullable(),
});

const difference = z.object({
  before: z.int(),
  after: z.int(),
  gained: z.int(),
  lost: z.int(),
  amountBefore: z.int(),
  amountAfter: z.int(),
});

/** What could still change a number: so many links that wait for a person, so many files with gaps, and how far at most. */
const trialExplained = z
  .object({ questions: z.int(), gaps: z.int(), least: z.int(), most: z.int() })
  .nullable();

const programTrial = z.object({
  on: plainDate,
  openQuestions: z.int(),
  /** People with a registered death who stand in a roster of a group. */
  dead: z.object({ count: z.int(), explained: trialExplained }),
  rows: z.array(
    z.object({
      code: z.string(),
      name: bothWords,
      isDraft: z.boolean(),
      unit: z.enum(['person', 'household']),
      /** Null for a handful of people, which is told only to who sees every area. */
      candidates: z.int().nullable(),
      /** One payment to each, in `amountUnit`. */
      amount: z.int().nullable(),
      amountUnit: z.enum(amountUnits),
      /** Null where it was not asked for. */
      explained: trialExplained,
    }),
  ),
});

export const programRoutes = {
  list: route({
    method: 'GET',
    path: '/api/programs',
    permission: 'program.read',
    summary:
      'Every programme with its state, how many it finds among the people one may see, and what a year costs.',
    output: z.object({ items: z.array(programRow), waiting: z.int() }),
    refusals: [],
  }),
  catalogue: route({
    method: 'GET',
    path: '/api/programs/catalogue',
    permission: 'program.read',
    summary:
      'The fields that criteria are made of, and the funds, departments and codes a definition may name.',
    output: z.object({
      fields: z.array(factField),
      departments: z.array(z.object({ id, name: z.string() })),
      codes: z.array(z.object({ code: z.string(), name: bothWords })),
    }),
    refusals: [],
  }),
  report: route({
    method: 'GET',
    path: '/api/programs/report',
    permission: 'program.write',
    summary:
      'Whom all programmes, drafts too, would find on a day, and what open links and gaps in files could still change.',
    query: z.object({ on: plainDate, explain: z.coerce.boolean().default(false) }),
    output: programTrial,
    refusals: [],
  }),
  read: route({
    method: 'GET',
    path: '/api/programs/:code',
    permission: 'program.read',
    summary: 'One programme: its versions, newest first, and where its candidates live.',
    params: byCode,
    output: programRow.extend({
      versions: z.array(programVersion),
      byStreet: z.array(areaCount),
      mayDraft: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  candidates: route({
    method: 'GET',
    path: '/api/programs/:code/candidates',
    permission: 'program.read',
    summary: 'The candidates of a programme whom the caller may see: masked, with the reason.',
    params: byCode,
    query: page.extend({ areaCode: areaCode.optional() }),
    output: listOf(
      z.object({
        id,
        personId: id,
        maskedName: z.string().nullable(),
        bornYear: z.int().nullable(),
        area: areaRef,
        amount: z.int(),
        since: plainDate,
        reason: bothWords,
      }),
    ),
    refusals: ['not_found', 'area_unknown'],
  }),
  preview: route({
    method: 'POST',
    path: '/api/programs/preview',
    permission: 'program.write',
    summary:
      'Reads a definition that is being written: every problem with its place, the criteria as a sentence, how many people.',
    body: z.object({ definition: programDefinition }),
    output: preview,
    refusals: [],
  }),
  whatIf: route({
    method: 'POST',
    path: '/api/programs/what-if',
    permission: 'program.write',
    summary:
      'What moving one value of a definition would do today: people gained and lost by street, cost of a year.',
    body: z.object({
      definition: programDefinition,
      path: z.array(z.union([z.string(), z.number()])).max(40),
      value: z.number(),
    }),
    output: z.object({
      problems: z.array(programProblem),
      asOf: plainDate,
      total: difference.nullable(),
      yearlyDifference: z.int(),
      amountUnit: z.enum(amountUnits),
      byStreet: z.array(difference.extend({ area: areaRef })),
      definition: programDefinition,
    }),
    refusals: [],
  }),
  saveDraft: route({
    method: 'POST',
    path: '/api/programs/drafts',
    permission: 'program.write',
    summary:
      'Keeps a definition as the draft of its programme. `baseVersionId` is the draft it was opened from.',
    body: z.object({
      definition: programDefinition,
      departmentId: id.nullable(),
      baseVersionId: id.nullable(),
    }),
    output: z.object({ code: z.string(), versionId: id }),
    refusals: ['definition_invalid', 'busy_elsewhere', 'program_not_own', 'program_proposed'],
  }),
  submit: route({
    method: 'POST',
    path: '/api/programs/versions/:versionId/submit',
    permission: 'program.write',
    summary:
      'Asks for a decision on a draft: of two people of the federation where it is charity, else of the district office.',
    params: byVersion,
    output: done,
    refusals: ['not_found', 'busy_elsewhere', 'program_not_own', 'definition_invalid'],
  }),
  decide: route({
    method: 'POST',
    path: '/api/programs/versions/:versionId/decide',
    permission: 'program.decide',
    summary: 'Decides a draft. Agreed, it takes the place of the version before it.',
    params: byVersion,
    body: z.object({ decision: decisionWord, note }),
    output: z.object({ state: z.enum(['proposed', 'decided', 'refused']) }),
    refusals: [
      'not_found',
      'busy_elsewhere',
      'not_permitted',
      'reason_required',
      'approval_closed',
      'approver_is_proposer',
      'approver_already_decided',
      'definition_invalid',
    ],
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/programs/versions/:versionId/withdraw',
    permission: 'program.write',
    summary: 'Takes a draft or a proposal back.',
    params: byVersion,
    output: done,
    refusals: ['not_found', 'busy_elsewhere', 'program_not_own'],
  }),
  end: route({
    method: 'POST',
    path: '/api/programs/versions/:versionId/end',
    permission: 'program.decide',
    summary: 'Ends a decided programme: `on` is the first day on which it no longer holds.',
    params: byVersion,
    body: z.object({ on: plainDate, note: paragraph }),
    output: done,
    refusals: ['not_found', 'busy_elsewhere', 'not_permitted', 'end_in_past'],
  }),
  importDefinitions: route({
    method: 'POST',
    path: '/api/programs/import',
    permission: 'program.write',
    summary:
      'Brings definitions in as drafts, all or none; what is there already stays. Every problem comes with its place.',
    body: z.object({ definitions: z.unknown(), trial: z.boolean().default(false) }),
    output: z.object({
      problems: z.array(programProblem),
      added: z.array(z.string()),
      changed: z.array(z.string()),
      unchanged: z.array(z.string()),
    }),
    refusals: ['program_not_own', 'program_proposed'],
  }),
  exportDefinitions: route({
    method: 'GET',
    path: '/api/programs/export.json',
    permission: 'program.read',
    summary: 'The definitions that are decided and not ended, as a file that can be imported.',
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  entitlements: route({
    method: 'GET',
    path: '/api/programs/persons/:personId',
    permission: 'program.read',
    summary:
      'What somebody of one’s area is entitled to, and why not to the rest: what it rests on, what is missing.',
    params: z.object({ personId: id }),
    output: z.object({ asOf: plainDate, items: z.array(entitlement) }),
    refusals: ['person_not_in_area'],
  }),
  mine: route({
    method: 'GET',
    path: '/api/programs/mine',
    permission: 'person.own',
    summary:
      'What the caller may get and why, and why not; `bound` says whether a worker has bound her account to her file.',
    output: z.object({ asOf: plainDate, bound: z.boolean(), items: z.array(entitlement) }),
    refusals: [],
  }),
  ask: route({
    method: 'POST',
    path: '/api/programs/:code/questions',
    permission: 'person.own',
    summary:
      'Asks a person to look at what the machine found (PIPL 24): a task on her community’s desk.',
    params: byCode,
    body: z.object({ text: z.string().trim().max(500).default('') }),
    output: z.object({ id, answerBy: plainDate }),
    refusals: ['not_found'],
  }),
  policies: route({
    method: 'GET',
    path: '/api/policies',
    permission: 'public',
    summary: 'The programmes in force: what each gives, to whom, how (Charity Law 81).',
    output: z.object({ items: z.array(programCard) }),
    refusals: [],
  }),
  policy: route({
    method: 'GET',
    path: '/api/policies/:code',
    permission: 'public',
    summary: 'One programme in force, in plain words.',
    params: byCode,
    output: programCard,
    refusals: ['not_found'],
  }),
};
