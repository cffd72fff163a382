/** What group-buys may refuse; part of `refusals`. */
export const groupBuyRefusals = {
  ticket_invalid: {
    status: 403,
    zh: '参加凭据已过期。请返回拼团页刷新后再点“参加”。',
    en: 'Your ticket to join has expired. Go back to the group-buy’s page, reload it and join again.',
  },
  group_share_lapsed: {
    status: 409,
    zh: '为您保留的时间已过，没有付款。请重新参加，如已售完会告诉您。',
    en: 'The time your share was held is over and nothing was paid. Join again; you will be told if all are sold.',
  },
  group_share_paid: {
    status: 409,
    zh: '这份已经付款，不能直接退出。如不想要了，请联系驿站。',
    en: 'This share is paid, so it cannot simply be left. If you no longer want it, ask the station.',
  },
  group_share_not_paid: {
    status: 409,
    zh: '这一份没有付款或已退款，不能取货。请与邻居核对取货码。',
    en: 'This share is not paid, or was paid back, so nothing can be fetched. Check the code with your neighbour.',
  },
  seller_channel_missing: {
    status: 409,
    zh: '商家还没有开通网上收款，不能在线付款。请联系驿站。',
    en: 'The merchant does not take payments online yet. Please ask the station.',
  },
  group_steps_wrong: {
    status: 400,
    zh: '价格阶梯不对：第一档从 1 件起，件数越多价格越低，且不超过总件数。',
    en: 'The price steps are not right: the first begins with 1 piece, and each later one has more pieces, a lower price, and no more pieces than there are.',
  },
  group_limit_below_minimum: {
    status: 400,
    zh: '总件数不能少于成团件数，请修改。',
    en: 'There cannot be fewer pieces than the group needs. Please correct it.',
  },
  group_deadline_wrong: {
    status: 400,
    zh: '截止时间要晚于现在，取货日要晚于截止日。',
    en: 'The deadline must lie ahead, and the pick-up day after it.',
  },
  group_not_open: {
    status: 409,
    zh: '这次拼团已经结束，不能再取消。',
    en: 'This group-buy has ended and can no longer be called off.',
  },
  group_not_reached: {
    status: 409,
    zh: '这次拼团还没有成团，或已经订货。',
    en: 'This group-buy has not been reached yet, or was ordered already.',
  },
  group_not_ordered: {
    status: 409,
    zh: '请先登记已向商家订货，再登记到货。',
    en: 'Note first that it was ordered, then that it arrived.',
  },
  group_not_arrived: {
    status: 409,
    zh: '这次拼团的货还没有到站。到货后会通知大家来取。',
    en: 'The goods of this group-buy have not arrived yet. Everybody is told when they have.',
  },
} as const;
