import type { Id } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import type { Tick } from '../../platform/tick.ts';
import { freeze } from './freeze.service.ts';
import { payShare, proposeVouchers, tellLate, voucherPayment } from './pay.service.ts';
import type { SettlementNeeds } from './settlement.needs.ts';
import { settleProceeds, type ProceedsCommand } from './proceeds.service.ts';
import { listProceeds, listReceipts } from './proceeds.store.ts';
import { settlementHandlers } from './settlement.routes.ts';
import { listSettlements, readGivenParts } from './settlement.store.ts';

export { sumProceeds } from './proceeds.service.ts';
export type { SettlementNeeds } from './settlement.needs.ts';
export type Settlement = ReturnType<typeof createSettlement>;

/** Closed months: what merchants pay of their sales into communities' funds, and what they are paid for vouchers. */
export function createSettlement(needs: SettlementNeeds) {
  const ticks: Tick[] = [
    {
      name: 'settlement.late',
      everySeconds: 3_600,
      run: async () =>
        void (await needs.database.write(systemActor('settlement.late'), null, (tx) =>
          tellLate(needs, tx),
        )),
    },
  ];
  const consumers: Consumer[] = [
    {
      name: 'settlement.paid',
      topics: ['fund.paid', 'fund.refused', 'fund.cancelled'],
      async consume(tx, events) {
        for (const { topic, body } of events) {
          const { proposalId, subjectKind } = body as {
            proposalId: Id;
            subjectKind: string | null;
          };
          if (subjectKind !== 'settlement') continue;
          await voucherPayment(tx, proposalId, topic === 'fund.paid' ? 'paid' : 'ended');
        }
      },
    },
  ];
  return {
    handlers: settlementHandlers(needs),
    ticks,
    consumers,
    /** Closes a month; answers the batch. Federation or system login. */
    freeze: (tx: Writing, month: string) => freeze(needs, tx, month),
    /** Notes that a merchant's share arrived; posts, call it last. */
    payShare: (tx: Writing, command: Parameters<typeof payShare>[2]) =>
      payShare(needs, tx, command),
    /** Asks for the payment of vouchers. Federation login. */
    proposeVouchers: (tx: Writing, settlementId: Id) => proposeVouchers(needs, tx, settlementId),
    list: (tx: Writing, batchId: Id) => listSettlements(tx, { batchId }),
    /** Settles a charity sale into its fund or campaign. System login; posts, call it last. */
    settleProceeds: (tx: Writing, command: ProceedsCommand) => settleProceeds(needs, tx, command),
    /** Charity sales whose proceeds are in their fund. Every login. */
    settledProceeds: listProceeds,
    /** Parts in which proceeds came. System login. */
    proceedsReceipts: listReceipts,
    /** Port of `sale`: of parts of orders those whose share reached a fund. System login. */
    given: readGivenParts,
    /** Puts late merchants on the accountant's desk. System login. */
    tellLate: (tx: Writing) => tellLate(needs, tx),
  };
}
