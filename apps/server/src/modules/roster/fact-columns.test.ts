import { findField } from '@wennuan/policy';
import { describe, expect, test } from 'vitest';
import { factOfColumn, readFact } from './fact-columns.ts';

const valueOf = (field: string, cell: string | number, header = '') => {
  const reading = readFact(findField(field)!, cell, header);
  return reading.kind === 'value' ? reading.value : reading.kind;
};

describe('values as clerks write them', () => {
  test('grades', () => {
    for (const text of ['二级', '2级', '2', 'Ⅱ级', '贰级', '残疾二级', '肢体二级', '重度（二级）'])
      expect(valueOf('disability_grade', text), text).toBe(2);
    expect(valueOf('disability_grade', '五级')).toBe('unknown');
  });

  test('amounts in fen', () => {
    expect(valueOf('own_payment_fen', '21020.61')).toBe(2_102_061);
    expect(valueOf('own_payment_fen', '¥1,300元')).toBe(130_000);
    expect(valueOf('own_payment_fen', '2.1万')).toBe(2_100_000);
    expect(valueOf('own_payment_fen', 2.1, '个人自付（万元）')).toBe(2_100_000);
    for (const text of ['600元', '600 元/月', '每月600元', '人民币600.00元整', '￥600/人月'])
      expect(valueOf('own_payment_fen', text), text).toBe(60_000);
    expect(valueOf('own_payment_fen', '7200元/年')).toBe('unknown');
    expect(valueOf('own_payment_fen', '约三千')).toBe('unknown');
    expect(valueOf('own_payment_fen', '—')).toBe('empty');
  });

  test('words that mean a value of the list', () => {
    expect(valueOf('self_care', '完全不能自理')).toBe(3);
    expect(valueOf('student_stage', '本科三年级')).toBe(4);
    expect(valueOf('illness', '肺癌')).toBe(1);
    expect(valueOf('student_stage', '初二（初中）')).toBe(2);
    expect(valueOf('student_stage', '九年级')).toBe(2);
    expect(valueOf('woman_hardship', '患两癌')).toBe(1);
    expect(valueOf('child_hardship', '父亲服刑')).toBe(3);
    expect(valueOf('living_alone', '√')).toBe(1);
    expect(valueOf('worker_hardship', '其他')).toBe(0);
  });
});

describe('the field of a column', () => {
  test('goes by its cells and its name', () => {
    expect(factOfColumn('类别', ['深度困难', '相对困难'], 'worker')).toBe('worker_hardship');
    expect(factOfColumn('家庭月人均收入', [1_300, 2_000], 'worker')).toBe('income_per_head_fen');
    expect(factOfColumn('火化日期', ['2026/1/3', '2026年5月'], null)).toBe('died_on');
    expect(factOfColumn('月津贴', ['300', '100'], 'elderly')).toBe('elderly_allowance_fen');
    expect(factOfColumn('享受待遇编码', ['P12', 'p05'], null)).toBe('benefit');
    expect(factOfColumn('项目编号', ['001', '002'], null)).toBeNull();
  });

  test('never takes a count, a name or an address for a code', () => {
    expect(factOfColumn('家庭人口', [1, 2, 3], 'minimum_living')).toBe(null);
    expect(factOfColumn('监护人', ['赵云', '张杰'], 'child')).toBe(null);
    expect(factOfColumn('是否党员', ['是', '否'], 'veteran')).toBe(null);
  });
});

test('how far somebody went to school long ago is no stage of a student', () => {
  expect(factOfColumn('文化程度', ['小学', '初中', '高中'], 'minimum_living')).toBeNull();
  expect(factOfColumn('学段', ['小学', '初中', '高中'], null)).toBe('student_stage');
});
