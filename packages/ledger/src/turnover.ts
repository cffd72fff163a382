import type { Id } from '@wennuan/basics';
import { textArray, toNumber } from './arrays.ts';
import type { Sql, Turnover } from './types.ts';

interface TurnoverRow {
  day: string | null;
  from_id: Id;
  to_id: Id;
  unit: string;
  reason: string;
  document_kind: string;
  document_id: Id | null;
  transfers: unknown;
  amount: unknown;
}

/**
 * What moved from an instant until before another, summed by both accounts and reason: by day of a time
 * zone when one is named, and one by one, with their document, for the reasons in `single`. Reads every
 * transfer of the period; for those who keep the books, not for pages of everybody.
 */
export async function turnover(
  sql: Sql,
  period: { from: Date; until: Date; zone?: string; single?: readonly string[] },
): Promise<Turnover[]> {
  const rows = await sql.query<TurnoverRow>(
    `select day::text as day, from_id, to_id, unit, reason, document_kind, document_id, transfers, amount
     from ledger_turnover($1, $2, $3, $4)`,
    [
      period.from.toISOString(),
      period.until.toISOString(),
      period.zone ?? null,
      textArray(period.single ?? []),
    ],
  );
  return rows.map((row) => ({
    day: row.day,
    from: row.from_id,
    to: row.to_id,
    unit: row.unit,
    reason: row.reason,
    documentKind: row.document_kind,
    documentId: row.document_id,
    transfers: toNumber(row.transfers),
    amount: toNumber(row.amount),
  }));
}
