import type { TraceResult } from '@wennuan/ledger';
import { expect, it } from 'vitest';
import { splitThings } from './trace.things.ts';

const group = (accountId: string, unit: string, kind: 'inner' | 'world', share: number) => ({
  hop: 1,
  accountId,
  kind,
  code: null,
  unit,
  amount: share,
  share,
  entries: 1,
  byShare: unit !== 'fen',
});
const result: TraceResult = {
  unit: 'fen',
  amount: 100,
  groups: [
    group('supplier', 'fen', 'world', 100),
    group('stock', 'piece:rice', 'inner', 2),
    group('handed', 'piece:rice', 'world', 0.5),
  ],
  resting: [{ hop: 2, accountId: 'stock', amount: 2, share: 1.5, byShare: true }],
  unresolved: [],
  steps: 1,
  entriesRead: 1,
};

it('keeps pieces out of a picture that counts in fen, and hands them over apart', () => {
  const split = splitThings(result, []);
  expect(split.result.groups.map((one) => one.accountId)).toEqual(['supplier']);
  expect(split.result.resting).toEqual([]);
  expect(split.things).toEqual([
    { accountId: 'handed', unit: 'piece:rice', share: 0.5, isWorld: true, entries: 1 },
    { accountId: 'stock', unit: 'piece:rice', share: 1.5, isWorld: false, entries: 0 },
  ]);
});

it('leaves a trace of money alone as it is', () => {
  const money = { ...result, groups: [result.groups[0]!], resting: [] };
  expect(splitThings(money, [])).toEqual({ result: money, hops: [], things: [] });
});
