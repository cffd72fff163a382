import { z } from 'zod';
import { approvalStep } from './fund.ts';
import { route } from './route.ts';
import {
  done,
  id,
  instant,
  line,
  listOf,
  optionalParagraph,
  page,
  paragraph,
  plainDate,
  sumFen,
  yuanText,
} from './values.ts';

/** What two people have to say about something, and whether the reader may. */
const agreement = {
  approvalId: id,
  steps: z.array(approvalStep),
  mayDecide: z.boolean(),
  mayNotWhy: z.string().nullable(),
};
const decision = z.object({
  approvalIds: z.array(id).min(1).max(200),
  decision: z.enum(['approve', 'refuse']),
  note: optionalParagraph,
});
const decisionRefusals = [
  'not_found',
  'approver_is_proposer',
  'approver_already_decided',
  'approver_related',
  'approval_closed',
  'reason_required',
] as const;

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

export const payoutRoutes = {
  payees: route({
    method: 'GET',
    path: '/api/payees',
    permission: 'payout.read',
    summary: 'Bank accounts on file, those that wait for a signature first.',
    query: page.extend({ state: z.enum(payeeStates).optional() }),
    output: listOf(payee),
    refusals: [],
  }),
  addPayee: route({
    method: 'POST',
    path: '/api/payees',
    permission: 'payee.write',
    summary: 'Puts a bank account of an organisation or a person on file; two people sign it.',
    body: z.object({
      ownerKind: z.enum(['organization', 'person']),
      ownerId: id,
      holder: line,
      bank: line,
      number: z.string().min(6).max(40),
    }),
    output: payee,
    refusals: ['payee_missing', 'bank_number_invalid', 'payee_waits'],
  }),
  decidePayees: route({
    method: 'POST',
    path: '/api/payees/decisions',
    permission: 'proposal.approve',
    summary: 'Signs bank accounts or refuses them: two people, none of whom entered them.',
    body: decision,
    output: done,
    refusals: [...decisionRefusals],
  }),
  waiting: route({
    method: 'GET',
    path: '/api/batches/waiting',
    permission: 'payout.read',
    summary: 'What is agreed to and not on its way to the bank.',
    query: page,
    output: listOf(waitingLine).extend({ readyFen: sumFen, readyCount: z.int() }),
    refusals: [],
  }),
  layouts: route({
    method: 'GET',
    path: '/api/batches/layouts',
    permission: 'payout.read',
    summary: 'File layouts of banks.',
    output: z.object({ items: z.array(z.object({ code: z.string(), title: z.string() })) }),
    refusals: [],
  }),
  makeBatch: route({
    method: 'POST',
    path: '/api/batches',
    permission: 'batch.write',
    summary: 'Puts lines into a payment batch.',
    body: z.object({ lineIds: z.array(id).min(1).max(1_000), layout: line, formId: id }),
    output: batch,
    refusals: [
      'not_found',
      'payment_already_made',
      'line_in_batch',
      'proposal_not_approved',
      'approval_closed',
      'line_tried_twice',
      'payee_not_signed',
      'purchase_incomplete',
    ],
  }),
  batches: route({
    method: 'GET',
    path: '/api/batches',
    permission: 'payout.read',
    summary: 'Payment batches, newest first.',
    query: page,
    output: listOf(batch),
    refusals: [],
  }),
  readBatch: route({
    method: 'GET',
    path: '/api/batches/:batchId',
    permission: 'payout.read',
    summary: 'One batch with its lines.',
    params: z.object({ batchId: id }),
    output: batch.extend({ items: z.array(batchLine) }),
    refusals: ['not_found'],
  }),
  exportBatch: route({
    method: 'POST',
    path: '/api/batches/:batchId/export',
    permission: 'batch.write',
    summary:
      'Opens the account numbers, writes the bank’s file with a cover sheet, once per batch; the reason stays in the audit.',
    params: z.object({ batchId: id }),
    body: z.object({ reason: line }),
    output: z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() }),
    refusals: ['not_found', 'batch_exported', 'batch_void'],
  }),
  answerBatch: route({
    method: 'POST',
    path: '/api/batches/:batchId/answer',
    permission: 'batch.write',
    summary:
      'Imports the bank’s answer: confirmed and rejected lines; what it does not say stays unknown. Again changes nothing.',
    takes: 'upload',
    params: z.object({ batchId: id }),
    output: z.object({
      confirmed: z.int(),
      rejected: z.int(),
      unknown: z.int(),
      unchanged: z.int(),
      problems: z.array(z.object({ line: z.int(), problem: z.string() })),
    }),
    refusals: ['not_found', 'batch_not_exported', 'bank_answer_unreadable', 'bank_answer_differs'],
  }),
  answerLine: route({
    method: 'POST',
    path: '/api/batches/:batchId/lines/:lineId/answer',
    permission: 'batch.write',
    summary: 'Records the bank’s word about one line that stayed unknown.',
    params: z.object({ batchId: id, lineId: id }),
    body: z.object({
      result: z.enum(['confirmed', 'rejected']),
      bankReference: z.string().trim().max(100).default(''),
      paidOn: plainDate,
      reason: z.string().trim().max(200).default(''),
    }),
    output: done,
    refusals: ['not_found', 'batch_not_exported', 'line_not_in_batch', 'reason_required'],
  }),
  voidBatch: route({
    method: 'POST',
    path: '/api/batches/:batchId/void',
    permission: 'batch.void',
    summary:
      'Takes a batch back: before export by the accountant; after it by an approver, who knows that the bank never had it.',
    params: z.object({ batchId: id }),
    body: z.object({ reason: line }),
    output: batch,
    refusals: ['not_found', 'batch_answered', 'batch_void', 'batch_needs_approver'],
  }),
  purchases: route({
    method: 'GET',
    path: '/api/purchases',
    permission: 'payout.read',
    summary: 'Purchases with their invoices, the open ones first.',
    query: page,
    output: listOf(purchase),
    refusals: [],
  }),
  openPurchase: route({
    method: 'POST',
    path: '/api/purchases',
    permission: 'purchase.write',
    summary:
      'Says that an agreed proposal buys something: paid only with invoices and the goods here.',
    body: z.object({ proposalId: id }),
    output: purchase,
    refusals: ['not_found', 'proposal_not_approved', 'purchase_open', 'payment_already_made'],
  }),
  addInvoice: route({
    method: 'POST',
    path: '/api/purchases/:purchaseId/invoices',
    permission: 'purchase.write',
    summary:
      'Adds an invoice with its picture; a number once per supplier, never more than agreed to.',
    params: z.object({ purchaseId: id }),
    body: z.object({
      number: line,
      issuedOn: plainDate,
      amountYuan: yuanText,
      attachmentIds: z.array(id).min(1).max(9),
    }),
    output: purchase,
    refusals: [
      'not_found',
      'amount_invalid',
      'invoice_taken',
      'invoice_over_committed',
      'attachment_unknown',
    ],
  }),
  receiveGoods: route({
    method: 'POST',
    path: '/api/purchases/:purchaseId/received',
    permission: 'purchase.write',
    summary: 'Records that the goods came and were counted.',
    params: z.object({ purchaseId: id }),
    body: z.object({ receivedOn: plainDate, note: line }),
    output: purchase,
    refusals: ['not_found', 'purchase_received'],
  }),
  returns: route({
    method: 'GET',
    path: '/api/returns',
    permission: 'payout.read',
    summary: 'Gifts that go back, with their ground.',
    query: page,
    output: listOf(giftReturn),
    refusals: [],
  }),
  proposeReturn: route({
    method: 'POST',
    path: '/api/returns',
    permission: 'refund.write',
    summary:
      'Proposes that a gift goes back on a named ground; a public-interest gift is not returned at will.',
    body: z.object({
      giftNumber: line,
      /** Empty for all that is left of it. */
      amountYuan: z.string().max(20).default(''),
      ground: z.enum(returnGrounds),
      note: paragraph,
      attachmentIds: z.array(id).max(9).default([]),
    }),
    output: giftReturn,
    refusals: [
      'gift_unknown',
      'amount_invalid',
      'already_spent',
      'return_open',
      'attachment_unknown',
    ],
  }),
  decideReturn: route({
    method: 'POST',
    path: '/api/returns/decisions',
    permission: 'refund.approve',
    summary: 'Agrees to returns or refuses them.',
    body: decision,
    output: done,
    refusals: [...decisionRefusals],
  }),
  payReturn: route({
    method: 'POST',
    path: '/api/returns/:returnId/payment',
    permission: 'payment.write',
    summary: 'Records that the money went back; posts it out of the gift it came from.',
    params: z.object({ returnId: id }),
    body: z.object({ bankReference: line, paidOn: plainDate }),
    output: giftReturn,
    refusals: [
      'not_found',
      'proposal_not_approved',
      'payment_already_made',
      'already_spent',
      'period_closed',
    ],
  }),
  purposeChanges: route({
    method: 'GET',
    path: '/api/purpose-changes',
    permission: 'payout.read',
    summary: 'Changes of purpose with the consent or filing they rest on.',
    query: page,
    output: listOf(purposeChange),
    refusals: [],
  }),
  proposePurposeChange: route({
    method: 'POST',
    path: '/api/purpose-changes',
    permission: 'refund.write',
    summary:
      'Proposes another purpose for one gift, with its giver’s consent, or for a remainder, with a new filing.',
    body: z.object({
      basis: z.enum(purposeBases),
      /** The gift, with consent. */
      giftNumber: z.string().trim().max(40).default(''),
      /** The account, with a filing. */
      fromAccountId: id.nullable().default(null),
      toAccountId: id,
      amountYuan: z.string().max(20).default(''),
      basisText: line,
      basisOn: plainDate,
      reason: paragraph,
      attachmentIds: z.array(id).max(9).default([]),
    }),
    output: purposeChange,
    refusals: [
      'gift_unknown',
      'not_found',
      'amount_invalid',
      'already_spent',
      'balance_too_low',
      'consent_paper_required',
      'filing_not_new',
      'same_purpose',
      'management_never',
      'attachment_unknown',
    ],
  }),
  decidePurposeChange: route({
    method: 'POST',
    path: '/api/purpose-changes/decisions',
    permission: 'proposal.approve',
    summary: 'Agrees to changes of purpose or refuses them; the last word moves the money.',
    body: decision,
    output: done,
    refusals: [...decisionRefusals, 'already_spent', 'balance_too_low'],
  }),
  management: route({
    method: 'GET',
    path: '/api/management',
    permission: 'payout.read',
    summary: 'The account of management cost, and what part of which gifts fills it.',
    output: z.object({
      accountId: id.nullable(),
      inFen: sumFen,
      outFen: sumFen,
      balanceFen: sumFen,
      rates: z.array(managementRate),
    }),
    refusals: [],
  }),
  setManagementRate: route({
    method: 'POST',
    path: '/api/management/rates',
    permission: 'book.write',
    summary: 'Sets what part of each gift to a fund or campaign goes to management cost, as filed.',
    body: z.object({
      accountId: id,
      percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
      filingNumber: line,
      sinceOn: plainDate,
    }),
    output: done,
    refusals: ['not_found', 'rate_too_high', 'period_closed'],
  }),
};
