/** What the modules `fund` and `donation` refuse. */
export const moneyRefusals = {
  // fund and donation
  balance_too_low: {
    status: 409,
    zh: '账户余额不足：可用 {available} 元。',
    en: 'The account holds too little: ¥{available} available.',
  },
  fund_management_exists: {
    status: 409,
    zh: '管理费账户只有一个，已经开立。请在基金列表里使用它。',
    en: 'There is one fund for management costs, and it is open already. Use it from the list of funds.',
  },
  payee_missing: { status: 400, zh: '请选择收款方。', en: 'Choose who is to be paid.' },
  proposal_not_approved: {
    status: 409,
    zh: '审批还没有完成，不能付款。',
    en: 'It is not yet approved, so it cannot be paid.',
  },
  payment_already_made: {
    status: 409,
    zh: '这笔款已经付过，不会重复付。',
    en: 'This has been paid already and is not paid twice.',
  },
  payment_lapsed: {
    status: 409,
    zh: '这笔订单超过 30 分钟没有付款，已经关闭，没有扣款。要捐的话，请回到募捐页再捐一次。',
    en: 'This order was not paid within 30 minutes and is closed; nothing was charged. To give, go back to the campaign and give again.',
  },
  proposal_is_list: {
    status: 409,
    zh: '这份申请有多个收款人，请逐笔付款或编入付款批次。',
    en: 'This proposal names many payees. Pay them one by one, or put them into a payment batch.',
  },
  proposal_partly_paid: {
    status: 409,
    zh: '这份申请已有款项送银行或已付，不能整份撤回。没有付的可以逐笔撤回。',
    en: 'Part of this proposal is at the bank or paid, so it cannot be taken back whole. Withdraw what is not paid one by one.',
  },
  line_in_batch: {
    status: 409,
    zh: '这一笔已编入付款批次，正在等银行的结果。结果出来之前不能再付，也不能撤回。',
    en: 'This payment is in a batch and waits for the bank’s answer. Until then it is neither paid again nor withdrawn.',
  },
  line_not_in_batch: {
    status: 409,
    zh: '这一笔不在付款批次里，银行的结果对不上。请核对批次号和序号。',
    en: 'This payment is in no batch, so the bank’s answer does not fit it. Check the batch number and the line.',
  },
  line_tried_twice: {
    status: 409,
    zh: '这一笔已经退回两次，不再重付。请撤回后核实收款人，重新申请。',
    en: 'This payment was rejected twice and is not sent again. Withdraw it, check the payee, and propose it anew.',
  },
  payee_not_signed: {
    status: 409,
    zh: '“{payee}”的收款账户还没有两人签字确认，不能付款。请先在收款账户名册上登记并签字。',
    en: 'The bank account of {payee} is not signed by two people, so nothing is paid to it. Enter it in the list of payees and have it signed first.',
  },
  period_closed: {
    status: 409,
    zh: '{month} 已结账，不能再记这个月的账。请记到当前开放的月份，并写明说明。',
    en: '{month} is closed and takes no more entries. Enter it in the open month, with a note.',
  },
  budget_line_required: {
    status: 400,
    zh: '这个账户有预算，请选择从哪一项预算列支。',
    en: 'This account has a budget. Choose the budget line to spend from.',
  },
  budget_line_unknown: {
    status: 400,
    zh: '没有找到这一项预算，或它不属于这个账户。请重新选择。',
    en: 'This budget line is not known, or belongs to another account. Choose again.',
  },
  budget_line_taken: {
    status: 409,
    zh: '这个账户已有同名的预算项，请换一个名称或调整原来的一项。',
    en: 'The account has a budget line of this name already. Choose another name, or change that line.',
  },
  over_budget: {
    status: 409,
    zh: '超出预算：“{line}”还剩 {left} 元。请减少金额，或先调整预算。',
    en: 'Over budget: “{line}” has ¥{left} left. Ask for less, or change the budget first.',
  },
  budget_below_bound: {
    status: 409,
    zh: '已有 {bound} 元申请或支出，预算不能低于这个数。',
    en: '¥{bound} is asked for or spent already; the budget cannot be lower.',
  },
  campaign_ticks_missing: {
    status: 409,
    zh: '公开募捐还缺：{missing}。补齐后才能开启。',
    en: 'Public fundraising still lacks: {missing}. It opens once they are on file.',
  },
  campaign_not_open: {
    status: 409,
    zh: '这个募捐活动现在不接受捐赠。',
    en: 'This campaign takes no gifts at present.',
  },
  item_not_open: {
    status: 409,
    zh: '这个心愿现在不接受捐款，您可以支持别的心愿。',
    en: 'This wish takes no gifts now; you can support another.',
  },
  claim_locked: {
    status: 409,
    zh: '这个心愿已被认领，{until} 前为对方保留。',
    en: 'This wish is claimed and kept for the claimant until {until}.',
  },
  claim_expired: {
    status: 409,
    zh: '认领已到期，心愿已重新开放。您可以再次认领。',
    en: 'The claim has run out and the wish is open again. You can claim it anew.',
  },
  claim_too_much: {
    status: 400,
    zh: '认领金额超过还需的 {needed} 元。',
    en: 'The claim is more than the ¥{needed} still needed.',
  },
  signature_invalid: {
    status: 401,
    zh: '通知签名不对，已拒收。',
    en: 'The notice’s signature is not valid; it was not accepted.',
  },
  notice_altered: {
    status: 409,
    zh: '同一订单的内容与先前不一致，已拒收并记录。',
    en: 'The same order came with other content; refused and noted.',
  },
  notice_too_old: {
    status: 400,
    zh: '通知时间与当前相差过大，已拒收。',
    en: 'The notice’s time is too far from now; refused.',
  },
  project_unknown: {
    status: 404,
    zh: '没有这个募捐编号。',
    en: 'There is no project with this code.',
  },
} as const;
