import { parseKey, type ProofFault, verifyProof } from '@wennuan/log';

/** What a receipt is checked against: the page's own gift and the log's head as the site gives it now. */
export interface ReceiptToCheck {
  proof: string;
  gift: { id: string; amountFen: number };
  log: { key: string; origin: string; size: number };
}

export type ReceiptFault =
  | 'malformed'
  | 'signature'
  | 'notIncluded'
  | 'altered'
  | 'otherGift'
  | 'otherLog';

export type ReceiptChecked =
  | { fault: ReceiptFault }
  | { fault: null; day: string; amountFen: number; code: string | null; size: number };

const FAULTS: Partial<Record<ProofFault, ReceiptFault>> = {
  proof_malformed: 'malformed',
  checkpoint_malformed: 'malformed',
  not_included: 'notIncluded',
  opening_wrong: 'altered',
};

/**
 * Checks a receipt on this device: the log's signature, that the entry is in what was signed, that what the
 * receipt says is what was hashed, and that it is this gift, with this amount.
 */
export function checkReceipt({ proof, gift, log }: ReceiptToCheck): ReceiptChecked {
  const key = parseKey(log.key);
  if (!key) return { fault: 'signature' };
  const checked = verifyProof({ proof, keys: { log: key } });
  if (checked.fault !== null) return { fault: FAULTS[checked.fault] ?? 'signature' };
  const { entry, opening, checkpoint } = checked;
  const isThisGift = opening.rest.text.split('\n').includes(`document gift ${gift.id}`);
  if (!isThisGift || entry.unit !== 'fen' || entry.amount !== gift.amountFen)
    return { fault: 'otherGift' };
  // The head is asked for after the proof: a log never shrinks.
  if (checkpoint.origin !== log.origin || checkpoint.size > log.size) return { fault: 'otherLog' };
  const code = 'code' in entry.to ? entry.to.code : null;
  const { size } = checkpoint;
  return { fault: null, day: entry.day, amountFen: entry.amount, code, size };
}
