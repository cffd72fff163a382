/** What charity sales may refuse besides `charity_sale_not_now` and `charity_sale_not_online`; part of `refusals`. */
export const charitySaleRefusals = {
  proceeds_too_high: {
    status: 409,
    zh: '这笔比义卖还没到账的 ¥{missing} 多。请核对银行金额：多出来的钱在“待认领来款”里处理。',
    en: 'This is more than the ¥{missing} still missing of the charity sale. Check the bank’s sum; what is more is dealt with among credits nobody claimed.',
  },
  charity_sale_target_unknown: {
    status: 404,
    zh: '没有找到这个基金或募捐活动，请重新选择所得给谁。',
    en: 'This fund or campaign was not found. Choose again whom everything goes to.',
  },
  charity_sale_days_wrong: {
    status: 400,
    zh: '义卖日期不对：结束日不能早于开始日，也不能已经过去。请改日期。',
    en: 'The days are wrong: it cannot end before it begins or in the past. Change the days.',
  },
  charity_sale_papers_missing: {
    status: 409,
    zh: '还没有上传签好的协议和义卖方案，不能送审或开卖。请先上传这两份材料。',
    en: 'The signed agreement and the plan are not on file, so it cannot be submitted or opened. Attach both first.',
  },
  charity_sale_without_things: {
    status: 409,
    zh: '还没有义卖品，不能开卖。请先从入库的捐赠物资里选。',
    en: 'Nothing is in it yet, so it cannot open. Choose from the donated goods that were taken in.',
  },
  charity_sale_receiver_missing: {
    status: 409,
    zh: '总会自己的收款商户号还没有登记或没有审核通过，义卖款没有地方收。请先登记并由另一人审核。',
    en: 'The federation’s own merchant number is not on file or not agreed to, so the money has nowhere to go. Enter it and have a second person agree.',
  },
  charity_sale_donor_missing: {
    status: 409,
    zh: '这批物资没有登记捐赠人，不能义卖。请先把它登记为实物捐赠，估值并入库。',
    en: 'Nobody is on file as the donor of these goods, so they cannot be sold for charity. Enter them as a gift in kind, valued and taken in, first.',
  },
  charity_sale_lot_taken: {
    status: 409,
    zh: '这批物资已经在一场义卖里，请选别的。',
    en: 'This lot is in a charity sale already. Choose another.',
  },
  charity_sale_over: {
    status: 409,
    zh: '义卖“{name}”现在没有在卖，“{thing}”不能卖了。请从购物车里移出。',
    en: 'The charity sale “{name}” is not selling now, so “{thing}” cannot be bought. Take it out of the cart.',
  },
  charity_sale_elsewhere: {
    status: 409,
    zh: '“{thing}”不在这个驿站义卖，请到：{places}。',
    en: '“{thing}” is not sold at this station. It is sold at: {places}.',
  },
  charity_sale_alone: {
    status: 409,
    zh: '一单只能买同一场义卖的物品，请分两单结账。',
    en: 'One order holds the things of one charity sale only. Make two orders.',
  },
  charity_sale_no_voucher: {
    status: 409,
    zh: '代金券不能买义卖品：券本来就是善款。请换现金或手机付款。',
    en: 'Vouchers do not pay in a charity sale: they are charity money already. Pay with cash or by telephone.',
  },
  charity_sale_settled: {
    status: 409,
    zh: '这场义卖的所得已经进入基金，收银台不能再退。东西有问题的，请总会从该基金另行申请支出。',
    en: 'The proceeds of this charity sale are in the fund already, so the till cannot give them back. If the thing is faulty, the federation proposes a payment from that fund.',
  },
  planner_may_not_settle: {
    status: 409,
    zh: '这场义卖是您策划的，结算须由另一位工作人员办理。',
    en: 'You planned this charity sale, so somebody else must settle it.',
  },
  bank_reference_taken: {
    status: 409,
    zh: '这个银行回单号已经用过，请核对。',
    en: 'This bank reference has been used already. Please check it.',
  },
} as const;
