import type { Language } from '@wennuan/contract';
import type { Remark, RemarkCode } from './statement.ts';

/** What was found, what it means, what to do: one sentence for each remark, `{name}` from its params. */
const WORDS: Record<RemarkCode, Record<Language, string>> = {
  file_empty: {
    zh: '文件是空的。请重新下载。',
    en: 'The file is empty. Download it again.',
  },
  file_too_large: {
    zh: '文件太大或压缩包已损坏。请按天分开下载后再导入。',
    en: 'The file is too large, or its packing is damaged. Download it day by day.',
  },
  file_is_sheet: {
    zh: '这是 Excel 文件或压缩包。压缩包请先解压；Excel 文件请在表格软件里另存为 CSV（UTF-8）后再导入。',
    en: 'This is an Excel workbook or an archive. Unpack an archive; save a workbook as CSV (UTF-8); then import that.',
  },
  encoding_unknown: {
    zh: '文字编码既不是 UTF-8 也不是 GB18030，文件可能已损坏。请重新下载。',
    en: 'Its text is neither UTF-8 nor GB18030; the file may be damaged. Download it again.',
  },
  not_a_statement: {
    zh: '没有找到对账单的表头。请选择指定平台的捐赠明细，或微信支付的交易账单。',
    en: 'No header of a statement was found. Choose the designated platform’s export or the trade bill of WeChat Pay.',
  },
  columns_missing: {
    zh: '缺少这些列：{columns}。请下载完整的文件，不要删列。',
    en: 'These columns are missing: {columns}. Download the whole file and delete no column.',
  },
  no_rows: {
    zh: '表头下面没有一笔成交的支付或退款，没有可以导入的内容。',
    en: 'Below the header there is no payment or refund that came about, so there is nothing to import.',
  },
  summary_missing: {
    zh: '账单末尾没有汇总行，无法核对文件是否完整。',
    en: 'The bill has no summary at its end, so nobody can tell whether it is whole.',
  },
  summary_differs: {
    zh: '账单末行写“{title}”为 {said}，逐行相加是 {found}。文件可能不完整或被改过，请重新下载。',
    en: 'The bill’s last line says {said} for “{title}”, its rows add up to {found}. It may be cut short or edited; download it again.',
  },
  line_too_long: {
    zh: '这一行长得不像对账单中的一行。文件可能已损坏，请重新下载。',
    en: 'This line is longer than any line of a statement. The file may be damaged; download it again.',
  },
  quote_open: {
    zh: '引号没有结束，后面的内容无法分行。文件可能不完整。',
    en: 'A quote is never closed, so the rest cannot be told apart. The file may be cut short.',
  },
  cells_missing: {
    zh: '这一行只有 {found} 列，应有 {wanted} 列。文件可能不完整。',
    en: 'This row has {found} cells instead of {wanted}. The file may be cut short.',
  },
  order_missing: {
    zh: '没有商户号或商户订单号，无法认出是哪一笔。',
    en: 'It has no merchant or merchant order number, so nobody can tell which payment it is.',
  },
  number_spoiled: {
    zh: '单号“{text}”已被表格软件改成科学计数法，后几位丢失。请用原始文件，不要另存。',
    en: 'A spreadsheet has rounded the number “{text}”, and its last digits are lost. Use the original file.',
  },
  amount_invalid: {
    zh: '金额“{text}”不是一个数额。',
    en: '“{text}” is no amount.',
  },
  amount_too_fine: {
    zh: '金额“{text}”细于一分钱，无法入账。请向出具文件的一方核实。',
    en: 'The amount “{text}” is finer than a fen and cannot be booked. Ask whoever issued the file.',
  },
  amount_zero: {
    zh: '金额为零。',
    en: 'The amount is zero.',
  },
  fee_invalid: {
    zh: '手续费“{text}”不是一个数额。',
    en: 'The fee “{text}” is no amount.',
  },
  time_invalid: {
    zh: '时间“{text}”看不懂，或这一天不存在。',
    en: 'The time “{text}” cannot be read, or there is no such day.',
  },
  time_ahead: {
    zh: '时间“{text}”在今天之后。',
    en: 'The time “{text}” is in the future.',
  },
  state_unknown: {
    zh: '不认识状态“{state}”，不能判断钱是否收到。',
    en: 'The state “{state}” is not known, so nobody can tell whether the money came.',
  },
  currency_unknown: {
    zh: '货币是“{currency}”，不是人民币。',
    en: 'The currency is “{currency}”, not yuan.',
  },
  order_conflicts: {
    zh: '订单 {order} 与第 {before} 行相同，金额或项目却不同。请向出具文件的一方核实。',
    en: 'Order {order} also stands in line {before}, with another amount or project. Ask whoever issued the file.',
  },
  refund_conflicts: {
    zh: '退款单 {refund} 与第 {before} 行相同，内容却不同。',
    en: 'Refund {refund} also stands in line {before}, with other content.',
  },
  refund_number_missing: {
    zh: '订单 {order} 的退款没有退款单号。',
    en: 'The refund of order {order} has no refund number.',
  },
  refund_too_much: {
    zh: '订单 {order} 退的比收的多。',
    en: 'More goes back of order {order} than came in.',
  },
  not_paid: {
    zh: '订单 {order} 的状态是“{state}”，没有收到钱，不入账。',
    en: 'Order {order} is “{state}”: no money came, nothing is booked.',
  },
  refund_pending: {
    zh: '订单 {order} 的退款还在处理，成功后再入账。',
    en: 'The refund of order {order} is still under way and is booked once it has succeeded.',
  },
  refund_failed: {
    zh: '订单 {order} 的退款没有成功，钱还在账上。',
    en: 'The refund of order {order} failed; the money is still here.',
  },
  refund_amount_missing: {
    zh: '订单 {order} 部分退款，但没有写退了多少。以微信支付账单为准。',
    en: 'Order {order} was refunded in part, but not how much; the bill of WeChat Pay decides.',
  },
  refund_unknown_order: {
    zh: '退款单 {refund} 退的订单 {order} 不在任何已导入的文件里。已记为待追回的 {amount} 元，导入原订单后自动冲抵。',
    en: 'Refund {refund} is of order {order}, which no imported file has. ¥{amount} is booked as a receivable until that order comes.',
  },
  project_missing: {
    zh: '订单 {order} 没有项目编号，先单独存放。',
    en: 'Order {order} names no project; its money is held apart.',
  },
  columns_absent: {
    zh: '没有“{columns}”一列，按没有处理。',
    en: 'There is no column “{columns}”; taken as none.',
  },
};

/** The sentence of a remark in a language. */
export function remarkSentence({ code, params }: Remark, language: Language): string {
  return WORDS[code][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
