import { creditRoutes } from './book.credit.ts';
import { z } from 'zod';
import { route } from './route.ts';
import { done, id, instant, line, listOf, page, plainDate, sumFen, yuanText } from './values.ts';

/** A month as books name it: 2026-11. */
export const monthCode = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const bookMonth = z.object({
  month: monthCode,
  state: z.enum(['open', 'closed']),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
});

/** One account of the trial balance: opening and closing on one side, what moved on both. */
export const trialRow = z.object({
  code: z.string(),
  name: z.string(),
  /** The fund or campaign within the account; null for the account itself. */
  detail: z.string().nullable(),
  openingDebitFen: sumFen,
  openingCreditFen: sumFen,
  debitFen: sumFen,
  creditFen: sumFen,
  closingDebitFen: sumFen,
  closingCreditFen: sumFen,
});

/** A month at one look; every figure is the ledger's. */
export const monthOverview = z.object({
  month: bookMonth,
  grossGiftFen: sumFen,
  giftCount: z.int(),
  feeFen: sumFen,
  refundFen: sumFen,
  paidFen: sumFen,
  managementFen: sumFen,
  restrictedFen: sumFen,
  unrestrictedFen: sumFen,
  /** What was there before the record began. */
  beforeRecordFen: sumFen,
  byDay: z.array(z.object({ day: plainDate, inFen: sumFen, outFen: sumFen })),
  bySource: z.array(z.object({ label: z.string(), inFen: sumFen, outFen: sumFen })),
  balances: z.boolean(),
  /** What stands before closing, as codes; empty when the month may be closed. */
  before: z.array(
    z.enum([
      'month_not_over',
      'earlier_month_open',
      'bank_lines_unmatched',
      'batch_unanswered',
      'books_differ',
    ]),
  ),
  notes: z.array(z.object({ at: instant, text: z.string() })),
});

export const ratioYear = z.object({
  year: z.int(),
  incomeFen: sumFen,
  charityFen: sumFen,
  managementFen: sumFen,
  /** Last year’s income, or the mean of three years, whichever is less; null when no year before is on file. */
  baseFen: sumFen.nullable(),
  baseKind: z.enum(['last_year', 'three_years']).nullable(),
  /** In hundredths of a percent; null without a base. */
  spendingBasisPoints: z.int().nullable(),
  managementBasisPoints: z.int().nullable(),
  keepsSpending: z.boolean().nullable(),
  keepsManagement: z.boolean().nullable(),
  beforeRecord: z.boolean(),
});

export const bankMatches = [
  'payment',
  'batch',
  'gift',
  'return',
  'settlement',
  'deposit',
  'interest',
  'fee',
  'bounced',
  'unknown',
] as const;
export const bankLine = z.object({
  id,
  day: plainDate,
  inFen: sumFen,
  outFen: sumFen,
  balanceFen: sumFen.nullable(),
  reference: z.string(),
  counterparty: z.string(),
  note: z.string(),
  matchedKind: z.enum(bankMatches).nullable(),
  matchedLabel: z.string().nullable(),
});
/** What the books say went over the bank and the statement does not. */
export const bookEntry = z.object({
  kind: z.enum(['payment', 'gift', 'return', 'deposit']),
  id,
  day: plainDate,
  inFen: sumFen,
  outFen: sumFen,
  number: z.string(),
  label: z.string(),
  reference: z.string(),
});
export const openingLine = z.object({
  line: z.int(),
  kind: z.enum(['opening', 'year']),
  year: z.int(),
  code: z.string(),
  label: z.string(),
  amountFen: sumFen,
  spentFen: sumFen,
  managementFen: sumFen,
});

/** What an organisation gave by bank transfer under a signed agreement. */
export const agreedGift = z.object({
  giftId: id,
  number: z.string(),
  organization: z.string(),
  fund: z.string(),
  amountFen: sumFen,
  paidOn: plainDate,
  bookedOn: plainDate,
  bankReference: z.string(),
  note: z.string(),
  pictures: z.array(id),
});

const month = z.object({ month: monthCode });
const fileQuery = z.object({ month: monthCode });

export const bookRoutes = {
  ...creditRoutes,
  agreedGifts: route({
    method: 'GET',
    path: '/api/agreed-gifts',
    permission: 'book.read',
    summary: 'Gifts by agreement that came over the bank, newest first.',
    query: page,
    output: listOf(agreedGift),
    refusals: [],
  }),
  recordAgreedGift: route({
    method: 'POST',
    path: '/api/agreed-gifts',
    permission: 'agreed_gift.write',
    summary:
      'Records a gift by agreement: the bank transfer, with pictures of agreement and receipt. Again changes nothing.',
    body: z.object({
      fundId: id,
      organizationId: id,
      amountYuan: yuanText,
      bankReference: line,
      paidOn: plainDate,
      bookedOn: plainDate.optional(),
      bookedNote: z.string().trim().max(200).optional(),
      attachmentIds: z.array(id).min(1).max(9),
    }),
    output: agreedGift,
    refusals: [
      'not_found',
      'not_permitted',
      'amount_invalid',
      'attachment_unknown',
      'period_closed',
      'reason_required',
      'receipt_recorded',
    ],
  }),
  months: route({
    method: 'GET',
    path: '/api/books/months',
    permission: 'book.read',
    summary: 'Months of the books, newest first.',
    output: z.object({ items: z.array(bookMonth), currentMonth: monthCode }),
    refusals: [],
  }),
  overview: route({
    method: 'GET',
    path: '/api/books/months/:month',
    permission: 'book.read',
    summary: 'One month at one look.',
    params: month,
    output: monthOverview,
    refusals: [],
  }),
  closeMonth: route({
    method: 'POST',
    path: '/api/books/months/:month/close',
    permission: 'book.write',
    summary: 'Closes and locks a month; from then on nothing is dated in it.',
    params: month,
    output: bookMonth,
    refusals: ['month_not_over', 'earlier_month_open', 'month_closed', 'books_differ'],
  }),
  addNote: route({
    method: 'POST',
    path: '/api/books/months/:month/notes',
    permission: 'book.write',
    summary: 'Leaves a note in a month, as for a correction.',
    params: month,
    body: z.object({ text: line }),
    output: done,
    refusals: [],
  }),
  trialBalance: route({
    method: 'GET',
    path: '/api/books/months/:month/trial-balance',
    permission: 'book.read',
    summary: 'The trial balance by the accounts of non-profit organisations.',
    params: month,
    output: z.object({
      month: bookMonth,
      rows: z.array(trialRow),
      total: trialRow,
      balances: z.boolean(),
      /** What the ledger’s inner accounts hold at the end of the month. */
      ledgerFen: sumFen,
    }),
    refusals: [],
  }),
  trialBalanceSheet: route({
    method: 'GET',
    path: '/api/books/trial-balance.xlsx',
    permission: 'book.read',
    summary: 'The trial balance as a sheet.',
    query: fileQuery,
    answers: 'file',
    output: z.unknown(),
    refusals: [],
  }),
  voucherLayouts: route({
    method: 'GET',
    path: '/api/books/voucher-layouts',
    permission: 'book.read',
    summary: 'Layouts of accounting programs that entries are exported in.',
    output: z.object({ items: z.array(z.object({ code: z.string(), title: z.string() })) }),
    refusals: [],
  }),
  vouchers: route({
    method: 'GET',
    path: '/api/books/vouchers',
    permission: 'book.read',
    summary: 'Entries of a month as a file for an accounting program.',
    query: z.object({ month: monthCode, layout: line }),
    answers: 'file',
    output: z.unknown(),
    refusals: ['layout_unknown'],
  }),
  years: route({
    method: 'GET',
    path: '/api/books/years',
    permission: 'book.read',
    summary: 'Spending ratio and management cost of each year, with what they mean.',
    output: z.object({
      items: z.array(ratioYear),
      spendingLeastBasisPoints: z.int(),
      managementMostBasisPoints: z.int(),
      definition: z.array(z.string()),
    }),
    refusals: [],
  }),
  readOpenings: route({
    method: 'POST',
    path: '/api/books/openings',
    permission: 'book.write',
    summary:
      'Reads a file of opening balances and earlier years and, when every line is clear, takes it over: money before the record.',
    takes: 'upload',
    output: z.object({
      lines: z.array(openingLine),
      problems: z.array(z.object({ line: z.int(), problem: z.string() })),
      taken: z.int(),
      known: z.int(),
    }),
    refusals: ['openings_unreadable'],
  }),
  readBankStatement: route({
    method: 'POST',
    path: '/api/bank-statements',
    permission: 'book.write',
    summary:
      'Takes a statement of the federation’s own bank account; what matches is matched. Again changes nothing.',
    takes: 'upload',
    output: z.object({
      lines: z.int(),
      added: z.int(),
      matched: z.int(),
      problems: z.array(z.object({ line: z.int(), problem: z.string() })),
    }),
    refusals: ['bank_statement_unreadable'],
  }),
  channels: route({
    method: 'GET',
    path: '/api/books/channels',
    permission: 'book.read',
    summary: 'Channels whose settlements arrive at the bank.',
    output: z.object({ items: z.array(z.object({ accountId: id, label: z.string() })) }),
    refusals: [],
  }),
  reconciliation: route({
    method: 'GET',
    path: '/api/bank-reconciliation',
    permission: 'book.read',
    summary:
      'Bank and books side by side at the end of a month, to the fen, with what is unmatched on each side.',
    query: z.object({ month: monthCode }),
    output: z.object({
      month: bookMonth,
      bankFen: sumFen.nullable(),
      bookFen: sumFen,
      /** Bank’s balance with what only the books know; books’ balance with what only the bank knows. */
      bankAdjustedFen: sumFen.nullable(),
      bookAdjustedFen: sumFen,
      agrees: z.boolean(),
      bankOnly: z.array(bankLine),
      bookOnly: z.array(bookEntry),
      matchedCount: z.int(),
      matchedInFen: sumFen,
      matchedOutFen: sumFen,
    }),
    refusals: [],
  }),
  bankLines: route({
    method: 'GET',
    path: '/api/bank-lines',
    permission: 'book.read',
    summary: 'Lines of bank statements, newest first.',
    query: page.extend({ unmatched: z.enum(['yes']).optional(), month: monthCode.optional() }),
    output: listOf(bankLine),
    refusals: [],
  }),
  matchBankLine: route({
    method: 'POST',
    path: '/api/bank-lines/:bankLineId/match',
    permission: 'book.write',
    summary:
      'Says what a line of the bank is: an entry of the books, a settlement, interest or a fee.',
    params: z.object({ bankLineId: id }),
    body: z.object({
      /** Unknown money is held apart by `holdCredit`. */
      kind: z.enum(bankMatches).exclude(['unknown']),
      entryIds: z.array(id).max(1_000).default([]),
      accountId: id.nullable().default(null),
      note: z.string().trim().max(200).default(''),
    }),
    output: bankLine,
    refusals: [
      'not_found',
      'bank_line_matched',
      'bank_sum_differs',
      'bank_kinds_mixed',
      'period_closed',
    ],
  }),
  unmatchBankLine: route({
    method: 'POST',
    path: '/api/bank-lines/:bankLineId/unmatch',
    permission: 'book.write',
    summary: 'Takes a match back that moved no money.',
    params: z.object({ bankLineId: id }),
    output: bankLine,
    refusals: ['not_found', 'bank_line_posted'],
  }),
  entriesSheet: route({
    method: 'GET',
    path: '/api/books/entries.xlsx',
    permission: 'book.read',
    summary: 'Entries of a month, readable by people.',
    query: fileQuery,
    answers: 'file',
    output: z.unknown(),
    refusals: [],
  }),
};
