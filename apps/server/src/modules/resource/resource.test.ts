import { describe, expect, it } from 'vitest';
import { ledgerUnit, rank, stateWhenReleased } from './resource.ts';

const wanted = { title: '想要一台电风扇', areaId: 3 };
const context = { sameStreet: false, today: '2026-11-23', language: 'zh' as const };
const score = (title: string, change: object = {}, more: object = {}) =>
  rank({ title, areaId: 9, expiresOn: null, ...change }, wanted, { ...context, ...more });

describe('ranking offers for a need', () => {
  it('puts words in common first, then the same community, then the same street', () => {
    const word = score('电风扇一台，九成新');
    const near = score('旧书', { areaId: 3 });
    const street = score('旧书', {}, { sameStreet: true });
    const far = score('旧书');
    expect(word.score).toBeGreaterThan(near.score);
    expect(near.score).toBeGreaterThan(street.score);
    expect(street.score).toBeGreaterThan(far.score);
  });

  it('gives each its reasons in the reader’s language', () => {
    expect(score('电风扇', { areaId: 3, expiresOn: '2026-11-30' }).reasons).toEqual([
      '都提到“电风扇”',
      '同一社区',
      '2026-11-30 到期',
    ]);
    expect(score('旧书', {}, { sameStreet: true, language: 'en' }).reasons).toEqual([
      'same street',
    ]);
    expect(score('旧书').reasons).toEqual([]);
  });
});

describe('an offer', () => {
  it('counts goods by themselves and minutes alike', () => {
    expect(ledgerUnit({ id: 'a', kind: 'goods' })).toBe('piece:a');
    expect(ledgerUnit({ id: 'a', kind: 'hours' })).toBe('minute');
  });
  it('goes back to the register unless it was made for one need', () => {
    expect(stateWhenReleased({ forOneNeed: false })).toBe('open');
    expect(stateWhenReleased({ forOneNeed: true })).toBe('expired');
  });
});
