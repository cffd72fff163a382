import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';
import { cutPage } from '../../platform/page.ts';
import type { ChannelCode, PaymentState } from './payment.ts';

/** After so long somebody should look why nobody knows whether a payment was made. */
const OVERDUE_MILLIS = 3_600_000;

export interface ListedPayment {
  id: Id;
  channel: ChannelCode;
  orderNumber: string;
  state: PaymentState;
  amountFen: number;
  matchedFen: number;
  feeFen: number | null;
  refundedFen: number;
  projectCode: string | null;
  at: string;
}

/** A page of payments, newest first. */
export async function listPayments(
  tx: Scoped,
  chosen: {
    after?: string;
    limit: number;
    channel?: ChannelCode;
    state?: PaymentState;
    overdue?: boolean;
  },
): Promise<{ items: ListedPayment[]; next: string | null }> {
  let query = tx.db
    .selectFrom('gift_payment')
    .select([
      'id',
      'channel',
      'order_number',
      'state',
      'amount_fen',
      'matched_fen',
      'fee_fen',
      'refunded_fen',
      'project_code',
      'begun_at',
      'paid_at',
    ])
    .orderBy('id', 'desc')
    .limit(chosen.limit + 1);
  if (chosen.after) query = query.where('id', '<', chosen.after);
  if (chosen.channel) query = query.where('channel', '=', chosen.channel);
  if (chosen.state) query = query.where('state', '=', chosen.state);
  if (chosen.overdue)
    query = query.where('state', 'in', ['begun', 'unknown']).where('begun_at', '<', overdueAt(tx));
  const rows = await query.execute();
  const { shown, next } = cutPage(rows, chosen.limit, (last) => last.id);
  return {
    items: shown.map((row) => ({
      id: row.id,
      channel: row.channel as ChannelCode,
      orderNumber: row.order_number,
      state: row.state as PaymentState,
      amountFen: row.amount_fen,
      matchedFen: row.matched_fen,
      feeFen: row.fee_fen,
      refundedFen: row.refunded_fen,
      projectCode: row.project_code,
      at: (row.paid_at ?? row.begun_at).toISOString(),
    })),
    next,
  };
}

/** Of how many payments nobody has known for an hour whether they were made. */
export async function countOverdue(tx: Scoped): Promise<number> {
  const row = await tx.db
    .selectFrom('gift_payment')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('state', 'in', ['begun', 'unknown'])
    .where('begun_at', '<', overdueAt(tx))
    .executeTakeFirstOrThrow();
  return row.count;
}

function overdueAt(tx: Scoped): Date {
  return new Date(tx.now.getTime() - OVERDUE_MILLIS);
}
