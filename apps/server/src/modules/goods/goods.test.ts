import { isRefusal, type Id } from '@wennuan/basics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edge, isIssuable, takeInOrder, type Lot, type Shelf, type Want } from './goods.ts';
import { handedSteps, type Handed } from './kind-gift.ts';

const TODAY = '2026-11-23';
const id = (n: number): Id => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const lot = (n: number, change: Partial<Lot> = {}): Lot => ({
  id: id(n),
  itemId: id(900),
  itemName: '大米',
  unit: '袋',
  batch: '',
  expiresOn: null,
  origin: 'opening',
  originLabel: '',
  unitValueFen: 100,
  recalledAt: null,
  sourceId: null,
  keptFor: null,
  createdAt: new Date(n),
  ...change,
});
const shelf = (n: number, available: number, change: Partial<Lot> = {}): Shelf => ({
  stock: { id: id(100 + n), placeId: id(1), lotId: id(n), itemId: id(900), areaId: 1 },
  lot: lot(n, change),
  available,
});
const want = (quantity: number): Want => ({ placeId: id(1), itemId: id(900), quantity });

describe('taking in order', () => {
  it('takes what expires first, then what never expires, then what came first', () => {
    const shelves = [
      shelf(1, 5),
      shelf(2, 5, { expiresOn: '2027-03-01' }),
      shelf(3, 5, { expiresOn: '2026-12-01' }),
    ];
    const [taken] = takeInOrder([want(12)], shelves, TODAY);
    expect(taken!.map((one) => [one.lotId, one.quantity])).toEqual([
      [id(3), 5],
      [id(2), 5],
      [id(1), 2],
    ]);
  });

  it('leaves recalled and expired lots alone, and the day of expiry still counts', () => {
    expect(isIssuable(lot(1, { expiresOn: TODAY }), TODAY)).toBe(true);
    expect(isIssuable(lot(1, { expiresOn: '2026-11-22' }), TODAY)).toBe(false);
    expect(isIssuable(lot(1, { recalledAt: new Date() }), TODAY)).toBe(false);
  });

  it.each([0, -1, 1.5, 2 ** 53, Number.NaN])('refuses %d pieces', (quantity) => {
    expect(() => takeInOrder([want(quantity)], [shelf(1, 5)], TODAY)).toThrow(
      expect.objectContaining({ code: 'input_invalid' }),
    );
  });

  it('says what is not enough, and of how many', () => {
    try {
      takeInOrder([want(6)], [shelf(1, 5)], TODAY);
      expect.unreachable();
    } catch (thrown) {
      expect(isRefusal(thrown) && thrown.params).toEqual({ name: '大米', needed: 6, available: 5 });
    }
  });

  it('never takes more than there is, and exactly what was asked', () => {
    const shelves = fc.array(
      fc.record({ available: fc.nat(20), day: fc.integer({ min: 1, max: 28 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        shelves,
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }),
        (rows, wants) => {
          const all = rows.map((row, n) =>
            shelf(n, row.available, { expiresOn: `2026-12-${String(row.day).padStart(2, '0')}` }),
          );
          const there = rows.reduce((sum, row) => sum + row.available, 0);
          const asked = wants.reduce((sum, quantity) => sum + quantity, 0);
          if (asked > there) {
            expect(() => takeInOrder(wants.map(want), all, TODAY)).toThrow();
            return;
          }
          const taken = takeInOrder(wants.map(want), all, TODAY);
          expect(taken.map((one) => one.reduce((sum, piece) => sum + piece.quantity, 0))).toEqual(
            wants,
          );
          for (const { stock, available } of all) {
            const out = taken.flat().filter((one) => one.stockId === stock.id);
            expect(out.reduce((sum, one) => sum + one.quantity, 0)).toBeLessThanOrEqual(available);
          }
        },
      ),
    );
  });
});

it('gives every edge of the books one lasting id', () => {
  expect(edge('source', id(1))).toBe(edge('source', id(1)));
  const ids = [
    edge('source', id(1)),
    edge('lost', id(1)),
    edge('handed', id(1), 3),
    edge('handed', id(1), 4),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const one of ids) expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab]/);
});

describe('what a giver may read of a hand-over', () => {
  const above = (areaId: number) => [
    { id: areaId, name: `社区${areaId}` },
    { id: 100 + Math.floor(areaId / 10), name: `街道${Math.floor(areaId / 10)}` },
    { id: 1_000, name: '全区' },
  ];
  const handed = (areaId: number, count: number, first = 0): Handed[] =>
    Array.from({ length: count }, (_, n) => ({
      title: '大米',
      unit: '袋',
      receiverId: id(areaId * 100 + first + n),
      areaId,
      at: new Date('2026-11-20T10:00:00+08:00'),
      quantity: 1,
    }));

  it('names a community with five or more, and how many', () => {
    expect(handedSteps(handed(11, 70), above)).toMatchObject([
      { place: '社区11', month: '2026-11', receivers: 70, quantity: 70 },
    ]);
  });

  it('puts fewer than five into the street, and from there into the district', () => {
    expect(handedSteps([...handed(11, 3), ...handed(12, 2)], above)).toMatchObject([
      { place: '街道1', receivers: 5 },
    ]);
    expect(handedSteps([...handed(11, 3), ...handed(21, 2)], above)).toMatchObject([
      { place: '全区', receivers: 5 },
    ]);
  });

  it('tells no number of fewer than five in the whole district', () => {
    expect(handedSteps(handed(11, 4), above)).toMatchObject([
      { place: '全区', receivers: null, quantity: 4 },
    ]);
  });

  it('never shows a cell below five with its number, and loses no piece', () => {
    const groups = fc.array(
      fc.record({ area: fc.integer({ min: 11, max: 49 }), count: fc.integer({ min: 1, max: 8 }) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(groups, (rows) => {
        const all = rows.flatMap((row, n) => handed(row.area, row.count, n * 10));
        const steps = handedSteps(all, above);
        expect(steps.reduce((sum, step) => sum + step.quantity, 0)).toBe(all.length);
        for (const step of steps) {
          if (step.receivers === null) expect(step.place).toBe('全区');
          else expect(step.receivers).toBeGreaterThanOrEqual(5);
        }
      }),
    );
  });
});
