import type { Language } from '@wennuan/contract';
import type { SheetColumn, SheetPlan } from '../../platform/sheet.ts';
import type { Difference } from './reconcile.service.ts';

const KINDS: Record<Difference['kinds'][number], Record<Language, string>> = {
  missing_in_platform: { zh: '平台没有', en: 'not in the platform’s file' },
  missing_in_bill: { zh: '账单没有', en: 'not in the bill' },
  missing_in_ledger: { zh: '账本没有', en: 'not in the ledger' },
  amount_differs: { zh: '金额不同', en: 'amounts differ' },
  state_differs: { zh: '退款状态不同', en: 'refunds differ' },
  fee_differs: { zh: '手续费不同', en: 'fees differ' },
};

const TITLES = {
  zh: {
    sheet: '对账差异',
    order: '商户订单号',
    day: '日期',
    kinds: '差异',
    sides: { platform: '平台', bill: '账单', ledger: '账本' },
    amount: '金额',
    refunded: '退款',
    fee: '手续费',
    where: '所在行',
    note: '说明',
    notedBy: '说明人',
    between: '、',
  },
  en: {
    sheet: 'Differences',
    order: 'Merchant order',
    day: 'Day',
    kinds: 'Difference',
    sides: { platform: 'Platform', bill: 'Bill', ledger: 'Ledger' },
    amount: 'amount',
    refunded: 'refunded',
    fee: 'fee',
    where: 'line',
    note: 'Note',
    notedBy: 'Noted by',
    between: ', ',
  },
} as const;

/** The list of differences as a sheet, each side in columns of its own. */
export function differencesPlan(
  rows: readonly Difference[],
  language: Language,
): SheetPlan<Difference> {
  const words = TITLES[language];
  const text = (title: string, width: number, of: (row: Difference) => string | null) => ({
    title,
    width,
    kind: 'text' as const,
    of,
  });
  const sideColumns = (side: 'platform' | 'bill' | 'ledger'): SheetColumn<Difference>[] => {
    const name = words.sides[side];
    const yuan = (title: string, of: (row: Difference) => number | null) => ({
      title: `${name}${language === 'en' ? ' ' : ''}${title}`,
      width: 14,
      kind: 'yuan' as const,
      of,
    });
    return [
      yuan(words.amount, (row) => row[side]?.amountFen ?? null),
      yuan(words.refunded, (row) => row[side]?.refundedFen ?? null),
      yuan(words.fee, (row) => row[side]?.feeFen ?? null),
    ];
  };
  const whereOf = (row: Difference) =>
    [row.platform, row.bill]
      .flatMap((word) => (word?.file ? [`${word.file} ${word.line}`] : []))
      .join(words.between);
  return {
    name: words.sheet,
    rows,
    columns: [
      text(words.order, 26, (row) => row.orderNumber),
      { title: words.day, width: 12, kind: 'date', of: (row) => row.day },
      text(words.kinds, 24, (row) =>
        row.kinds.map((kind) => KINDS[kind][language]).join(words.between),
      ),
      ...sideColumns('platform'),
      ...sideColumns('bill'),
      ...sideColumns('ledger'),
      text(words.where, 40, whereOf),
      text(words.note, 40, (row) => row.note),
      text(words.notedBy, 14, (row) => row.notedBy),
    ],
  };
}
