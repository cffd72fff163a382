import type { Encoding } from './table.ts';

export type StatementKind = 'platform' | BillKind;
/** Channels whose bill is read: where the money itself moved. */
export type BillKind = 'wechat' | 'alipay';

/** What is wrong, or worth a look, in a line; sentences are in `statement.words.ts`. */
export interface Remark {
  /** Null for the file as a whole. */
  line: number | null;
  code: RemarkCode;
  params: Record<string, string | number>;
}

export type RemarkCode =
  // of the file
  | 'file_empty'
  | 'file_too_large'
  | 'file_is_sheet'
  | 'encoding_unknown'
  | 'not_a_statement'
  | 'columns_missing'
  | 'no_rows'
  | 'summary_missing'
  | 'summary_differs'
  // of a line
  | 'quote_open'
  | 'line_too_long'
  | 'cells_missing'
  | 'order_missing'
  | 'number_spoiled'
  | 'amount_invalid'
  | 'amount_too_fine'
  | 'amount_zero'
  | 'fee_invalid'
  | 'time_invalid'
  | 'time_ahead'
  | 'state_unknown'
  | 'currency_unknown'
  | 'order_conflicts'
  | 'refund_conflicts'
  | 'refund_number_missing'
  | 'refund_too_much'
  // remarks that do not stop an import
  | 'not_paid'
  | 'refund_pending'
  | 'refund_failed'
  | 'refund_amount_missing'
  | 'refund_unknown_order'
  | 'project_missing'
  | 'columns_absent';

/** A gift as the platform's file tells it. Times are instants, amounts fen. */
export interface PlatformRow {
  line: number;
  merchant: string | null;
  order: string;
  transaction: string | null;
  projectCode: string | null;
  projectName: string | null;
  paidAt: Date;
  /** The name its giver let the public see; null for 爱心人士. */
  publicName: string | null;
  amountFen: number;
  matchedFen: number | null;
  feeFen: number | null;
  refundedFen: number;
  refundNumber: string | null;
  refundedAt: Date | null;
}

/** A payment in the bill. */
export interface BillGift {
  kind: 'gift';
  line: number;
  /** Null where a bill does not name the seller. */
  merchant: string | null;
  order: string;
  transaction: string | null;
  paidAt: Date;
  amountFen: number;
  feeFen: number;
  product: string | null;
}

/** A refund in the bill; `feeFen` is what the channel gave back of its fee. */
export interface BillRefund {
  kind: 'refund';
  line: number;
  merchant: string | null;
  order: string;
  refundNumber: string;
  amountFen: number;
  feeFen: number;
  state: 'done' | 'processing' | 'failed';
  at: Date;
}

export type BillRow = BillGift | BillRefund;

interface Read {
  name: string;
  encoding: Encoding | null;
  /** Rows of data in the file, with the doubled ones. */
  rows: number;
  duplicateRows: number;
  /** What keeps the file from being imported. */
  problems: Remark[];
  /** What a person should know. */
  notes: Remark[];
}

/** A file that was read. With problems its rows are not to be used. */
export type ReadStatement = Read &
  (
    | { kind: 'platform'; gifts: PlatformRow[] }
    | { kind: BillKind; gifts: BillGift[]; refunds: BillRefund[] }
    | { kind: null }
  );

/** So many problems are told one by one; a file with more has another cause than its lines. */
export const REMARKS_MOST = 200;

/** The merchant and order of a payment as one word. */
export function paymentKey(merchant: string | null, order: string): string {
  return `${merchant ?? ''}:${order}`;
}
