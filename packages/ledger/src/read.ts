import type { Id } from '@wennuan/basics';
import { plainArray, toDate, toNumber, toNumberOrNull } from './arrays.ts';
import type {
  Balance,
  Sql,
  Statement,
  StatementCursor,
  StatementLine,
  Transfer,
  WorldTotal,
} from './types.ts';

/** What a driver gives of a transfer. */
export interface TransferRow {
  id: Id;
  key: string;
  from_id: Id;
  to_id: Id;
  amount: unknown;
  of_id: Id | null;
  link: string | null;
  reason: string;
  document_kind: string;
  document_id: Id;
  actor_id: Id | null;
  at: unknown;
  from_at: unknown;
  to_at: unknown;
}

/** The same with the counters of its accounts before it. */
interface LineRow extends TransferRow {
  from_outflow: unknown;
  from_inflow: unknown;
  to_outflow: unknown;
}

export function transferOf(row: TransferRow): Transfer {
  return {
    id: row.id,
    key: row.key,
    from: row.from_id,
    to: row.to_id,
    amount: toNumber(row.amount),
    of: row.of_id,
    link: row.link,
    reason: row.reason,
    document: { kind: row.document_kind, id: row.document_id },
    actor: row.actor_id,
    at: toDate(row.at),
    fromAt: toNumberOrNull(row.from_at),
    toAt: toNumberOrNull(row.to_at),
  };
}

interface BalanceRow {
  account_id: Id;
  unit: string;
  code: string | null;
  inflow: unknown;
  outflow: unknown;
  held: unknown;
  ahead: unknown;
}

/** Counters of inner accounts, in the order of the ids; unknown ids and world accounts are left out. */
export async function balances(sql: Sql, ids: readonly Id[]): Promise<Balance[]> {
  const rows = await sql.query<BalanceRow>('select * from ledger_balances($1)', [plainArray(ids)]);
  const byId = new Map(rows.map((row) => [row.account_id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const inflow = toNumber(row.inflow);
    const outflow = toNumber(row.outflow);
    const held = toNumber(row.held);
    const balance = inflow - outflow;
    const counters = { inflow, outflow, held, ahead: toNumber(row.ahead) };
    return [
      {
        accountId: id,
        unit: row.unit,
        code: row.code,
        ...counters,
        balance,
        available: balance - held,
      },
    ];
  });
}

/** Transfers by id, in the order of the ids; unknown ids are left out. */
export async function transfers(sql: Sql, ids: readonly Id[]): Promise<Transfer[]> {
  const rows = await sql.query<TransferRow>('select * from ledger_transfers($1)', [
    plainArray(ids),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [transferOf(row)] : [];
  });
}

interface StatementPage {
  accountId: Id;
  limit: number;
  before?: StatementCursor;
}

/**
 * A page of what went in and out of an account, newest first, with the counters after each line. Of a world
 * account (no counters) as far as sequenced; unknown accounts have no lines.
 */
export async function statement(sql: Sql, page: StatementPage): Promise<Statement> {
  if (page.before?.leaf === undefined) {
    const inner = await innerStatement(sql, page);
    if (page.before || inner.lines.length > 0) return inner;
  }
  return worldStatement(sql, page);
}

async function innerStatement(sql: Sql, page: StatementPage): Promise<Statement> {
  const { accountId, limit, before } = page;
  const rows = await sql.query<LineRow>('select * from ledger_statement($1, $2, $3, $4)', [
    accountId,
    before?.inflow ?? Number.MAX_SAFE_INTEGER,
    before?.outflow ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  ]);
  const lines = rows.slice(0, limit).map((row) => innerLine(accountId, row));
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return { lines, next: last && countersBefore(accountId, last) };
}

function countersBefore(accountId: Id, row: LineRow): { inflow: number; outflow: number } {
  return row.to_id === accountId
    ? { inflow: toNumber(row.to_at), outflow: toNumber(row.to_outflow) }
    : { inflow: toNumber(row.from_inflow), outflow: toNumber(row.from_outflow) };
}

function innerLine(accountId: Id, row: LineRow): StatementLine {
  const transfer = transferOf(row);
  const before = countersBefore(accountId, row);
  const entered = row.to_id === accountId;
  const inflowAfter = before.inflow + (entered ? transfer.amount : 0);
  const outflowAfter = before.outflow + (entered ? 0 : transfer.amount);
  const balanceAfter = inflowAfter - outflowAfter;
  const direction = entered ? 'in' : 'out';
  return { ...transfer, direction, inflowAfter, outflowAfter, balanceAfter };
}

async function worldStatement(sql: Sql, page: StatementPage): Promise<Statement> {
  const { accountId, limit, before } = page;
  const rows = await sql.query<TransferRow & { leaf: unknown }>(
    'select leaf, (line).* from ledger_world_statement($1, $2, $3)',
    [accountId, before?.leaf ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  const lines = rows.slice(0, limit).map((row): StatementLine => {
    const direction = row.to_id === accountId ? 'in' : 'out';
    const counters = { inflowAfter: null, outflowAfter: null, balanceAfter: null };
    return { ...transferOf(row), direction, ...counters };
  });
  const last = rows.length > limit ? rows[limit - 1]! : null;
  return { lines, next: last && { inflow: 0, outflow: 0, leaf: toNumber(last.leaf) } };
}

/** Totals of world accounts, exact as of the sequence number they carry; others are left out. */
export async function worldTotals(sql: Sql, ids: readonly Id[]): Promise<WorldTotal[]> {
  const rows = await sql.query<Record<'inflow' | 'outflow' | 'seq', unknown> & { account_id: Id }>(
    'select * from ledger_world_totals($1)',
    [plainArray(ids)],
  );
  const byId = new Map(rows.map((row) => [row.account_id, row]));
  return ids.flatMap((accountId) => {
    const row = byId.get(accountId);
    if (!row) return [];
    const inflow = toNumber(row.inflow);
    return [{ accountId, inflow, outflow: toNumber(row.outflow), seq: toNumber(row.seq) }];
  });
}
