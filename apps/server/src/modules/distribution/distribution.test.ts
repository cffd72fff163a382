import { describe, expect, it } from 'vitest';
import {
  checkTick,
  figuresOf,
  initialsOf,
  mayHandOver,
  neededOf,
  plainName,
  wordOf,
  type Tick,
} from './distribution.ts';
import { shareOf } from './hand-over.service.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('finds the initials of names', () => {
  expect(initialsOf('王小芳')).toBe('wxf');
  expect(initialsOf('欧阳 华')).toBe('oyh');
  expect(initialsOf('阿依努尔·买买提')).toBe('aynemmt');
  expect(initialsOf('John Li')).toBe('johnli');
  expect(plainName('阿 依·努尔')).toBe(plainName('阿依努尔'));
});

it('says the same word each time it is asked', () => {
  expect(wordOf(id(1))).toBe(wordOf(id(1)));
  expect(wordOf(id(1))).toMatch(/^\p{Script=Han}{2}$/u);
  expect(new Set(Array.from({ length: 200 }, (_, n) => wordOf(id(n)))).size).toBeGreaterThan(10);
});

it('reckons what a list needs, by person and by head', () => {
  const figures = figuresOf([
    { outcome: null, people: 60, heads: 150 },
    { outcome: 'handed', people: 10, heads: 20 },
  ]);
  expect(figures).toMatchObject({ listed: 70, heads: 170, waiting: 60, handed: 10, refused: 0 });
  expect(
    neededOf(
      [
        { itemId: id(1), quantity: 2, perHead: false },
        { itemId: id(2), quantity: 1, perHead: true },
      ],
      figures,
    ),
  ).toEqual([
    { itemId: id(1), quantity: 140 },
    { itemId: id(2), quantity: 170 },
  ]);
});

it('opens the list on the day, not before', () => {
  const plan = { state: 'approved' as const, onDay: '2026-11-23' };
  expect(mayHandOver(plan, new Date('2026-11-22T23:59:00+08:00'))).toBe(false);
  expect(mayHandOver(plan, new Date('2026-11-23T00:00:00+08:00'))).toBe(true);
  expect(mayHandOver({ ...plan, state: 'submitted' }, new Date('2026-11-23T10:00:00+08:00'))).toBe(
    false,
  );
});

describe('a tick', () => {
  const tick: Tick = {
    tickId: id(1),
    recipientId: id(2),
    outcome: 'handed',
    signatureId: id(3),
    pictureIds: [],
    proxy: null,
    note: '',
  };
  const codeOf = (change: Partial<Tick>) => {
    try {
      checkTick({ ...tick, ...change });
      return 'fine';
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };
  it.each([
    ['fine', {}],
    ['signature_required', { signatureId: null }],
    ['fine', { signatureId: null, pictureIds: [id(4)] }],
    ['proxy_required', { outcome: 'proxy' }],
    ['fine', { outcome: 'proxy', proxy: { name: '李四', relation: 'family', reason: '住院' } }],
    ['fine', { outcome: 'absent', signatureId: null }],
    ['reason_required', { outcome: 'refused', signatureId: null }],
    ['fine', { outcome: 'died', signatureId: null }],
  ] as const)('is %s with %j', (code, change) => {
    expect(codeOf(change as Partial<Tick>)).toBe(code);
  });
});

it('gives first what expires first, and never what was recalled', () => {
  const shelf = (n: number, left: number, change = {}) => ({
    id: id(n),
    itemId: id(9),
    name: '大米',
    expiresOn: '9999-12-31',
    isRecalled: false,
    left,
    ...change,
  });
  const line = { itemId: id(9), quantity: 2, perHead: true };
  const shelves = [
    shelf(1, 5),
    shelf(2, 3, { expiresOn: '2027-01-01' }),
    shelf(3, 9, { isRecalled: true }),
  ];
  expect(shareOf(line, 2, shelves)).toMatchObject([
    { accountId: id(2), quantity: 3 },
    { accountId: id(1), quantity: 1 },
  ]);
  expect(() => shareOf(line, 5, shelves)).toThrow(
    expect.objectContaining({ code: 'stock_too_low' }),
  );
});
