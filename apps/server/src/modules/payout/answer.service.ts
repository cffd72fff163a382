import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import { bookingOf } from '../fund/index.ts';
import { readBankAnswer } from './bank-answer.ts';
import { lockBatch } from './batch.service.ts';
import { answerBatchLines, listBatchLines, moveBatch, type BatchRow } from './batch.store.ts';
import { listPayees } from './payee.store.ts';
import type { PayoutNeeds } from './payout.needs.ts';

export interface LineAnswer {
  lineId: Id;
  result: 'confirmed' | 'rejected' | 'unknown';
  bankReference: string;
  paidOn: PlainDate;
  reason: string;
}

export interface AnswerReport {
  confirmed: number;
  rejected: number;
  unknown: number;
  unchanged: number;
  problems: { line: number; problem: string }[];
}

/**
 * Takes over the bank's answer file: confirmed lines are paid, rejected ones may be paid once again, and
 * what it does not say stays unknown until it is said. Again changes nothing; a word against one that was
 * taken over is a problem for people, and changes nothing either.
 */
export async function answerBatch(
  needs: PayoutNeeds,
  tx: Writing,
  command: { batchId: Id; file: { bytes: Buffer; name: string } },
): Promise<AnswerReport> {
  const batch = await lockExported(tx, command.batchId);
  const lines = await listBatchLines(tx, { batchIds: [batch.id] });
  const accounts = await listPayees(tx, { ids: lines.map((line) => line.payeeAccountId) });
  const tails = new Map(accounts.map((row) => [row.id, row.numberTail]));
  const words = await readBankAnswer(
    command.file,
    batch.number,
    lines.map((line) => ({ ...line, numberTail: tails.get(line.payeeAccountId)! })),
  );
  const said = new Map(words.map((word) => [word.place, word]));
  const today = dateInShanghai(tx.now);
  const problems: AnswerReport['problems'] = [];
  const answers = lines.flatMap((line): LineAnswer[] => {
    const word = said.get(line.place);
    const result = word?.result ?? 'unknown';
    if (line.state === 'confirmed' || line.state === 'rejected') {
      if (word && result !== 'unknown' && result !== line.state)
        problems.push({ line: word.line, problem: '与已登记的结果相反，请向银行核实' });
      return [];
    }
    if (line.state === 'unknown' && result === 'unknown') return [];
    const paidOn = word?.paidOn ?? today;
    const reason = word?.reason || (result === 'rejected' ? '银行未说明原因' : '');
    const bankReference = word?.bankReference || `${batch.number}`;
    return [{ lineId: line.lineId, result, bankReference, paidOn, reason }];
  });
  await recordAnswers(needs, tx, batch, answers);
  const count = (result: LineAnswer['result']) =>
    answers.filter((one) => one.result === result).length;
  return {
    confirmed: count('confirmed'),
    rejected: count('rejected'),
    unknown: count('unknown'),
    unchanged: lines.length - answers.length,
    problems,
  };
}

/** Records the bank's word about one line by hand, as its statement shows. */
export async function answerLine(
  needs: PayoutNeeds,
  tx: Writing,
  command: { batchId: Id } & LineAnswer,
): Promise<void> {
  const batch = await lockExported(tx, command.batchId);
  const lines = await listBatchLines(tx, { batchIds: [batch.id] });
  const line = lines.find((one) => one.lineId === command.lineId);
  if (line?.state !== 'waiting' && line?.state !== 'unknown')
    throw new Refusal('line_not_in_batch');
  if (command.result === 'rejected' && command.reason.trim() === '')
    throw new Refusal('reason_required', {}, 'reason');
  await recordAnswers(needs, tx, batch, [
    { ...command, bankReference: command.bankReference || batch.number },
  ]);
}

async function lockExported(tx: Writing, batchId: Id): Promise<BatchRow> {
  const batch = await lockBatch(tx, batchId);
  if (batch.state !== 'exported' && batch.state !== 'answered')
    throw new Refusal('batch_not_exported');
  return batch;
}

/** Writes answers down and lets `fund` pay or reject its lines; the payments are posted last. */
async function recordAnswers(
  needs: PayoutNeeds,
  tx: Writing,
  batch: BatchRow,
  answers: readonly LineAnswer[],
): Promise<void> {
  if (answers.length === 0) return;
  const box = (await needs.vault.boxes(tx, [batch.id])).get(batch.id)!;
  await answerBatchLines(
    tx,
    batch.id,
    answers.map((one) => ({
      lineId: one.lineId,
      state: one.result,
      bankReference: one.result === 'confirmed' ? one.bankReference : null,
      reasonSealed: one.result === 'rejected' ? box.seal(one.reason) : null,
    })),
  );
  const left = await listBatchLines(tx, {
    batchIds: [batch.id],
    states: ['waiting', 'unknown'],
  });
  if (left.length === 0 && batch.state !== 'answered')
    await moveBatch(tx, batch.id, { state: 'answered' });
  tx.touched('payment_batch', batch.id, 'bank answer');
  await needs.fund.rejectLines(
    tx,
    answers.filter((one) => one.result === 'rejected'),
  );
  const booking = await bookingOf(
    tx,
    answers.map((one) => one.paidOn),
  );
  await needs.fund.payLines(
    tx,
    answers
      .filter((one) => one.result === 'confirmed')
      .map((one) => {
        const { bookedOn, note } = booking(one.paidOn);
        return {
          lineId: one.lineId,
          bankReference: one.bankReference,
          paidOn: one.paidOn,
          bookedOn,
          ...(note !== null && { bookedNote: note }),
        };
      }),
  );
}
