/** What the modules `award` and `benefit` refuse. */
export const awardRefusals = {
  nobody_to_help: {
    status: 409,
    zh: '这一期在所选区域没有新的拟救助对象，没有可开启的名单。',
    en: 'In this period the chosen area has nobody new to help, so there is no list to open.',
  },
  nobody_ready: {
    status: 409,
    zh: '现在没有可以提交的人：须先入户，取得同意并看过证明。',
    en: 'Nobody is ready yet: each must be visited first, with consent and papers seen.',
  },
  proof_missing: {
    status: 400,
    zh: '还有证明没有看过：{papers}。请看过后勾选；看不到时，请选“情况不符”或改日再来。',
    en: 'Papers not yet seen: {papers}. Tick them once seen; if she cannot show them, choose “not so” or come again.',
  },
  award_state_wrong: {
    status: 409,
    zh: '这份救助现在是“{state}”，不能这样处理。请看最新进展。',
    en: 'This award is now “{state}”, so that cannot be done. Look at its latest state.',
  },
  appeal_not_possible: {
    status: 409,
    zh: '现在没有可以申诉的决定，或申诉已在处理中。如有疑问，请点“问问工作人员”。',
    en: 'There is no decision to appeal against now, or an appeal is being answered. You can ask a person.',
  },
  appeal_level_wrong: {
    status: 403,
    zh: '申诉和异议由作出决定的上一级答复，不能由原来的一级答复。',
    en: 'Appeals and objections are answered one level above who decided, not by the same level.',
  },
  fund_missing: {
    status: 409,
    zh: '这个项目还没有指定可用的基金。请先在项目里写明由哪个基金支付。',
    en: 'No fund is named that can pay for this programme. Name one in the programme first.',
  },
  notice_still_runs: {
    status: 409,
    zh: '公示期到 {until} 才结束，现在还不能取下。',
    en: 'The notice runs until {until}; it cannot be taken down yet.',
  },
  notice_not_posted: {
    status: 409,
    zh: '这份公示现在不在公示期内。如有意见，请直接联系社区或街道。',
    en: 'This notice is not being shown now. Please tell your community or street directly.',
  },
  sheet_unreadable: {
    status: 400,
    zh: '没有读懂这份表格：需要 .xlsx 或 .csv，首行有“身份证号”“姓名”“金额”。没有导入任何内容。',
    en: 'This sheet could not be read: .xlsx or .csv with the columns ID number, name, amount. Nothing was imported.',
  },
} as const;
