import { z } from 'zod';
import { approvalStep, decisionWord } from './approval.shapes.ts';
import { id, instant, optionalParagraph, plainDate, sumFen } from './values.ts';

/** What two people have to say about something, and whether the reader may. */
const agreement = {
  approvalId: id,
  steps: z.array(approvalStep),
  mayDecide: z.boolean(),
  mayNotWhy: z.string().nullable(),
};
export const decision = z.object({
  approvalIds: z.array(id).min(1).max(200),
  decision: decisionWord,
  note: optionalParagraph,
});

export const payeeStates = ['proposed', 'signed', 'refused', 'replaced'] as const;
/** A bank account money may be paid to once two people signed it; its number is shown by its tail only. */
export const payee = z.object({
  id,
  ownerKind: z.enum(['organization', 'person']),
  ownerId: id,
  ownerLabel: z.string(),
  bank: z.string(),
  numberTail: z.string(),
  state: z.enum(payeeStates),
  enteredBy: z.string(),
  enteredAt: instant,
  /** Other payees that have the same number on file. */
  alsoUsedBy: z.int(),
  ...agreement,
});

export const waitingWhys = [
  'no_account',
  'account_not_signed',
  'tried_twice',
  'invoice_missing',
  'goods_missing',
] as const;
/** A line that is agreed to and not on its way to the bank. */
export const waitingLine = z.object({
  lineId: id,
  proposalId: id,
  number: z.string(),
  fromLabel: z.string(),
  payeeKind: z.enum(['organization', 'person']),
  payeeId: id,
  payeeLabel: z.string(),
  label: z.string(),
  amountFen: sumFen,
  state: z.enum(['approved', 'rejected']),
  tries: z.int(),
  reason: z.string(),
  accountTail: z.string().nullable(),
  bank: z.string().nullable(),
  /** Why it cannot go into a batch yet; null when it can. */
  why: z.enum(waitingWhys).nullable(),
});

export const batchStates = ['made', 'exported', 'answered', 'void'] as const;
export const batchLineStates = [
  'waiting',
  'confirmed',
  'rejected',
  'unknown',
  'taken_back',
] as const;
export const batch = z.object({
  id,
  number: z.string(),
  state: z.enum(batchStates),
  layout: z.string(),
  layoutTitle: z.string(),
  lines: z.int(),
  totalFen: sumFen,
  confirmedFen: sumFen,
  confirmedCount: z.int(),
  rejectedCount: z.int(),
  unknownCount: z.int(),
  waitingCount: z.int(),
  madeBy: z.string(),
  madeAt: instant,
  exportedBy: z.string().nullable(),
  exportedAt: instant.nullable(),
  mayExport: z.boolean(),
  mayAnswer: z.boolean(),
  mayVoid: z.boolean(),
});
export const batchLine = z.object({
  place: z.int(),
  lineId: id,
  proposalId: id,
  number: z.string(),
  payeeLabel: z.string(),
  accountTail: z.string(),
  bank: z.string(),
  amountFen: sumFen,
  attempt: z.int(),
  state: z.enum(batchLineStates),
  bankReference: z.string().nullable(),
  reason: z.string(),
  answeredAt: instant.nullable(),
});

export const invoice = z.object({
  id,
  number: z.string(),
  issuedOn: plainDate,
  amountFen: sumFen,
  pictures: z.array(id),
});
/** A proposal that buys something: its invoices and whether the goods are here. */
export const purchase = z.object({
  id,
  number: z.string(),
  proposalId: id,
  proposalNumber: z.string(),
  supplier: z.string(),
  purpose: z.string(),
  committedFen: sumFen,
  invoicedFen: sumFen,
  invoices: z.array(invoice),
  receivedOn: plainDate.nullable(),
  receivedBy: z.string().nullable(),
  receivedNote: z.string(),
  state: z.enum(['open', 'invoiced', 'received', 'complete', 'paid']),
});

export const returnGrounds = [
  'paid_twice',
  'minor_without_guardian',
  'form_unlawful',
  'campaign_not_opened',
  'agreement_void',
  'court_order',
] as const;
export const agreedStates = ['proposed', 'approved', 'refused', 'done'] as const;
/** `unknown`: nobody knows what became of a refund at its channel, which is asked until it says. */
export const refundStates = ['asked', 'processing', 'unknown', 'failed', 'done'] as const;
/** A gift, or part of it, that goes back to its giver on a named ground. */
export const giftReturn = z.object({
  id,
  number: z.string(),
  giftNumber: z.string(),
  targetLabel: z.string(),
  amountFen: sumFen,
  ground: z.enum(returnGrounds),
  note: z.string(),
  state: z.enum(agreedStates),
  proposedBy: z.string(),
  proposedAt: instant,
  bankReference: z.string().nullable(),
  paidOn: plainDate.nullable(),
  mayPay: z.boolean(),
  /** True when its channel can be asked to give it back, also once more after it failed. */
  mayRefund: z.boolean(),
  /** How it goes back over its channel; null while or where it does not. */
  refund: z
    .object({
      state: z.enum(refundStates),
      channelName: z.string(),
      /** The one number its channel knows it by. */
      number: z.string(),
      amountFen: sumFen,
      reason: z.string().nullable(),
      askedAt: instant,
      tries: z.int(),
    })
    .nullable(),
  ...agreement,
});

export const purposeBases = ['donor_consent', 'filing'] as const;
/** Money that moves to another purpose: a gift with its giver's consent, or a remainder under a new filing number. */
export const purposeChange = z.object({
  id,
  number: z.string(),
  fromLabel: z.string(),
  toLabel: z.string(),
  giftNumber: z.string().nullable(),
  amountFen: sumFen,
  basis: z.enum(purposeBases),
  /** The filing number, or how the giver consented. */
  basisText: z.string(),
  basisOn: plainDate,
  reason: z.string(),
  state: z.enum(agreedStates),
  proposedBy: z.string(),
  proposedAt: instant,
  ...agreement,
});

export const managementRate = z.object({
  accountId: id,
  label: z.string(),
  /** In hundredths of a percent: 500 is 5 %. */
  rateBasisPoints: z.int(),
  filingNumber: z.string(),
  sinceOn: plainDate,
  splitFen: sumFen,
});
