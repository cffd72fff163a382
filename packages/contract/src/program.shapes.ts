import { z } from 'zod';
import { approvalStep } from './approval.shapes.ts';
import { areaRef, id, instant, plainDate } from './values.ts';

/** A sentence or a name in both languages. */
export const bothWords = z.object({ zh: z.string(), en: z.string() });
/** Something wrong in a definition: where, as a path (`criteria.all.0.value`), and a sentence. */
export const programProblem = bothWords.extend({ path: z.string() });
/** A policy as data, as packages/policy reads it. Checked there, so that every problem comes with its place. */
export const programDefinition = z.record(z.string(), z.unknown());

export const programSources = ['statutory', 'department', 'charity'] as const;
export const programCadences = ['once', 'yearly', 'monthly', 'weekly', 'on_change'] as const;
export const programDeliveries = [
  'cash',
  'voucher',
  'meal_card',
  'health_check',
  'service',
  'volunteer_hours',
  'visit',
  'goods',
] as const;
export const amountUnits = ['fen', 'minutes', 'times'] as const;
/** `decided`: agreed, and its first day is still to come; `valid`: in force today. */
export const programStates = [
  'draft',
  'proposed',
  'refused',
  'withdrawn',
  'decided',
  'valid',
  'ended',
] as const;

export const programRow = z.object({
  id,
  code: z.string(),
  name: bothWords,
  source: z.enum(programSources),
  department: z.object({ id, name: z.string() }).nullable(),
  cadence: z.enum(programCadences),
  delivery: z.enum(programDeliveries),
  unit: z.enum(['person', 'household']),
  amountUnit: z.enum(amountUnits),
  state: z.enum(programStates),
  /** A draft or a proposal beside what is in force. */
  pending: z.enum(['draft', 'proposed']).nullable(),
  validFrom: plainDate,
  validUntil: plainDate.nullable(),
  /** Among the people the caller may see; null: not evaluated yet. */
  candidates: z.int().nullable(),
  /** One payment to each, and a year of them, in `amountUnit`. */
  amount: z.int().nullable(),
  yearly: z.int().nullable(),
  evaluatedOn: plainDate.nullable(),
});

export const programVersion = z.object({
  id,
  number: z.int().nullable(),
  state: z.enum(programStates),
  definition: programDefinition,
  /** The criteria as one sentence. */
  sentence: bothWords,
  validFrom: plainDate,
  validUntil: plainDate.nullable(),
  draftedAt: instant,
  draftedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  note: z.string(),
  steps: z.array(approvalStep),
  /** What the caller may do with it now. */
  maySubmit: z.boolean(),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  mayEnd: z.boolean(),
});

export const areaCount = z.object({ area: areaRef, candidates: z.int(), amount: z.int() });

/** A field of the catalogue, for an editor. */
export const factField = bothWords.extend({
  code: z.string(),
  type: z.enum(['code', 'money', 'count', 'date', 'age', 'area', 'benefit']),
  operators: z.array(z.string()),
  values: z.array(bothWords.extend({ code: z.string() })).nullable(),
});

/** One condition of a reason. */
export const reasonClause = z.object({
  asked: bothWords,
  state: z.enum(['met', 'unmet', 'unknown']),
  /** What is on file about it. */
  seen: bothWords.nullable(),
  /** Who says so, and since when it is on file. */
  sources: z.array(z.object({ name: bothWords, notedOn: plainDate })),
});
/** What a programme comes to for one person: what it rests on, or what is missing. */
export const entitlement = z.object({
  code: z.string(),
  name: bothWords,
  source: z.enum(programSources),
  clause: bothWords,
  what: bothWords,
  isCandidate: z.boolean(),
  /** She meets it, and somebody else of her household gets it. */
  throughHousehold: z.boolean(),
  amount: z.int(),
  amountUnit: z.enum(amountUnits),
  cadence: z.enum(programCadences),
  delivery: z.enum(programDeliveries),
  since: plainDate.nullable(),
  reason: bothWords,
  because: z.array(reasonClause),
  missing: z.array(reasonClause),
});

/** The card of C-16: standard, steps and rules in plain words. */
export const programCard = z.object({
  code: z.string(),
  name: bothWords,
  source: z.enum(programSources),
  departmentName: z.string().nullable(),
  what: bothWords,
  who: bothWords,
  unit: z.enum(['person', 'household']),
  cadence: z.enum(programCadences),
  delivery: z.enum(programDeliveries),
  clause: bothWords,
  notice: z.object({ days: z.int().nullable(), words: bothWords }),
  validFrom: plainDate,
  validUntil: plainDate.nullable(),
  exclusiveWith: z.array(z.object({ code: z.string(), name: bothWords })),
  /** Null where there are fewer than five, or it was not reckoned. */
  candidates: z.int().nullable(),
  asOf: plainDate.nullable(),
});
