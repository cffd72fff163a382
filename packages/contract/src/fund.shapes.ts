import { z } from 'zod';
import { approvalStep } from './approval.shapes.ts';
import { areaRef, id, instant, line, paragraph, plainDate, sumFen, yuanText } from './values.ts';

export const fundKinds = ['mutual_aid', 'special', 'general', 'management'] as const;
export const fund = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: z.enum(fundKinds),
  area: areaRef.nullable(),
  /** All that ever came in; given − returned = in, and in − out = balance. */
  givenFen: sumFen,
  /** What of it went back to its givers. */
  returnedFen: sumFen,
  inFen: sumFen,
  /** What was used; what was set aside and put back is not. */
  outFen: sumFen,
  balanceFen: sumFen,
  asOf: instant,
});
/** One movement as a public page may show it: never a person; where it ends at a person only kind, month and street. */
export const movement = z.object({
  id,
  at: instant,
  month: z.string(),
  direction: z.enum(['in', 'out']),
  amountFen: sumFen,
  label: z.string(),
  counterparty: z.string(),
  link: z.string().nullable(),
});
export const traceStation = z.object({
  key: z.string(),
  hop: z.int(),
  kind: z.enum([
    'channel',
    'fund',
    'campaign',
    'item',
    'supplier',
    'person',
    'organization',
    'donor',
    'need',
    'receivable',
    'other',
  ]),
  label: z.string(),
  sublabel: z.string().nullable(),
  amountFen: sumFen,
  entries: z.int(),
  link: z.string().nullable(),
});
/** A trace as picture and sentences: stations by hop, flows between them, what is still waiting or not resolved. */
export const trace = z.object({
  direction: z.enum(['forward', 'backward']),
  amountFen: sumFen,
  stations: z.array(traceStation),
  flows: z.array(z.object({ from: z.string(), to: z.string(), amountFen: sumFen, at: instant })),
  sentences: z.array(z.string()),
  waitingFen: sumFen,
  waitingBefore: z.string().nullable(),
  unresolvedFen: sumFen,
  more: z.boolean(),
});
export const proposalStates = ['proposed', 'approved', 'refused', 'paid', 'cancelled'] as const;
export const proposal = z.object({
  id,
  number: z.string(),
  state: z.enum(proposalStates),
  purpose: z.string(),
  amountFen: sumFen,
  fromLabel: z.string(),
  fromBalanceFen: sumFen,
  payeeLabel: z.string(),
  /** True when it names many payees, each on a line of its own. */
  isList: z.boolean(),
  payees: z.int(),
  paidFen: sumFen,
  rejectedCount: z.int(),
  budgetLine: z.string().nullable(),
  needId: id.nullable(),
  needNumber: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: instant,
  approvalId: id,
  steps: z.array(approvalStep),
  mayDecide: z.boolean(),
  mayNotWhy: z.string().nullable(),
  mayPay: z.boolean(),
  payment: z
    .object({ number: z.string(), paidOn: plainDate, bankReference: z.string() })
    .nullable(),
  area: areaRef.nullable(),
});
export const proposalBody = z.object({
  source: z.object({ kind: z.enum(['fund', 'item', 'campaign']), id }),
  payee: z.object({ kind: z.enum(['organization', 'person']), id }),
  amountYuan: yuanText,
  purpose: paragraph,
  needId: id.nullable(),
  attachmentIds: z.array(id).max(9).default([]),
  formId: id,
  budgetLineId: id.nullable().default(null),
});
/** That something was paid: the bank's reference and day; another day of the books asks for a note. */
export const paidBody = z.object({
  bankReference: line,
  paidOn: plainDate,
  bookedOn: plainDate.optional(),
  bookedNote: z.string().trim().max(200).optional(),
});
export const lineStates = [
  'proposed',
  'approved',
  'in_batch',
  'paid',
  'rejected',
  'withdrawn',
  'refused',
] as const;
/** One payee of a proposal; a person only masked. */
export const proposalLine = z.object({
  id,
  place: z.int(),
  payeeLabel: z.string(),
  amountFen: sumFen,
  label: z.string(),
  state: z.enum(lineStates),
  tries: z.int(),
  reason: z.string(),
  payment: z
    .object({ number: z.string(), paidOn: plainDate, bankReference: z.string() })
    .nullable(),
  mayPay: z.boolean(),
  mayWithdraw: z.boolean(),
});
/** What a fund, campaign or item means to spend on one thing: planned = asked + committed + spent + left. */
export const budgetLine = z.object({
  id,
  name: z.string(),
  plannedFen: sumFen,
  /** Asked for and not yet agreed to. */
  askedFen: sumFen,
  /** Agreed to and not yet paid. */
  committedFen: sumFen,
  spentFen: sumFen,
  leftFen: sumFen,
});
/** An account with its money and its budget. */
export const accountBudget = z.object({
  accountId: id,
  kind: z.enum(['fund', 'campaign', 'item']),
  label: z.string(),
  inFen: sumFen,
  spentFen: sumFen,
  /** Held for proposals: agreed to and not yet paid, and asked for. */
  committedFen: sumFen,
  askedFen: sumFen,
  freeFen: sumFen,
  lines: z.array(budgetLine),
});
