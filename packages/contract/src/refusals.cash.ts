/** What the module `cash` refuses. */
export const cashRefusals = {
  counter_name_taken: {
    status: 409,
    zh: '这个社区已有同名的收款点。请换一个名称。',
    en: 'This community already has a counter of that name. Choose another.',
  },
  cash_giver_unknown: {
    status: 404,
    zh: '这个手机号还没有注册，捐赠不能记到账户里。可以不填手机号，捐赠人凭小票上的二维码一样能查。',
    en: 'Nobody has signed up with this telephone number, so the gift cannot go into an account. Leave it empty; the code on the slip leads to the gift all the same.',
  },
  cash_count_waits: {
    status: 409,
    zh: '上一次盘点有差异，还在等第二个人确认。请先请另一位同事清点确认。',
    en: 'The last count differed and waits for a second person. Ask a colleague to count and confirm first.',
  },
  cash_note_required: {
    status: 400,
    zh: '清点的现金与账面不符。请写明可能的原因，再由另一位同事确认。',
    en: 'The cash counted is not what the books say. Write down why it may be so; a colleague then confirms it.',
  },
  cash_count_differs: {
    status: 409,
    zh: '两个人清点的结果不一样，什么都没有入账。请两人一起重新清点。',
    en: 'The two counts are not the same, so nothing was booked. Count again together.',
  },
  second_person_required: {
    status: 403,
    zh: '清点要由两个人分别完成，第一位清点的人不能自己确认。请另一位同事登录后确认。',
    en: 'Two people count. Whoever counted first cannot confirm it; ask a colleague to sign in and do so.',
  },
  cash_not_on_hand: {
    status: 409,
    zh: '这个收款点账面现金只有 ¥{available}，不能缴存更多。请核对金额。',
    en: 'The books of this counter have ¥{available} in cash, so no more can be paid in. Check the amount.',
  },
  cash_slip_used: {
    status: 409,
    zh: '这个缴款单号已经登记过，一张缴款单只登记一次。请核对单号。',
    en: 'This paying-in slip is on record already, and each is recorded once. Check its number.',
  },
  cash_deposit_at_bank: {
    status: 409,
    zh: '银行流水已经与这张缴款单对上，不能作废。金额不对的，请先在银行对账里解除对应。',
    en: 'The bank’s statement has met this slip, so it cannot be taken back. If the amount is wrong, undo the match in the bank’s statement first.',
  },
  box_not_sealed: {
    status: 409,
    zh: '这个募捐箱已经撤回，没有需要开启的。',
    en: 'This box has been withdrawn; there is nothing to open.',
  },
  box_opening_waits: {
    status: 409,
    zh: '这个募捐箱上一次开启还在等第二个人清点确认。请先完成那一次。',
    en: 'The last opening of this box waits for a second person to count. Finish that first.',
  },
  seal_note_required: {
    status: 400,
    zh: '封条破损或编号与登记的 {seal} 不符。请写明情况，并拍下封条。',
    en: 'The seal is broken, or its number is not {seal} as recorded. Write down what you found and photograph the seal.',
  },
} as const;
