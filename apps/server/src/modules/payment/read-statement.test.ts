import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { platformExport, tradeBill } from '../../../test-support/statements.ts';
import { readStatement } from './read-statement.ts';
import type { ReadStatement } from './statement.ts';

const NOW = new Date('2026-11-23T09:00:00+08:00');
const read = (content: string | Buffer) =>
  readStatement({ name: 'file.csv', bytes: Buffer.from(content) }, NOW);

function gifts(statement: ReadStatement) {
  expect(statement.problems).toEqual([]);
  if (statement.kind === null) throw new Error('not read');
  return statement.gifts;
}
const codes = (statement: ReadStatement) =>
  statement.problems.map(({ line, code }) => `${line ?? 'file'} ${code}`);

/** GB18030 of the letters these tests use, as Node only reads it. */
function gb18030(text: string): Buffer {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      table.set(decoder.decode(Buffer.from([high, low])), [high, low]);
  return Buffer.from(
    [...text].flatMap((letter) =>
      letter.codePointAt(0)! < 0x80 ? [letter.codePointAt(0)!] : table.get(letter)!,
    ),
  );
}

describe('forms of files', () => {
  const plain = platformExport([{ order: 'A1', nickname: '暖暖' }]).slice(1);
  test.each([
    ['UTF-8 with its mark', Buffer.from(`\ufeff${plain}`), 'utf-8'],
    ['UTF-8 without', Buffer.from(plain), 'utf-8'],
    ['GB18030', gb18030(plain), 'gb18030'],
    [
      'UTF-16 as spreadsheets save it',
      Buffer.from(`\ufeff${plain.replaceAll(',', '\t')}`, 'utf16le'),
      'utf-16le',
    ],
    ['gzip', gzipSync(Buffer.from(plain)), 'utf-8'],
    ['semicolons', Buffer.from(plain.replaceAll(',', ';')), 'utf-8'],
    ['no line end at the end', Buffer.from(plain.trimEnd()), 'utf-8'],
    ['bare line ends', Buffer.from(plain.replaceAll('\r', '')), 'utf-8'],
  ])('%s', (_form, bytes, encoding) => {
    const statement = read(bytes);
    expect(gifts(statement)[0]).toMatchObject({ order: 'A1', publicName: '暖暖', amountFen: 1000 });
    expect(statement.encoding).toBe(encoding);
  });

  test.each([
    ['', 'file file_empty'],
    ['PK\u0003\u0004rest', 'file file_is_sheet'],
    ['姓名,电话\n王测试,19900000001\n', 'file not_a_statement'],
    ['x'.repeat(50), 'file not_a_statement'],
  ])('what is no statement: %j', (content, problem) => {
    expect(codes(read(content))).toEqual([problem]);
  });

  test('neither UTF-8 nor GB18030', () => {
    expect(codes(read(Buffer.from([0xff, 0xff, 0xff, 0x80, 0x00])))).toEqual([
      'file encoding_unknown',
    ]);
  });

  test('a quote that never ends says where it begins', () => {
    const text = platformExport([{ order: 'A1' }, { order: 'A2', nickname: 'x' }]);
    expect(codes(read(text.replace(',x,', ',"x,')))).toEqual(['3 quote_open']);
  });
});

describe('the platform’s export', () => {
  test('quotes, commas and line ends inside a cell; lines are counted as an editor does', () => {
    const text = platformExport([
      { order: 'A1', nickname: '李"老师"', message: '加油\n二七' },
      { order: 'A2', nickname: '一家三口, 共同捐', amount: 'x' },
    ]);
    expect(codes(read(text))).toEqual(['4 amount_invalid']);
    expect(gifts(read(text.replace(',x,', ',1.00,')))[0]).toMatchObject({
      publicName: '李"老师"',
    });
  });

  test('columns in another order, with other names, more of them, and a banner above', () => {
    const text = [
      '公益平台捐赠明细,,,,,',
      '导出时间：2026-09-08,,,,,',
      '支付状态,实付金额（元）,备注一,项目代码,商户单号,支付时间',
      '支付成功,"￥1,234.50",甲,EQ1,A1,2026/9/7 9:05',
      '合计,1234.50,,,,',
    ].join('\n');
    const statement = read(text);
    expect(gifts(statement)).toMatchObject([
      { order: 'A1', projectCode: 'EQ1', amountFen: 123_450, feeFen: null, matchedFen: null },
    ]);
    expect(statement.notes.map(({ code }) => code)).toEqual(['columns_absent', 'columns_absent']);
  });

  test('missing columns are named', () => {
    const statement = read('商户订单号,项目名称,捐赠时间,金额\nA1,x,2026-09-07,1\n');
    expect(codes(statement)).toEqual(['1 columns_missing']);
    expect(statement.problems[0]!.params['columns']).toBe('项目编号、状态');
  });

  test.each([
    ['２７．００', 2700],
    ['￥27', 2700],
    ['¥ 1,234.50', 123_450],
    ['27.5元', 2750],
    ['27.0000', 2700],
    ['`27.00', 2700],
    ['="27.00"', 2700],
  ])('the amount %s', (amount, fen) => {
    expect(gifts(read(platformExport([{ order: 'A1', amount }])))[0]!.amountFen).toBe(fen);
  });

  test.each([
    ['27.0050', 'amount_too_fine'],
    ['12.3456', 'amount_too_fine'],
    ['-27.00', 'amount_invalid'],
    ['', 'amount_invalid'],
    ['27,00', 'amount_invalid'],
    ['1e3', 'amount_invalid'],
    ['0.00', 'amount_zero'],
    ['99999999999999.00', 'amount_invalid'],
  ])('the amount %j is none', (amount, code) => {
    const text = platformExport([{ order: 'A0' }, { order: 'A1', amount }]);
    expect(codes(read(text))).toEqual([`3 ${code}`]);
  });

  test.each([
    ['2026-09-07 00:29:03', '2026-09-06T16:29:03.000Z'],
    ['2026/9/7 0:29', '2026-09-06T16:29:00.000Z'],
    ['2026年9月7日 00时29分03秒', '2026-09-06T16:29:03.000Z'],
    ['２０２６－０９－０７ ００：２９：０３', '2026-09-06T16:29:03.000Z'],
    ['20260907002903', '2026-09-06T16:29:03.000Z'],
    ['2026.09.07', '2026-09-06T16:00:00.000Z'],
    ['2026-09-07T00:29:03+08:00', '2026-09-06T16:29:03.000Z'],
    ['2026-09-06T16:29:03Z', '2026-09-06T16:29:03.000Z'],
    ['46272.5', '2026-09-07T04:00:00.000Z'],
  ])('the time %s', (at, instant) => {
    expect(gifts(read(platformExport([{ order: 'A1', at }])))[0]!.paidAt.toISOString()).toBe(
      instant,
    );
  });

  test.each([
    ['2026-02-30 00:00:00', 'time_invalid'],
    ['07/09/2026', 'time_invalid'],
    ['2026-09-07 24:00:00', 'time_invalid'],
    ['', 'time_invalid'],
    ['2027-09-07 00:00:00', 'time_ahead'],
  ])('the time %j is none', (at, code) => {
    expect(codes(read(platformExport([{ order: 'A1', at }])))).toEqual([`2 ${code}`]);
  });

  test('an order number that a spreadsheet has rounded', () => {
    const text = platformExport([{ order: '4.2E+27' }, { order: '' }]);
    expect(codes(read(text))).toEqual(['2 number_spoiled', '3 order_missing']);
  });

  test('states: what was not paid is left out, what is not known stops the file', () => {
    const text = platformExport([
      { order: 'A1', state: '待支付' },
      { order: 'A2', state: '退款中' },
      { order: 'A3', state: '已退款' },
      { order: 'A4', state: '部分退款' },
    ]);
    const statement = read(text);
    expect(gifts(statement)).toMatchObject([
      { order: 'A2', refundedFen: 0 },
      { order: 'A3', refundedFen: 1000 },
      { order: 'A4', refundedFen: 0 },
    ]);
    expect(statement.notes.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 not_paid',
      '3 refund_pending',
      '5 refund_amount_missing',
    ]);
    expect(codes(read(platformExport([{ order: 'A1', state: '？？' }])))).toEqual([
      '2 state_unknown',
    ]);
  });

  test('doubled rows once; the same order with another amount stops the file', () => {
    const doubled = read(platformExport([{ order: 'A1' }, { order: 'A1' }, { order: 'A2' }]));
    expect(gifts(doubled)).toHaveLength(2);
    expect(doubled.duplicateRows).toBe(1);
    const text = platformExport([{ order: 'A1' }, { order: 'A1', amount: '11.00' }]);
    expect(codes(read(text))).toEqual(['3 order_conflicts']);
  });

  test('a row cut short', () => {
    const text = platformExport([{ order: 'A1' }, { order: 'A2' }]);
    const cut = text.slice(0, text.lastIndexOf('老郑州'));
    expect(codes(read(cut))).toEqual(['3 cells_missing']);
  });

  test.each([
    ['=SUM(1,2)8219', '否', '=SUM(1,2)8219'],
    ['<b>热心人</b>', '否', '<b>热心人</b>'],
    ['暖暖🌻', '否', '暖暖🌻'],
    ['\u202e倒着写\u0007', '否', '倒着写'],
    ['联系我19900000001', '否', null],
    ['微信１９９００００００01', '否', null],
    ['老郑州', '是', null],
    [' ', '否', null],
  ])('the nickname %j (anonymous: %s) is shown as %j', (nickname, anonymous, name) => {
    const [gift] = gifts(read(platformExport([{ order: 'A1', nickname, anonymous }])));
    expect(gift).toMatchObject({ publicName: name });
  });
});

describe('the bill of WeChat Pay', () => {
  test('gifts and refunds with fees of five decimals', () => {
    const statement = read(
      tradeBill([
        { order: 'A1', amount: '27.00', fee: '0.16000' },
        { order: 'A2', fee: '0.16500' },
        { order: 'A1', fee: '-0.08000', refund: { number: 'R1', amount: '13.50' } },
        { order: 'A1', fee: '-0.08000', refund: { number: 'R2', amount: '13.50' } },
      ]),
    );
    expect(gifts(statement)).toMatchObject([
      { order: 'A1', merchant: '1900000001', amountFen: 2700, feeFen: 16 },
      { order: 'A2', feeFen: 17 },
    ]);
    if (statement.kind !== 'wechat') throw new Error('not a bill');
    expect(statement.refunds).toMatchObject([
      { order: 'A1', refundNumber: 'R1', amountFen: 1350, feeFen: 8, state: 'done' },
      { order: 'A1', refundNumber: 'R2', amountFen: 1350 },
    ]);
  });

  test('commas and line ends inside a product’s name', () => {
    const text = tradeBill([{ order: 'A1', product: '一心,一椅\n微设施' }, { order: 'A2' }]);
    expect(gifts(read(text))).toMatchObject([
      { order: 'A1', product: '一心,一椅\n微设施' },
      { order: 'A2', line: 4 },
    ]);
  });

  test('saved again by a spreadsheet: quoted, without backticks', () => {
    const text = tradeBill([{ order: 'A1', amount: '1234.50', fee: '7.41000' }])
      .replaceAll('`', '')
      .replaceAll('1234.50', '"1,234.50"');
    expect(gifts(read(text))).toMatchObject([{ order: 'A1', amountFen: 123_450, feeFen: 741 }]);
  });

  test('a bill that was cut short or edited does not add up', () => {
    const text = tradeBill([{ order: 'A1' }, { order: 'A2' }, { order: 'A3' }]);
    const rows = text.split('\r\n');
    expect(codes(read([...rows.slice(0, 2), ...rows.slice(3)].join('\r\n')))).toContain(
      '5 summary_differs',
    );
    expect(codes(read(text.replace('`10.00', '`11.00')))).toContain('6 summary_differs');
    expect(gifts(read(rows.slice(0, 4).join('\r\n')))).toHaveLength(3);
    expect(read(rows.slice(0, 4).join('\r\n')).notes[0]!.code).toBe('summary_missing');
  });

  test('its sums may count doubled rows or not', () => {
    const doubled = [{ order: 'A1' }, { order: 'A1' }];
    expect(gifts(read(tradeBill(doubled)))).toHaveLength(1);
    const rows = tradeBill([{ order: 'A1' }]).split('\r\n');
    expect(gifts(read([rows[0], rows[1], ...rows.slice(1)].join('\r\n')))).toHaveLength(1);
  });

  test.each([
    [{ order: 'A1', currency: 'USD' }, '2 currency_unknown'],
    [{ order: 'A1', state: 'WHO' }, '2 state_unknown'],
    [{ order: 'A1', merchant: '' }, '2 order_missing'],
    [{ order: 'A1', fee: 'x' }, '2 fee_invalid'],
    [{ order: 'A1', refund: { number: '0', amount: '1.00' } }, null],
    [{ order: 'A1', refund: { number: 'R1', amount: '0.00' } }, '2 amount_zero'],
    [{ order: 'A1', refund: { number: 'R1', amount: '1.00', state: 'WHO' } }, '2 state_unknown'],
  ])('a row that cannot be booked: %j', (line, problem) => {
    expect(codes(read(tradeBill([line], { summary: false })))).toEqual(problem ? [problem] : []);
  });

  test('refunds under way and failed are told, and are not done', () => {
    const statement = read(
      tradeBill([
        { order: 'A1', refund: { number: 'R1', amount: '1.00', state: 'PROCESSING' } },
        { order: 'A1', refund: { number: 'R2', amount: '1.00', state: 'FAIL' } },
      ]),
    );
    if (statement.kind !== 'wechat') throw new Error('not a bill');
    expect(statement.refunds.map((refund) => refund.state)).toEqual(['processing', 'failed']);
    expect(statement.notes.map(({ code }) => code)).toEqual(['refund_pending', 'refund_failed']);
  });
});

describe('files that nobody’s channel makes', () => {
  const [head] = platformExport([{ order: 'A1' }]).split('\r\n');

  test('a line that no statement has is refused where it stands, before it takes memory or time', () => {
    const bill = tradeBill([{ order: 'A1' }]).split('\n', 1)[0]!;
    expect(codes(read(`${bill}\n\`1${'a\n'.repeat(300)}`))).toEqual(['2 line_too_long']);
    for (const endless of [',', 'x', '`a,'])
      expect(codes(read(`${head}\r\n${endless.repeat(2_000_000)}`))).toEqual(['2 line_too_long']);
    expect(codes(read(`${head}\r\n"${'a\n'.repeat(600_000)}"`))).toEqual(['2 line_too_long']);
  });

  test('signs that nobody sees, numbers and remarks without end never reach the database', () => {
    const row = platformExport([{ order: 'A\u00001\u202e', nickname: '王\u0000' }]);
    expect(gifts(read(row))[0]).toMatchObject({ order: 'A1', publicName: '王' });
    const endless = read(platformExport([{ order: 'A'.repeat(5_000) }]));
    expect(codes(endless)).toEqual(['2 number_spoiled']);
    expect(String(endless.problems[0]!.params['text']).length).toBeLessThan(70);
  });

  test('a day before there was anything on line is no day, and unpaid orders alone are nothing to import', () => {
    expect(codes(read(platformExport([{ order: 'A1', at: '0001-01-01 00:00:00' }])))).toEqual([
      '2 time_invalid',
    ]);
    expect(codes(read(platformExport([{ order: 'A1', state: '待支付' }])))).toEqual([
      'file no_rows',
    ]);
  });
});
