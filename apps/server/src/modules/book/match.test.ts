import { describe, expect, test } from 'vitest';
import type { OpenEntry } from './bank.store.ts';
import { matchLines, type LineToMatch } from './match.ts';

let ids = 0;
const entry = (change: Partial<OpenEntry>): OpenEntry => ({
  kind: 'payment',
  id: `entry${(ids += 1)}`,
  day: '2026-11-10',
  inFen: 0,
  outFen: 100,
  number: 'ZF',
  label: '',
  reference: '',
  batchId: null,
  ...change,
});
const line = (change: Partial<LineToMatch>): LineToMatch => ({
  id: `line${(ids += 1)}`,
  day: '2026-11-10',
  inFen: 0,
  outFen: 100,
  reference: '',
  words: '',
  ...change,
});
const found = (lines: LineToMatch[], entries: OpenEntry[], batches: [string, string][] = []) =>
  matchLines(lines, entries, new Map(batches)).map((match) => [
    match.lineId,
    match.kind,
    match.entries.length,
  ]);

describe('lines of the bank', () => {
  test('are known by reference and amount', () => {
    const one = line({ reference: 'LS1' });
    expect(found([one], [entry({ reference: 'LS1' }), entry({})])).toEqual([
      [one.id, 'payment', 1],
    ]);
    expect(found([line({ reference: 'LS1', outFen: 99 })], [entry({ reference: 'LS1' })])).toEqual(
      [],
    );
  });

  test('are known as a batch by its sum', () => {
    const one = line({ outFen: 300, words: '代发 PC-000001' });
    const batch = [entry({ batchId: 'b' }), entry({ batchId: 'b', outFen: 200 })];
    expect(found([one], batch, [['b', 'PC-000001']])).toEqual([[one.id, 'batch', 2]]);
    expect(found([line({ outFen: 301 })], batch, [['b', 'PC-000001']])).toEqual([]);
  });

  test('are known by amount within five days when nothing else could be meant', () => {
    const one = line({ day: '2026-11-14' });
    expect(found([one], [entry({})])).toEqual([[one.id, 'payment', 1]]);
    expect(found([line({ day: '2026-11-16' })], [entry({})])).toEqual([]);
    expect(found([line({})], [entry({}), entry({})])).toEqual([]);
    expect(found([line({}), line({})], [entry({})])).toEqual([]);
    expect(found([line({ inFen: 100, outFen: 0 })], [entry({})])).toEqual([]);
  });
});
