import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { streamXlsxRows, writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { openBook, type WorkbookRow } from './workbook.ts';

const FOLDER = new URL('../../../../demo/rosters/', import.meta.url);

async function rowsOf(bytes: Buffer, sheet = 0): Promise<WorkbookRow[]> {
  const book = await openBook(bytes);
  const rows: WorkbookRow[] = [];
  for await (const row of book![sheet]!.rows(1_000)) rows.push(row);
  return rows;
}

/** What another reader sees in the first sheet. */
async function readElsewhere(bytes: Buffer): Promise<WorkbookRow[]> {
  const rows: WorkbookRow[] = [];
  for await (const { index, values } of streamXlsxRows(bytes))
    rows.push({ line: index + 1, cells: values as WorkbookRow['cells'] });
  return rows;
}

/** An archive of parts as they are written here; every second one is packed. */
function archive(parts: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [place, [name, text]] of Object.entries(parts).entries()) {
    const packed = place % 2 === 0 ? deflateRawSync(Buffer.from(text)) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(place % 2 === 0 ? 8 : 0, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(head, Buffer.from(name), packed);
    entries.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const BOOK = `<?xml version="1.0"?><x:workbook xmlns:r="r" xmlns:x="x"><x:workbookPr date1904="1"/>
  <x:sheets><x:sheet name="甲&amp;乙" sheetId="1" r:id="rId1"/><x:sheet name="图" state='hidden' r:id="rId4"/></x:sheets></x:workbook>`;
const RELATIONS = `<Relationships>
  <Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/>
  <Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
  <Relationship Id="rId3" Type="http://x/styles" Target="./styles.xml"/>
  <Relationship Id="rId4" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`;
const TEXTS = `<sst><si><t>姓名</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 三</t></r><rPh><t>ZHANG</t></rPh></si>
  <si><t>a_x000D_b &lt;&#20102;&#x4e86;&gt; &unknown;</t></si></sst>`;
const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0&quot;days&quot;"/><numFmt numFmtId="165" formatCode="yyyy\\-mm"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="31"/></cellXfs></styleSheet>`;
const made = (sheet: string) =>
  archive({
    'xl/workbook.xml': BOOK,
    'xl/_rels/workbook.xml.rels': RELATIONS,
    'xl/sharedStrings.xml': TEXTS,
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheet,
  });

describe('a workbook', () => {
  test('of every department is read as another reader reads it', async () => {
    for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.xlsx'))) {
      const bytes = readFileSync(new URL(encodeURIComponent(name), FOLDER));
      expect(await rowsOf(bytes), name).toEqual(await readElsewhere(bytes));
    }
  });

  test('of every kind of cell too, longer than one piece', async () => {
    const rows = Array.from({ length: 5_000 }, (_, line) => [
      `甲<${line}>&"`,
      line / 3,
      line % 2 === 0,
      null,
      new Date(Date.UTC(1950, 1, line)),
      ' 两 边 ',
    ]);
    const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: '名册', rows }] }));
    expect(await rowsOf(bytes)).toEqual(await readElsewhere(bytes));
    expect(await rowsOf(bytes)).toHaveLength(5_000);
  });

  test('with prefixes, runs, readings, signs written out, gaps and days from 1904', async () => {
    const sheet = `<?xml version="1.0"?><!-- <row> --><x:worksheet xmlns:x="x"><x:cols><x:col min="1"/></x:cols><x:sheetData>
      <x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="C3" t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>
      <x:row><x:c t="inlineStr" note="a>b"><x:is><x:r><x:t>内</x:t></x:r><x:r><x:t>联</x:t></x:r></x:is></x:c>
        <x:c s="1"><x:v>7</x:v></x:c><x:c s="2"><x:f>A1&lt;B1</x:f><x:v>0</x:v></x:c><x:c s='3'><x:v>1</x:v></x:c>
        <x:c s="2"><x:v>1e12</x:v></x:c><x:c s="2"><x:v>-1</x:v></x:c><x:c><x:v>1e400</x:v></x:c>
        <x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:v><![CDATA[<一>]]></x:v></x:c><x:c t="s"/></x:row>
      </x:sheetData></x:worksheet>`;
    const book = await openBook(made(sheet));
    expect(book!.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['甲&乙', false],
      ['图', true],
    ]);
    const day = (date: string) => new Date(`${date}T00:00:00Z`);
    expect(await rowsOf(made(sheet))).toEqual([
      { line: 3, cells: ['姓名', null, '张 三', 'a\rb <了了> &unknown;'] },
      {
        line: 4,
        cells: [
          '内联',
          7,
          day('1904-01-01'),
          day('1904-01-02'),
          1e12,
          -1,
          '1e400',
          true,
          '#N/A',
          '<一>',
          null,
        ],
      },
    ]);
    expect(await rowsOf(made(sheet), 1)).toEqual([]);
  });
});

test('what was written once for several lines stands in each of them', async () => {
  const cell = (place: string, text: string) => `<c r="${place}" t="str"><v>${text}</v></c>`;
  const sheet = (list: string) => `<x:worksheet xmlns:x="x"><sheetData>
    <row r="1">${cell('A1', '名册')}</row>
    <row r="2">${cell('A2', '绿云')}${cell('B2', '甲')}</row><row r="3">${cell('B3', '乙')}</row>
    <row r="4">${cell('B4', '丙')}${cell('C4', '是')}</row><row r="6">${cell('B6', '丁')}</row>
    </sheetData>${list}</x:worksheet>`;
  const list = `<x:mergeCells count="4"><x:mergeCell ref="A1:C1"/><x:mergeCell ref="A2:A4"/><x:mergeCell ref="C4:D6"/>
    <x:mergeCell ref="B4:B5"/></x:mergeCells>`;
  const cells = async (text: string) => (await rowsOf(made(text))).map((row) => row.cells);
  expect(await cells(sheet(list))).toEqual([
    ['名册'],
    ['绿云', '甲'],
    ['绿云', '乙'],
    ['绿云', '丙', '是'],
    [null, '丁', '是'],
  ]);
  expect((await cells(sheet('')))[2]).toEqual([null, '乙']);
});

describe('what no spreadsheet program wrote is refused while little of it is in memory', () => {
  const row = '<row><c t="str"><v>一</v></c></row>';
  test.each([
    ['a sheet that breaks off', `<worksheet><sheetData>${row}`],
    ['a line beyond the last', `<worksheet><sheetData><row r="2000000"/></sheetData></worksheet>`],
    ['lines without end', `<worksheet>${'<row r="1"/>'.repeat(1_048_577)}</worksheet>`],
    ['a cell without end', `<worksheet><row><c><v>${'9'.repeat(3_000_000)}`],
    ['a tag without end', `<worksheet><row ${'a="1" '.repeat(400_000)}`],
  ])('%s', async (_, sheet) => {
    await expect(rowsOf(made(sheet))).rejects.toThrow(RangeError);
  });

  test('a value full of ends of tags is looked at once', async () => {
    const sheet = `<worksheet><row note="${'>'.repeat(500_000)}"><c t="str"><v>一</v></c></row></worksheet>`;
    expect(await rowsOf(made(sheet))).toEqual([{ line: 1, cells: ['一'] }]);
  });

  test('a sheet that is not there, and a book without a list of sheets', async () => {
    const parts = { 'xl/workbook.xml': BOOK, 'xl/_rels/workbook.xml.rels': RELATIONS };
    await expect(rowsOf(archive(parts))).rejects.toThrow(RangeError);
    expect(await openBook(archive({ 'word/document.xml': '<a/>' }))).toBeNull();
  });
});
