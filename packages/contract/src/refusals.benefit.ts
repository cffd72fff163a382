/** What vouchers, meal cards and their use may refuse; part of `refusals`. */
export const benefitRefusals = {
  voucher_unknown: {
    status: 404,
    zh: '没有找到这张券。请核对，或让本人重新出示。',
    en: 'This voucher was not found. Check it, or ask her to show it again.',
  },
  voucher_code_old: {
    status: 409,
    zh: '这个码不是现在的码。码每 30 秒换一次，照片和截屏不能用，请本人打开手机重新出示。',
    en: 'This is not the present code. It changes every 30 seconds, so a photograph does not work; ask her to show it on her phone.',
  },
  voucher_code_used: {
    status: 409,
    zh: '这个码已经用过一次，不能再用。请等手机上换出新的码再扫。',
    en: 'This code was used once already. Wait until the phone shows the next one.',
  },
  voucher_over: {
    status: 409,
    zh: '这张券已经用完、到期或取消，不能再用。余额已按规定处理，本人可打社区电话询问。',
    en: 'This voucher is used up, past its day or cancelled. She can ask her community about it.',
  },
  voucher_not_goods: {
    status: 409,
    zh: '这是承诺的服务时间，不能在柜台付款。',
    en: 'This is promised time, which cannot pay at a counter.',
  },
  voucher_held: {
    status: 409,
    zh: '这张券的金额正由“{place}”离线柜台占用（{since} 起），请到那里使用，或等那个柜台联网同步。',
    en: 'Its value has been held for the counter at {place} since {since}. Use it there, or wait until that counter is back on line.',
  },
  voucher_in_order: {
    status: 409,
    zh: '这张券正等着一个手机订单付款（{since} 下单）。请先在“我的订单”里付款或取消，再用这张券。',
    en: 'It waits for an order on the phone to be paid (since {since}). Pay or cancel that order first.',
  },
  voucher_goods_wrong: {
    status: 409,
    zh: '这张券只能付它规定的商品，这次能付的只有 {payable}。其余请用别的方式付。',
    en: 'This voucher pays for certain goods only: {payable} of this purchase. Pay the rest another way.',
  },
  voucher_too_little: {
    status: 409,
    zh: '这张券只剩 {left}。不足部分请用别的方式付。',
    en: 'Only {left} is left on this voucher. Pay the rest another way.',
  },
  voucher_scan_old: {
    status: 409,
    zh: '这次扫码已经过了 15 分钟，或已经付过款。请本人重新出示再扫。',
    en: 'This scan is over 15 minutes old or has paid already. Ask her to show the code again.',
  },
  paper_proof_wrong: {
    status: 403,
    zh: '口令或证件号后四位不对，还可以试 {tries} 次。请当面问本人。',
    en: 'The word or the last four digits are wrong; {tries} tries are left. Ask her in person.',
  },
  paper_closed: {
    status: 409,
    zh: '这张纸质码已经停用：丢失后换过新的，或试错 5 次。请本人报证件号后四位，在柜台补打一张。',
    en: 'This paper no longer works: it was replaced, or five wrong words were tried. Print a new one with the last digits of her ID number.',
  },
} as const;
