import { expect, test } from 'vitest';
import { type FlowStation, placeFlow, wrapLabel } from './flow-layout.ts';

const box = { length: 300, breadth: 96, gap: 10, thickness: 8 };
const station = (key: string, hop: number, amountFen: number): FlowStation => ({
  key,
  hop,
  label: key,
  sublabel: null,
  amountFen,
  link: null,
});
const stations = [station('gift', 0, 10_000), station('wish', 1, 6_000), station('next', 1, 4_000)];

test('widths are in proportion to the money', () => {
  const { ribbons } = placeFlow(
    stations,
    [
      { from: 'gift', to: 'wish', amountFen: 6_000 },
      { from: 'gift', to: 'next', amountFen: 4_000 },
    ],
    box,
  );
  const widths = Object.fromEntries(ribbons.map((ribbon) => [ribbon.toKey, ribbon.width]));
  expect(widths['wish']! / widths['next']!).toBeCloseTo(1.5, 5);
});

test('flows between the same two stations become one ribbon', () => {
  const { ribbons } = placeFlow(
    stations,
    [
      { from: 'gift', to: 'wish', amountFen: 1 },
      { from: 'gift', to: 'wish', amountFen: 2 },
    ],
    box,
  );
  expect(ribbons).toHaveLength(1);
});

test('a flow that goes back, is empty or names an unknown station is left to the table', () => {
  const drawn = placeFlow(
    stations,
    [
      { from: 'wish', to: 'gift', amountFen: 5 },
      { from: 'gift', to: 'wish', amountFen: 0 },
      { from: 'gift', to: 'nobody', amountFen: 5 },
    ],
    box,
  );
  expect(drawn).toEqual({ stations: [], ribbons: [] });
});

test('a label is at most two lines, and says when something was left out', () => {
  expect(wrapLabel('一台电扇', 20)).toEqual(['一台电扇']);
  expect(wrapLabel('示范百货供应有限公司二七分公司', 20)).toEqual([
    '示范百货供应有限公司',
    '二七分公司',
  ]);
  expect(wrapLabel('一二三四五六七八九十', 8)).toEqual(['一二三四', '五六七…']);
});
