import type { Id, PlainDate } from '@wennuan/basics';
import type { OpenEntry } from './bank.store.ts';

/** A line of the bank as matching needs it. */
export interface LineToMatch {
  id: Id;
  day: PlainDate;
  inFen: number;
  outFen: number;
  reference: string;
  /** Counterparty and note together. */
  words: string;
}

export interface Match {
  lineId: Id;
  kind: 'payment' | 'batch' | 'gift' | 'return' | 'deposit';
  entries: OpenEntry[];
}

const DAYS_APART = 5;

/**
 * What lines of the bank are, where there is no doubt: the same reference and amount; a batch named in the
 * words, or alone with this sum; else the only entry of this amount within five days on either side. A line
 * that two entries could be, or an entry that two lines could be, is left to people.
 */
export function matchLines(
  lines: readonly LineToMatch[],
  entries: readonly OpenEntry[],
  batchNumbers: ReadonlyMap<Id, string>,
): Match[] {
  const taken = new Set<OpenEntry>();
  const matches: Match[] = [];
  const open = () => lines.filter((line) => !matches.some((match) => match.lineId === line.id));
  const take = (line: LineToMatch, kind: Match['kind'], found: OpenEntry[]) => {
    for (const entry of found) taken.add(entry);
    matches.push({ lineId: line.id, kind, entries: found });
  };
  for (const line of open()) {
    const found = entries.filter((entry) => !taken.has(entry) && isReferred(line, entry));
    if (found.length === 1) take(line, found[0]!.kind, found);
  }
  const batches = Map.groupBy(
    entries.filter((entry) => entry.batchId !== null),
    (entry) => entry.batchId!,
  );
  for (const line of open()) {
    const fits = [...batches].filter(
      ([, list]) => !list.some((entry) => taken.has(entry)) && sumOf(list) === line.outFen,
    );
    const named = fits.filter(([id]) => line.words.includes(batchNumbers.get(id) ?? '\u0000'));
    const only = named.length === 1 ? named : fits.length === 1 && line.outFen > 0 ? fits : [];
    if (only[0] && only[0][1].length > 1) take(line, 'batch', only[0][1]);
  }
  const left = open();
  for (const line of left) {
    const near = entries.filter((entry) => !taken.has(entry) && isNear(line, entry));
    const rivals = left.filter((other) => other !== line && near[0] && isNear(other, near[0]));
    if (near.length === 1 && rivals.length === 0) take(line, near[0]!.kind, near);
  }
  return matches;
}

function sumOf(entries: readonly OpenEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.outFen, 0);
}

function isSame(line: LineToMatch, entry: OpenEntry): boolean {
  return line.inFen === entry.inFen && line.outFen === entry.outFen;
}

function isReferred(line: LineToMatch, entry: OpenEntry): boolean {
  return entry.reference !== '' && line.reference === entry.reference && isSame(line, entry);
}

function isNear(line: LineToMatch, entry: OpenEntry): boolean {
  const days = Math.abs(Date.parse(line.day) - Date.parse(entry.day)) / 86_400_000;
  return isSame(line, entry) && days <= DAYS_APART;
}
