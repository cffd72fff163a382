import { describe, expect, test } from 'vitest';
import { areaBook } from './areas.ts';
import { readDate } from './dates.ts';
import { nameLikeness, notesDeath, readName } from './names.ts';
import { readTelephone } from './telephone.ts';

test.each([
  ['1965-07-17'],
  ['1965/7/17'],
  ['1965.7.17'],
  ['1965年7月17日'],
  ['19650717'],
  [19_650_717],
  [23_940],
  ['23940'],
  ['17/07/1965'],
  ['一九六五年七月十七日'],
  ['1965-07-17 00:00:00'],
  ['1965/7/17 0:00'],
  ['65.7.17'],
  ['1965、7、17'],
  ['17-Jul-65'],
  ['July 17, 1965'],
  [new Date('1965-07-17T00:00:00Z')],
  [new Date('1965-07-16T16:00:00Z')],
])('the date %s does not shift', (cell) => {
  expect(readDate(cell)?.date).toBe('1965-07-17');
});

test.each([['19650230'], ['86'], ['合计'], [''], [null], [3.5], [new Date(Number.NaN)]])(
  '%s is no date',
  (cell) => expect(readDate(cell)).toBeNull(),
);

test('an hour after the day is not read into it', () => {
  expect(readDate('2026/1/5 0:00')?.date).toBe('2026-01-05');
  expect(readDate('2026/1/3 10:00:00')?.date).toBe('2026-01-03');
  expect(readDate('2026年1月3日 上午10:00')?.date).toBe('2026-01-03');
  expect(readDate('二零二六年元月五日')?.date).toBe('2026-01-05');
});

test('a telephone number that a narrow cell rounded is none', () => {
  expect(readTelephone('1.9900004007E+10')).toBe('19900004007');
  expect(readTelephone('1.990000401E+10')).toBe('');
  expect(readTelephone('1.99E+10')).toBe('');
  expect(readTelephone('+86 199 0000 4007')).toBe('19900004007');
});

test('a whole page in the cell of a name is none', () => {
  expect(readName('王'.repeat(50_000)).key).toBe('');
});

test.each([['2026年3月'], ['2026年3月份'], ['2026年3月起'], ['2026-03至今'], ['2026年3月上旬']])(
  '%s is a month',
  (cell) => expect(readDate(cell)).toEqual({ date: null, year: 2026, month: 3 }),
);

test.each([
  ['张三（已故）'],
  ['张三 已故'],
  ['张三已去世'],
  ['张三【死亡】'],
  ['张三(2025年病故）'],
])('%s is 张三, noted as dead', (cell) => {
  expect(readName(cell)).toMatchObject({ key: '张三', shown: '张三' });
  expect(notesDeath(cell)).toBe(true);
});

test('notes after a name are no part of it, and names that look like notes are', () => {
  for (const cell of ['张三（户主）', '张三-户主', '张三/本人', '张三（重复）'])
    expect(readName(cell).key).toBe('张三');
  for (const name of ['霍去病', '王本人', '李故', '张三'])
    expect([readName(name).key, notesDeath(name)]).toEqual([name, false]);
  expect(readName('#N/A').key).toBe('');
});

test('a month or year alone stays one', () => {
  expect(readDate('1965.07')).toEqual({ date: null, year: 1965, month: 7 });
  expect(readDate('1965年')).toEqual({ date: null, year: 1965, month: null });
});

describe('names', () => {
  test.each([
    ['张　三', '张三', 'same'],
    ['陳國強', '陈国强', 'same'],
    ['买合木提・阿不都', '买合木提.阿不都', 'same'],
    ['王小明（已故）', '王小明', 'same'],
    ['周莉瑞', '周丽瑞', 'sound'],
    ['陆玲', '陆林', 'sound'],
    ['王大明', '王太明', 'shape'],
    ['李□明', '李小明', 'rare'],
    ['何翙明', '何岁明', 'rare'],
    ['王丽娜', '王娜丽', 'order'],
    ['朱小', '朱小明', 'part'],
    ['赵建国', '赵建文', 'one_character'],
    ['赵建国', '钱志文', 'other'],
    ['赵强', '赵敏', 'other'],
    ['', '', 'rare'],
  ])('%s and %s: %s', (a, b, likeness) => {
    expect(nameLikeness(readName(a).key, readName(b).key)).toBe(likeness);
    expect(nameLikeness(readName(b).key, readName(a).key)).toBe(likeness);
  });

  test('two unreadable characters do not make a name the same', () => {
    expect(nameLikeness(readName('李□').key, readName('李?').key)).toBe('rare');
  });

  test('a reading given from outside counts', () => {
    const soundOf = (character: string): string | null =>
      ({ 查: 'zha', 渣: 'zha' })[character] ?? null;
    expect(nameLikeness('查明', '渣明', soundOf)).toBe('sound');
  });
});

describe('areas', () => {
  const book = areaBook(
    [
      { code: '1', name: '东城区', level: 'district', parentCode: null },
      { code: '11', name: '河路街道', level: 'street', parentCode: '1' },
      { code: '12', name: '柳沟管委会', level: 'street', parentCode: '1' },
      { code: '111', name: '春里社区', level: 'community', parentCode: '11' },
      { code: '112', name: '桥泽社区', level: 'community', parentCode: '11' },
      { code: '113', name: '河路社区', level: 'community', parentCode: '11' },
      { code: '121', name: '桥泽村', level: 'community', parentCode: '12' },
    ],
    [{ name: '机械厂家属院', code: '111' }],
  );

  test.each([
    [{ area: '春里社区' }, '111'],
    [{ area: '春里' }, '111'],
    [{ area: ' 春里社区居委会' }, '111'],
    [{ area: '河路街道春里社区' }, '111'],
    [{ area: '河路街道办事处/河路街道春里' }, '111'],
    [{ area: '河南省郑州市东城区河路街道春里社区' }, '111'],
    [{ area: '机械厂家属院' }, '111'],
    [{ area: '河路社区' }, '113'],
    [{ street: '河路街道筹备组', area: '桥泽' }, '112'],
    [{ street: '柳沟', area: '桥泽' }, '121'],
    [{ area: '桥泽村村委会' }, '121'],
    [{ address: '河路街道春里安和路12号院3号楼1单元5' }, '111'],
  ])('%j', (cells, code) => {
    expect(book.resolve(cells)).toMatchObject({ kind: 'area', codes: [code], disagrees: false });
  });

  test('a name of two places stays two candidates', () => {
    expect(book.resolve({ area: '桥泽' })).toMatchObject({
      kind: 'candidates',
      codes: ['112', '121'],
    });
  });

  test('a street that does not hold the community is reported', () => {
    expect(book.resolve({ street: '柳沟管委会', area: '春里社区' })).toMatchObject({
      codes: ['111'],
      disagrees: true,
    });
  });

  test('what follows the area is kept for the address', () => {
    expect(book.resolve({ address: '河路街道春里社区居委会安和路12号' }).rest).toBe('安和路12号');
    expect(book.resolve({ area: '不存在社区' })).toMatchObject({ kind: 'none', codes: [] });
  });
});

test.each([
  ['199-0000-1234', '19900001234'],
  ['+86 19900001234', '19900001234'],
  [19_900_001_234, '19900001234'],
  ['１９９００００１２３４', '19900001234'],
  ['19900001234/19900005678', '19900001234'],
  ['无', ''],
  ['00000000000', ''],
])('telephone %s', (cell, digits) => expect(readTelephone(cell)).toBe(digits));
