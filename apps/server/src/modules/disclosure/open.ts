import type { Language, shapes } from '@wennuan/contract';
import { CSV_BEGIN, csvLine, type CsvCell } from '../../platform/csv-lines.ts';

export type Dataset = (typeof shapes.openDatasets)[number];
export type OpenFormat = (typeof shapes.openFormats)[number];
/** A row of a table, by the names of its columns. */
export type OpenRow = Record<string, CsvCell>;

export const LICENCE = 'CC BY 4.0';
export const LICENCE_URL = 'https://creativecommons.org/licenses/by/4.0/deed.zh-hans';

interface Table {
  title: Record<Language, string>;
  /** What one row is. */
  rows: Record<Language, string>;
  columns: readonly (readonly [name: string, zh: string, en: string])[];
}

const money = [
  ['given_yuan', '累计收到（元）', 'all that came in (yuan)'],
  ['returned_yuan', '其中退还捐赠人（元）', 'of that, given back to givers (yuan)'],
  ['in_yuan', '净收入（元）：累计收到减退还', 'net in (yuan): given less returned'],
  ['out_yuan', '支出（元）', 'money out (yuan)'],
  ['balance_yuan', '结余（元）：净收入减支出', 'balance (yuan): net in less out'],
] as const;

/** Each table of the open data: what a row is, and what its columns mean. */
export const tables: Record<Dataset, Table> = {
  campaigns: {
    title: { zh: '募捐活动', en: 'Campaigns' },
    rows: { zh: '一行一个开放过的募捐活动', en: 'one campaign that has opened' },
    columns: [
      ['code', '活动编号', 'code of the campaign'],
      ['name', '名称', 'name'],
      ['legal_form', '法律形式', 'legal form'],
      ['state', '状态', 'state'],
      ['opens_on', '开始日期', 'first day'],
      ['closes_on', '结束日期', 'last day'],
      ['filing_number', '备案编号', 'number of its filing'],
      ['platform', '指定平台', 'designated platform'],
      ['goal_yuan', '目标（元）', 'goal (yuan)'],
      ...money,
      ['gifts', '捐赠笔数', 'number of gifts'],
    ],
  },
  funds: {
    title: { zh: '基金', en: 'Funds' },
    rows: { zh: '一行一个基金', en: 'one fund' },
    columns: [
      ['code', '基金编号', 'code of the fund'],
      ['name', '名称', 'name'],
      ['kind', '类别', 'kind'],
      ['area_code', '区域代码', 'code of its area'],
      ...money,
    ],
  },
  movements: {
    title: { zh: '每一笔进出', en: 'Every movement' },
    rows: {
      zh: '一行一笔：捐赠、付给单位的款、余款转移。用到个人身上的合并在“救助”表里',
      en: 'one gift, payment to an organisation, or remainder handed on; aid to persons is in the table “aid”',
    },
    columns: [
      ['date', '日期（北京时间）', 'day in Shanghai'],
      ['account', '账户编号', 'public code of the account'],
      ['direction', '方向：in 收入，out 支出', 'in or out'],
      [
        'kind',
        '种类：gift 捐赠，payment 付款，return 退还捐赠，hand_on 余款转移',
        'gift, payment, return or hand_on',
      ],
      ['amount_yuan', '金额（元）', 'amount (yuan)'],
      [
        'counterparty',
        '对方：捐赠人公开的名字、收款单位或另一账户',
        'giver’s public name, payee or other account',
      ],
      ['number', '付款编号', 'number of the payment'],
    ],
  },
  payments: {
    title: { zh: '付给单位的款', en: 'Payments to organisations' },
    rows: { zh: '一行一笔付款', en: 'one payment' },
    columns: [
      ['number', '付款编号', 'number'],
      ['date', '日期', 'day'],
      ['account', '支出账户编号', 'public code of the account it was paid from'],
      ['payee', '收款单位', 'payee'],
      ['amount_yuan', '金额（元）', 'amount (yuan)'],
      ['page', '页面：由哪些捐赠支付', 'page with the gifts that paid it'],
    ],
  },
  aid: {
    title: { zh: '救助个人', en: 'Aid to persons' },
    rows: {
      zh: '一行是一个月、一个街道里的合计；不足 5 人的并到全区、全年，再不足的不写金额',
      en: 'a month and street together; fewer than 5 persons fall to the district, the year, or are told without a sum',
    },
    columns: [
      ['account', '支出账户编号', 'public code of the account it was paid from'],
      ['period', '年月或年；空为全部时间', 'month or year; empty for all time'],
      ['area', '街道；空为全区', 'street; empty for the district'],
      ['persons', '人数；空为不足 5 人', 'persons; empty when fewer than 5'],
      ['amount_yuan', '金额（元）；空为不足 5 人', 'amount (yuan); empty when fewer than 5'],
    ],
  },
  charity_sales: {
    title: { zh: '义卖', en: 'Charity sales' },
    rows: { zh: '一行一场已开始的义卖', en: 'one charity sale that has opened' },
    columns: [
      ['number', '义卖编号', 'number'],
      ['name', '名称', 'name'],
      ['target', '所得归入的基金或活动编号', 'code of the fund or campaign that gets all of it'],
      ['state', '状态', 'state'],
      ['opens_on', '开始日期', 'first day'],
      ['closes_on', '结束日期', 'last day'],
      ['ended_early', '是否提前结束', 'ended before its last day'],
      ['donors', '捐赠人数', 'givers'],
      ['pieces_offered', '捐出件数', 'pieces given'],
      ['pieces_sold', '卖出件数', 'pieces sold'],
      ['pieces_left', '剩余件数', 'pieces left'],
      ['gross_yuan', '卖出（元）', 'sold for (yuan)'],
      ['returned_yuan', '退货（元）', 'given back to buyers (yuan)'],
      ['settled_yuan', '已进入基金或活动（元）', 'in the fund or campaign (yuan)'],
      ['settled_on', '到账日期', 'arrived on'],
      ['page', '页面', 'page'],
    ],
  },
  disclosures: {
    title: { zh: '公开的报告', en: 'Disclosures' },
    rows: { zh: '一行一份报告', en: 'one report' },
    columns: [
      ['number', '公开编号', 'number'],
      ['kind', '种类', 'kind'],
      [
        'subject',
        '活动或基金编号；空为慈善总会',
        'code of campaign or fund; empty for the charity',
      ],
      ['title', '标题', 'title'],
      ['published_on', '公布日期', 'published on'],
      ['due_on', '应公布日期', 'was due on'],
      ['late', '是否迟延', 'late'],
      ['corrections', '更正次数', 'number of corrections'],
      ['page', '页面', 'page'],
    ],
  },
  duties: {
    title: { zh: '信息公开日历', en: 'Calendar of disclosure' },
    rows: { zh: '一行一项应公开的事', en: 'one thing to disclose' },
    columns: [
      ['number', '编号', 'number'],
      ['kind', '种类', 'kind'],
      [
        'subject',
        '活动或基金编号；空为慈善总会',
        'code of campaign or fund; empty for the charity',
      ],
      ['opens_on', '开始日期', 'from'],
      ['due_on', '应公开日期', 'due on'],
      ['state', '状态', 'state'],
      ['done_on', '公开日期', 'done on'],
      ['disclosure', '报告编号', 'number of the report'],
    ],
  },
};

/** A table as CSV, in pieces. */
export async function* csvOf(
  dataset: Dataset,
  rows: AsyncIterable<OpenRow[]>,
): AsyncGenerator<string> {
  const names = tables[dataset].columns.map(([name]) => name);
  yield CSV_BEGIN + csvLine(names);
  for await (const piece of rows)
    yield piece.map((row) => csvLine(names.map((name) => row[name] ?? null))).join('');
}

/** The same as one JSON document, in pieces. */
export async function* jsonOf(
  dataset: Dataset,
  rows: AsyncIterable<OpenRow[]>,
  asOf: string,
): AsyncGenerator<string> {
  const names = tables[dataset].columns.map(([name]) => name);
  const head = { dataset, licence: LICENCE, licenceUrl: LICENCE_URL, asOf };
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
  let comma = '';
  for await (const piece of rows) {
    let text = '';
    for (const row of piece) {
      text += `${comma}\n${JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name] ?? null])))}`;
      comma = ',';
    }
    yield text;
  }
  yield '\n]}\n';
}
