import {
  type Answer,
  type Linkage,
  linkFacts,
  readRows,
} from '../../packages/linkage/src/index.ts';
import type { RosterFolder } from './sheets.ts';

export interface PairFigures {
  precision: number;
  recall: number;
  f1: number;
}

/** Compares clusters with the truth pair by pair; rows the truth does not know do not count. */
export function pairFigures(
  truth: ReadonlyMap<string, string>,
  clusterOf: (key: string) => string,
): PairFigures {
  const found = new Map<string, number>();
  const real = new Map<string, number>();
  const both = new Map<string, number>();
  for (const [key, person] of truth) {
    const cluster = clusterOf(key);
    found.set(cluster, (found.get(cluster) ?? 0) + 1);
    real.set(person, (real.get(person) ?? 0) + 1);
    both.set(`${cluster} ${person}`, (both.get(`${cluster} ${person}`) ?? 0) + 1);
  }
  const right = pairsIn(both);
  const precision = right / Math.max(1, pairsIn(found));
  const recall = right / Math.max(1, pairsIn(real));
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function pairsIn(sizes: ReadonlyMap<string, number>): number {
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

const ROUNDS = 10;

export interface FolderFigures extends PairFigures {
  missed_rows: number;
  /** Rows asked about, of all rows: the row in doubt of each question. */
  review_share: number;
  /** The same, counting the row it is compared with as well. */
  review_share_both: number;
  f1_reviewed: number;
  plain_precision: number;
  plain_recall: number;
  plain_f1: number;
}

/** Links a folder, answers every question by the truth until none is left, and does it the plain way beside. */
export function measureFolder({
  rows,
  areas,
  truth,
}: Pick<RosterFolder, 'rows' | 'areas' | 'truth'>): FolderFigures {
  const facts = readRows(rows, areas);
  const figuresOf = (linkage: Linkage): PairFigures =>
    pairFigures(truth, (key) => linkage.personOf.get(key) ?? key);
  let linkage = linkFacts(facts);
  const before = figuresOf(linkage);
  const answers: Answer[] = [];
  const doubtful = new Set<string>();
  const both = new Set<string>();
  for (let round = 0; round < ROUNDS && linkage.asks.length > 0; round++) {
    for (const { a, b } of linkage.asks) {
      doubtful.add(a);
      both.add(a).add(b);
      answers.push({ rowA: a, rowB: b, same: truth.get(a) === truth.get(b) });
    }
    linkage = linkFacts(facts, { answers });
  }
  const plain = plainWay(rows);
  const beside = pairFigures(truth, (key) => plain.get(key) ?? key);
  return {
    ...before,
    missed_rows: [...truth.keys()].filter((key) => !linkage.personOf.has(key)).length,
    review_share: doubtful.size / Math.max(1, rows.length),
    review_share_both: both.size / Math.max(1, rows.length),
    f1_reviewed: figuresOf(linkage).f1,
    plain_precision: beside.precision,
    plain_recall: beside.recall,
    plain_f1: beside.f1,
  };
}

/** What is done without this package: rows with the very same ID number are one person. */
export function plainWay(rows: RosterFolder['rows']): Map<string, string> {
  const clusters = new Map<string, string>();
  for (const { key, idNumber, certificateNumber } of rows) {
    const text =
      String(idNumber ?? '').trim() ||
      String(certificateNumber ?? '')
        .trim()
        .slice(0, 18);
    clusters.set(key, text === '' ? key : text);
  }
  return clusters;
}
