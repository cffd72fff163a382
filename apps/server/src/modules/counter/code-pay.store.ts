import { Refusal, type Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';

export type CodePaymentState = 'unknown' | 'paying' | 'paid' | 'reversed' | 'failed';

/** A payment with the code on a buyer's telephone. */
export interface CodePayment {
  id: Id;
  tillId: Id;
  seller: string;
  amountFen: number;
  state: CodePaymentState;
  transaction: string | null;
  beganAt: Date;
  /** Since somebody decided to reverse it. */
  reversingAt: Date | null;
}

/** How long is asked; after a day the service's bill says what became of it. */
const ASKED_MILLIS = 86_400_000;

const columns = [
  'id',
  'till_id as tillId',
  'seller',
  'amount_fen as amountFen',
  'state',
  'transaction',
  'began_at as beganAt',
  'reversing_at as reversingAt',
] as const;

/** The payment, locked where `lock` says so. */
export async function findCodePayment(
  tx: Scoped,
  id: Id,
  lock = false,
): Promise<CodePayment | undefined> {
  let query = tx.db.selectFrom('code_payment').select(columns).where('id', '=', id);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row && { ...row, state: row.state as CodePaymentState };
}

/** Writes down that a payment begins; false when it was begun before. */
export async function insertCodePayment(
  tx: Writing,
  payment: { id: Id; tillId: Id; shiftId: Id; areaId: number; seller: string; amountFen: number },
): Promise<boolean> {
  const rows = await tx.db
    .insertInto('code_payment')
    .values({
      id: payment.id,
      till_id: payment.tillId,
      shift_id: payment.shiftId,
      area_id: payment.areaId,
      seller: payment.seller,
      amount_fen: payment.amountFen,
      state: 'unknown',
      began_at: tx.now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** Payments whose end nobody knows, oldest first: asked about again and again, or reversed. */
export async function openCodePayments(tx: Scoped, before: Date): Promise<CodePayment[]> {
  const rows = await tx.db
    .selectFrom('code_payment')
    .select(columns)
    .where('state', 'in', ['unknown', 'paying'])
    .where('began_at', '<=', before)
    .where('began_at', '>', new Date(before.getTime() - ASKED_MILLIS))
    .orderBy('began_at')
    .limit(50)
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as CodePaymentState }));
}

/**
 * Decides that a payment is reversed, before the service is asked: from here on it can never be paid. False when its end
 * is known already. THE place where money that goes back and goods that were sold part.
 */
export async function decideReversal(tx: Writing, id: Id): Promise<boolean> {
  const rows = await tx.db
    .updateTable('code_payment')
    .set((row) => ({ reversing_at: row.fn.coalesce('reversing_at', row.val(tx.now)) }))
    .where('id', '=', id)
    .where('state', 'in', ['unknown', 'paying'])
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** Notes what became of it. What is paid, reversed or failed stays so; what is being reversed is never paid. */
export async function noteCodePayment(
  tx: Writing,
  id: Id,
  answer: { state: CodePaymentState; transaction: string | null },
): Promise<void> {
  const isOver = ['paid', 'reversed', 'failed'].includes(answer.state);
  await tx.db
    .updateTable('code_payment')
    .set({ ...answer, ended_at: isOver ? tx.now : null })
    .where('id', '=', id)
    .where('state', 'in', ['unknown', 'paying'])
    .$if(answer.state === 'paid', (update) => update.where('reversing_at', 'is', null))
    .execute();
}

/** The payment service's number of a payment that belongs to a sale; refuses `code_payment_differs`. */
export async function paidByCode(
  tx: Writing,
  tillId: Id,
  payment: { codePaymentId: Id | null; amountFen: number },
): Promise<string> {
  const found = payment.codePaymentId
    ? await findCodePayment(tx, payment.codePaymentId, true)
    : undefined;
  const fits =
    found?.tillId === tillId && found.state === 'paid' && found.amountFen === payment.amountFen;
  if (!fits) throw new Refusal('code_payment_differs');
  return found.transaction!;
}
