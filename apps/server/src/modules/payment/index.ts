import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  insertBegun,
  listPaidOrders,
  listToAsk,
  type NewPayment,
  noteStates,
  type ReceivedPayment,
  noteReceived,
} from './begin.store.ts';
import type { RefundFacts } from './channel.ts';
import type { Channels } from './channels.ts';
import { insertNoted, type NotedPayment } from './hand.store.ts';
import { listBills, noteBill } from './bill.store.ts';
import { keepNotices, type KeptNotice } from './notice.store.ts';
import type { Posted } from './payment.ts';
import { recordFacts } from './record.service.ts';
import { listToReturn, listTransfersOfRefund, noteReturned } from './refund.store.ts';
import { lockEntries, notePosted } from './payment.store.ts';
import { paymentHandlers, type RouteNeeds } from './payment.routes.ts';
import { countDifferences, reconcile } from './reconcile.service.ts';
import {
  dropStatement,
  keepStatement,
  openStatements,
  recordStatements,
  type StatementFile,
  sumStatements,
} from './statement.service.ts';
import { listStatements } from './statement.store.ts';

export type { OfGifts } from './payment.routes.ts';
export type {
  ChannelCode,
  PaidPayment,
  PaymentChange,
  PaymentState,
  Posted,
  PostingKind,
  RefundToPost,
  UnknownRefund,
} from './payment.ts';
export { sumReturned } from './refund.store.ts';
export { publicNameOf } from './public-name.ts';
export { StatementsRefused, type Recorded } from './record.service.ts';
export type { StatementFile, StatementSums, StatementsToRecord } from './statement.service.ts';
export type { StatementRow } from './statement.store.ts';
export { remarkSentence } from './statement.words.ts';
export type { Remark } from './statement.ts';
export type Payment = ReturnType<typeof createPayment>;

export {
  type Channel,
  ChannelAway,
  NOTICE_CLOCK_MILLIS,
  type NoticeReading,
  orderNumberOf,
  PAY_WITHIN_MILLIS,
  type PaidFacts,
  paymentIdOf,
  type PaymentAnswer,
  type PaymentToBegin,
  type PayScene,
  type PayStep,
  type RawNotice,
  type RefundAnswer,
  type RefundFacts,
  type RefundToAsk,
} from './channel.ts';
export { type BillLine, tradeBill } from './bill.wechat.ts';
export { createChannels, type Channels } from './channels.ts';
export { createWechatGateway, WECHAT_APP, WECHAT_MERCHANT } from './gateway.wechat.ts';
export { createWechatSandbox, SANDBOX_PAY_PATH, type WechatSandbox } from './sandbox.wechat.ts';
export { playedShelf } from './sandbox.wechat.store.ts';
export {
  type CodeAnswer,
  type CodeGateway,
  codeGatewayOf,
  readAuthCode,
  sandboxCodeGateway,
} from './code-pay.ts';
export { wechatChannel } from './channel.wechat.ts';
export { wechatCodeGateway } from './code-pay.wechat.ts';
export { listPaidOrders, noteReceived, type ReceivedPayment } from './begin.store.ts';
export type { KeptNotice } from './notice.store.ts';
export type { BillRow } from './bill.store.ts';
export type { PaymentToReturn } from './refund.store.ts';
export {
  checkNotice,
  checkSignature,
  noticeHash,
  SIGNATURE_HEADER,
  type PlatformNotice,
  type SignatureCheck,
} from './notice.ts';
export { signaturesBeside } from './signature.beside.ts';
export {
  NO_CHANNELS,
  parsePaymentConfig,
  type PaymentConfig,
  PaymentConfigError,
  readPaymentConfig,
} from './payment.config.ts';
export { createSandbox, SANDBOX_MERCHANT, type Sandbox, signNotice } from './sandbox.ts';

export interface PaymentNeeds extends RouteNeeds {
  channels: Channels;
}

function refundFact(facts: RefundFacts) {
  return {
    refundNumber: facts.refundNumber,
    merchant: facts.merchant,
    order: facts.orderNumber,
    amountFen: facts.amountFen,
    feeFen: 0,
    state: 'done' as const,
    at: facts.at,
    toldBy: 'channel' as const,
    file: 0,
    line: 0,
  };
}

/** Payments of givers: channels they come over, statements that tell of them, and how the two agree. */
export function createPayment(needs: PaymentNeeds) {
  return {
    handlers: paymentHandlers(needs),
    /** Reads a statement and keeps it, to be imported or put aside. */
    keepStatement: (tx: Writing, file: StatementFile) => keepStatement(needs, tx, file),
    /** The files of statements kept before. */
    openStatements: (tx: Scoped, ids: readonly Id[]) => openStatements(needs, tx, ids),
    /** Reads and holds statements, all or none; recording and posting is the caller's, portion by portion. */
    recordStatements: (tx: Writing, files: readonly StatementFile[]) =>
      recordStatements(needs, tx, files),
    dropStatement: (tx: Writing, id: Id) => dropStatement(tx, id),
    listStatements: (tx: Scoped, chosen: Parameters<typeof listStatements>[1]) =>
      listStatements(tx, chosen),
    /** The channels that are set up. */
    channels: needs.channels,
    /** Adds a payment that its giver begins here. */
    insertBegun: (tx: Writing, payment: NewPayment) => insertBegun(tx, payment),
    /** Notes payments that were received. */
    noteReceived: (tx: Writing, payments: readonly ReceivedPayment[]) => noteReceived(tx, payments),
    /** Adds a payment that a person of ours noted. */
    insertNoted: (tx: Writing, payment: NotedPayment) => insertNoted(tx, payment),
    listPaidOrders: (tx: Scoped, orders: readonly string[]) => listPaidOrders(tx, orders),
    /** Payments to ask their channels about now. */
    listToAsk: (tx: Scoped, chosen: Parameters<typeof listToAsk>[1]) => listToAsk(tx, chosen),
    noteStates: (tx: Writing, answers: Parameters<typeof noteStates>[1]) => noteStates(tx, answers),
    /** Records refunds that notices or answers tell of. What is to be posted is the caller's. */
    recordRefunds: (tx: Writing, facts: readonly RefundFacts[]) =>
      recordFacts(needs, tx, { payments: [], refunds: facts.map(refundFact) }),
    /** Notes what was given back by a decision of ours, so that a bill's word about it is no second refund. */
    noteReturned: (tx: Writing, returned: Parameters<typeof noteReturned>[1]) =>
      noteReturned(tx, returned),
    /** Bills that were fetched, by channel and day. */
    listBills: (tx: Scoped, since: string) => listBills(tx, since),
    noteBill: (tx: Writing, bill: Parameters<typeof noteBill>[1]) => noteBill(tx, bill),
    /** Payments of gifts, for what goes back of them. */
    paymentsToReturn: (tx: Scoped, giftIds: readonly Id[]) => listToReturn(tx, giftIds),
    transfersOfRefund: (tx: Scoped, refund: Parameters<typeof listTransfersOfRefund>[1]) =>
      listTransfersOfRefund(tx, refund),
    /** Keeps believed notices as they came, sealed. */
    keepNotices: (tx: Writing, notices: readonly KeptNotice[]) => keepNotices(needs, tx, notices),
    /** Notes what the ledger posted for payments. */
    notePosted: (tx: Writing, posted: Posted) => notePosted(tx, posted),
    /** What is left of gifts that entered an account, by entry. */
    lockEntries: (tx: Writing, accountId: Id) => lockEntries(tx, accountId),
    /** Platform, bill and ledger side by side. */
    reconcile: (tx: Scoped, asked: Parameters<typeof reconcile>[2]) => reconcile(needs, tx, asked),
    countDifferences: (tx: Scoped, ids: readonly Id[]) => countDifferences(tx, ids),
    /** What payments that statements tell of come to. */
    sumStatements: (tx: Scoped, what: Parameters<typeof sumStatements>[1]) =>
      sumStatements(tx, what),
  };
}
