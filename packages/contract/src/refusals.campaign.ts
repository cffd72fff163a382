/** What campaigns, matching, pledges and monthly gifts refuse. */
export const campaignRefusals = {
  pot_open_already: {
    status: 409,
    zh: '这个活动已有一笔配捐资金正在使用，每笔捐赠只配一次。等它结束后再开新的。',
    en: 'This campaign already has a matching pot in use, and a gift is matched once. Open another when it has ended.',
  },
  pot_campaign_form: {
    status: 409,
    zh: '配捐只用于公开募捐或定向募捐的活动。请换一个活动。',
    en: 'Matching is for campaigns of public or designated-form fundraising. Choose another campaign.',
  },
  pledge_sum_differs: {
    status: 400,
    zh: '各期金额加起来是 {sum} 元，与认捐总额不符。请改成一致。',
    en: 'The instalments add up to ¥{sum}, which is not the sum promised. Make them agree.',
  },
  pledge_gift_differs: {
    status: 409,
    zh: '这笔捐赠不是给这个活动的，不能算作兑现这笔认捐。',
    en: 'That gift was for something else, so it does not fulfil this pledge.',
  },
  pledge_gift_taken: {
    status: 409,
    zh: '这笔捐赠已经算作兑现了一笔认捐，不能算两次。',
    en: 'That gift already fulfils a pledge and is not counted twice.',
  },
  pledge_ended: {
    status: 409,
    zh: '这笔认捐已经结束。',
    en: 'This pledge has ended.',
  },
  monthly_running: {
    status: 409,
    zh: '您对这个活动已有一份月捐。请先结束它，再设新的。',
    en: 'You already give to this campaign each month. End that first.',
  },
  monthly_turn_ended: {
    status: 409,
    zh: '这个月的月捐已经捐过或跳过了。',
    en: 'This month’s gift has been given or skipped.',
  },
  fund_agreement_missing: {
    status: 400,
    zh: '专项基金凭协议设立。请填写协议对方、编号、日期和用途。',
    en: 'A special fund is opened under an agreement. Enter with whom, its number, day and purpose.',
  },
  campaign_not_ended: {
    status: 409,
    zh: '活动还没有结束，不能发布结果。结束日期之后再发布。',
    en: 'The campaign has not ended, so it has no result yet. Publish it after its last day.',
  },
} as const;
