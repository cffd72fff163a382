import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import { makeConfirmation } from './confirmation.service.ts';
import { askFiscal, importIssued, waiveFiscal } from './fiscal.service.ts';
import { forgetGiver, forgetOwn, ownSections } from './forget.service.ts';
import { tellMoved } from './moved.service.ts';
import type { ReceiptNeeds } from './receipt.needs.ts';
import { receiptHandlers } from './receipt.routes.ts';

export type { ReceiptNeeds } from './receipt.needs.ts';
export type Receipt = ReturnType<typeof createReceipt>;

/** Papers of gifts: confirmation, fiscal e-receipt, yearly statement; messages when a gift moves; forgetting a giver. */
export function createReceipt(needs: ReceiptNeeds) {
  const consumers: Consumer[] = [
    {
      name: 'receipt.tell_moved',
      topics: ['fund.paid'],
      consume: (tx, events) => tellMoved(needs, tx, events),
    },
  ];
  return {
    handlers: receiptHandlers(needs),
    consumers,
    /** Makes a gift's confirmation, once. System login. */
    makeConfirmation: (tx: Writing, asked: Parameters<typeof makeConfirmation>[2]) =>
      makeConfirmation(needs, tx, asked),
    /** Notes that a fiscal receipt is wanted, or not. System login. */
    askFiscal: (tx: Writing, asked: Parameters<typeof askFiscal>[2]) => askFiscal(needs, tx, asked),
    waiveFiscal: (tx: Writing, token: string) => waiveFiscal(needs, tx, token),
    /** Takes issued numbers from a sheet. Federation login. */
    importIssued: (tx: Writing, file: { bytes: Buffer; name: string }) => importIssued(tx, file),
    /** Forgets a giver at her request; answers how many gifts. System login. */
    forgetGiver: (tx: Writing, asked: { accountId: Id; reason: string }) =>
      forgetGiver(needs, tx, asked),
    /** The same as a port of `resident`: what was forgotten, in words for her. */
    forgetOwn: (tx: Writing, asked: { accountId: Id; reason: string }) =>
      forgetOwn(needs, tx, asked),
    /** The caller's gifts as a section of her my-data page. */
    ownSections: (tx: Scoped) => ownSections(needs, tx),
  };
}
