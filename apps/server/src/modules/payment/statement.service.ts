import { dateInShanghai, Refusal, type Clock, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import { mergeStatements, type Facts } from './facts.ts';
import { type PaymentSums, sumPayments } from './payment.store.ts';
import { readStatement } from './read-statement.ts';
import { type Recorded, recordFacts, StatementsRefused } from './record.service.ts';
import { countRefunds } from './refund.store.ts';
import type { ReadStatement, Remark } from './statement.ts';
import {
  deleteRead,
  digestOf,
  insertStatement,
  listStatements,
  markImported,
  openFile,
  readSealedFiles,
  type StatementRow,
  type StatementSummary,
} from './statement.store.ts';

export interface StatementNeeds {
  vault: Vault;
  clock: Clock;
  newId(): Id;
}

export interface StatementFile {
  name: string;
  bytes: Buffer;
}

type Readable = Exclude<ReadStatement, { kind: null }>;

/** What the statements of one import say together, once it is recorded. */
export interface RecordedStatements {
  names: string[];
  facts: Facts;
  recorded: Recorded;
  /** Remarks by file, as places in `names`. */
  notes: (Remark & { file: number })[];
}

/**
 * Reads one file and keeps it until somebody imports it. The same bytes again are the statement kept
 * before. With problems nothing is kept.
 */
export async function keepStatement(
  needs: StatementNeeds,
  tx: Writing,
  file: StatementFile,
): Promise<{ statement: StatementRow | null; problems: Remark[] }> {
  const read = readStatement(file, needs.clock.now());
  if (read.kind === null || read.problems.length > 0)
    return { statement: null, problems: read.problems };
  return { statement: await keep(needs, tx, { file, read }), problems: [] };
}

async function keep(
  needs: StatementNeeds,
  tx: Writing,
  { file, read }: { file: StatementFile; read: Readable },
): Promise<StatementRow> {
  const [before] = await listStatements(tx, { sha256: digestOf(file.bytes) });
  if (before) return before;
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  await insertStatement(tx, { id, box, bytes: file.bytes, ...described(read) });
  tx.touched('statement', id);
  const [statement] = await listStatements(tx, { ids: [id] });
  return statement!;
}

/** Name, kind, days and sums of a file that was read. */
function described(read: Readable) {
  const days = read.gifts.map((gift) => dateInShanghai(gift.paidAt));
  const amounts = read.gifts.map((gift) => gift.amountFen);
  const fees = read.gifts.map((gift) => gift.feeFen);
  const refunds =
    read.kind !== 'platform'
      ? read.refunds.filter((refund) => refund.state === 'done')
      : read.gifts.flatMap((gift) =>
          gift.refundedFen > 0 ? [{ amountFen: gift.refundedFen, feeFen: 0 }] : [],
        );
  if (read.kind !== 'platform')
    for (const refund of read.refunds) days.push(dateInShanghai(refund.at));
  const summary: StatementSummary = {
    rows: read.rows,
    duplicateRows: read.duplicateRows,
    gifts: read.gifts.length,
    giftsFen: amounts.reduce((sum, amountFen) => sum + amountFen, 0),
    refunds: refunds.length,
    refundsFen: total(refunds, (refund) => refund.amountFen),
    feesFen:
      fees.reduce<number>((sum, fee) => sum + (fee ?? 0), 0) -
      total(refunds, (refund) => refund.feeFen),
    matchedFen: read.kind === 'platform' ? total(read.gifts, (gift) => gift.matchedFen ?? 0) : 0,
    notes: read.notes,
  };
  const sorted = days.toSorted();
  const fromOn: PlainDate = sorted[0]!;
  return { name: read.name, kind: read.kind, fromOn, untilOn: sorted.at(-1)!, summary };
}

function total<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((sum, thing) => sum + of(thing), 0);
}

/** Reads files again that were kept, by their ids. Refuses an id nobody knows. */
export async function openStatements(
  needs: StatementNeeds,
  tx: Scoped,
  ids: readonly Id[],
): Promise<StatementFile[]> {
  const found = await readSealedFiles(tx, ids);
  if (found.length < new Set(ids).size) throw new Refusal('not_found');
  const boxes = await needs.vault.findBoxes(tx, ids);
  return found.map(({ id, name, sealed }) => {
    const box = boxes.get(id);
    if (!box) throw new Refusal('not_found');
    return { name, bytes: openFile(box, sealed) };
  });
}

/**
 * Records files that belong together: all of them or, when anything in any of them cannot be read, none
 * (`StatementsRefused`). Files recorded before are compared again and change nothing.
 */
export async function recordStatements(
  needs: StatementNeeds,
  tx: Writing,
  files: readonly StatementFile[],
): Promise<RecordedStatements> {
  const now = needs.clock.now();
  const once = [
    ...new Map(files.map((file) => [digestOf(file.bytes).toString('hex'), file])).values(),
  ];
  const read = once.map((file) => readStatement(file, now));
  const problems = read.flatMap((one, file) =>
    one.problems.map((problem) => ({ ...problem, file })),
  );
  if (problems.length > 0) throw new StatementsRefused(problems);
  const readable = read.filter((one) => one.kind !== null);
  const facts = mergeStatements(readable);
  if (facts.problems.length > 0) throw new StatementsRefused(facts.problems);
  const statementIds: Id[] = [];
  for (const [index, file] of once.entries())
    statementIds.push((await keep(needs, tx, { file, read: readable[index]! })).id);
  await markImported(tx, statementIds);
  const recorded = await recordFacts(needs, tx, { facts, statementIds });
  return {
    names: once.map((file) => file.name),
    facts,
    recorded,
    notes: read.flatMap((one, file) => one.notes.map((note) => ({ ...note, file }))),
  };
}

/** Puts a statement aside that was not imported. Refuses one that was. */
export async function dropStatement(tx: Writing, id: Id): Promise<void> {
  const [statement] = await listStatements(tx, { ids: [id] });
  if (!statement) throw new Refusal('not_found');
  if ((await deleteRead(tx, id)) === 0) throw new Refusal('statement_imported');
  tx.touched('statement', id, 'put aside');
}

export type StatementSums = z.output<typeof shapes.statementSums>;

/**
 * What the payments of an import come to, read back from their rows: a gift that wholly went back counts
 * among the donations, but in no project.
 */
export async function sumStatements(
  tx: Scoped,
  what: { paymentIds: readonly Id[]; duplicateRows: number },
): Promise<StatementSums> {
  const groups = await sumPayments(tx, what.paymentIds);
  const sum = (of: (group: PaymentSums) => number) => total(groups, of);
  return {
    donations: sum((group) => group.count),
    duplicateRows: what.duplicateRows,
    keptFen: sum((group) => group.donatedFen),
    refunded: {
      count: await countRefunds(tx, what.paymentIds),
      fen: sum((group) => group.refundedFen),
    },
    feesFen: sum((group) => group.feesFen),
    byProject: groups
      .filter((group) => group.kept > 0)
      .map(({ code, name, kept, donatedFen, matchedFen }) => ({
        code: code ?? name ?? '',
        name: name ?? '',
        count: kept,
        donatedFen,
        matchedFen,
      })),
  };
}
