import { addDays, type PlainDate } from '@wennuan/basics';
import { SANDBOX_CHANNEL } from '../modules/fund/index.ts';
import type { Demo } from './index.ts';

interface Bank {
  balanceFen: number;
  serial: number;
}

interface Line {
  day: PlainDate;
  inFen: number;
  outFen: number;
  reference: string;
  words: string;
}

/**
 * The bank's statement of a month as the demo's bank would give it: what the books know, the platform's
 * settlement and the interest. A whole month is matched to its end; the running one leaves work to be done.
 */
export async function takeDemoStatement(
  demo: Demo,
  given: { month: string; bank: Bank; isWhole: boolean },
): Promise<void> {
  const { month, bank, isWhole } = given;
  const actor = demo.staff.get('accountant')!;
  const lines = await linesOf(demo, given);
  const rows = lines.map((line) => {
    bank.balanceFen += line.inFen - line.outFen;
    const yuan = (fen: number) => (fen === 0 ? '' : (fen / 100).toFixed(2));
    return [
      line.day,
      yuan(line.inFen),
      yuan(line.outFen),
      yuan(bank.balanceFen),
      line.reference,
      '',
      line.words,
    ].join(',');
  });
  const text = ['交易日期,收入,支出,余额,流水号,对方户名,摘要', ...rows].join('\n');
  demo.moment();
  await demo.database.write(actor, 'book.take_statement', (tx) =>
    demo.book.takeStatement(tx, { bytes: Buffer.from(text), name: `对账单 ${month}.csv` }),
  );
  if (!isWhole) return;
  const { bankOnly } = await demo.database.read(actor, (tx) => demo.book.reconciliation(tx, month));
  for (const line of bankOnly) {
    const kind = line.note.includes('结息') ? ('interest' as const) : ('settlement' as const);
    demo.moment();
    await demo.database.write(actor, 'book.match_bank_line', (tx) =>
      demo.book.matchBankLine(tx, {
        bankLineId: line.id,
        kind,
        entryIds: [],
        accountId: kind === 'interest' ? demo.money.general.id : SANDBOX_CHANNEL,
        note: '',
      }),
    );
  }
}

async function linesOf(
  demo: Demo,
  { month, bank, isWhole }: { month: string; bank: Bank; isWhole: boolean },
): Promise<Line[]> {
  const actor = demo.staff.get('accountant')!;
  const [found, trial] = await demo.database.read(actor, async (tx) => [
    await demo.book.reconciliation(tx, month),
    await demo.book.trialBalance(tx, month),
  ]);
  const reference = (own: string) => own || `SX${String((bank.serial += 1)).padStart(6, '0')}`;
  const known = found.bookOnly.map((entry) => ({
    day: entry.day,
    inFen: entry.inFen,
    outFen: entry.outFen,
    reference: reference(entry.reference),
    words: entry.inFen > 0 ? '捐赠款' : '付款',
  }));
  const channel = trial.rows
    .filter((row) => row.code === '1009' && row.detail !== null)
    .find((row) => row.detail!.includes('沙箱'));
  const last = isWhole ? addDays(`${month}-01`, 31) : demo.half.date;
  const day = isWhole ? addDays(`${last.slice(0, 7)}-01`, -1) : last;
  const settledFen = Math.floor(((channel?.closingDebitFen ?? 0) * 9) / 1_000) * 100;
  const own: Line[] = [
    { day, inFen: settledFen, outFen: 0, reference: reference(''), words: '指定平台结算款' },
    { day, inFen: 1_234, outFen: 0, reference: reference(''), words: '结息' },
  ];
  // Of a running month nobody has said yet what two of its credits are.
  if (!isWhole)
    for (const [inFen, words] of [
      [30_000, `捐款 ${demo.money.campaigns.homes.code}`],
      [6_600, '往来款'],
    ] as const)
      own.push({ day, inFen, outFen: 0, reference: reference(''), words });
  // The last payment of a running month is on its way: the bank has it tomorrow.
  const there = isWhole ? known : known.slice(0, -1);
  return [...there, ...own.filter((line) => line.inFen > 0)].toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
  );
}
