/** Words of paying for a gift. */
export const zhPay = {
  pay: {
    title: '付款',
    description: '为一笔捐赠付款',
    way: '付款方式',
    scan: '请用{{channel}}扫一扫付款',
    codeAlt: '{{channel}}付款二维码',
    go: '去{{channel}}付款',
    sandbox: '沙箱：模拟扫码付款',
    sandboxLead: '演示区的二维码不会真的扣款。点这里，代替用微信扫一扫。',
    waits: '付款后这一页会自己更新，不用刷新。',
    until: '请在这之前付款：',
    ask: '我已付款，请查一下',
    asked: '已经问过支付渠道，收到就会显示。',
    paid: '已经收到，谢谢您。',
    over: '这笔付款已经过了时间或没有成功，没有扣款的话可以重新捐。',
    toGift: '看这笔捐赠',
    tryAgain: '再试一次',
  },
} as const;
