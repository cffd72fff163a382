import { dateInShanghai, Refusal, type Clock, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Vault } from '../../platform/vault.ts';
import { StatementFacts } from './facts.ts';
import { type PaymentSums, sumPayments } from './payment.store.ts';
import { readStatement } from './read-statement.ts';
import { holdFacts, type Recorded, recordPortions, StatementsRefused } from './record.service.ts';
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

type Described = ReturnType<typeof described>;

/** What the statements of one import say together, while it is being recorded. */
export interface StatementsToRecord {
  names: string[];
  duplicateRows: number;
  /** The projects that their payments may be for, known ones and such nobody knows yet. */
  projects: { code: string | null; name: string | null }[];
  /** Remarks by file, as places in `names`. */
  notes: (Remark & { file: number })[];
  /** Records what they tell, portion by portion as it is asked for. To be gone through once, to its end. */
  portions(): AsyncGenerator<Recorded>;
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
  return { statement: await keep(needs, tx, file, described(read)), problems: [] };
}

async function keep(
  needs: StatementNeeds,
  tx: Writing,
  file: StatementFile,
  about: Described,
): Promise<StatementRow> {
  const [before] = await listStatements(tx, { sha256: digestOf(file.bytes) });
  if (before) return before;
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  await insertStatement(tx, { id, box, bytes: file.bytes, ...about });
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
 * Reads and keeps files that belong together and holds what they tell of: all of them or, when anything in any of them
 * cannot be read, none (`StatementsRefused`). Recording is the caller's, portion by portion. Files recorded before
 * are compared again and change nothing.
 */
export async function recordStatements(
  needs: StatementNeeds,
  tx: Writing,
  files: readonly StatementFile[],
): Promise<StatementsToRecord> {
  const once = [
    ...new Map(files.map((file) => [digestOf(file.bytes).toString('hex'), file])).values(),
  ];
  const { facts, about, notes } = readTogether(once, needs.clock.now());
  const statementIds: Id[] = [];
  for (const [index, file] of once.entries())
    statementIds.push((await keep(needs, tx, file, about[index]!)).id);
  await markImported(tx, statementIds);
  return {
    names: once.map((file) => file.name),
    duplicateRows: facts.duplicateRows,
    projects: await holdFacts(tx, facts),
    notes,
    portions: () => recordPortions(needs, tx, { facts, statementIds }),
  };
}

/** Reads files one after the other; of each only what it tells is kept. */
function readTogether(files: readonly StatementFile[], now: Date) {
  const facts = new StatementFacts();
  const problems: (Remark & { file: number })[] = [];
  const notes: (Remark & { file: number })[] = [];
  const about: Described[] = [];
  const exports: { read: Extract<Readable, { kind: 'platform' }>; place: number }[] = [];
  files.forEach((file, place) => {
    const read = readStatement(file, now);
    problems.push(...read.problems.map((problem) => ({ ...problem, file: place })));
    notes.push(...read.notes.map((note) => ({ ...note, file: place })));
    if (read.kind === null || problems.length > 0) return;
    about.push(described(read));
    if (read.kind === 'platform') exports.push({ read, place });
    else facts.addBill(read, place);
  });
  if (problems.length > 0) throw new StatementsRefused(problems);
  for (let next = exports.shift(); next; next = exports.shift())
    facts.addExport(next.read, next.place);
  if (facts.problems.length > 0) throw new StatementsRefused(facts.problems);
  return { facts, about, notes };
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
