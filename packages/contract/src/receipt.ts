import { z } from 'zod';
import { route } from './route.ts';
import { id, instant, line, listOf, page, plainDate, sumFen } from './values.ts';

/** How far a confirmation has got: not paid, not yet in a signed head, may be made, made, or its giver was forgotten. */
export const confirmationStates = ['waiting', 'pending', 'ready', 'made', 'erased'] as const;
/** The fiscal e-receipt beside it: not asked for, asked, issued elsewhere and its number imported, or waived. */
export const fiscalStates = ['none', 'asked', 'issued', 'waived'] as const;

export const fiscalReceipt = z.object({
  state: z.enum(fiscalStates),
  askedAt: instant.nullable(),
  receiptNumber: z.string().nullable(),
  issuedOn: plainDate.nullable(),
  hasFile: z.boolean(),
});
export const confirmation = z.object({
  state: z.enum(confirmationStates),
  number: z.string().nullable(),
  /** Proves to anybody who reads the paper that it is ours; stands on it and in its QR code. */
  checkCode: z.string().nullable(),
  checkPath: z.string().nullable(),
  madeAt: instant.nullable(),
  /** The name on the document; before it is made, the name of the gift. */
  donorName: z.string(),
  fiscal: fiscalReceipt,
});
/** One row of the list that is sent to whoever issues fiscal receipts. Names are masked here, whole in the export. */
export const fiscalRequest = z.object({
  giftId: id,
  number: z.string(),
  amountFen: sumFen,
  at: instant,
  payerName: z.string(),
  state: z.enum(fiscalStates),
  askedAt: instant.nullable(),
  receiptNumber: z.string().nullable(),
  issuedOn: plainDate.nullable(),
  hasFile: z.boolean(),
});
export const fiscalFaults = [
  'number_unknown',
  'not_asked',
  'number_missing',
  'amount_differs',
  'receipt_number_missing',
  'date_invalid',
  'issued_otherwise',
  'twice_in_file',
  'receipt_number_taken',
] as const;
/** Where a gift stands, in few words, for the list of one's own gifts. */
export const giftPath = z.object({
  giftId: id,
  number: z.string(),
  token: z.string(),
  amountFen: sumFen,
  at: instant,
  targetLabel: z.string(),
  usedFen: sumFen,
  waitingFen: sumFen,
  /** What has to be spent before the first of it, in fen; null when nothing waits. */
  beforeFen: sumFen.nullable(),
  /** What was spent there a day in the last thirty days, in fen; null when nothing waits. */
  paceFenPerDay: sumFen.nullable(),
  /** The last thing that happened with it, and what stands before what waits. */
  sentences: z.array(z.string()),
});
export const statementPart = z.object({
  label: z.string(),
  gifts: z.int(),
  givenFen: sumFen,
  usedFen: sumFen,
  waitingFen: sumFen,
  sentences: z.array(z.string()),
});
export const yearlyStatement = z.object({
  year: z.int(),
  givenFen: sumFen,
  usedFen: sumFen,
  waitingFen: sumFen,
  gifts: z.int(),
  parts: z.array(statementPart),
  asOf: instant,
});

const token = z.object({ token: z.string().max(80) });
const year = z.object({ year: z.coerce.number().int().min(2018).max(2200) });

export const receiptRoutes = {
  confirmation: route({
    method: 'GET',
    path: '/api/gifts/:token/confirmation',
    permission: 'public',
    summary: 'How far the donation confirmation of a gift has got, by its giver’s link.',
    params: token,
    output: confirmation,
    refusals: ['not_found'],
  }),
  makeConfirmation: route({
    method: 'POST',
    path: '/api/gifts/:token/confirmation',
    permission: 'public',
    summary:
      'Makes the donation confirmation, under the gift’s name or another the giver wants on it; asked again it is the same document.',
    params: token,
    body: z.object({ donorName: z.string().trim().max(40).nullable() }),
    output: confirmation,
    refusals: ['not_found', 'confirmation_not_ready', 'confirmation_made'],
  }),
  confirmationFile: route({
    method: 'GET',
    path: '/api/gifts/:token/confirmation.pdf',
    permission: 'public',
    summary: 'The donation confirmation as PDF, with its proof attached and its bytes sealed.',
    params: token,
    answers: 'file',
    output: z.any(),
    refusals: ['not_found', 'confirmation_not_ready'],
  }),
  confirmationProof: route({
    method: 'GET',
    path: '/api/gifts/:token/confirmation.tlog-proof',
    permission: 'public',
    summary:
      'The same as a C2SP tlog-proof with fields and salts, for `wennuan log verify --proof`.',
    params: token,
    answers: 'file',
    output: z.any(),
    refusals: ['not_found', 'confirmation_not_ready'],
  }),
  checkConfirmation: route({
    method: 'GET',
    path: '/api/public/confirmations/:number',
    permission: 'public',
    summary: 'Whether a donation confirmation is ours, by its number and check code.',
    params: z.object({ number: z.string().max(40) }),
    query: z.object({ code: z.string().max(40) }),
    output: z.object({
      number: z.string(),
      state: z.enum(['valid', 'erased']),
      amountFen: sumFen,
      at: instant,
      targetLabel: z.string(),
      targetLink: z.string().nullable(),
      charity: z.string(),
      madeAt: instant,
      /** SHA-256 of the document, to compare a copy with. */
      sha256: z.string(),
      fiscalNumber: z.string().nullable(),
    }),
    refusals: ['check_code_wrong'],
  }),
  askFiscal: route({
    method: 'POST',
    path: '/api/gifts/:token/fiscal-receipt',
    permission: 'public',
    summary: 'Asks for the fiscal e-receipt: whose name, tax number and where to send it.',
    params: token,
    body: z.object({
      payerName: line,
      taxNumber: z.string().trim().max(30).nullable(),
      contact: z.string().trim().max(60).nullable(),
    }),
    output: confirmation,
    refusals: ['not_found', 'confirmation_not_ready', 'fiscal_issued', 'fiscal_not_for_this_form'],
  }),
  waiveFiscal: route({
    method: 'POST',
    path: '/api/gifts/:token/fiscal-receipt/waive',
    permission: 'public',
    summary: 'Says that no fiscal e-receipt is wanted; may be asked for later all the same.',
    params: token,
    output: confirmation,
    refusals: ['not_found', 'fiscal_issued'],
  }),
  fiscalFile: route({
    method: 'GET',
    path: '/api/gifts/:token/fiscal-receipt.file',
    permission: 'public',
    summary: 'The fiscal e-receipt itself, once its file was imported.',
    params: token,
    answers: 'file',
    output: z.any(),
    refusals: ['not_found'],
  }),
  fiscalRequests: route({
    method: 'GET',
    path: '/api/fiscal-receipts',
    permission: 'receipt.read',
    summary: 'Fiscal e-receipts asked for, issued and waived; names masked.',
    query: page.extend({ state: z.enum(fiscalStates).optional() }),
    output: listOf(fiscalRequest).extend({
      counts: z.array(z.object({ state: z.enum(fiscalStates), count: z.int() })),
    }),
    refusals: [],
  }),
  exportFiscal: route({
    method: 'GET',
    path: '/api/fiscal-receipts/requests.xlsx',
    permission: 'receipt.write',
    summary: 'What was asked for and not issued, as a sheet for the fiscal platform.',
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  importFiscal: route({
    method: 'POST',
    path: '/api/fiscal-receipts/import',
    permission: 'receipt.write',
    summary:
      'Reads issued numbers from the sheet that came back; right lines are taken, wrong ones named by their cell.',
    takes: 'upload',
    output: z.object({
      issued: z.int(),
      already: z.int(),
      faults: z.array(
        z.object({ cell: z.string(), fault: z.enum(fiscalFaults), value: z.string() }),
      ),
    }),
    refusals: ['sheet_unreadable', 'sheet_columns_missing'],
  }),
  addFiscalFile: route({
    method: 'POST',
    path: '/api/fiscal-receipts/:giftId/file',
    permission: 'receipt.write',
    summary: 'Keeps the fiscal e-receipt’s own file (PDF, OFD or a picture) beside its gift.',
    params: z.object({ giftId: id }),
    takes: 'upload',
    output: fiscalRequest,
    refusals: ['not_found', 'fiscal_not_issued', 'file_kind_unknown'],
  }),
  giftPaths: route({
    method: 'GET',
    path: '/api/my/gifts/paths',
    permission: 'gift.own',
    summary: 'Where each of one’s own gifts stands: used, waiting, what is before it and the pace.',
    query: page,
    output: listOf(giftPath),
    refusals: [],
  }),
  years: route({
    method: 'GET',
    path: '/api/my/gifts/years',
    permission: 'gift.own',
    summary: 'Years in which one has given.',
    output: z.object({ years: z.array(z.int()) }),
    refusals: [],
  }),
  statement: route({
    method: 'GET',
    path: '/api/my/gifts/statement',
    permission: 'gift.own',
    summary: 'One’s own gifts of a year by campaign, with where they went.',
    query: year,
    output: yearlyStatement,
    refusals: [],
  }),
  statementFile: route({
    method: 'GET',
    path: '/api/my/gifts/statement.pdf',
    permission: 'gift.own',
    summary: 'The yearly statement as PDF.',
    query: year,
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
  records: route({
    method: 'GET',
    path: '/api/my/gifts.csv',
    permission: 'gift.own',
    summary: 'One’s own gifts and what became of each, as CSV (Charity Law 42, 115).',
    answers: 'file',
    output: z.any(),
    refusals: [],
  }),
};
