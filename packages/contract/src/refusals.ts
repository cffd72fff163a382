import { awardRefusals } from './refusals.award.ts';
import { payoutRefusals } from './refusals.payout.ts';
import { disclosureRefusals } from './refusals.disclosure.ts';
import { fileRefusals } from './refusals.file.ts';
import { goodsRefusals } from './refusals.goods.ts';
import { supervisionRefusals } from './refusals.supervision.ts';

/** A refusal's HTTP status and its sentence in every language; `{name}` is filled from its params. */
interface RefusalText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/**
 * Every expected "no" of the system, once. A sentence says what happened, what it means and what to do.
 * Kept in groups by module; codes are never reused for another meaning.
 */
export const refusals = {
  // every route
  not_signed_in: {
    status: 401,
    zh: '您还没有登录，或登录已过期。请重新登录，填写的内容还在。',
    en: 'You are not signed in, or your session has ended. Sign in again; what you typed is kept.',
  },
  not_permitted: {
    status: 403,
    zh: '您当前的身份不能做这件事。如有需要，请切换身份或联系社区。',
    en: 'Your present role may not do this. Switch role, or ask your community.',
  },
  input_invalid: {
    status: 400,
    zh: '有一项填写不正确，请按提示修改。',
    en: 'Something in the form is not right. Please correct it as shown.',
  },
  text_too_long: {
    status: 400,
    zh: '文字太长了，最多 {most} 个字，请删减后再提交。',
    en: 'The text is too long: {most} characters at most. Please shorten it.',
  },
  body_too_large: {
    status: 413,
    zh: '提交的内容太大了，最多 {mostMegabytes} MB。请减少文字或照片。',
    en: 'What you sent is too large: {mostMegabytes} MB at most. Send less text or fewer pictures.',
  },
  not_found: {
    status: 404,
    zh: '没有找到。它可能已被移走，或不在您的范围内。',
    en: 'Not found. It may have moved, or it is outside your area.',
  },
  too_many_requests: {
    status: 429,
    zh: '操作太频繁，请在 {seconds} 秒后再试。',
    en: 'Too many tries. Please try again in {seconds} seconds.',
  },
  busy_elsewhere: {
    status: 409,
    zh: '刚才有别人改动了这条记录。请看最新内容后再决定，您写的还在。',
    en: 'Somebody else has just changed this record. Look at it again before you decide; what you wrote is kept.',
  },
  database_away: {
    status: 503,
    zh: '系统暂时连不上数据库，什么都没有丢失，恢复后会自动继续。请稍后再试。',
    en: 'The database cannot be reached right now. Nothing is lost, and the page goes on by itself once it is back.',
  },
  disk_full: {
    status: 507,
    zh: '服务器存储已满，这次没有保存。已通知管理员，请稍后再试。',
    en: 'The server has no space left, so this was not saved. The administrator has been told; please try later.',
  },
  unexpected: {
    status: 500,
    zh: '系统出了意外，这次没有保存。请稍后再试，编号 {reference}。',
    en: 'Something unexpected happened and nothing was saved. Please try later; reference {reference}.',
  },
  // place
  area_unknown: {
    status: 400,
    zh: '没有找到这个社区或街道，请从名单中选择。',
    en: 'This community or street is not known. Choose one from the list.',
  },
  // access
  telephone_invalid: {
    status: 400,
    zh: '手机号码应为 11 位数字，请检查。',
    en: 'A mobile number has 11 digits. Please check it.',
  },
  code_wrong: {
    status: 400,
    zh: '验证码不对，还可以再试 {left} 次。',
    en: 'The code is not right. {left} tries left.',
  },
  code_expired: {
    status: 400,
    zh: '验证码已失效，请重新获取。',
    en: 'The code is no longer valid. Ask for a new one.',
  },
  sign_in_failed: {
    status: 400,
    zh: '用户名、密码或动态码不对。',
    en: 'Name, password or one-time code is wrong.',
  },
  sign_in_locked: {
    status: 429,
    zh: '连续多次登录失败，账号已锁定到 {until}。如不是本人操作，请联系管理员。',
    en: 'Too many failures: the account is locked until {until}. If it was not you, call the administrator.',
  },
  role_not_held: {
    status: 403,
    zh: '您没有这个身份，或它已到期。',
    en: 'You do not hold this role, or it has ended.',
  },
  account_name_taken: {
    status: 409,
    zh: '这个用户名已有人使用，请换一个。',
    en: 'This name is taken. Choose another.',
  },
  deputy_not_self: {
    status: 400,
    zh: '不能把自己设为代理人。',
    en: 'You cannot be your own deputy.',
  },
  deputy_until_invalid: {
    status: 400,
    zh: '代理结束日期应在今天之后、九十天之内。',
    en: 'A deputy needs an end date after today and within ninety days.',
  },
  // message
  push_topic_fixed: {
    status: 409,
    zh: '这类消息与您自己的事情有关，不能关闭。其他各类都可以随时关闭。',
    en: 'These messages are about your own matters and cannot be switched off. All others can.',
  },
  // attachment
  picture_unreadable: {
    status: 400,
    zh: '这个文件不是能识别的照片（JPG、PNG、WebP），或文件已损坏，没有保存。苹果手机的 HEIC 照片请先存为 JPG。请换一张。',
    en: 'This file is not a picture we can read (JPG, PNG, WebP), or it is damaged. It was not saved. Save a HEIC picture as JPG first, or choose another.',
  },
  picture_too_many_pixels: {
    status: 413,
    zh: '照片的像素太多，最多 {mostMegapixels} 百万像素，没有保存。请缩小后再上传，或换一张。',
    en: 'The picture has too many pixels: {mostMegapixels} million at most. It was not saved; make it smaller or choose another.',
  },
  picture_too_large: {
    status: 413,
    zh: '照片太大，单张最多 {mostMegabytes} MB。',
    en: 'The picture is too large: {mostMegabytes} MB at most.',
  },
  attachment_unknown: {
    status: 400,
    zh: '有一张照片没有找到，请重新上传。',
    en: 'A picture was not found. Please upload it again.',
  },
  // approval
  approver_is_proposer: {
    status: 409,
    zh: '提出人不能审批自己的申请。请由另一位审批人处理。',
    en: 'Who proposed cannot approve. Another approver must decide.',
  },
  approver_already_decided: {
    status: 409,
    zh: '您已经审批过了，需要另一位审批人。',
    en: 'You have decided already. Another approver is needed.',
  },
  approver_related: {
    status: 409,
    zh: '您与受益人或收款人有亲属关系，须回避。',
    en: 'You are related to the person or payee and must stand aside.',
  },
  approval_closed: {
    status: 409,
    zh: '这项审批已经结束。',
    en: 'This approval has already ended.',
  },
  reason_required: {
    status: 400,
    zh: '请写明理由，对方会看到。',
    en: 'Please give a reason; the other side will read it.',
  },
  // organisation and resident
  organization_name_taken: {
    status: 409,
    zh: '已有同名单位，请核对是否重复登记。',
    en: 'An organisation of this name exists. Check whether it is the same one.',
  },
  credit_code_invalid: {
    status: 400,
    zh: '统一社会信用代码不对（校验位不符），请按证照核对 18 位代码。',
    en: 'The unified social credit code is not right (its check digit does not fit). Check the 18 characters against the certificate.',
  },
  credit_code_taken: {
    status: 409,
    zh: '这个统一社会信用代码已经登记，请在名单中查找。',
    en: 'This unified social credit code is on file already. Look for it in the list.',
  },
  organization_wrong_kind: {
    status: 400,
    zh: '所选单位不是这里需要的类型。',
    en: 'The chosen organisation is not of the kind needed here.',
  },
  person_not_in_area: {
    status: 404,
    zh: '没有找到这位居民，或不在您的辖区。',
    en: 'This person was not found, or is not in your area.',
  },
  id_number_invalid: {
    status: 400,
    zh: '身份证号码不对：请核对 18 位号码，并与出生日期、性别一致；一时没有可以不填。',
    en: 'The ID number is not right: check its 18 characters against date of birth and gender, or leave it empty for now.',
  },
  account_unknown: {
    status: 404,
    zh: '这个手机号还没有登录过。请本人先用这个号码登录一次，再来绑定。',
    en: 'Nobody has signed in with this number yet. Ask her to sign in once, then bind it.',
  },
  born_in_future: {
    status: 400,
    zh: '出生日期在今天之后，请检查。',
    en: 'The date of birth is after today. Please check it.',
  },
  consent_required: {
    status: 400,
    zh: '请先说明用途并记录本人（或监护人）的同意方式。',
    en: 'First state the purpose and record how consent was given.',
  },
  already_bound: {
    status: 409,
    zh: '这个账号已绑定到一位居民。换绑请先核实身份并解除原绑定。',
    en: 'This account is already bound to a person. Check identity and unbind it first.',
  },
  // need
  need_open_already: {
    status: 409,
    zh: '您已有一个进行中的微心愿（{number}）。它完成后，才能许下一个。',
    en: 'You already have an open wish ({number}). When it is done you can make the next.',
  },
  wish_amount_limit: {
    status: 400,
    zh: '微心愿最多 ¥500。需要更多，请改用“个人求助”。',
    en: 'A wish is at most ¥500. For more, please use a help request.',
  },
  wish_goods_excluded: {
    status: 400,
    zh: '微心愿不能是现金、烟、酒或药品。看病用药方面的困难，请用“个人求助”。',
    en: 'A wish cannot be cash, tobacco, alcohol or medicine. For illness and medicine use a help request.',
  },
  amount_invalid: {
    status: 400,
    zh: '金额不正确。请填写大于 0 的数字，最多两位小数，如 150 或 1.50。',
    en: 'This amount is not valid. Type a number above 0 with at most two decimals, such as 150 or 1.50.',
  },
  move_not_possible: {
    status: 409,
    zh: '这件事现在是“{state}”，不能这样处理。请看最新进展。',
    en: 'This matter is now "{state}", so that cannot be done. Look at its latest state.',
  },
  move_not_yours: { status: 403, zh: '这一步应由{who}来做。', en: 'This step belongs to {who}.' },
  relative_must_stand_aside: {
    status: 409,
    zh: '您与求助人有亲属关系，须由另一位工作人员认定。',
    en: 'You are related to the asker; another worker must verify.',
  },
  second_source_required: {
    status: 400,
    zh: '个人求助须有第二来源（邻居、单位、票据或系统）佐证。',
    en: 'A help request needs a second source: neighbour, employer, paper or register.',
  },
  public_text_names_person: {
    status: 400,
    zh: '公开文字里有可能认出本人的内容：{found}。请改写。',
    en: 'The public text holds something that may identify the person: {found}. Please rewrite it.',
  },
  second_worker_required: {
    status: 409,
    zh: '回访须由另一位工作人员记录，不能是经办人本人。',
    en: 'A call-back is noted by a second worker, not by the one who handled it.',
  },
  delivery_photo_required: {
    status: 400,
    zh: '请附一张实物照片（只拍东西，不拍人）。',
    en: 'Add a photo of the thing delivered (the thing, not the person).',
  },
  slip_photo_required: {
    status: 400,
    zh: '请附一张签字回执的照片。',
    en: 'Add a photo of the signed slip.',
  },
  tries_not_enough: {
    status: 409,
    zh: '须在三个不同的日子各联系一次，现已记录 {days} 天。',
    en: 'Contact must be tried on three different days; {days} noted so far.',
  },
  feedback_required: {
    status: 409,
    zh: '没有本人反馈不能结案。请等本人确认、由第二人回访，或上传签字回执。',
    en: 'It cannot be closed without the asker’s word: her own, a call-back by a second worker, or a signed slip.',
  },
  statutory_first: {
    status: 409,
    zh: '请先核对法定救助：每一项写明“已申请、不符合或已享受”。',
    en: 'Check statutory aid first: note for each kind whether applied, not entitled or received.',
  },
  merge_into_itself: {
    status: 400,
    zh: '不能与自己合并。',
    en: 'A matter cannot be merged into itself.',
  },
  appeal_too_late: {
    status: 409,
    zh: '申诉期（{days} 天）已过。您可以重新提出求助。',
    en: 'The {days} days for an appeal are over. You can ask anew.',
  },
  // resource
  offer_not_open: {
    status: 409,
    zh: '这份帮助已被别人认领或已到期。',
    en: 'This offer has been taken or has ended.',
  },
  wish_already_met: {
    status: 409,
    zh: '这个心愿已经有人认领了，谢谢您。看看别的心愿？',
    en: 'Somebody has already taken this wish. Thank you; would you look at another?',
  },
  // fund and donation
  balance_too_low: {
    status: 409,
    zh: '账户余额不足：可用 {available} 元。',
    en: 'The account holds too little: ¥{available} available.',
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
  // programmes
  definition_invalid: {
    status: 400,
    zh: '这份政策还有 {count} 处没有写对：{first}。改好后再保存，写的内容还在。',
    en: 'This policy has {count} places that are not right yet: {first}. Correct them and save again; what you wrote is kept.',
  },
  program_not_own: {
    status: 403,
    zh: '这项政策由别的单位负责，您只能查看。需要改动请联系区温暖办。',
    en: 'Another office answers for this programme, so you can only read it. Ask the district office for a change.',
  },
  program_proposed: {
    status: 409,
    zh: '{code} 有一份草案正在等待决定，暂时不能另存。请等它有结果，或先撤回。',
    en: '{code} has a draft that waits for a decision, so another cannot be saved. Wait for the result or take it back first.',
  },
  end_in_past: {
    status: 400,
    zh: '停止日期不能早于今天，也不能早于开始施行的日子。',
    en: 'It cannot end before today, nor before the day it began.',
  },
  ...goodsRefusals,
  ...supervisionRefusals,
  // rosters
  roster_too_large: {
    status: 413,
    zh: '文件太大了，最多 {mostMegabytes} MB。请按年度或街道分成几个文件再导入。',
    en: 'The file is too large: {mostMegabytes} MB at most. Split it by year or street and import the parts.',
  },
  roster_unreadable: {
    status: 400,
    zh: '这个文件无法读取，可能已经损坏，或不是 .xlsx、.csv 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。',
    en: 'This file cannot be read: it is damaged, or no .xlsx or .csv sheet. Open it in Excel or WPS, save it as .xlsx and try again.',
  },
  roster_password: {
    status: 400,
    zh: '这个表格设有打开密码。请在 Excel 或 WPS 中去掉密码、另存后再导入。',
    en: 'This workbook is protected by a password. Take the password off in Excel or WPS, save it and import it again.',
  },
  roster_old_format: {
    status: 400,
    zh: '这是旧版 .xls 文件（也可能只是改了扩展名）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。',
    en: 'This is an old .xls file, whatever its name ends in. Open it in Excel or WPS, save it as .xlsx and import that.',
  },
  roster_too_many_cells: {
    status: 400,
    zh: '这个文件解压后大得不正常，为安全起见没有打开。请确认来源，只保留名册所在的工作表后再试。',
    en: 'Unpacked, this file is unusually large, so it was not opened. Make sure where it comes from, keep only the sheet with the roster and try again.',
  },
  roster_empty: {
    status: 400,
    zh: '这个文件里没有任何一行数据。请确认选对了文件。',
    en: 'There is no row of data in this file. Make sure that it is the right one.',
  },
  roster_not_a_roster: {
    status: 400,
    zh: '这个文件里没有找到人员名册：没有一张表同时有姓名等列和人员数据。请确认选对了文件。',
    en: 'No roster of people was found in this file: no sheet has a column of names with people below it. Make sure that it is the right one.',
  },
  roster_areas_missing: {
    status: 409,
    zh: '这个区还没有街道和社区，名册里的地址无处可归。请先导入区域表，再导入名册。',
    en: 'This district has no streets and communities yet, so the places in a roster mean nothing. Import the areas first, then rosters.',
  },
  roster_busy: {
    status: 409,
    zh: '“{name}”正在由别人导入。请稍等片刻，看过结果再决定是否导入。',
    en: '“{name}” is being imported by somebody else right now. Wait a moment and look at the result before you import.',
  },
  roster_name_taken: {
    status: 409,
    zh: '这个单位已经有同名的名册，请换一个名称。',
    en: 'This department has a roster of that name already. Choose another.',
  },
  delivery_decided: {
    status: 409,
    zh: '这份名册已经导入或放弃，不能再改。请看最新情况。',
    en: 'This delivery was imported or thrown away already. Look at the present state.',
  },
  column_unknown: {
    status: 400,
    zh: '没有这一列，或不能这样理解这一列。请从列表中选择。',
    en: 'There is no such column, or it cannot mean that. Choose from the list.',
  },
  group_unknown: {
    status: 400,
    zh: '没有这个群体，请从列表中选择。',
    en: 'There is no such group. Choose one from the list.',
  },
  nothing_to_separate: {
    status: 409,
    zh: '这份档案只有这一条来源，没有可以分开的另一方。',
    en: 'This file rests on that row alone, so there is nothing to separate it from.',
  },
  ...awardRefusals,
  ...payoutRefusals,
  ...disclosureRefusals,
  ...fileRefusals,
  // payment
  statement_imported: {
    status: 409,
    zh: '这个文件已经导入，不能放到一边。如有不符，请在对账差异里写明。',
    en: 'This file has been imported and cannot be put aside. If something is wrong, note it beside the difference.',
  },
  statement_unreadable: {
    status: 400,
    zh: '文件里有 {count} 处看不懂，什么都没有导入。第一处：{first}',
    en: 'The file has {count} places that cannot be read, so nothing was imported. The first: {first}',
  },
  channel_refused: {
    status: 409,
    zh: '支付渠道没有接受：{reason}。请换一种方式，或稍后再试。',
    en: 'The payment channel did not accept this: {reason}. Choose another way, or try again later.',
  },
  channel_away: {
    status: 503,
    zh: '支付渠道现在连不上，没有扣款。请稍后再试，填写的内容还在。',
    en: 'The payment channel cannot be reached at present; nothing was charged. Try again later; what you typed is kept.',
  },
  channel_unknown: {
    status: 404,
    zh: '没有这个支付渠道，或尚未开通。',
    en: 'There is no such payment channel, or it is not set up.',
  },
  project_attached: {
    status: 409,
    zh: '这个项目编号已经归入“{campaign}”，不能再改归别处。',
    en: 'This project number already belongs to “{campaign}” and cannot be moved elsewhere.',
  },
  campaign_form_differs: {
    status: 409,
    zh: '这笔钱是在指定平台公开募来的，只能归入公开募捐或定向募捐的活动。请换一个活动。',
    en: 'This money was raised in public on the designated platform; it can only go to a campaign of public or designated-form fundraising. Choose another.',
  },
} as const satisfies Record<string, RefusalText>;

export type RefusalCode = keyof typeof refusals;
export type Language = 'zh' | 'en';

/** The sentence of a refusal in a language, its `{params}` filled in. */
export function refusalSentence(
  code: RefusalCode,
  language: Language,
  params: Record<string, string | number> = {},
): string {
  return refusals[code][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
