import type { Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';

export type ChannelCode = z.output<typeof shapes.incomingPayment>['channel'];
export type PaymentState = z.output<typeof shapes.incomingPayment>['state'];

/** A payment as its row holds it. Its gift has the same id. */
export interface PaymentRow {
  id: Id;
  channel: ChannelCode;
  merchant: string | null;
  orderNumber: string;
  state: PaymentState;
  amountFen: number;
  projectCode: string | null;
  projectName: string | null;
  feeFen: number | null;
  matchedFen: number;
  refundedFen: number;
  feeReturnedFen: number;
  begunAt: Date;
  paidAt: Date | null;
  /** The account its money entered and the transfer that brought it; null while nothing is posted. */
  accountId: Id | null;
  entryId: Id | null;
  matchEntryId: Id | null;
}

/** A payment whose money is to be posted, and under which name its gift is shown. */
export interface PaidPayment {
  id: Id;
  channel: ChannelCode;
  merchant: string | null;
  orderNumber: string;
  amountFen: number;
  paidAt: Date;
  projectCode: string | null;
  projectName: string | null;
  publicName: string | null;
}

/** Money that goes back to a giver, to be posted. */
export interface RefundToPost {
  refundId: Id;
  /** Under which its posting is known. */
  key: string;
  amountFen: number;
  /** What the channel gives back of its fee. */
  feeReturnedFen: number;
  /** True when the gift's own part was posted before. */
  isFeeOnly: boolean;
}

/** What an import makes of one payment: what is to be posted now that was not before. */
export interface PaymentChange {
  paymentId: Id;
  /** Null when its gift is posted already. */
  paid: PaidPayment | null;
  /** Where earlier postings put it; null while nothing is posted. */
  entry: { accountId: Id; entryId: Id; matchEntryId: Id | null } | null;
  channel: ChannelCode;
  /** To be posted now; zero when nothing, or nothing new, is known. */
  feeFen: number;
  matchedFen: number;
  /** All that was matched: what is taken back when the gift wholly goes back. */
  totalMatchedFen: number;
  refunds: RefundToPost[];
  /** Refunds posted as receivables before their gift was known. */
  madeGood: { refundId: Id; amountFen: number }[];
  /** True when all of it has gone back, so that its match goes back too. */
  isWhollyRefunded: boolean;
}

/** A refund of an order that no file has told of yet. */
export interface UnknownRefund extends RefundToPost {
  refundNumber: string;
  orderNumber: string;
  /** Where it is told of: the place of the file in its import, and the line. */
  file: number;
  line: number;
}

/** What was posted, for the payments' own rows. */
export interface Posted {
  entries: {
    paymentId: Id;
    accountId: Id;
    /** The gift's own transfer, when it is posted only now. */
    transferId: Id | null;
    entryId: Id | null;
    matchEntryId: Id | null;
  }[];
  postings: { transferId: Id; paymentId: Id | null; refundId: Id | null; kind: PostingKind }[];
  /** What of refunds no gift could give back. */
  lacking: { refundId: Id; amountFen: number }[];
}

export type PostingKind =
  | 'fee'
  | 'match'
  | 'refund'
  | 'fee_returned'
  /** Of a fee that came back after its refund was posted. */
  | 'fee_made_good'
  | 'match_returned'
  | 'attached'
  | 'made_good';
