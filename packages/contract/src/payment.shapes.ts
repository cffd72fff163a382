import { z } from 'zod';
import { id, instant, plainDate, sumFen } from './values.ts';

/** Ways of paying in. A platform's gifts are paid over WeChat Pay; its own number is the platform's. */
export const channelCodes = [
  'sandbox',
  'platform',
  'wechat',
  'alipay',
  'bank',
  'cash',
  'box',
] as const;
/** `unknown`: nobody knows yet whether it was paid; the channel is asked until it says. */
export const paymentStates = ['begun', 'paid', 'unknown', 'failed'] as const;
/** What can be imported: the designated platform's export, the WeChat Pay trade bill. */
export const statementKinds = ['platform', 'wechat', 'alipay'] as const;
export const statementStates = ['read', 'imported'] as const;
/** Who says something about a payment. */
export const paymentSides = ['platform', 'bill', 'ledger'] as const;
export const differenceKinds = [
  'missing_in_platform',
  'missing_in_bill',
  'missing_in_ledger',
  'amount_differs',
  'state_differs',
  'fee_differs',
] as const;

/** A line of a statement that cannot be read, or that a person should look at. */
export const statementProblem = z.object({
  fileName: z.string(),
  line: z.int().nullable(),
  message: z.string(),
});
export const statement = z.object({
  id,
  name: z.string(),
  kind: z.enum(statementKinds),
  state: z.enum(statementStates),
  readAt: instant,
  importedAt: instant.nullable(),
  fromOn: plainDate,
  untilOn: plainDate,
  rows: z.int(),
  duplicateRows: z.int(),
  gifts: z.int(),
  giftsFen: sumFen,
  refunds: z.int(),
  refundsFen: sumFen,
  feesFen: sumFen,
  matchedFen: sumFen,
  notes: z.array(statementProblem),
});
/** The sums of an import as `wennuan statements import --json` writes them, besides what was new. */
export const statementSums = z.object({
  donations: z.int(),
  duplicateRows: z.int(),
  keptFen: sumFen,
  refunded: z.object({ count: z.int(), fen: sumFen }),
  feesFen: sumFen,
  byProject: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      count: z.int(),
      donatedFen: sumFen,
      matchedFen: sumFen,
    }),
  ),
});
export const importReport = z.object({
  sums: statementSums,
  newGifts: z.int(),
  newRefunds: z.int(),
  newFeesFen: sumFen,
  /** Gifts under project numbers that are not attached to a campaign yet. */
  held: z.object({ gifts: z.int(), fen: sumFen }),
  differences: z.int(),
  notes: z.array(statementProblem),
});
/** What one side says of a day or of all days. */
export const sideSums = z.object({
  count: z.int(),
  grossFen: sumFen,
  refundedFen: sumFen,
  feesFen: sumFen,
});
export const reconciliationDay = z.object({
  day: plainDate,
  platform: sideSums,
  bill: sideSums,
  ledger: sideSums,
  differences: z.int(),
});
const word = z
  .object({
    amountFen: sumFen,
    refundedFen: sumFen,
    feeFen: sumFen.nullable(),
    file: z.string().nullable(),
    line: z.int().nullable(),
  })
  .nullable();
export const difference = z.object({
  paymentId: id,
  orderNumber: z.string(),
  day: plainDate,
  kinds: z.array(z.enum(differenceKinds)),
  platform: word,
  bill: word,
  ledger: word,
  note: z.string().nullable(),
  notedBy: z.string().nullable(),
});
/** A project number of the platform; its money lies apart until it is attached to a campaign. */
export const platformProject = z.object({
  id,
  code: z.string().nullable(),
  name: z.string(),
  gifts: z.int(),
  givenFen: sumFen,
  heldFen: sumFen,
  campaignCode: z.string().nullable(),
  campaignName: z.string().nullable(),
  attachedAt: instant.nullable(),
});
export const incomingPayment = z.object({
  id,
  channel: z.enum(channelCodes),
  orderNumber: z.string(),
  state: z.enum(paymentStates),
  amountFen: sumFen,
  matchedFen: sumFen,
  feeFen: sumFen.nullable(),
  refundedFen: sumFen,
  projectCode: z.string().nullable(),
  at: instant,
  giftNumber: z.string().nullable(),
});

/** What came of fetching a day's bill; `differs`: not the bill that was imported before. */
export const billStates = ['imported', 'none', 'away', 'refused', 'differs'] as const;
export const channelBill = z.object({
  channel: z.enum(channelCodes),
  channelName: z.string(),
  day: plainDate,
  state: z.enum(billStates),
  newGifts: z.int(),
  differences: z.int(),
  note: z.string().nullable(),
  askedAt: instant,
  tries: z.int(),
});
