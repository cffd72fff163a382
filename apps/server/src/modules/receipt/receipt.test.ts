import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { codeFrom, typedCode } from '../../platform/spoken-code.ts';
import { chineseAmount } from './chinese-amount.ts';
import { confirmationFields, mayHaveFiscal, signedFields } from './receipt.ts';

test.each([
  [1, '壹分'],
  [10, '壹角整'],
  [105, '壹元零伍分'],
  [100, '壹元整'],
  [6_660, '陆拾陆元陆角整'],
  [140_950, '壹仟肆佰零玖元伍角整'],
  [600_714, '陆仟零柒元壹角肆分'],
  [1_000_000, '壹万元整'],
  [10_010_000, '壹拾万零壹佰元整'],
  [1_680_032, '壹万陆仟捌佰元叁角贰分'],
  [10_700_053, '壹拾万零柒仟元伍角叁分'],
  [100_000_100, '壹佰万零壹元整'],
  [10_000_000_000, '壹亿元整'],
  [1_000_500_000_000, '壹佰亿零伍佰万元整'],
])('%i fen is %s', (fen, words) => {
  expect(chineseAmount(fen)).toBe(words);
});

test.each([0, -1, 1.5, Number.NaN])('%d is no amount', (fen) => {
  expect(() => chineseAmount(fen)).toThrow(RangeError);
});

describe('C-08: a confirmation', () => {
  const fields = confirmationFields({
    number: 'JZ-00000007',
    code: 'ABCD-EFGH-JKMN',
    donor: ' 王\n小明 ',
    amountFen: 6_660,
    at: new Date('2026-11-23T16:30:00Z'),
    target: '微心愿',
    purpose: '一台\n电扇',
    charity: '二七区慈善总会',
    handler: '李会计',
    form: '公开募捐',
    now: new Date('2026-11-24T01:00:00Z'),
  });

  test('has every field that the receipt rules ask for, each on one line', () => {
    expect(fields).toMatchObject({
      donor: '王 小明',
      kind: '货币资金（人民币）',
      amount: '¥66.60',
      amountWords: '陆拾陆元陆角整',
      charity: '二七区慈善总会',
      handler: '李会计',
      givenOn: '2026-11-24',
      madeOn: '2026-11-24',
      purpose: '一台 电扇',
    });
    for (const { name, value } of signedFields(fields)) {
      expect(value, name).not.toBe('');
      expect(value, name).not.toMatch(/\n/);
    }
  });

  test('no fiscal receipt is for help to a person, mutual aid or what a merchant gives', () => {
    expect(['public_fundraising', 'designated_form', 'agreed_gift'].every(mayHaveFiscal)).toBe(
      true,
    );
    expect(['direct_gift', 'mutual_aid', 'sale_promise'].some(mayHaveFiscal)).toBe(false);
  });
});

test('a check code can be read from paper and typed in any way', () => {
  const code = codeFrom(createHash('sha256').update('x').digest());
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(typedCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
});
