import { expect, test } from 'vitest';
import { buildingOf, maskAddress, maskBirthDate, maskIdNumber, maskName } from './masks.ts';

test.each([
  ['王秀芳', '王*芳'],
  ['王芳', '王*'],
  ['欧阳秀芳', '欧**芳'],
  ['𠮷田', '𠮷*'],
  ['李', '*'],
  ['', ''],
  ['阿依古丽·买买提', '阿***提'],
  ['尾号0001的居民', '尾号0001的居民'],
  ['resident …0001', 'resident …0001'],
])('the name %s is shown as %s', (name, mask) => expect(maskName(name)).toBe(mask));

test.each([
  ['绿云小区3号楼2单元401', '绿云小区***'],
  ['三号院', '***'],
  ['淮河路街道兴华南街与航海路交叉口', '淮河路街道兴***'],
  ['', '***'],
])('the address %s is shown as %s', (address, mask) => expect(maskAddress(address)).toBe(mask));

test('of an ID number and a birth date little is shown', () => {
  expect(maskIdNumber('41019919510308002X')).toBe('410*************2X');
  expect(maskBirthDate('1951-03-08')).toBe('1951-**-**');
});

test.each([
  ['绿云小区3号楼2单元401', '绿云小区3号楼'],
  ['绿云小区１２栋', '绿云小区12栋'],
  ['兴华街甲号院', '兴华街甲号院'],
  ['绿云小区', null],
  ['', null],
])('the building of %s is %s', (address, building) => expect(buildingOf(address)).toBe(building));
