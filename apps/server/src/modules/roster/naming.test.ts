import { describe, expect, test } from 'vitest';
import { readKind, readNaming, usualDepartment } from './naming.ts';

describe('department and name of a roster', () => {
  test.each([
    ['民政局-低保家庭台账.xlsx', '民政局', '低保家庭台账'],
    ['残联_持证残疾人（2026年11月）.csv', '残联', '持证残疾人'],
    ['总工会 - 困难职工档案202611 最新(1).xlsx', '总工会', '困难职工档案'],
    ['退役军人事务局－优抚对象-2026-11-01.xlsx', '退役军人事务局', '优抚对象'],
    ['困境儿童名单2026年第三季度终稿.xlsx', null, '困境儿童名单'],
  ])('%s', (file, department, name) => {
    const naming = readNaming(file, []);
    expect(naming.department).toBe(department);
    expect(naming.nameKey).toBe(name);
  });

  test('a delivery of another month is the same roster, another list is not', () => {
    const keyOf = (file: string) => readNaming(file, []).nameKey;
    expect(keyOf('残联-持证残疾人2026年10月.csv')).toBe(
      keyOf('残联-持证残疾人（2026-11）副本.xlsx'),
    );
    expect(keyOf('残联-持证残疾人.csv')).not.toBe(keyOf('残联-持证残疾儿童.csv'));
  });

  test('the banner names the department where the file does not', () => {
    expect(readNaming('名单.xlsx', ['困难妇女摸底表', '填报单位：二七区妇联']).department).toBe(
      '二七区妇联',
    );
  });
});

test('recognises the group by file, title and columns', () => {
  const kind = (file: string, banner: string[] = [], headers: string[] = []) => {
    const { groupCode, registersDeaths } = readKind(file, banner, headers);
    return registersDeaths ? 'deaths' : groupCode;
  };
  expect(kind('民政局-殡葬火化登记.csv')).toBe('deaths');
  expect(kind('名单.xlsx', ['特困供养人员名册'])).toBe('destitute');
  expect(kind('名单.xlsx', [], ['姓名', '残疾等级'])).toBe('disabled');
  expect(kind('名单.xlsx', [], ['姓名', '电话'])).toBe(null);
  expect(kind('民政局-低保边缘家庭.xlsx')).toBe(null);
  expect(usualDepartment({ groupCode: 'woman', registersDeaths: false })).toBe('妇联');
});
