/** What the modules `payout` and `book` refuse. */
export const payoutRefusals = {
  credit_not_held: {
    status: 409,
    zh: '这笔来款还没有单独存放。请先登记为待查来款，再提出退回。',
    en: 'This credit is not held apart yet. Hold it as unknown first, then ask for its return.',
  },
  bank_kinds_mixed: {
    status: 409,
    zh: '现金缴款单不能和别的账目一起对应同一笔银行流水。请分开对应。',
    en: 'Paying-in slips of cash cannot share a line of the bank with other entries. Match them apart.',
  },
  refund_no_channel: {
    status: 409,
    zh: '这笔捐赠不是经支付渠道来的，或那个渠道已停用，不能原路退回。请用银行转账退还，再登记退款回单。',
    en: 'This gift did not come over a payment channel, or that channel is no longer set up, so it cannot go back the same way. Send it by bank and record the bank’s slip.',
  },
  refund_under_way: {
    status: 409,
    zh: '这笔退款正在支付渠道办理，结果还没有确定，不能另行登记，以免退两次。系统会继续查询，请等渠道答复。',
    en: 'The channel is still at work on this refund and its end is not known, so nothing else is recorded, lest it go back twice. The system keeps asking; wait for the channel’s answer.',
  },
  bank_number_invalid: {
    status: 400,
    zh: '银行账号应为 8 到 32 位数字，可以有空格或横线。请照银行卡或开户许可证核对。',
    en: 'A bank account number has 8 to 32 digits; spaces and dashes are fine. Check it against the card or the bank’s letter.',
  },
  payee_waits: {
    status: 409,
    zh: '这个收款人已有一个账户在等签字。请先签字或退回，再登记新的账户。',
    en: 'An account of this payee already waits for signatures. Sign or refuse it before you enter another.',
  },
  batch_exported: {
    status: 409,
    zh: '批次 {number} 的银行文件已经导出过，每个批次只导出一次，以免重复付款。文件没有交给银行的，请审批人作废本批次后重新编批。',
    en: 'The bank file of batch {number} was exported already; it is exported once, so that nothing is paid twice. If the bank never had it, ask an approver to void the batch, then make a new one.',
  },
  batch_not_exported: {
    status: 409,
    zh: '这个批次还没有导出给银行，不会有银行的结果。请核对批次号。',
    en: 'This batch was not exported, so the bank cannot have answered. Check the batch number.',
  },
  batch_void: {
    status: 409,
    zh: '这个批次已经作废，里面的付款已回到待付清单。',
    en: 'This batch is void; its payments are back in the list of what is to be paid.',
  },
  batch_answered: {
    status: 409,
    zh: '银行已对这个批次有过答复，不能作废。没有结果的逐笔登记。',
    en: 'The bank has answered about this batch, so it cannot be voided. Record what is left line by line.',
  },
  batch_needs_approver: {
    status: 403,
    zh: '文件导出之后，只有审批人确认银行没有收到，才能作废批次。',
    en: 'After export only an approver, who made sure that the bank never had the file, may void a batch.',
  },
  bank_answer_unreadable: {
    status: 400,
    zh: '这份银行结果文件读不懂：没有找到“序号”和“处理结果”两列。请从网银重新下载，或逐笔登记。',
    en: 'This answer of the bank cannot be read: the columns for line and result were not found. Download it again, or record the lines by hand.',
  },
  bank_answer_differs: {
    status: 409,
    zh: '第 {line} 行与批次不符：{what}。整份文件没有记账，请核对是不是这个批次的结果。',
    en: 'Line {line} does not fit the batch: {what}. Nothing was recorded; check that the file answers this batch.',
  },
  purchase_incomplete: {
    status: 409,
    zh: '{number} 是采购，发票和验收齐了才能付款：还缺{missing}。',
    en: '{number} is a purchase and is paid with invoices and goods on file; still lacking: {missing}.',
  },
  purchase_open: {
    status: 409,
    zh: '这份申请已登记为采购。',
    en: 'This proposal is a purchase already.',
  },
  purchase_received: {
    status: 409,
    zh: '这批货已经验收过了。',
    en: 'These goods were received already.',
  },
  invoice_taken: {
    status: 409,
    zh: '这家供应商的发票 {number} 已经登记过，同一张发票不能用两次。',
    en: 'Invoice {number} of this supplier is on file already; an invoice counts once.',
  },
  invoice_over_committed: {
    status: 409,
    zh: '发票合计超过批准的金额，还能登记 {left} 元。多出的部分请另行申请。',
    en: 'The invoices come to more than was agreed to; ¥{left} is left. Propose the rest anew.',
  },
  gift_unknown: {
    status: 404,
    zh: '没有找到这笔捐赠，请核对捐赠编号。',
    en: 'This gift is not known. Check its number.',
  },
  already_spent: {
    status: 409,
    zh: '这笔捐赠已按原用途花出一部分，只剩 {left} 元可以动。',
    en: 'Part of this gift was spent as it was given for; ¥{left} of it is left.',
  },
  return_open: {
    status: 409,
    zh: '这笔捐赠已有一份退款申请在办。',
    en: 'A return of this gift is under way already.',
  },
  consent_paper_required: {
    status: 400,
    zh: '改变用途须有捐赠人同意的材料。请附上同意书或录音说明的照片。',
    en: 'A change of purpose needs the giver’s consent on paper. Attach a picture of it.',
  },
  filing_not_new: {
    status: 409,
    zh: '备案号 {filing} 是原来的备案。改变用途须重新备案，请填写新的备案号。',
    en: '{filing} is the filing the money came in under. A change of purpose needs a new one.',
  },
  same_purpose: {
    status: 400,
    zh: '转出和转入是同一个账户，请选择另一个用途。',
    en: 'It would move to where it is. Choose another purpose.',
  },
  management_never: {
    status: 409,
    zh: '管理费账户只按备案比例从每笔捐赠中提取，不能从其他用途转入。',
    en: 'The account of management cost takes a filed part of each gift only; nothing moves there from another purpose.',
  },
  rate_too_high: {
    status: 400,
    zh: '管理费比例最高 10%。请按备案的方案填写。',
    en: 'Management cost may take 10 % at most. Enter what the filed plan says.',
  },
  month_not_over: {
    status: 409,
    zh: '{month} 还没有过完，不能结账。',
    en: '{month} is not over and cannot be closed.',
  },
  earlier_month_open: {
    status: 409,
    zh: '请先结 {month} 的账，再结后面的月份。',
    en: 'Close {month} first, then the months after it.',
  },
  month_closed: {
    status: 409,
    zh: '{month} 已经结账。',
    en: '{month} is closed already.',
  },
  books_differ: {
    status: 409,
    zh: '账不平：试算表与总账相差 {differ} 元，不能结账。请联系管理员核对账本。',
    en: 'The books differ: trial balance and ledger are ¥{differ} apart, so the month cannot be closed. Have the ledger checked.',
  },
  layout_unknown: {
    status: 400,
    zh: '没有这种文件格式，请从列表中选择。',
    en: 'This file layout is not known. Choose one from the list.',
  },
  openings_unreadable: {
    status: 400,
    zh: '这份期初文件读不懂：需要“类型、年度、账户编号、金额”这些列。请照模板填写。',
    en: 'This file of opening balances cannot be read: it needs columns for kind, year, account and amount, as the template has.',
  },
  bank_statement_unreadable: {
    status: 400,
    zh: '这份银行对账单读不懂：需要“交易日期、收入、支出、余额、流水号”这些列。请从网银下载 .xlsx 或 CSV。',
    en: 'This bank statement cannot be read: it needs columns for day, in, out, balance and reference. Download it as .xlsx or CSV.',
  },
  receipt_recorded: {
    status: 409,
    zh: '流水号 {reference} 已经登记过一笔捐赠，一笔到账只登记一次。',
    en: 'A gift is recorded under the bank’s reference {reference} already; a transfer counts once.',
  },
  bank_line_matched: {
    status: 409,
    zh: '这一行已经对上账了。',
    en: 'This line of the bank is matched already.',
  },
  bank_line_posted: {
    status: 409,
    zh: '这一行已入账（利息或手续费），不能撤销。请用一笔相反的更正。',
    en: 'This line was posted as interest or a fee and is not taken back. Correct it with an opposite entry.',
  },
  bank_sum_differs: {
    status: 409,
    zh: '对不上：银行这一行 {bank} 元，所选账目合计 {book} 元。差一分也不能对。',
    en: 'It does not fit: ¥{bank} at the bank, ¥{book} in the chosen entries. They must agree to the fen.',
  },
} as const;
