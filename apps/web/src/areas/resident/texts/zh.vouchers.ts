/** Words of one's own vouchers and their code. */
export default {
  vouchers: {
    title: '我的券',
    lead: '到驿站买东西时出示二维码付款。剩下的钱数随时可看。',
    none: '您现在没有可用的券',
    noneBody: '社区发放代金券、助餐卡、电子券或慰问包后，会出现在这里，也会给您发消息。',
    all: '看我的全部帮扶',
    open: '用这张券',
    left: '还剩',
    until: '{{date}} 前有效',
    kind: {
      voucher: '代金券',
      meal_card: '助餐卡',
      coupon: '电子券',
      pack: '慰问包',
      hours: '服务时间',
    },
    show: '出示给收银员扫一扫',
    qr: '付款二维码',
    changes: '二维码每 30 秒自动更换，{{seconds}} 秒后换新。',
    photo: '截屏和照片不能用，别人也用不了。',
    again: '换一个新码',
    inOrder:
      '您有一个手机订单（{{since}}）等着付款，这张券的金额先为它留着。付款或取消后就能再用。',
    held: '这张券的金额现在由“{{place}}”离线柜台占用，请到那里使用。从 {{since}} 起占用，柜台联网后恢复。',
    over: '这张券已经不能用了。',
    hours: '这是志愿者答应给您的服务时间，不用扫码。',
    paysFor: '能买：{{goods}}',
    paysForAll: '驿站里的生活用品都能买，烟酒除外。',
    bought: '这张券买了什么',
    boughtNone: '还没有用过。',
    givenBack: '已退回 {{amount}}',
    rules: '券不能转让、不能换现金、不能充值。到期没用完的钱退回原来的基金。',
    paper:
      '没有手机或手机坏了，可以请社区工作人员打印一张纸质券，带上您说好的口令或报证件号后四位就能用。',
    back: '返回我的券',
  },
} as const;
