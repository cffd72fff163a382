import { seededRandom, type Id } from '@wennuan/basics';
import { describe, expect, it } from 'vitest';
import { obstacleOf, type Seller, type SoldVariant } from '../catalogue/index.ts';
import { sumProceeds } from '../settlement/index.ts';
import { barCodeOf, dueOn, isOver, isSelling, obstaclesOf, sentencesOf } from './charity-sale.ts';

const sale = { state: 'open' as const, opensOn: '2026-11-20', closesOn: '2026-11-22' };

describe('the days of a charity sale', () => {
  it('are its first to its last, both whole', () => {
    const days = ['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23'];
    expect(days.map((day) => isSelling(sale, day))).toEqual([false, true, true, false]);
    expect(days.map((day) => isOver(sale, day))).toEqual([false, false, false, true]);
    expect(isSelling({ ...sale, state: 'approved' }, '2026-11-20')).toBe(false);
    expect(dueOn(sale)).toBe('2026-12-02');
  });
});

describe('what stands against opening', () => {
  const paper = '00000000-0000-7000-8000-0000000000aa';
  const ready = {
    state: 'approved' as const,
    agreementPaperId: paper,
    planPaperId: paper,
    isOnline: false,
    closesOn: '2026-11-22',
  };
  const known = { things: 1, receiver: 'active', mayBeOnline: false, today: '2026-11-20' };

  it('is nothing when papers, two people, things and the number are there', () => {
    expect(obstaclesOf(ready, known)).toEqual([]);
  });

  it('is agreement and plan, each alone, before anything else', () => {
    for (const missing of [{ agreementPaperId: null }, { planPaperId: null }])
      expect(obstaclesOf({ ...ready, ...missing }, { ...known, things: 0 })).toEqual([
        'papers_missing',
        'things_missing',
      ]);
  });

  it('is the four conditions when it is to sell on the network', () => {
    expect(obstaclesOf({ ...ready, isOnline: true }, known)).toEqual(['ticks_missing']);
    expect(obstaclesOf({ ...ready, isOnline: true }, { ...known, mayBeOnline: true })).toEqual([]);
  });

  it('is the days when they are over, and the number of who receives the money', () => {
    expect(obstaclesOf(ready, { ...known, today: '2026-11-23', receiver: 'proposed' })).toEqual([
      'receiver_missing',
      'days_over',
    ]);
  });
});

describe('a thing of a charity sale', () => {
  const federation = { state: 'active', name: '区慈善总会', agreements: [], licences: [] };
  const thing = {
    title: '布老虎',
    isOff: false,
    productState: 'on_sale',
    needsFoodLicence: false,
    imported: false,
    papers: null,
    charitySaleId: 'one' as Id,
    charity: { name: '旧物新暖', isSelling: true },
  };
  const obstacle = (change: object = {}, seller: object = {}) =>
    obstacleOf(
      { ...thing, ...change } as SoldVariant,
      { ...federation, ...seller } as unknown as Seller,
      '2026-11-20',
    )?.code ?? null;

  it('asks the federation for no agreement with itself, and sells only while its sale does', () => {
    expect(obstacle()).toBe(null);
    expect(obstacle({ charity: { name: '', isSelling: false } })).toBe('charity_sale_over');
    expect(obstacle({ charity: null })).toBe('charity_sale_over');
    expect(obstacle({}, { state: 'proposed' })).toBe('merchant_not_active');
    expect(obstacle({ charitySaleId: null, charity: null })).toBe('agreement_missing');
  });

  it('carries a bar code of its own', () => {
    expect(barCodeOf({ serial: 7 }, 12)).toBe('290000070012');
  });
});

describe('proceeds', () => {
  it('are every sale less every refund, whatever was sold and given back', () => {
    const random = seededRandom(7);
    const below = (bound: number) => Math.floor(random() * bound);
    for (let round = 0; round < 200; round += 1) {
      const postings: { partId: Id; refundId: Id | null; amountFen: number }[] = [];
      let exact = 0;
      for (let order = 0; order < 1 + below(8); order += 1) {
        const partId = `part ${order}`;
        let left = 1 + below(99_999);
        exact += left;
        postings.push({ partId, refundId: null, amountFen: left });
        while (left > 0 && below(3) === 0) {
          const back = 1 + below(left);
          left -= back;
          exact -= back;
          postings.push({ partId, refundId: `refund ${postings.length}`, amountFen: -back });
        }
      }
      const { netFen, grossFen, returnedFen } = sumProceeds(postings);
      expect([netFen, grossFen - returnedFen]).toEqual([exact, exact]);
    }
  });
});

describe('what everybody reads', () => {
  const told = {
    ...sale,
    state: 'closed' as const,
    target: { kind: 'fund' as const, id: 'f', name: '暖冬专项基金', code: 'JJ-0001' },
    places: [{ id: 'p', name: '绿云慈善驿站', address: '' }],
    proceeds: {
      grossFen: 10_000,
      refundedFen: 2_000,
      proceedsFen: 8_000,
      orders: 4,
      settled: null as { number: string; netFen: number; paidOn: string } | null,
    },
    donors: 2,
    offered: 10,
    sold: 4,
    left: 6,
  };

  it('says that nothing can be spent before it is there, then when it arrived', () => {
    expect(sentencesOf(told, 'zh').join('')).toContain('在那之前一分也不能用');
    const settled = { number: 'YMJS00001', netFen: 8_000, paidOn: '2026-11-25' };
    const there = sentencesOf({ ...told, proceeds: { ...told.proceeds, settled } }, 'zh').join('');
    expect(there).toContain('¥80.00 已于 2026-11-25 全部进入“暖冬专项基金”');
    expect(there).not.toContain('一分也不能用');
  });

  it('promises the result while it runs', () => {
    expect(sentencesOf({ ...told, state: 'open' }, 'en').join(' ')).toContain('by itself');
  });
});
