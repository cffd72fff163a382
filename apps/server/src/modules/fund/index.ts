import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { openAccounts, readPurposes, type AccountToOpen } from './accounts.ts';
import { emptyPots, prepareAid, prepareAidBack, type AidBack, type AidToPay } from './aid-pot.ts';
import type { FundKind } from './fund.ts';
import { fundHandlers } from './fund.routes.ts';
import { createFunds, openFund, readPublicFunds } from './fund.service.ts';
import type { FundNeeds } from './fund.needs.ts';
import { listFunds } from './fund.store.ts';
import { freeLines, holdLines, type Held } from './line.holds.ts';
import { rejectLines, sendLines, takeLinesBack, withdrawLines } from './line.service.ts';
import { listLines } from './line.store.ts';
import { lineViews, payeeLabels } from './line.view.ts';
import { pay, payLines, type PaidLine } from './payment.service.ts';
import {
  cancelProposal,
  decide,
  propose,
  proposeList,
  type ProposeCommand,
  type ProposeListCommand,
} from './proposal.service.ts';
import { listProposals } from './proposal.store.ts';
import { largePayments, paidByNumber, paidTo, payersOf, specialFunds } from './payers.ts';
import { proposalViews } from './proposal.view.ts';
import { traceTransfers } from './trace.service.ts';

export {
  ALIPAY_CHANNEL,
  BANK_ACCOUNT,
  BANK_FEES,
  BANK_INTEREST,
  UNKNOWN_MONEY,
  BEFORE_RECORD,
  CASH_DESK,
  CHANNEL_FEES,
  PLATFORM_CHANNEL,
  PLATFORM_MATCHING,
  REFUNDS_OWED,
  SANDBOX_CHANNEL,
  WECHAT_CHANNEL,
  type AccountToOpen,
  type Purpose,
} from './accounts.ts';
export type { FundNeeds, Outcome } from './fund.needs.ts';
export { bookingOf, lockBooks, monthOf, mustBeOpen, openDays } from './period.ts';
export { links, type FundKind } from './fund.ts';
export type { FundRow } from './fund.store.ts';
export { kindHeartedGiver } from './movements.words.ts';
export type { LineRow } from './line.store.ts';
export type { PaidLine } from './payment.service.ts';
export type { ListedLine, ProposeCommand, ProposeListCommand } from './proposal.service.ts';
export type { PaidOut } from './payers.ts';
export type { ProposalView } from './proposal.view.ts';
export type { TraceView } from './trace.ts';
export { labelIn } from './labels.ts';
export { reasonWords } from './reasons.ts';
export { undoneOf } from './undone.ts';
export type Fund = ReturnType<typeof createFund>;

/** Funds, what every account is for, proposals, payments, and where money went. */
export function createFund(needs: FundNeeds) {
  return {
    handlers: fundHandlers(needs),
    /** Opens ledger accounts and notes what each is for; again changes nothing. */
    openAccounts: (tx: Writing, accounts: readonly AccountToOpen[]) => openAccounts(tx, accounts),
    /** What accounts are for. */
    purposes: (tx: Scoped, accountIds: readonly Id[]) => readPurposes(tx, accountIds),
    /**
     * Makes ready what persons get out of funds by way of their pots: frees what was held, says what pots are to be
     * filled with and what fits. The caller posts the fillings and then each amount out of its pot, once.
     */
    aidOut: (tx: Writing, asked: readonly AidToPay[]) => prepareAid(needs, tx, asked),
    /** The pots that take back what persons did not use, and what goes on to the funds; the caller posts both, once. */
    aidBack: (tx: Writing, returning: readonly AidBack[]) => prepareAidBack(needs, tx, returning),
    /** What lies free in the pots of accounts that end, on its way to where their remainder goes; the caller posts it. */
    emptyPots: (tx: Writing, ending: Parameters<typeof emptyPots>[2]) =>
      emptyPots(needs, tx, ending),
    /** Sets amounts aside under names, for persons in the pot first; refuses `balance_too_low`. */
    holdAmounts: (tx: Writing, asked: Held) => holdLines(tx, asked),
    /** Frees what was set aside under names. */
    freeAmounts: (tx: Writing, names: readonly string[]) => freeLines(tx, names),
    /** Opens funds; federation or system. */
    createFunds: (
      tx: Writing,
      commands: readonly { name: string; kind: FundKind; areaId: number | null }[],
    ) => createFunds(needs, tx, commands),
    /** Opens one fund; a special one with its agreement. Federation login. */
    openFund: (tx: Writing, command: Parameters<typeof openFund>[2]) =>
      openFund(needs, tx, command),
    /** Funds by id, code or community. */
    listFunds: (tx: Scoped, chosen: Parameters<typeof listFunds>[1]) => listFunds(tx, chosen),
    /** Proposes a payment and holds its amount. */
    propose: (tx: Writing, command: ProposeCommand) => propose(needs, tx, command),
    /**
     * Proposes one payment to many payees: approved together, paid line by line, each line told by
     * `fund.paid` or `fund.line_rejected` with the proposal's and the line's id. Answers the proposal's id.
     */
    proposeList: (tx: Writing, command: ProposeListCommand): Promise<Id> =>
      proposeList(needs, tx, command),
    decide: (tx: Writing, command: Parameters<typeof decide>[2]) => decide(needs, tx, command),
    cancelProposal: (tx: Writing, command: { proposalId: Id; reason: string }) =>
      cancelProposal(needs, tx, command),
    pay: (tx: Writing, command: Parameters<typeof pay>[2]) => pay(needs, tx, command),
    /** Lines of proposals: by id, proposal, record or state. */
    lines: (tx: Scoped, chosen: Parameters<typeof listLines>[1]) => listLines(tx, chosen),
    /** Lines with their words opened and persons masked, in the order given. */
    lineViews: (tx: Scoped, rows: Parameters<typeof lineViews>[2]) => lineViews(needs, tx, rows),
    /** Proposals by id, with what they are paid from. */
    async proposalsById(tx: Scoped, ids: readonly Id[]) {
      const rows = ids.length === 0 ? [] : await listProposals(tx, { ids });
      const views = await proposalViews(needs, tx, rows);
      return new Map(rows.map((row, index) => [row.id, { row, view: views[index]! }]));
    },
    /** Names of payees as lists show them, by the payee's id. */
    payeeLabels: (tx: Scoped, payees: Parameters<typeof payeeLabels>[2]) =>
      payeeLabels(needs, tx, payees),
    /** Puts lines into a batch for the bank. */
    sendLines: (tx: Writing, lineIds: readonly Id[]) => sendLines(tx, lineIds),
    /** Takes lines out of a batch that was never sent. */
    takeLinesBack: (tx: Writing, lineIds: readonly Id[]) => takeLinesBack(tx, lineIds),
    /** Records that lines were paid, and posts them. */
    payLines: (tx: Writing, commands: readonly PaidLine[]) => payLines(needs, tx, commands),
    /** Records that the bank rejected lines. */
    rejectLines: (tx: Writing, commands: readonly { lineId: Id; reason: string }[]) =>
      rejectLines(needs, tx, commands),
    /** Withdraws lines that are neither on their way nor paid; their amounts are free again. */
    withdrawLines: (tx: Writing, command: { lineIds: readonly Id[]; reason: string }) =>
      withdrawLines(needs, tx, command),
    /** Proposals about needs that the reader may see, by the need. */
    async proposalsOf(tx: Scoped, needIds: readonly Id[]) {
      const rows = needIds.length === 0 ? [] : await listProposals(tx, { needIds });
      const views = await proposalViews(needs, tx, rows);
      return Map.groupBy(views, (view) => view.needId!);
    },
    /** Payments by their numbers. System login. */
    paidByNumber,
    /** The gifts that paid transfers, and how much of each. System login. */
    payersOf,
    /** What accounts paid to organisations, by payee. */
    paidTo,
    /** Payments of at least an amount since a moment. System login. */
    largePayments,
    /** A page of funds as everybody reads them. */
    publicFunds: (tx: Scoped, page: Parameters<typeof readPublicFunds>[2]) =>
      readPublicFunds(needs, tx, page),
    /** Special funds and since when they are. */
    specialFunds,
    /** A trace as picture and sentences in the reader's language, some hops far; null for unknown transfers. */
    trace: (tx: Scoped, request: Parameters<typeof traceTransfers>[2]) =>
      traceTransfers(needs, tx, request),
  };
}
