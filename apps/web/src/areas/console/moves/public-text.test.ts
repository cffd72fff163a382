import { describe, expect, it } from 'vitest';
import { findsPerson } from './public-text.ts';

describe('findsPerson', () => {
  it('names numbers, buildings, schools and forms of address', () => {
    expect(findsPerson('19900001234')).toEqual(['19900001234']);
    expect(findsPerson('住在3号楼的王奶奶')).toEqual(['3号楼', '王奶奶']);
    expect(findsPerson('绿云小学的孩子')).toHaveLength(1);
  });

  it('lets an ordinary public text pass', () => {
    expect(findsPerson('一台电风扇,夏天到了,希望老人睡得好一些。')).toEqual([]);
  });
});
