import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openAccounts, readPurposes, type AccountToOpen } from './accounts.ts';
import type { FundKind } from './fund.ts';
import { fundHandlers } from './fund.routes.ts';
import { createFunds } from './fund.service.ts';
import type { FundNeeds } from './fund.needs.ts';
import { listFunds } from './fund.store.ts';
import { pay } from './payment.service.ts';
import { cancelProposal, decide, propose, type ProposeCommand } from './proposal.service.ts';
import { listProposals } from './proposal.store.ts';
import { proposalViews } from './proposal.view.ts';
import { traceTransfers } from './trace.service.ts';

export { BANK_ACCOUNT, SANDBOX_CHANNEL, type AccountToOpen, type Purpose } from './accounts.ts';
export type { FundNeeds, Outcome } from './fund.needs.ts';
export { links, type FundKind } from './fund.ts';
export type { FundRow } from './fund.store.ts';
export { kindHeartedGiver } from './movements.words.ts';
export type { ProposeCommand } from './proposal.service.ts';
export type { ProposalView } from './proposal.view.ts';
export type { TraceView } from './trace.ts';
export type Fund = ReturnType<typeof createFund>;

/** Funds, what every account is for, proposals, payments, and where money went. */
export function createFund(needs: FundNeeds) {
  return {
    handlers: fundHandlers(needs),
    /** Opens ledger accounts and notes what each is for; again changes nothing. */
    openAccounts: (tx: Writing, accounts: readonly AccountToOpen[]) => openAccounts(tx, accounts),
    /** What accounts are for. */
    purposes: (tx: Scoped, accountIds: readonly Id[]) => readPurposes(tx, accountIds),
    /** Opens funds; federation or system. */
    createFunds: (
      tx: Writing,
      commands: readonly { name: string; kind: FundKind; areaId: number | null }[],
    ) => createFunds(needs, tx, commands),
    /** Funds by id, code or community. */
    listFunds: (tx: Scoped, chosen: Parameters<typeof listFunds>[1]) => listFunds(tx, chosen),
    /** Proposes a payment and holds its amount. */
    propose: (tx: Writing, command: ProposeCommand) => propose(needs, tx, command),
    decide: (tx: Writing, command: Parameters<typeof decide>[2]) => decide(needs, tx, command),
    cancelProposal: (tx: Writing, command: { proposalId: Id; reason: string }) =>
      cancelProposal(needs, tx, command),
    pay: (tx: Writing, command: Parameters<typeof pay>[2]) => pay(needs, tx, command),
    /** Proposals about needs that the reader may see, by the need. */
    async proposalsOf(tx: Scoped, needIds: readonly Id[]) {
      const rows = needIds.length === 0 ? [] : await listProposals(tx, { needIds });
      const views = await proposalViews(needs, tx, rows);
      return Map.groupBy(views, (view) => view.needId!);
    },
    /** A trace as picture and sentences in the reader's language, three hops; null for unknown transfers. */
    trace: (tx: Scoped, request: Parameters<typeof traceTransfers>[2]) =>
      traceTransfers(needs, tx, request),
  };
}
