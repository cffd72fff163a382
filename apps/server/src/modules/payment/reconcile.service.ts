import { addDays, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import {
  type Compared,
  type DaySums,
  lastPaidDay,
  listDifferences,
  notePayment,
  type SideSums,
  sumDays,
} from './reconcile.store.ts';

export type Difference = z.output<typeof shapes.difference>;

export interface Reconciliation {
  from: PlainDate | null;
  until: PlainDate | null;
  days: Omit<DaySums, 'explained'>[];
  platform: SideSums;
  bill: SideSums;
  ledger: SideSums;
  differences: Difference[];
  differencesInAll: number;
  openDifferences: number;
}

export interface ReconcileNeeds {
  names(tx: Scoped, accountIds: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
}

/** Without days a page shows those up to the last payment. */
const DAYS_SHOWN = 31;
const DIFFERENCES_SHOWN = 200;

/**
 * Platform, bill and ledger side by side, to the fen: sums by day, and every payment of which they do not
 * say the same, at most 200 of them (`limit`).
 */
export async function reconcile(
  needs: ReconcileNeeds,
  tx: Scoped,
  asked: { from?: PlainDate; until?: PlainDate; limit?: number },
): Promise<Reconciliation> {
  const until = asked.until ?? (await lastPaidDay(tx));
  const from = asked.from ?? (until && addDays(until, 1 - DAYS_SHOWN));
  const which: Compared | null = from && until ? { from, until } : null;
  const sums = which ? await sumDays(tx, which) : [];
  const rows = which ? await listDifferences(tx, which, asked.limit ?? DIFFERENCES_SHOWN) : [];
  const names = await needs.names(
    tx,
    rows.flatMap((row) => row.notedBy ?? []),
  );
  const inAll = sums.reduce((sum, day) => sum + day.differences, 0);
  return {
    from: sums[0]?.day ?? from,
    until: sums.at(-1)?.day ?? until,
    days: sums.map(({ day, platform, bill, ledger, differences }) => ({
      day,
      platform,
      bill,
      ledger,
      differences,
    })),
    platform: added(sums.map((day) => day.platform)),
    bill: added(sums.map((day) => day.bill)),
    ledger: added(sums.map((day) => day.ledger)),
    differences: rows.map((row) => ({
      ...row,
      kinds: row.kinds as Difference['kinds'],
      notedBy: row.notedBy ? (names.get(row.notedBy) ?? null) : null,
    })),
    differencesInAll: inAll,
    openDifferences: inAll - sums.reduce((sum, day) => sum + day.explained, 0),
  };
}

/** Of how many of these payments the sides do not say the same. */
export async function countDifferences(tx: Scoped, ids: readonly Id[]): Promise<number> {
  const days = await sumDays(tx, { ids });
  return days.reduce((sum, day) => sum + day.differences, 0);
}

/** Writes down what is known about a payment's difference. Refuses a payment nobody knows. */
export async function noteDifference(tx: Writing, paymentId: Id, note: string): Promise<void> {
  if (!(await notePayment(tx, paymentId, note))) throw new Refusal('not_found');
  tx.touched('gift_payment', paymentId, note);
}

function added(sides: readonly SideSums[]): SideSums {
  const sum = (of: (side: SideSums) => number) => sides.reduce((all, side) => all + of(side), 0);
  return {
    count: sum((side) => side.count),
    grossFen: sum((side) => side.grossFen),
    refundedFen: sum((side) => side.refundedFen),
    feesFen: sum((side) => side.feesFen),
  };
}
