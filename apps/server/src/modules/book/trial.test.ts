import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryOf, type Entry, type Moved, type Side } from './book.ts';
import { agrees, assetsFen, trialBalance } from './trial.ts';

const inner = (detail: string, restricted: boolean, management = false): Side => ({
  kind: 'inner',
  detail,
  label: detail,
  restricted,
  management,
});
const SIDES: Record<string, Side> = {
  general: inner('JJ0001', false),
  special: inner('JJ0002', true),
  campaign: inner('HD0001', true),
  item: inner('HD0001', true),
  management: inner('JJ0003', false, true),
  bank: { kind: 'bank', label: '银行' },
  cash: { kind: 'cash', label: '现金' },
  platform: { kind: 'channel', detail: 'platform', label: '平台' },
  owed: { kind: 'receivable', detail: 'owed', label: '待追回' },
  supplier: { kind: 'payee', label: '供应商' },
  fees: { kind: 'channel_fees', label: '手续费' },
  bankFees: { kind: 'bank_fees', label: '银行手续费' },
  interest: { kind: 'interest', label: '利息' },
  before: { kind: 'before', label: '以前' },
};
const INNER = ['general', 'special', 'campaign', 'item', 'management'];
const WORLD = Object.keys(SIDES).filter((name) => !INNER.includes(name));

interface Step {
  from: string;
  to: string;
  amountFen: number;
  part: 'earlier' | 'before' | 'month';
}
const step = fc.oneof(
  ...[
    [WORLD, INNER],
    [INNER, INNER],
    [INNER, WORLD],
  ].map(([from, to]) =>
    fc.record({
      from: fc.constantFrom(...from!),
      to: fc.constantFrom(...to!),
      amountFen: fc.integer({ min: -5_000, max: 1_000_000 }),
      part: fc.constantFrom('earlier' as const, 'before' as const, 'month' as const),
    }),
  ),
);

function booksOf(steps: readonly Step[]) {
  const parts: Record<Step['part'], Entry[]> = { earlier: [], before: [], month: [] };
  const held = new Map<string, number>();
  for (const { from, to, amountFen, part } of steps) {
    if (from === to) continue;
    const moved: Moved = {
      day: null,
      from,
      to,
      reason: 'any',
      documentId: null,
      count: 1,
      amountFen,
    };
    const entry = entryOf(moved, { from: SIDES[from]!, to: SIDES[to]! });
    if (entry) parts[part].push(entry);
    if (INNER.includes(from)) held.set(from, (held.get(from) ?? 0) - amountFen);
    if (INNER.includes(to)) held.set(to, (held.get(to) ?? 0) + amountFen);
  }
  return {
    ...trialBalance(parts),
    ledgerFen: [...held.values()].reduce((sum, fen) => sum + fen, 0),
  };
}

describe('the trial balance', () => {
  test('of any history has equal sides, and its assets are what the ledger holds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { rows, total, ledgerFen } = booksOf(steps);
        expect(agrees(total)).toBe(true);
        expect(assetsFen(rows)).toBe(ledgerFen);
      }),
      { numRuns: 2_000 },
    );
  });

  test('details of an account come to the account', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { rows } = booksOf(steps);
        for (const row of rows.filter((one) => one.detail === null)) {
          const details = rows.filter((one) => one.code === row.code && one.detail !== null);
          if (details.length === 0) continue;
          const net = (list: typeof rows) =>
            list.reduce((sum, one) => sum + one.closingDebitFen - one.closingCreditFen, 0);
          expect(net(details)).toBe(net([row]));
        }
      }),
    );
  });

  test('keeps gross gifts and fees apart, and restricted from unrestricted', () => {
    const { rows } = booksOf([
      { from: 'platform', to: 'campaign', amountFen: 10_000, part: 'month' },
      { from: 'campaign', to: 'fees', amountFen: 60, part: 'month' },
      { from: 'bank', to: 'general', amountFen: 5_000, part: 'month' },
      { from: 'campaign', to: 'management', amountFen: 500, part: 'month' },
      { from: 'campaign', to: 'supplier', amountFen: 2_000, part: 'month' },
      { from: 'management', to: 'supplier', amountFen: 100, part: 'month' },
    ]);
    const of = (code: string) => rows.find((row) => row.code === code && row.detail === null);
    expect(of('410102')).toMatchObject({ creditFen: 10_000 });
    expect(of('5301')).toMatchObject({ debitFen: 60 });
    expect(of('410101')).toMatchObject({ creditFen: 5_000 });
    expect(of('3102')).toMatchObject({ debitFen: 500 });
    expect(of('3101')).toMatchObject({ creditFen: 500 });
    expect(of('5101')).toMatchObject({ debitFen: 2_000 });
    expect(of('5201')).toMatchObject({ debitFen: 100 });
    expect(of('1009')).toMatchObject({ closingDebitFen: 9_940 });
    expect(of('1002')).toMatchObject({ closingDebitFen: 2_900 });
  });

  test('income and expenses of earlier years stand in net assets', () => {
    const { rows } = booksOf([
      { from: 'bank', to: 'special', amountFen: 900, part: 'earlier' },
      { from: 'special', to: 'supplier', amountFen: 300, part: 'earlier' },
      { from: 'bank', to: 'general', amountFen: 50, part: 'before' },
    ]);
    const of = (code: string) => rows.find((row) => row.code === code && row.detail === null);
    expect(of('3102')).toMatchObject({ openingCreditFen: 600 });
    expect(of('410102')).toBeUndefined();
    expect(of('410101')).toMatchObject({ openingCreditFen: 50 });
  });
});
