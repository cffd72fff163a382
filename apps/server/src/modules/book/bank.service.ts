import { createHash } from 'node:crypto';
import { Refusal, yuanNumber, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes, shapes } from '@wennuan/contract';
import { post } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { dayOf, fenOf, readTable, textOf } from '../../platform/table-file.ts';
import { pageBySerial } from '../../platform/page.ts';
import { BANK_FEES, BANK_INTEREST, bookingOf, CASH_DESK, type Purpose } from '../fund/index.ts';
import columns from './bank-columns.json' with { type: 'json' };
import {
  insertMatches,
  insertStatement,
  listBankLines,
  listOpenEntries,
  markMatched,
  unmark,
  type BankLineRow,
  type NewBankLine,
} from './bank.store.ts';
import type { BookNeeds } from './book.needs.ts';
import { matchLines } from './match.ts';
import { problemWords } from './problem.words.ts';

type Report = RouteOutput<typeof routes.book.readBankStatement>;
type MatchBody = RouteRequest<(typeof routes.book)['matchBankLine']>['body'];
export type BankLineView = z.output<typeof shapes.bankLine>;

const FAR = '9999-12-31';

/**
 * Takes over a statement of the federation's own bank account: lines seen before change nothing, what the
 * books know is matched, the rest is left to people. Refuses `bank_statement_unreadable`; with a line that
 * cannot be read nothing is taken over, and the report says which.
 */
export async function takeStatement(
  needs: BookNeeds,
  tx: Writing,
  file: { bytes: Buffer; name: string },
): Promise<Report> {
  const table = await readTable(file, columns, ['day', 'in', 'out']).catch(() => null);
  if (!table || table.length === 0) throw new Refusal('bank_statement_unreadable');
  const statementId = needs.newId();
  const box = (await needs.vault.boxes(tx, [statementId])).get(statementId)!;
  const problems: Report['problems'] = [];
  const lines: NewBankLine[] = [];
  for (const { line, cells } of table) {
    const day = dayOf(cells.day);
    // A line without a day is a heading or a total of the bank's.
    if (!day && textOf(cells.day) === '') continue;
    const inFen = fenOf(cells.in);
    const outFen = fenOf(cells.out);
    if (!day || inFen === null || outFen === null || (inFen === 0) === (outFen === 0)) {
      problems.push({ line, problem: problemWords[tx.actor.language].lineUnreadable });
      continue;
    }
    const seal = (text: string) => (text === '' ? null : box.seal(text));
    lines.push({
      id: needs.newId(),
      day,
      inFen,
      outFen,
      balanceFen: textOf(cells.balance) === '' ? null : fenOf(cells.balance),
      reference: textOf(cells.reference),
      counterpartySealed: seal(textOf(cells.counterparty)),
      noteSealed: seal(textOf(cells.note)),
    });
  }
  if (problems.length > 0) return { lines: lines.length, added: 0, matched: 0, problems };
  const sha256 = createHash('sha256').update(file.bytes).digest();
  const statement = { id: statementId, name: file.name.slice(0, 200), sha256 };
  const added = await insertStatement(tx, statement, lines);
  if (added === null) return { lines: lines.length, added: 0, matched: 0, problems };
  tx.touched('bank_statement', statementId);
  const matched = await matchNew(needs, tx, added);
  return { lines: lines.length, added: added.length, matched, problems };
}

/** Matches lines where there is no doubt; answers how many. */
async function matchNew(needs: BookNeeds, tx: Writing, ids: readonly Id[]): Promise<number> {
  const rows = await listBankLines(tx, { ids, lock: true });
  const words = await openWords(needs, tx, rows);
  const entries = await listOpenEntries(tx, FAR);
  const batchIds = [...new Set(entries.flatMap((entry) => entry.batchId ?? []))];
  const batches = batchIds.length > 0 ? await needs.payout.batches(tx, { ids: batchIds }) : [];
  const matches = matchLines(
    rows.map((row) => {
      const { counterparty, note } = words.get(row.id)!;
      return { ...row, words: `${counterparty} ${note}` };
    }),
    entries,
    new Map(batches.map((batch) => [batch.id, batch.number])),
  );
  await insertMatches(
    tx,
    matches.flatMap(({ lineId, entries: found }) =>
      found.map((entry) => ({ kind: entry.kind, entryId: entry.id, bankLineId: lineId })),
    ),
  );
  const bookings = await bookingOf(
    tx,
    rows.map((row) => row.day),
  );
  const dayOfLine = new Map(rows.map((row) => [row.id, row.day]));
  await markMatched(
    tx,
    matches.map(({ lineId, kind, entries: found }) => ({
      id: lineId,
      kind,
      note: found.length === 1 ? found[0]!.number : `${found.length} 笔`,
      ...(kind === 'deposit' && {
        accountId: CASH_DESK,
        bookedOn: bookings(dayOfLine.get(lineId)!).bookedOn,
      }),
    })),
  );
  return matches.length;
}

/** Counterparties and notes of lines, opened; an erased statement has none. */
async function openWords(
  needs: BookNeeds,
  tx: Scoped,
  rows: readonly BankLineRow[],
): Promise<Map<Id, { counterparty: string; note: string }>> {
  const boxes = await needs.vault.findBoxes(tx, [...new Set(rows.map((row) => row.statementId))]);
  return new Map(
    rows.map((row) => {
      const box = boxes.get(row.statementId);
      const open = (sealed: Buffer | null) => (sealed && box ? box.open(sealed) : '');
      return [row.id, { counterparty: open(row.counterpartySealed), note: open(row.noteSealed) }];
    }),
  );
}

/**
 * Says what a line of the bank is. Entries of the books must come to its amount to the fen
 * (`bank_sum_differs`); interest and fees are posted, into a fund and out of it; a channel's settlement is
 * booked; two lines that cancel each other are a payment that bounced.
 */
export async function matchBankLine(
  needs: BookNeeds,
  tx: Writing,
  command: { bankLineId: Id } & MatchBody,
): Promise<void> {
  const [line] = await listBankLines(tx, { ids: [command.bankLineId], lock: true });
  if (!line) throw new Refusal('not_found');
  if (line.matchedKind !== null) throw new Refusal('bank_line_matched');
  tx.touched('bank_line', line.id, command.kind);
  switch (command.kind) {
    case 'payment':
    case 'batch':
    case 'gift':
    case 'return':
    case 'deposit':
      return await matchEntries(tx, line, command);
    case 'settlement':
      return await matchSettlement(needs, tx, line, command);
    case 'bounced':
      return await matchBounced(tx, line, command);
    case 'interest':
    case 'fee':
      return await postOwn(needs, tx, line, { ...command, kind: command.kind });
  }
}

async function matchEntries(tx: Writing, line: BankLineRow, command: MatchBody): Promise<void> {
  const open = await listOpenEntries(tx, FAR);
  const chosen = open.filter((entry) => command.entryIds.includes(entry.id));
  if (chosen.length < new Set(command.entryIds).size)
    throw new Refusal('not_found', {}, 'entryIds');
  mustAgree(
    line.inFen - line.outFen,
    chosen.reduce((sum, entry) => sum + entry.inFen - entry.outFen, 0),
  );
  await insertMatches(
    tx,
    chosen.map((entry) => ({ kind: entry.kind, entryId: entry.id, bankLineId: line.id })),
  );
  const note = chosen.length === 1 ? chosen[0]!.number : `${chosen.length} 笔`;
  // Cash paid in moves inside of the books, as a channel's settlement does; several slips may be one line.
  const cash = chosen.filter((entry) => entry.kind === 'deposit').length;
  if (cash > 0 && cash < chosen.length) throw new Refusal('bank_kinds_mixed', {}, 'entryIds');
  const kind = cash > 0 ? 'deposit' : chosen.length > 1 ? 'batch' : chosen[0]!.kind;
  const { bookedOn } = (await bookingOf(tx, [line.day]))(line.day);
  await markMatched(tx, [
    {
      id: line.id,
      kind,
      note: command.note || note,
      ...(cash > 0 && { accountId: CASH_DESK, bookedOn }),
    },
  ]);
}

function mustAgree(bankFen: number, bookFen: number): void {
  if (bankFen === bookFen) return;
  const words = (fen: number) => `${fen < 0 ? '−' : ''}${yuanNumber(Math.abs(fen))}`;
  throw new Refusal('bank_sum_differs', { bank: words(bankFen), book: words(bookFen) }, 'entryIds');
}

async function matchSettlement(
  needs: BookNeeds,
  tx: Writing,
  line: BankLineRow,
  command: MatchBody,
): Promise<void> {
  const { accountId } = command;
  const purpose = await purposeOf(needs, tx, accountId);
  if (!accountId || purpose?.kind !== 'channel') throw new Refusal('not_found', {}, 'accountId');
  const { bookedOn, note } = (await bookingOf(tx, [line.day]))(line.day);
  await markMatched(tx, [
    {
      id: line.id,
      kind: 'settlement',
      note: command.note || note || purpose.label,
      accountId,
      bookedOn,
    },
  ]);
}

async function purposeOf(
  needs: BookNeeds,
  tx: Writing,
  accountId: Id | null,
): Promise<Purpose | undefined> {
  return accountId === null
    ? undefined
    : (await needs.fund.purposes(tx, [accountId])).get(accountId);
}

async function matchBounced(tx: Writing, line: BankLineRow, command: MatchBody): Promise<void> {
  const [other] = await listBankLines(tx, { ids: command.entryIds.slice(0, 1), lock: true });
  if (!other || other.id === line.id) throw new Refusal('not_found', {}, 'entryIds');
  if (other.matchedKind !== null) throw new Refusal('bank_line_matched');
  mustAgree(line.inFen - line.outFen, other.outFen - other.inFen);
  const note = command.note || '退回，两行相抵';
  await markMatched(tx, [
    { id: line.id, kind: 'bounced', note },
    { id: other.id, kind: 'bounced', note },
  ]);
}

/** Posts the bank's interest into a fund, or its fee out of one. */
async function postOwn(
  needs: BookNeeds,
  tx: Writing,
  line: BankLineRow,
  command: MatchBody & { kind: 'interest' | 'fee' },
): Promise<void> {
  const isIn = command.kind === 'interest';
  if (line.inFen > 0 !== isIn) mustAgree(line.inFen - line.outFen, 0);
  const { accountId } = command;
  const purpose = await purposeOf(needs, tx, accountId);
  if (!accountId || purpose?.kind !== 'fund') throw new Refusal('not_found', {}, 'accountId');
  const edge = isIn ? BANK_INTEREST : BANK_FEES;
  const label = isIn ? '银行利息' : '银行手续费';
  await needs.fund.openAccounts(tx, [
    {
      id: edge,
      kind: 'world',
      unit: 'fen',
      code: null,
      purpose: { kind: 'bank', subjectId: edge, label, areaId: null, isPublic: true },
    },
  ]);
  const { bookedOn, note } = (await bookingOf(tx, [line.day]))(line.day);
  const [outcome] = await post(tx.sql, {
    commands: [
      {
        key: `bank_line:${line.id}`,
        from: isIn ? edge : accountId,
        to: isIn ? accountId : edge,
        amount: line.inFen + line.outFen,
        reason: isIn ? 'interest' : 'bank_fee',
        document: { kind: 'bank_line', id: line.id },
        actor: tx.actor.accountId,
      },
    ],
    at: tx.now,
    newId: needs.newId,
  });
  if (outcome!.status === 'refused')
    throw new Refusal('balance_too_low', { available: yuanNumber(outcome!.available ?? 0) });
  await markMatched(tx, [
    {
      id: line.id,
      kind: command.kind,
      note: command.note || note || purpose.label,
      accountId,
      transferId: outcome!.transferIds[0]!,
      bookedOn,
    },
  ]);
}

/** Takes a match back that moved no money; refuses `bank_line_posted`. */
export async function unmatchBankLine(tx: Writing, bankLineId: Id): Promise<void> {
  const [line] = await listBankLines(tx, { ids: [bankLineId], lock: true });
  if (!line) throw new Refusal('not_found');
  if (line.transferId !== null) throw new Refusal('bank_line_posted');
  await unmark(tx, line.id);
  tx.touched('bank_line', line.id, 'unmatched');
}

/** A page of lines, newest first. */
export async function readBankLines(
  needs: BookNeeds,
  tx: Scoped,
  page: { from?: PlainDate; until?: PlainDate; unmatched: boolean; after?: string; limit: number },
): Promise<{ items: BankLineView[]; next: string | null }> {
  const { shown, next } = await pageBySerial(page, (part) =>
    listBankLines(tx, { ...page, ...part }),
  );
  return {
    items: await bankLineViews(needs, tx, shown),
    next,
  };
}

/** Lines as pages show them. */
export async function bankLineViews(
  needs: BookNeeds,
  tx: Scoped,
  rows: readonly BankLineRow[],
): Promise<BankLineView[]> {
  const words = await openWords(needs, tx, rows);
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    inFen: row.inFen,
    outFen: row.outFen,
    balanceFen: row.balanceFen,
    reference: row.reference,
    ...words.get(row.id)!,
    matchedKind: row.matchedKind,
    matchedLabel: row.matchedNote,
  }));
}
