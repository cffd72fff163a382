import { expect, test } from 'vitest';
import { labelIn } from './labels.ts';

test('names of our own making are read in the reader’s language, names that people gave stay', () => {
  expect(labelIn('公益捐赠平台（沙箱）', 'en')).toBe('designated platform (sandbox)');
  expect(labelIn('微信支付（沙箱）', 'en')).toBe('WeChat Pay (sandbox)');
  expect(labelIn('银行利息', 'en')).toBe('bank interest');
  expect(labelIn('邻里助餐救助备付户', 'en')).toBe('邻里助餐: set aside for residents');
  expect(labelIn('爱心企业配捐资金（邻里助餐）', 'en')).toBe('matching by 爱心企业 (邻里助餐)');
  expect(labelIn('FK-00000012：实际日期 2026-10-31，2026-10 已结账，记入 2026-11。', 'en')).toBe(
    'FK-00000012: really of 2026-10-31; as 2026-10 was closed already it is booked in 2026-11.',
  );
  expect(labelIn('晨光助学专项基金', 'en')).toBe('晨光助学专项基金');
  expect(labelIn('公益捐赠平台（沙箱）', 'zh')).toBe('公益捐赠平台（沙箱）');
});
