import type { Id } from '@wennuan/basics';
import type { Balance, StatementLine } from '@wennuan/ledger';
import { sql } from 'kysely';
import type { Scoped } from '../../platform/database/database.ts';

/** What of an account's money was undone, in fen. */
export interface Undone {
  /** Gifts that went back to their givers. */
  returnedFen: number;
  /** What had left and came back: set aside for persons and not used. */
  putBackFen: number;
}

const NOTHING: Undone = { returnedFen: 0, putBackFen: 0 };

/** What was undone of accounts, by account; any login. */
export async function undoneOf(tx: Scoped, accountIds: readonly Id[]): Promise<Map<Id, Undone>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await sql<{ account_id: Id; returned_fen: number; put_back_fen: number }>`
    select account_id, returned_fen, put_back_fen from account_undone(${[...new Set(accountIds)]}::uuid[])`.execute(
    tx.db,
  );
  return new Map(
    rows.map((row) => [
      row.account_id,
      { returnedFen: Number(row.returned_fen), putBackFen: Number(row.put_back_fen) },
    ]),
  );
}

/** An account's money as pages tell it: given − returned = in, and in − out = balance. */
export interface Sums {
  givenFen: number;
  returnedFen: number;
  inFen: number;
  outFen: number;
  balanceFen: number;
}

/** An account's totals without what was undone. */
export function sumsOf(
  held: Pick<Balance, 'inflow' | 'outflow' | 'balance'> | undefined,
  undone: Undone = NOTHING,
): Sums {
  const { inflow = 0, outflow = 0, balance = 0 } = held ?? {};
  const { returnedFen, putBackFen } = undone;
  const givenFen = inflow - putBackFen;
  return {
    givenFen,
    returnedFen,
    inFen: givenFen - returnedFen,
    outFen: outflow - returnedFen - putBackFen,
    balanceFen: balance,
  };
}

const RETURNED: ReadonlySet<string> = new Set(['refund', 'return', 'made_good']);
const PUT_BACK: ReadonlySet<string> = new Set(['aid_back', 'expiry', 'return']);

/** The same for one movement; what is put back lowers what went out, also of an earlier month. */
export function sumsOfLine(
  line: Pick<StatementLine, 'direction' | 'reason' | 'amount'>,
): Omit<Sums, 'balanceFen'> {
  const { direction, reason, amount } = line;
  const nothing = { givenFen: 0, returnedFen: 0, inFen: 0, outFen: 0 };
  if (direction === 'in')
    return PUT_BACK.has(reason)
      ? { ...nothing, outFen: -amount }
      : { ...nothing, givenFen: amount, inFen: amount };
  return RETURNED.has(reason)
    ? { ...nothing, returnedFen: amount, inFen: -amount }
    : { ...nothing, outFen: amount };
}
