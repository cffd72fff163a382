import { dateInShanghai, formatYuan } from '@wennuan/basics';
import type { ConfirmationField } from '@wennuan/log';
import { chineseAmount } from './chinese-amount.ts';

/** What a donation confirmation says, word for word; its names are those of the signed lines. */
export interface ConfirmationFields {
  number: string;
  code: string;
  donor: string;
  kind: string;
  amount: string;
  amountWords: string;
  target: string;
  purpose: string;
  charity: string;
  handler: string;
  givenOn: string;
  madeOn: string;
  form: string;
}

/** The fields in the order of the paper, with what each is called there. */
export const FIELD_NAMES: readonly [keyof ConfirmationFields, string][] = [
  ['number', '编号'],
  ['donor', '捐赠人'],
  ['kind', '捐赠种类'],
  ['amount', '金额'],
  ['amountWords', '大写'],
  ['target', '捐赠项目'],
  ['purpose', '用途'],
  ['form', '捐赠性质'],
  ['givenOn', '捐赠日期'],
  ['charity', '接受捐赠单位'],
  ['handler', '经办人'],
  ['madeOn', '开具日期'],
  ['code', '校验码'],
];

/** What a gift and its charity give for a confirmation. */
export interface ToConfirm {
  number: string;
  code: string;
  donor: string;
  amountFen: number;
  at: Date;
  target: string;
  purpose: string;
  charity: string;
  handler: string;
  form: string;
  now: Date;
}

/** Every field that the receipt rules ask for (Charity Law 38, receipt Measures 6), of one gift of money. */
export function confirmationFields(gift: ToConfirm): ConfirmationFields {
  const { amountFen, at, now, ...rest } = gift;
  const line = (text: string) => text.replace(/\s+/g, ' ').trim();
  return {
    ...rest,
    donor: line(rest.donor),
    target: line(rest.target),
    purpose: line(rest.purpose).slice(0, 120),
    kind: '货币资金（人民币）',
    amount: formatYuan(amountFen),
    amountWords: chineseAmount(amountFen),
    givenOn: dateInShanghai(at),
    madeOn: dateInShanghai(now),
  };
}

/** The fields as signed lines, in the order of the paper. */
export function signedFields(fields: ConfirmationFields): ConfirmationField[] {
  return FIELD_NAMES.map(([name]) => ({ name, value: fields[name] }));
}

/** Where anybody checks a paper. */
export function checkPath(number: string, code: string): string {
  return `/check?number=${number}&code=${code}`;
}

/** Legal forms for which the federation can ask the state's platform for a fiscal receipt to the giver. */
const WITH_FISCAL = new Set(['public_fundraising', 'designated_form', 'agreed_gift']);

/** True when a fiscal e-receipt can be issued to the giver of such a gift. */
export function mayHaveFiscal(legalForm: string): boolean {
  return WITH_FISCAL.has(legalForm);
}
