import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { ChannelCode } from './payment.ts';

/** A payment that a person of ours noted: cash, a box, a line of the bank. Its own channel is its merchant. */
export interface NotedPayment {
  id: Id;
  channel: Extract<ChannelCode, 'cash' | 'box' | 'bank'>;
  orderNumber: string;
  /** The bank's reference; null for cash. */
  transaction: string | null;
  amountFen: number;
  projectCode: string;
  paidAt: Date;
  accountId: Id;
  transferId: Id;
}

/** Adds a payment noted by hand, in the same transaction as its gift. */
export async function insertNoted(tx: Writing, payment: NotedPayment): Promise<void> {
  await tx.db
    .insertInto('gift_payment')
    .values({
      id: payment.id,
      channel: payment.channel,
      merchant: payment.channel,
      order_number: payment.orderNumber,
      state: 'paid',
      amount_fen: payment.amountFen,
      project_code: payment.projectCode,
      transaction_number: payment.transaction,
      fee_fen: 0,
      begun_at: tx.now,
      paid_at: payment.paidAt,
      account_id: payment.accountId,
      entry_id: payment.transferId,
      transfer_id: payment.transferId,
    })
    .execute();
}
