import { Refusal, type PlainDate } from '@wennuan/basics';
import { dayOf, fenOf, readTable, textOf } from '../../platform/table-file.ts';
import { lineReference } from './bank-file.ts';
import answer from './bank-answer.json' with { type: 'json' };

/** What the bank says of one line; `unknown` for words that mean neither yes nor no. */
export interface BankWord {
  line: number;
  place: number;
  result: 'confirmed' | 'rejected' | 'unknown';
  bankReference: string;
  paidOn: PlainDate | null;
  reason: string;
}

interface Sent {
  place: number;
  amountFen: number;
  numberTail: string;
}

/**
 * Reads the bank's answer to a batch. Lines are found by our reference, else by their place; amounts and
 * account numbers, where the file has them, must be those that were sent. Refuses `bank_answer_unreadable`,
 * and `bank_answer_differs` when any line does not fit: then the file answers something else.
 */
export async function readBankAnswer(
  file: { bytes: Buffer; name: string },
  batchNumber: string,
  sent: readonly Sent[],
): Promise<BankWord[]> {
  const lines = await readTable(file, answer.columns, ['result']).catch(unreadable);
  if (!lines || lines.length === 0) throw new Refusal('bank_answer_unreadable');
  const byPlace = new Map(sent.map((one) => [one.place, one]));
  const words: BankWord[] = [];
  for (const { line, cells } of lines) {
    const differs = (what: string) => {
      throw new Refusal('bank_answer_differs', { line, what });
    };
    // A line without a result is a total or a heading of the bank's.
    if (textOf(cells.result) === '') continue;
    const reference = textOf(cells.reference);
    const place = reference.startsWith(batchNumber)
      ? Number(reference.slice(batchNumber.length + 1))
      : Number(textOf(cells.place));
    const one = byPlace.get(place);
    const other = /^PC-\d+-\d+$/.test(reference) && reference !== lineReference(batchNumber, place);
    if (!one || other) {
      differs('没有这个序号');
      continue;
    }
    if (cells.amount !== undefined && fenOf(cells.amount) !== one.amountFen) differs('金额不同');
    const digits = textOf(cells.number).replace(/\D/g, '');
    if (digits !== '' && !digits.endsWith(one.numberTail)) differs('账号不同');
    if (words.some((word) => word.place === place)) differs('序号重复');
    words.push({
      line,
      place,
      result: resultOf(textOf(cells.result)),
      bankReference: textOf(cells.bankReference),
      paidOn: dayOf(cells.paidOn),
      reason: textOf(cells.reason),
    });
  }
  return words;
}

function unreadable(): never {
  throw new Refusal('bank_answer_unreadable');
}

function resultOf(text: string): BankWord['result'] {
  if (answer.confirmed.includes(text)) return 'confirmed';
  return answer.rejected.includes(text) ? 'rejected' : 'unknown';
}
