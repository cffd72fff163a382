import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanName,
  itemState,
  missingTicks,
  planHandOn,
  stillNeeded,
  takesGifts,
  type TicksOnFile,
} from './donation.ts';

const complete: TicksOnFile = {
  legalForm: 'public_fundraising',
  opensOn: '2026-11-01',
  certificateNumber: '公募证第0001号',
  filingNumber: '备案2026-01',
  filedOn: '2026-10-20',
  listing: '公益捐赠平台',
  ownAccount: '尾号0001',
};

describe('the four ticks of public fundraising', () => {
  test('all on file and ten days after filing: nothing is missing', () => {
    expect(missingTicks(complete, '2026-11-23')).toEqual([]);
  });

  test.each([
    ['qualified_charity', { certificateNumber: null }],
    ['filed_plan', { filingNumber: null, filedOn: null }],
    ['live_listing', { listing: '' }],
    ['own_account', { ownAccount: null }],
  ])('without %s it stays closed', (tick, change) => {
    expect(missingTicks({ ...complete, ...change }, '2026-11-23')).toEqual([tick]);
  });

  test('C-03: the plan counts from the tenth day after filing, not the ninth', () => {
    const filed = { ...complete, filedOn: '2026-11-14' };
    expect(missingTicks(filed, '2026-11-23')).toEqual(['filed_plan']);
    expect(missingTicks(filed, '2026-11-24')).toEqual([]);
  });

  test('designated-form fundraising needs no filing, a direct gift nothing at all', () => {
    const none = { ...complete, filingNumber: null, filedOn: null, listing: null };
    expect(missingTicks({ ...none, legalForm: 'designated_form' }, '2026-11-23')).toEqual([]);
  });
});

describe('taking gifts', () => {
  const open = {
    state: 'open' as const,
    legalForm: 'public_fundraising' as const,
    opensOn: '2026-11-01',
    closesOn: '2026-11-30',
  };
  test.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-11-30', true],
    ['2026-12-01', false],
  ])('on %s: %s', (today, takes) => expect(takesGifts(open, today)).toBe(takes));

  test('an agreed gift has no page to pay on', () => {
    expect(takesGifts({ ...open, legalForm: 'agreed_gift' }, '2026-11-10')).toBe(false);
  });
});

describe('an item', () => {
  const item = { state: 'open' as const, targetFen: 15_000, givenFen: 100, lockedFen: 0 };
  test('is claimed only when the lock covers all that is needed', () => {
    expect(itemState(item)).toBe('open');
    expect(itemState({ ...item, lockedFen: 5_000 })).toBe('open');
    expect(itemState({ ...item, lockedFen: 14_900 })).toBe('claimed');
    expect(itemState({ ...item, givenFen: 15_000 })).toBe('complete');
    expect(stillNeeded({ ...item, givenFen: 20_000 })).toBe(0);
  });
});

describe('what is left over', () => {
  const heirs = [
    { itemId: 'c', areaId: 1, serial: 3, neededFen: 50 },
    { itemId: 'b', areaId: 1, serial: 2, neededFen: 30 },
    { itemId: 'elsewhere', areaId: 2, serial: 1, neededFen: 999 },
  ];

  test('goes to the next-oldest of the community up to its need, then on, then to the campaign', () => {
    expect(planHandOn([{ itemId: 'a', areaId: 1, amountFen: 100 }], heirs, 'campaign')).toEqual([
      { from: 'a', to: 'b', amountFen: 30 },
      { from: 'a', to: 'c', amountFen: 50 },
      { from: 'a', to: 'campaign', amountFen: 20 },
    ]);
  });

  test('of two items does not fill the same heir twice', () => {
    const left = [
      { itemId: 'a', areaId: 1, amountFen: 40 },
      { itemId: 'd', areaId: 1, amountFen: 40 },
    ];
    const plan = planHandOn(left, heirs, 'campaign');
    expect(plan.filter((one) => one.to === 'b')).toEqual([{ from: 'a', to: 'b', amountFen: 30 }]);
  });

  test('loses and makes no fen, whatever was left and needed', () => {
    const lefts = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 999 })),
    );
    fc.assert(
      fc.property(lefts, lefts, (left, needed) => {
        const plan = planHandOn(
          left.map(([areaId, amountFen], index) => ({ itemId: `l${index}`, areaId, amountFen })),
          needed.map(([areaId, neededFen], index) => ({
            itemId: `h${index}`,
            areaId,
            serial: index,
            neededFen,
          })),
          'campaign',
        );
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(plan.map((one) => one.amountFen))).toBe(sum(left.map(([, amount]) => amount)));
        for (const [index, [, neededFen]] of needed.entries()) {
          const got = sum(plan.filter((one) => one.to === `h${index}`).map((one) => one.amountFen));
          expect(got).toBeLessThanOrEqual(neededFen);
        }
      }),
    );
  });
});

describe('a chosen name', () => {
  test.each([
    ['  张 阿姨 ', '张 阿姨'],
    ['\u202e坏人\u200b', '坏人'],
    ['\u0000', null],
    [null, null],
    ['😀'.repeat(30), '😀'.repeat(20)],
  ])('%j becomes %j', (typed, shown) => expect(cleanName(typed)).toBe(shown));
});
