import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { answerBatch, answerLine } from './answer.service.ts';
import { exportBatch, makeBatch, voidBatch } from './batch.service.ts';
import { listBatches, listBatchLines } from './batch.store.ts';
import { managementFund, setManagementRate, splitManagement } from './management.service.ts';
import { addPayees, decidePayees, type PayeeCommand } from './payee.service.ts';
import { findSigned, listPayees } from './payee.store.ts';
import { payoutHandlers } from './payout.routes.ts';
import type { PayoutNeeds } from './payout.needs.ts';
import { followRefund, followRefunds, orderRefund } from './refund.service.ts';
import { addInvoice, openPurchase, receiveGoods } from './purchase.service.ts';
import { decidePurposeChanges, proposePurposeChange } from './purpose.service.ts';
import { decideReturns, payReturn, proposeReturn } from './return.service.ts';

export type { PayoutNeeds } from './payout.needs.ts';
export type { PayeeCommand } from './payee.service.ts';
export type Payout = ReturnType<typeof createPayout>;

/**
 * How money leaves besides a single payment: bank accounts signed by two, payment batches for the bank,
 * purchases with invoices, gifts that go back, changes of purpose, and the part for management cost.
 */
export function createPayout(needs: PayoutNeeds) {
  const ticks: Tick[] = [
    {
      name: 'payout.split_management',
      everySeconds: 10,
      run: async () =>
        void (await needs.database.write(systemActor('payout.split_management'), null, (tx) =>
          splitManagement(needs, tx),
        )),
    },
  ];
  ticks.push({
    name: 'payout.follow_refunds',
    everySeconds: 20,
    run: async () => void (await followRefunds(needs)),
  });
  return {
    handlers: payoutHandlers(needs),
    /** Orders the refund of an agreed return at its channel; `followRefund` asks the channel itself. */
    orderRefund: (tx: Writing, returnId: Id) => orderRefund(needs, tx, returnId),
    followRefund: (returnId: Id) => followRefund(needs, returnId),
    followRefunds: () => followRefunds(needs),
    ticks,
    /** Of payees, those whose bank account two people signed. Staff, federation and system logins. */
    signedPayees: (tx: Scoped, ownerIds: readonly Id[]) => findSigned(tx, ownerIds),
    /** Puts bank accounts on file; federation. */
    addPayees: (tx: Writing, commands: readonly PayeeCommand[]) => addPayees(needs, tx, commands),
    /** Bank accounts on file: by owner, approval or state. */
    listPayees: (tx: Scoped, chosen: Parameters<typeof listPayees>[1]) => listPayees(tx, chosen),
    decidePayees: (tx: Writing, command: Parameters<typeof decidePayees>[2]) =>
      decidePayees(needs, tx, command),
    makeBatch: (tx: Writing, command: Parameters<typeof makeBatch>[2]) =>
      makeBatch(needs, tx, command),
    exportBatch: (tx: Writing, command: Parameters<typeof exportBatch>[2]) =>
      exportBatch(needs, tx, command),
    answerBatch: (tx: Writing, command: Parameters<typeof answerBatch>[2]) =>
      answerBatch(needs, tx, command),
    answerLine: (tx: Writing, command: Parameters<typeof answerLine>[2]) =>
      answerLine(needs, tx, command),
    voidBatch: (tx: Writing, command: Parameters<typeof voidBatch>[2]) =>
      voidBatch(needs, tx, command),
    /** Batches and their lines, for the bank's statement. Federation and system logins. */
    batches: (tx: Scoped, chosen: Parameters<typeof listBatches>[1]) => listBatches(tx, chosen),
    batchLines: (tx: Scoped, chosen: Parameters<typeof listBatchLines>[1]) =>
      listBatchLines(tx, chosen),
    openPurchase: (tx: Writing, proposalId: Id) => openPurchase(needs, tx, proposalId),
    addInvoice: (tx: Writing, command: Parameters<typeof addInvoice>[2]) =>
      addInvoice(needs, tx, command),
    receiveGoods: (tx: Writing, command: Parameters<typeof receiveGoods>[1]) =>
      receiveGoods(tx, command),
    proposeReturn: (tx: Writing, body: Parameters<typeof proposeReturn>[2]) =>
      proposeReturn(needs, tx, body),
    decideReturns: (tx: Writing, command: Parameters<typeof decideReturns>[2]) =>
      decideReturns(needs, tx, command),
    payReturn: (tx: Writing, command: Parameters<typeof payReturn>[2]) =>
      payReturn(needs, tx, command),
    proposePurposeChange: (tx: Writing, body: Parameters<typeof proposePurposeChange>[2]) =>
      proposePurposeChange(needs, tx, body),
    decidePurposeChanges: (tx: Writing, command: Parameters<typeof decidePurposeChanges>[2]) =>
      decidePurposeChanges(needs, tx, command),
    setManagementRate: (tx: Writing, command: Parameters<typeof setManagementRate>[2]) =>
      setManagementRate(needs, tx, command),
    /** Takes the filed part out of gifts that came in. System login. */
    splitManagement: (tx: Writing) => splitManagement(needs, tx),
    /** The account of management cost; null before any rate was filed. */
    managementFund: (tx: Scoped) => managementFund(needs, tx),
  };
}
