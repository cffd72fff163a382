import { formatYuan } from '@wennuan/basics';
import type { Language } from '@wennuan/contract';
import type { Purpose } from './accounts.ts';

/** An amount inside a sentence: "1 元", "0.50 元"; English "¥1.00". */
export function amountWords(amountFen: number, language: Language): string {
  if (language === 'en') return formatYuan(amountFen);
  const figure = formatYuan(amountFen).slice(1);
  return `${figure.endsWith('.00') ? figure.slice(0, -3) : figure} 元`;
}

/** Sentences of traces, in every language. Short, active, for somebody who never kept a book. */
export const traceWords = {
  zh: {
    /** Between two sentences of one step. */
    between: '',
    you: '您',
    givers: (count: number) => (count === 1 ? '1 笔捐赠' : `爱心人士等 ${count} 笔捐赠`),
    other: '其他账户',
    before: '系统启用前的记录',
    helped: (street: string) => `${street}困难居民`,
    delivered: '已送达',
    confirmed: '本人已确认收到',
    account: {
      item: (label: string, area: string) => `${area}心愿“${label}”的专用账`,
      fund: (label: string) => `“${label}”`,
      campaign: (label: string) => `募捐活动“${label}”`,
      other: (label: string) => `“${label}”`,
    },
    given: (amount: string, day: string, into: string) =>
      `您于 ${day}捐的 ${amount}，已记入${into}。`,
    spentOnItem: (
      amount: string,
      day: string,
      item: { title: string; area: string; payee: string },
    ) => `您的 ${amount}于 ${day}用于${item.area}“${item.title}”，付给了${item.payee}`,
    spent: (amount: string, day: string, way: { from: string; payee: string }) =>
      `您的 ${amount}于 ${day}从${way.from}付给了${way.payee}`,
    helpedPerson: (amount: string, month: string, street: string) =>
      `您的 ${amount}在 ${month}帮到了${street}的困难居民。为保护隐私，不写姓名和细节。`,
    redeemed: (amount: string, month: string, goods: readonly string[]) =>
      `您的 ${amount}在 ${month}由受助居民凭券在驿站换成了${goods.join('、') || '生活用品'}。`,
    unused: (amount: string, month: string, to: string) =>
      `您的 ${amount}曾发给受助居民的券，没有用完，已于 ${month}退回${to}，留着帮助别人。`,
    goodsBack: (amount: string, month: string, to: string) =>
      `其中 ${amount}买的东西在 ${month}退了货，钱退回${to}。`,
    handedOn: (amount: string, day: string, way: { from: string; to: string }) =>
      `${way.from}已经办好，还有余款；您的 ${amount}于 ${day}按捐款前说明的办法转入${way.to}。`,
    moved: (amount: string, day: string, way: { from: string; to: string }) =>
      `您的 ${amount}于 ${day}从${way.from}转入${way.to}。`,
    managed: (amount: string, day: string) =>
      `您的 ${amount}于 ${day}按备案的比例提取为管理费，用于总会的日常运行。`,
    changed: (amount: string, day: string, way: { from: string; to: string }) =>
      `您的 ${amount}于 ${day}经捐赠人同意或重新备案，从${way.from}改用于${way.to}。`,
    returned: (amount: string, day: string) => `您的 ${amount}已于 ${day}依据登记的理由退还。`,
    outcome: (delivered: boolean, confirmed: boolean) =>
      confirmed ? '，已送达，本人已确认收到。' : delivered ? '，已送达。' : '。',
    resting: (amount: string, where: string) => `您的 ${amount}还在${where}里，没有动用。`,
    before_you: (amount: string) => `排在它前面的还有 ${amount}，先来的先用。`,
    next: '下一笔支出就会用到它。',
    queue: (amount: string) => `前面还有 ${amount}`,
    further: (amount: string) => `还有 ${amount}转了好几次，这里先写到这一步。`,
    moreSteps: (count: number) => `另有 ${count} 步没有一一写出，可看下面的图和表。`,
    paid: (amount: string, day: string, way: { from: string; payee: string }) =>
      `这笔 ${amount}于 ${day}从${way.from}付给${way.payee}。`,
    cameFrom: (amount: string, count: number, channel: string) =>
      `其中 ${amount}来自${channel}收到的 ${count} 笔捐赠。`,
    cameBefore: (amount: string) =>
      `其中 ${amount}在本系统启用之前就已收到，没有逐笔记录，这条路查到这里为止。`,
    cameOn: (amount: string, from: string) => `其中 ${amount}是${from}的余款转来的。`,
    earlier: (amount: string) => `还有 ${amount}要再往前查。`,
  },
  en: {
    between: ' ',
    you: 'You',
    givers: (count: number) => (count === 1 ? '1 gift' : `${count} gifts of kind-hearted people`),
    other: 'another account',
    before: 'before the record',
    helped: (street: string) => `residents in hardship, ${street}`,
    delivered: 'delivered',
    confirmed: 'receipt confirmed',
    account: {
      item: (label: string, area: string) => `the account of the wish “${label}” (${area})`,
      fund: (label: string) => `“${label}”`,
      campaign: (label: string) => `the campaign “${label}”`,
      other: (label: string) => `“${label}”`,
    },
    given: (amount: string, day: string, into: string) =>
      `The ${amount} you gave on ${day} went into ${into}.`,
    spentOnItem: (
      amount: string,
      day: string,
      item: { title: string; area: string; payee: string },
    ) =>
      `${amount} of yours was used on ${day} for “${item.title}” in ${item.area}, paid to ${item.payee}`,
    spent: (amount: string, day: string, way: { from: string; payee: string }) =>
      `${amount} of yours was paid on ${day} from ${way.from} to ${way.payee}`,
    helpedPerson: (amount: string, month: string, street: string) =>
      `${amount} of yours helped residents in hardship in ${street} in ${month}. To protect them, no name or detail is given.`,
    redeemed: (amount: string, month: string, goods: readonly string[]) =>
      `With vouchers, ${amount} of yours became ${goods.join(', ') || 'things for daily life'} at a station in ${month}.`,
    unused: (amount: string, month: string, to: string) =>
      `${amount} of yours had become vouchers that were not used up; in ${month} it went back to ${to} to help others.`,
    goodsBack: (amount: string, month: string, to: string) =>
      `Things bought with ${amount} of it were given back in ${month}; the money went back to ${to}.`,
    handedOn: (amount: string, day: string, way: { from: string; to: string }) =>
      `${way.from} was done with something left over; ${amount} of yours went on to ${way.to} on ${day}, as you were told before you gave.`,
    moved: (amount: string, day: string, way: { from: string; to: string }) =>
      `${amount} of yours moved from ${way.from} to ${way.to} on ${day}.`,
    managed: (amount: string, day: string) =>
      `${amount} of yours went to the federation’s management cost on ${day}, the part that was filed.`,
    changed: (amount: string, day: string, way: { from: string; to: string }) =>
      `${amount} of yours moved from ${way.from} to ${way.to} on ${day}, with the giver’s consent or a new filing.`,
    returned: (amount: string, day: string) =>
      `${amount} of yours went back on ${day}, on the ground on record.`,
    outcome: (delivered: boolean, confirmed: boolean) =>
      confirmed
        ? '; it was delivered, and its receipt was confirmed.'
        : delivered
          ? '; it was delivered.'
          : '.',
    resting: (amount: string, where: string) =>
      `${amount} of yours still lies in ${where}, unused.`,
    before_you: (amount: string) => `${amount} stands before it: what came first is used first.`,
    next: 'The next payment will use it.',
    queue: (amount: string) => `${amount} stands before it`,
    further: (amount: string) =>
      `${amount} moved several more times; this page shows the first steps.`,
    moreSteps: (count: number) => `${count} more steps are in the picture and table below.`,
    paid: (amount: string, day: string, way: { from: string; payee: string }) =>
      `These ${amount} were paid on ${day} from ${way.from} to ${way.payee}.`,
    cameFrom: (amount: string, count: number, channel: string) =>
      `${amount} of it came from ${count} gifts received over ${channel}.`,
    cameBefore: (amount: string) =>
      `${amount} of it was there before this record began, without single gifts; the path ends here.`,
    cameOn: (amount: string, from: string) => `${amount} of it was left over from ${from}.`,
    earlier: (amount: string) => `${amount} goes further back.`,
  },
} as const;

export type TraceWords = (typeof traceWords)[Language];

/** An account inside a sentence. */
export function accountWords(
  purpose: Purpose | undefined,
  areaName: string,
  words: TraceWords,
): string {
  if (!purpose) return words.other;
  if (purpose.kind === 'item') return words.account.item(purpose.label, areaName);
  if (purpose.kind === 'campaign') return words.account.campaign(purpose.label);
  if (purpose.kind === 'fund') return words.account.fund(purpose.label);
  return words.account.other(purpose.label);
}
