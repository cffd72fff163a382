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
}

/** The payment, locked where `lock` says so. */
export async function findCodePayment(
  tx: Scoped,
  id: Id,
  lock = false,
): Promise<CodePayment | undefined> {
  let query = tx.db
    .selectFrom('code_payment')
    .select([
      'id',
      'till_id as tillId',
      'seller',
      'amount_fen as amountFen',
      'state',
      'transaction',
    ])
    .where('id', '=', id);
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

/** Notes what became of it. What is paid, reversed or failed stays so. */
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
