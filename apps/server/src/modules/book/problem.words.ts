import type { Language } from '@wennuan/contract';

interface Words {
  accountUnknown(code: string): string;
  kindUnknown(word: string): string;
  amountUnreadable: string;
  openingIsNothing: string;
  managementAboveSpent: string;
  yearMissing: string;
  repeated: string;
  lineUnreadable: string;
}

/** What is wrong with a line of a file that the accountant brings, in her language. */
export const problemWords: Readonly<Record<Language, Words>> = {
  zh: {
    accountUnknown: (code) => `没有编号“${code}”的基金或募捐活动，请先开立`,
    kindUnknown: (word) => `类型“${word}”应为“期初余额”或“以前年度”`,
    amountUnreadable: '金额应为数字，最多两位小数，不能是负数',
    openingIsNothing: '期初余额应大于 0',
    managementAboveSpent: '管理费不能大于支出',
    yearMissing: '请填写年度，如 2025',
    repeated: '同一账户重复填写',
    lineUnreadable: '日期或金额读不懂，一行只能有收入或支出',
  },
  en: {
    accountUnknown: (code) => `No fund or campaign has the number “${code}”; open it first`,
    kindUnknown: (word) =>
      `The kind “${word}” should be “期初余额” (opening balance) or “以前年度” (earlier year)`,
    amountUnreadable: 'Amounts are numbers with at most two decimals, never negative',
    openingIsNothing: 'An opening balance is more than 0',
    managementAboveSpent: 'Management cost cannot be more than what was spent',
    yearMissing: 'Write the year, such as 2025',
    repeated: 'The same account stands here twice',
    lineUnreadable: 'Day or amount cannot be read; a line is either in or out',
  },
};
