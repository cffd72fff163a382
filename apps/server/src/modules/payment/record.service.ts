import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Writing } from '../../platform/database/database.ts';
import type { Facts, PaymentFact, StatementFacts } from './facts.ts';
import type { ChannelCode, PaymentChange, PaymentRow, UnknownRefund } from './payment.ts';
import {
  insertPayments,
  lockOrders,
  lockPaymentsOfOrders,
  type PaymentToWrite,
  updatePayments,
  upsertWords,
  type WordToWrite,
} from './payment.store.ts';
import { lockRefundsOfOrders, refreshBillWords, upsertRefunds } from './refund.store.ts';
import { settleRefunds, type SettledRefunds } from './settle-refunds.ts';
import type { Remark } from './statement.ts';

/** What an import changed and what is to be posted for it. */
export interface Recorded {
  /** Every payment the files tell of, for their sums. */
  paymentIds: Id[];
  changes: PaymentChange[];
  /** Projects of payments that came without a number before. */
  numbered: { code: string; name: string | null }[];
  /** Refunds of orders nobody knows: the money is gone, so it is posted all the same. */
  unknownRefunds: UnknownRefund[];
}

/** Thrown inside an import so that nothing of it stays; carries what is wrong, by file and line. */
export class StatementsRefused extends Error {
  readonly problems: readonly (Remark & { file: number })[];

  constructor(problems: readonly (Remark & { file: number })[]) {
    super('statements refused');
    this.name = 'StatementsRefused';
    this.problems = problems;
  }
}

/** An order with its row and what files tell of it; either may be absent. */
interface Matched {
  order: string;
  fact: PaymentFact | null;
  row: PaymentRow | null;
  id: Id;
  refunds: SettledRefunds;
}

/** So many payments are recorded and posted at once: what is in memory of them at a time. */
const PAYMENTS_AT_ONCE = 2_000;

interface Found {
  matched: Matched[];
  /** Refunds of orders nobody knows. */
  unknown: Matched[];
}

/**
 * Holds what files tell of until the transaction ends: payments, their refunds, and other imports. Answers the
 * projects that payments are for, those of the files and those known before.
 */
export async function holdFacts(
  tx: Writing,
  facts: StatementFacts,
): Promise<{ code: string | null; name: string | null }[]> {
  await oneAtATime(tx);
  return [...facts.projects(), ...(await lockOrders(tx, facts.orders()))];
}

/**
 * Records what files tell in portions, each when it is asked for, so that only what was read is in memory for every
 * row, and what is written and posted for a portion at a time. A problem in one of them is thrown when all were looked at, so that nothing
 * of any stays.
 */
export async function* recordPortions(
  needs: { newId(): Id },
  tx: Writing,
  told: { facts: StatementFacts; statementIds: readonly Id[] },
): AsyncGenerator<Recorded> {
  const problems: StatementsRefused['problems'][number][] = [];
  for (const facts of told.facts.portions(PAYMENTS_AT_ONCE)) {
    const found = await match(needs, tx, { facts, statementIds: told.statementIds });
    problems.push(...problemsOf(found.matched, facts));
    if (problems.length > 0) continue;
    yield await writeDown(tx, { ...found, facts, statementIds: told.statementIds });
  }
  if (problems.length > 0) throw new StatementsRefused(problems);
}

/**
 * Records refunds and payments that a channel tells of, without a file: what is new, and what is newly known of old
 * ones. Again changes nothing. Answers what is to be posted.
 */
export async function recordFacts(
  needs: { newId(): Id },
  tx: Writing,
  facts: Facts,
): Promise<Recorded> {
  await oneAtATime(tx);
  const found = await match(needs, tx, { facts, statementIds: [] });
  const problems = problemsOf(found.matched, facts);
  if (problems.length > 0) throw new StatementsRefused(problems);
  return await writeDown(tx, { ...found, facts, statementIds: [] });
}

/** Two imports at once would add the same payment twice; the second waits and finds it. */
async function oneAtATime(tx: Writing): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ':statements', 0))`.execute(
    tx.db,
  );
}

function problemsOf(
  matched: readonly Matched[],
  { refunds: told }: Facts,
): StatementsRefused['problems'][number][] {
  return matched.flatMap(({ order, fact, row, refunds }) => {
    const amountFen = row?.entryId ? row.amountFen : (fact ?? row)!.amountFen;
    const last = told.findLast((refund) => refund.order === order);
    if (refunds.refundedFen <= amountFen || !last) return [];
    const { file, line } = last;
    return [{ file, line, code: 'refund_too_much' as const, params: { order } }];
  });
}

async function writeDown(
  tx: Writing,
  found: Found & { facts: Facts; statementIds: readonly Id[] },
): Promise<Recorded> {
  const { matched, unknown, facts, statementIds } = found;
  await write(tx, { matched, unknown, statementIds });
  return {
    paymentIds: matched.map(({ id }) => id),
    changes: matched.flatMap((one) => changeOf(one) ?? []),
    numbered: matched.flatMap(({ fact, row }) =>
      row && row.projectCode === null && fact?.projectCode
        ? [{ code: fact.projectCode, name: row.projectName ?? fact.projectName }]
        : [],
    ),
    unknownRefunds: unknown.flatMap(({ order, refunds }) =>
      refunds.toPost.map((refund) => {
        const row = refunds.rows.find(({ id }) => id === refund.refundId)!;
        const refundNumber = row.refundNumber ?? '';
        const { file, line } = facts.refunds.find((one) => one.refundNumber === refundNumber)!;
        return { ...refund, orderNumber: order, refundNumber, file, line };
      }),
    ),
  };
}

/** Finds the rows of all that files tell of, payments first, then refunds that stand alone. */
async function match(
  needs: { newId(): Id },
  tx: Writing,
  { facts, statementIds }: { facts: Facts; statementIds: readonly Id[] },
): Promise<Found> {
  const orders = [...new Set([...facts.payments, ...facts.refunds].map((fact) => fact.order))];
  const rows = Map.groupBy(await lockPaymentsOfOrders(tx, orders), (row) => row.orderNumber);
  const known = Map.groupBy(await lockRefundsOfOrders(tx, orders), (row) => row.orderNumber);
  const told = Map.groupBy(
    facts.refunds.map((refund) => ({ ...refund, statementId: statementIds[refund.file] ?? null })),
    (refund) => refund.order,
  );
  const take = onceEach();
  const settle = (order: string, merchant: string | null, paymentId: Id | null) =>
    settleRefunds(
      {
        paymentId,
        known: take(known.get(order), merchant),
        facts: take(told.get(order), merchant),
      },
      needs.newId,
    );
  const matched = facts.payments.map((fact): Matched => {
    const row = rowOf(rows.get(fact.order), fact.merchant);
    const id = row?.id ?? needs.newId();
    const refunds = settle(fact.order, fact.merchant ?? row?.merchant ?? null, id);
    return { order: fact.order, fact, row, id, refunds };
  });
  const unknown: Matched[] = [];
  for (const refund of facts.refunds) {
    const { order, merchant } = refund;
    const row = rowOf(rows.get(order), merchant);
    const refunds = settle(order, merchant, row?.id ?? null);
    if (refunds.rows.length === 0) continue;
    if (row) matched.push({ order, fact: null, row, id: row.id, refunds });
    else unknown.push({ order, fact: null, row: null, id: '', refunds });
  }
  return { matched, unknown };
}

/** Hands out each thing once, to the first that asks for its order and merchant. */
function onceEach() {
  const taken = new Set<object>();
  return <T extends { merchant: string | null }>(
    things: readonly T[] | undefined,
    merchant: string | null,
  ): T[] => {
    const found = (things ?? []).filter(
      (one) =>
        !taken.has(one) &&
        (merchant === null || one.merchant === null || one.merchant === merchant),
    );
    for (const one of found) taken.add(one);
    return found;
  };
}

/** The row of an order. A file without merchant numbers means the only one there is, and is it. */
function rowOf(
  rows: readonly PaymentRow[] | undefined,
  merchant: string | null,
): PaymentRow | null {
  if (!rows) return null;
  const exact = rows.find((row) => row.merchant === merchant);
  if (exact) return exact;
  if (merchant === null) return rows.length === 1 ? rows[0]! : null;
  return rows.find((row) => row.merchant === null) ?? null;
}

function channelOf(fact: PaymentFact): ChannelCode {
  return fact.platform ? 'platform' : (fact.billOf ?? 'wechat');
}

/** What is to be posted for a payment; null when all of it was posted before. */
function changeOf({ fact, row, id, refunds }: Matched): PaymentChange | null {
  const posted = row !== null && row.entryId !== null;
  const channel = row?.channel ?? channelOf(fact!);
  const amountFen = posted ? row.amountFen : fact!.amountFen;
  const paid = posted
    ? null
    : {
        id,
        channel,
        merchant: fact!.merchant,
        orderNumber: fact!.order,
        amountFen,
        paidAt: fact!.paidAt,
        projectCode: fact!.projectCode ?? row?.projectCode ?? null,
        projectName: fact!.projectName ?? row?.projectName ?? null,
        publicName: fact!.publicName,
      };
  const change: PaymentChange = {
    paymentId: id,
    paid,
    entry: posted
      ? { accountId: row.accountId!, entryId: row.entryId!, matchEntryId: row.matchEntryId }
      : null,
    channel,
    feeFen: row?.feeFen === undefined || row.feeFen === null ? (fact?.feeFen ?? 0) : 0,
    matchedFen: row && row.matchedFen > 0 ? 0 : (fact?.matchedFen ?? 0),
    totalMatchedFen: row && row.matchedFen > 0 ? row.matchedFen : (fact?.matchedFen ?? 0),
    refunds: refunds.toPost,
    madeGood: refunds.madeGood,
    isWhollyRefunded:
      refunds.refundedFen === amountFen && (refunds.toPost.length > 0 || paid !== null),
  };
  const isNew =
    paid !== null ||
    change.feeFen > 0 ||
    change.matchedFen > 0 ||
    change.refunds.length + change.madeGood.length > 0;
  return isNew ? change : null;
}

async function write(tx: Writing, found: Found & { statementIds: readonly Id[] }): Promise<void> {
  const { matched, unknown, statementIds } = found;
  const rows = matched.map((one) => ({ before: one.row, after: rowAfter(one) }));
  await insertPayments(
    tx,
    rows.flatMap(({ before, after }) => (before ? [] : [after])),
  );
  await updatePayments(
    tx,
    rows.flatMap(({ before, after }) => (before && differs(before, after) ? [after] : [])),
  );
  const refunds = [...matched, ...unknown].flatMap((one) => one.refunds.rows);
  await upsertRefunds(tx, refunds);
  await upsertWords(
    tx,
    matched.flatMap((one) => wordsOf(one, statementIds)),
  );
  await refreshBillWords(
    tx,
    refunds.flatMap((refund) => refund.paymentId ?? []),
  );
}

/** A payment's row as it stands after an import. What is posted stays; a difference is told, not repaired. */
function rowAfter({ fact, row, id, refunds }: Matched): PaymentToWrite {
  return {
    id,
    channel: row?.channel ?? channelOf(fact!),
    merchant: row?.merchant ?? fact?.merchant ?? null,
    orderNumber: row?.orderNumber ?? fact!.order,
    amountFen: row?.entryId ? row.amountFen : (fact ?? row)!.amountFen,
    projectCode: row?.projectCode ?? fact?.projectCode ?? null,
    projectName: row?.projectName ?? fact?.projectName ?? null,
    transaction: fact?.transaction ?? null,
    feeFen: row?.feeFen ?? fact?.feeFen ?? null,
    matchedFen: row && row.matchedFen > 0 ? row.matchedFen : (fact?.matchedFen ?? 0),
    refundedFen: refunds.refundedFen,
    feeReturnedFen: refunds.feeReturnedFen,
    paidAt: row?.paidAt ?? (fact ?? { paidAt: row!.begunAt }).paidAt,
  };
}

function differs(row: PaymentRow, after: PaymentToWrite): boolean {
  return (
    row.state !== 'paid' ||
    row.merchant !== after.merchant ||
    row.projectCode !== after.projectCode ||
    row.projectName !== after.projectName ||
    row.feeFen !== after.feeFen ||
    row.matchedFen !== after.matchedFen ||
    row.refundedFen !== after.refundedFen ||
    row.feeReturnedFen !== after.feeReturnedFen
  );
}

function wordsOf({ fact, id, refunds }: Matched, statementIds: readonly Id[]): WordToWrite[] {
  if (!fact) return [];
  const words: WordToWrite[] = [];
  const { platform, bill } = fact;
  if (platform) {
    const { file, line, amountFen, refundedFen, feeFen } = platform;
    const statementId = statementIds[file]!;
    const said = { amountFen, refundedFen, feeFen, statementId, line };
    words.push({ paymentId: id, side: 'platform', ...said });
  }
  if (bill) {
    const { file, line, amountFen, feeFen } = bill;
    const refundedFen = refunds.billRefundedFen;
    const statementId = statementIds[file]!;
    const said = { amountFen, refundedFen, feeFen, statementId, line };
    words.push({ paymentId: id, side: 'bill', ...said });
  }
  return words;
}
