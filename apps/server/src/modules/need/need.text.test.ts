import { describe, expect, it } from 'vitest';
import { excludedGoods, traceWords, tracesOfPerson } from './need.text.ts';

const found = (text: string, name = '王小芳') => tracesOfPerson(text, name);

describe('C-17: what leads to a person is found before it is published', () => {
  it.each([
    ['plain', '请打 19900001234'],
    ['with spaces', '电话 199 0000 1234'],
    ['with dashes and dots', '199-0000.1234'],
    ['full width', '１９９００００１２３４'],
    ['circled', '①⑨⑨⓪⓪⓪⓪①②③④'],
    ['in Chinese numerals', '一九九零零零零一二三四'],
    ['in bank numerals', '壹玖玖零零零零壹贰叁肆'],
    ['mixed', '幺九九 0000 一二三4'],
    ['with keycaps', '1️⃣9️⃣9️⃣0️⃣0️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣'],
    ['with joiners between', '199\u200b0000\u200b1234'],
    ['with letters for digits', '199oooo1234'],
    ['with the country code', '+86 199 0000 1234'],
    ['a landline', '0371-68880000'],
  ])('a telephone number %s', (_how, text) => {
    expect(found(text)).toContain('telephone');
  });

  it('an ID number, also in pieces', () => {
    expect(found('410199194912310021')).toContain('id_number');
    expect(found('410199 19491231 002X')).toContain('id_number');
  });

  it('the asker’s name and how she is called', () => {
    for (const text of ['王小芳想要风扇', '王 小 芳', '小芳想要', '王奶奶', '老王', '王女士'])
      expect(found(text), text).toContain('name');
    expect(found('Wish of Mary', 'Mary')).toContain('name');
    expect(found('一位老人想要风扇')).toEqual([]);
  });

  it('a building, courtyard, room, school or another way to reach her', () => {
    for (const text of [
      '3号楼',
      '三号楼二单元',
      '家属院的老人',
      '住5楼',
      '幸福小区',
      'room 12',
      '兴华街12号',
    ])
      expect(found(text), text).toContain('building');
    for (const text of ['建新小学的孩子', '三年级', 'at school'])
      expect(found(text), text).toContain('school');
    for (const text of ['加微信', 'QQ 12345', '请打电话'])
      expect(found(text), text).toContain('contact');
  });

  it('and harmless words are left alone', () => {
    for (const text of [
      '一位老人想要一台16寸的落地扇，约150元。',
      '需要两小时帮忙修灯，2026年12月31日前。',
      '想要一辆轮椅，不要太重。',
      '3层置物架、5号电池',
      '一部大字老年手机 🙂',
    ])
      expect(found(text), text).toEqual([]);
  });

  it('is named by kind, never by the words themselves', () => {
    expect(traceWords(['telephone', 'name'], 'zh')).toBe('电话号码、本人姓名或称呼');
    expect(traceWords(['telephone'], 'en')).toBe('a telephone number');
  });
});

describe('what a wish cannot be', () => {
  it.each([
    ['cash', '500元现金'],
    ['cash', '过年红 包'],
    ['alcohol', '两瓶白酒'],
    ['tobacco', '一条香烟'],
    ['medicine', '降压药'],
    ['medicine', 'Medicine for my heart'],
  ])('%s: %s', (goods, text) => {
    expect(excludedGoods(text)).toBe(goods);
  });
  it.each(['一台抽油烟机', '酒精消毒液', '药箱', '烟雾报警器', '一台风扇'])(
    'but may be %s',
    (text) => {
      expect(excludedGoods(text)).toBeNull();
    },
  );
});
