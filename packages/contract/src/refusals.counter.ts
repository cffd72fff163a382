/** What tills may refuse; part of `refusals`. */
export const counterRefusals = {
  till_unknown: {
    status: 404,
    zh: '没有找到这个收银台，或不在您的站点。请重新选择收银台。',
    en: 'This till was not found, or is not at your station. Choose a till again.',
  },
  till_name_taken: {
    status: 409,
    zh: '这个驿站已有同名的收银台，请直接选它或换个名字。',
    en: 'The station has a till of this name. Choose that one, or another name.',
  },
  shift_not_open: {
    status: 409,
    zh: '还没有开班。请先点清备用金开班，再收款。',
    en: 'No shift is open. Count the float and open one before selling.',
  },
  shift_open_already: {
    status: 409,
    zh: '这个收银台正由{name}当班。请先交班，再开新班。',
    en: 'At this till the shift of {name} is open. Close it first.',
  },
  till_away: {
    status: 409,
    zh: '这个收银台还带着离线备货或代金券，请先同步并归还，再交班。',
    en: 'This till still holds goods or vouchers taken along. Send everything and give them back before closing.',
  },
  supervisor_code_wrong: {
    status: 403,
    zh: '主管口令不对，还可以试 {tries} 次。请主管本人输入。',
    en: 'The supervisor’s code is wrong; {tries} tries are left. The supervisor types it in person.',
  },
  supervisor_code_locked: {
    status: 409,
    zh: '口令试错太多次，请 15 分钟后再试。',
    en: 'Too many wrong codes. Try again in 15 minutes.',
  },
  supervisor_same_person: {
    status: 409,
    zh: '退款和改价要由另一个人输入口令，当班收银员本人的不行。',
    en: 'A refund or price needs another person’s code, not the cashier’s own.',
  },
  pay_code_invalid: {
    status: 400,
    zh: '这不是微信付款码。付款码是 18 位数字，以 10 到 15 开头，请顾客打开微信“收付款”。',
    en: 'This is no WeChat payment code: 18 digits beginning with 10 to 15. Ask the buyer to open “Money” in WeChat.',
  },
  pay_code_failed: {
    status: 409,
    zh: '微信没有收到这笔款（{reason}），没有扣款。请换一个付款码或改用现金。',
    en: 'WeChat did not take this payment ({reason}); nothing was charged. Try another code, or cash.',
  },
  pay_code_closed: {
    status: 409,
    zh: '这个商家没有开通付款码收款，没有扣款。请收现金，或请商家开通后再扫。',
    en: 'This merchant takes no payment codes yet; nothing was charged. Take cash, or have the merchant set it up.',
  },
  code_payment_early: {
    status: 409,
    zh: '刚刚才请求付款，支付服务还不接受撤销。请 {seconds} 秒后再撤销，先问一次结果。',
    en: 'The payment was only just asked for, and the service takes no reversal yet. Ask what became of it, and reverse after {seconds} seconds.',
  },
  refund_not_refused: {
    status: 409,
    zh: '这笔退款支付平台没有拒绝（还在办，或已退成），退现金会退两次。请先查询；只有被拒绝的才能改退现金。',
    en: 'The payment service has not refused this refund: it is under way or done, and cash would be a second one. Ask first; only what was refused may be given back in cash.',
  },
  code_payment_differs: {
    status: 409,
    zh: '扫码付款的金额或状态与这一单不符，请重新收款或撤销那笔付款。',
    en: 'The payment by code does not belong to this sale. Take the payment again, or reverse that one.',
  },
} as const;
