/** What the module `payment` refuses. */
export const paymentRefusals = {
  // payment
  statement_imported: {
    status: 409,
    zh: '这个文件已经导入，不能放到一边。如有不符，请在对账差异里写明。',
    en: 'This file has been imported and cannot be put aside. If something is wrong, note it beside the difference.',
  },
  statement_unreadable: {
    status: 400,
    zh: '文件里有 {count} 处看不懂，什么都没有导入。第一处：{first}',
    en: 'The file has {count} places that cannot be read, so nothing was imported. The first: {first}',
  },
  bill_not_yet: {
    status: 409,
    zh: '这一天还没有结束，渠道还没有账单。账单一般在次日上午十点后可以下载。',
    en: 'That day is not over, so the channel has no bill of it. Bills can be fetched from ten o’clock the morning after.',
  },
  channel_refused: {
    status: 409,
    zh: '支付渠道没有接受：{reason}。请换一种方式，或稍后再试。',
    en: 'The payment channel did not accept this: {reason}. Choose another way, or try again later.',
  },
  channel_away: {
    status: 503,
    zh: '支付渠道现在连不上，没有扣款。请稍后再试，填写的内容还在。',
    en: 'The payment channel cannot be reached at present; nothing was charged. Try again later; what you typed is kept.',
  },
  channel_unknown: {
    status: 404,
    zh: '没有这个支付渠道，或尚未开通。',
    en: 'There is no such payment channel, or it is not set up.',
  },
  project_attached: {
    status: 409,
    zh: '这个项目编号已经归入“{campaign}”，不能再改归别处。',
    en: 'This project number already belongs to “{campaign}” and cannot be moved elsewhere.',
  },
  campaign_form_differs: {
    status: 409,
    zh: '这笔钱是在指定平台公开募来的，只能归入公开募捐或定向募捐的活动。请换一个活动。',
    en: 'This money was raised in public on the designated platform; it can only go to a campaign of public or designated-form fundraising. Choose another.',
  },
} as const;
