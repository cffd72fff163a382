import type { Language } from '@wennuan/contract';
import { writeSheet } from '../../platform/sheet.ts';
import { reasonWords } from '../fund/index.ts';
import type { Entry } from './book.ts';
import type { TrialRow } from './trial.ts';
import type { VoucherLine } from './voucher.ts';

/** What an entry was, in a few words. */
export function summaryOf(entry: Entry, language: Language): string {
  const words = reasonWords(entry.reason, language);
  if (entry.count <= 1) return words;
  return language === 'zh' ? `${words} ${entry.count} 笔` : `${entry.count} ${words}`;
}

/** The trial balance as a sheet. */
export async function trialSheet(month: string, rows: readonly TrialRow[]): Promise<Buffer> {
  const yuan = (title: string, of: (row: TrialRow) => number) => ({
    title,
    width: 18,
    kind: 'yuan' as const,
    of: (row: TrialRow) => of(row),
  });
  return await writeSheet<TrialRow>({
    name: `试算平衡表 ${month}`,
    columns: [
      { title: '科目编码', width: 12, kind: 'text', of: (row) => row.code },
      { title: '科目名称', width: 32, kind: 'text', of: (row) => row.name },
      { title: '辅助核算', width: 36, kind: 'text', of: (row) => row.detail ?? '' },
      yuan('期初借方', (row) => row.openingDebitFen),
      yuan('期初贷方', (row) => row.openingCreditFen),
      yuan('本期借方', (row) => row.debitFen),
      yuan('本期贷方', (row) => row.creditFen),
      yuan('期末借方', (row) => row.closingDebitFen),
      yuan('期末贷方', (row) => row.closingCreditFen),
    ],
    rows,
  });
}

/** Entries of a month as people read them. */
export async function entriesSheet(month: string, lines: readonly VoucherLine[]): Promise<Buffer> {
  return await writeSheet<VoucherLine>({
    name: `凭证 ${month}`,
    columns: [
      { title: '日期', width: 12, kind: 'date', of: (one) => one.day },
      { title: '凭证号', width: 10, kind: 'count', of: (one) => one.number },
      { title: '摘要', width: 36, kind: 'text', of: (one) => one.summary },
      { title: '科目编码', width: 12, kind: 'text', of: (one) => one.line.code },
      { title: '辅助核算', width: 36, kind: 'text', of: (one) => one.line.detailLabel },
      { title: '借方', width: 18, kind: 'yuan', of: (one) => one.line.debitFen },
      { title: '贷方', width: 18, kind: 'yuan', of: (one) => one.line.creditFen },
    ],
    rows: lines,
  });
}
