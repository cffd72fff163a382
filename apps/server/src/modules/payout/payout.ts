import { Refusal, type Id } from '@wennuan/basics';

export type PayeeState = 'proposed' | 'signed' | 'refused' | 'replaced';
export type BatchState = 'made' | 'exported' | 'answered' | 'void';
export type BatchLineState = 'waiting' | 'confirmed' | 'rejected' | 'unknown' | 'taken_back';
export type AgreedState = 'proposed' | 'approved' | 'refused' | 'done';
/** `unknown`: nobody knows what became of it at its channel, which is asked until it says. */
export type RefundState = 'asked' | 'processing' | 'unknown' | 'failed' | 'done';
export type ReturnGround =
  | 'paid_twice'
  | 'minor_without_guardian'
  | 'form_unlawful'
  | 'campaign_not_opened'
  | 'agreement_void'
  | 'court_order';

/** A bank account number as banks want it: digits only. Refuses `bank_number_invalid`. */
export function cleanBankNumber(text: string): string {
  const digits = text
    .replace(/[０-９]/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! - 0xfee0))
    .replace(/[\s\-－—]/g, '');
  if (!/^\d{8,32}$/.test(digits)) throw new Refusal('bank_number_invalid', {}, 'number');
  return digits;
}

/** What of a gift goes to management cost, in fen: rounded down, for the good of the purpose. */
export function managementPart(amountFen: number, rateBasisPoints: number): number {
  return Math.floor((amountFen * rateBasisPoints) / 10_000);
}

/** A percentage with two decimals as hundredths of a percent. */
export function basisPointsOf(percent: string): number {
  const [whole = '0', decimals = ''] = percent.split('.');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

/** Which of the things that two people agree to are read; what is left out does not narrow. */
export interface Chosen {
  ids?: readonly Id[];
  approvalIds?: readonly Id[];
  /** Those of a page after the one that ended here. */
  before?: number;
  limit?: number;
  /** Holds them, in order of id. */
  lock?: boolean;
}
