import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import { post } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { fenOf, readTable, textOf, type TableLine } from '../../platform/table-file.ts';
import { BEFORE_RECORD } from '../fund/index.ts';
import type { BookNeeds } from './book.needs.ts';
import columns from './opening-columns.json' with { type: 'json' };
import { insertOpenings, insertYears, listOpened, listYears } from './opening.store.ts';
import { problemWords } from './problem.words.ts';

type Report = RouteOutput<typeof routes.book.readOpenings>;
type OpeningLine = Report['lines'][number];
type Column = keyof typeof columns;

interface Known extends OpeningLine {
  accountId: Id;
}

/**
 * Takes over opening balances and earlier years from a file: every line or none. An opening balance comes in
 * from the account "before the record", once per fund or campaign; a year is kept for the ratios. Lines that
 * were taken over before change nothing.
 */
export async function takeOpenings(
  needs: BookNeeds,
  tx: Writing,
  file: { bytes: Buffer; name: string },
): Promise<Report> {
  const table = await readTable(file, columns, ['kind', 'code', 'amount']).catch(() => null);
  if (!table || table.length === 0) throw new Refusal('openings_unreadable');
  const problems: Report['problems'] = [];
  const accounts = await accountsByCode(needs, tx, table);
  const words = problemWords[tx.actor.language];
  const lines = table.flatMap((line) => {
    const read = readLine(line, accounts, words);
    if ('problem' in read) problems.push({ line: line.line, problem: read.problem });
    return 'problem' in read ? [] : [read];
  });
  problems.push(...repeated(lines, words.repeated));
  if (problems.length > 0) return { lines, problems, taken: 0, known: 0 };
  const taken = (await takeBalances(needs, tx, lines)) + (await takeYears(tx, lines));
  return { lines, problems, taken, known: lines.length - taken };
}

async function accountsByCode(
  needs: BookNeeds,
  tx: Scoped,
  table: readonly TableLine<Column>[],
): Promise<Map<string, { id: Id; label: string }>> {
  const found = new Map<string, { id: Id; label: string }>();
  const codes = new Set(table.map(({ cells }) => textOf(cells.code).toUpperCase()));
  for (const code of codes) {
    const [fund] = await needs.fund.listFunds(tx, { code });
    const [campaign] = fund ? [] : await needs.donation.campaigns(tx, { code });
    const one = fund ?? campaign;
    if (one) found.set(code, { id: one.id, label: one.name });
  }
  return found;
}

function readLine(
  { line, cells }: TableLine<Column>,
  accounts: ReadonlyMap<string, { id: Id; label: string }>,
  words: (typeof problemWords)['zh'],
): Known | { problem: string } {
  const code = textOf(cells.code).toUpperCase();
  const account = accounts.get(code);
  if (!account) return { problem: words.accountUnknown(code) };
  const word = textOf(cells.kind);
  const kind = /期初|余额/.test(word) ? 'opening' : /以前|年度/.test(word) ? 'year' : null;
  if (!kind) return { problem: words.kindUnknown(word) };
  const amountFen = fenOf(cells.amount);
  const spentFen = fenOf(cells.spent);
  const managementFen = fenOf(cells.management);
  if (amountFen === null || spentFen === null || managementFen === null)
    return { problem: words.amountUnreadable };
  if (kind === 'opening' && amountFen === 0) return { problem: words.openingIsNothing };
  if (managementFen > spentFen) return { problem: words.managementAboveSpent };
  const year = Number(textOf(cells.year).replace(/\D/g, '').slice(0, 4));
  if (kind === 'year' && !(year >= 1980 && year <= 2100)) return { problem: words.yearMissing };
  const { id: accountId, label } = account;
  return { line, kind, year, code, label, amountFen, spentFen, managementFen, accountId };
}

function repeated(lines: readonly Known[], problem: string): Report['problems'] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const key = `${line.kind} ${line.kind === 'year' ? line.year : ''} ${line.code}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew ? [] : [{ line: line.line, problem }];
  });
}

/** Posts opening balances that were not taken over before; answers how many. */
async function takeBalances(
  needs: BookNeeds,
  tx: Writing,
  lines: readonly Known[],
): Promise<number> {
  const opened = await listOpened(tx);
  const fresh = lines.filter((line) => line.kind === 'opening' && !opened.has(line.accountId));
  if (fresh.length === 0) return 0;
  await needs.fund.openAccounts(tx, [
    {
      id: BEFORE_RECORD,
      kind: 'world',
      unit: 'fen',
      code: null,
      purpose: {
        kind: 'before',
        subjectId: BEFORE_RECORD,
        label: '本系统启用前的结存',
        areaId: null,
        isPublic: true,
      },
    },
  ]);
  const outcomes = await post(tx.sql, {
    commands: fresh.map((line) => ({
      key: `opening:${line.accountId}`,
      from: BEFORE_RECORD,
      to: line.accountId,
      amount: line.amountFen,
      reason: 'opening',
      document: { kind: 'opening', id: line.accountId },
      actor: tx.actor.accountId,
    })),
    at: tx.now,
    newId: needs.newId,
  });
  const asOf: PlainDate = dateInShanghai(tx.now);
  await insertOpenings(
    tx,
    fresh.map((line, index) => {
      const outcome = outcomes[index]!;
      if (outcome.status === 'refused') throw new Error(`opening refused: ${outcome.refusal}`);
      const transferId = outcome.transferIds[0]!;
      return { accountId: line.accountId, amountFen: line.amountFen, transferId, asOf };
    }),
  );
  for (const line of fresh) tx.touched('opening_balance', line.accountId);
  return fresh.length;
}

/** Keeps earlier years that were not taken over before; answers how many. */
async function takeYears(tx: Writing, lines: readonly Known[]): Promise<number> {
  const known = new Set((await listYears(tx)).map((row) => `${row.year} ${row.accountId}`));
  const fresh = lines.filter(
    (line) => line.kind === 'year' && !known.has(`${line.year} ${line.accountId}`),
  );
  await insertYears(tx, fresh);
  for (const line of fresh) tx.touched('earlier_year', line.accountId, String(line.year));
  return fresh.length;
}
