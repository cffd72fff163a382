/** Refusals of files, households, moves and exchanges between departments. */
export const fileRefusals = {
  fact_invalid: {
    status: 400,
    zh: '这一项不能这样填写，请从列表里选择，日期写成 2026-11-01，金额写成元。',
    en: 'This cannot be noted in that way. Choose from the list; dates as 2026-11-01, amounts in yuan.',
  },
  fact_consent_required: {
    status: 400,
    zh: '这是敏感个人信息，还没有专门的同意记录。请向本人（未满 14 周岁向监护人）说明用途，并选择同意方式。',
    en: 'This is sensitive personal information and no separate consent is on file. Explain the purpose to her (to the guardian of a child under 14) and state how consent was given.',
  },
  already_member: {
    status: 409,
    zh: '这位居民已经在一个手工登记的家庭里。请先在原家庭登记离开日期。',
    en: 'This person is already in a household that was put together by hand. First note there when she left.',
  },
  move_under_way: {
    status: 409,
    zh: '这位居民已有一次迁居正在等对方社区接收。请等对方答复，或先撤回。',
    en: 'A move of this person already waits for the other community. Wait for its answer, or withdraw it first.',
  },
  nothing_to_erase: {
    status: 409,
    zh: '这个请求不是要求删除，或这个账号没有绑定居民档案。请直接答复。',
    en: 'This is no request to delete, or no file is bound to the account. Please answer it in words.',
  },
  purpose_invalid: {
    status: 400,
    zh: '截止日期不能早于开始日期或今天，字段须从列表里选择。请检查后再保存。',
    en: 'The last day may not be before the first or before today, and fields come from the list. Please check and save again.',
  },
  purpose_not_valid: {
    status: 409,
    zh: '这个用途已经结束、还没开始，或不是本部门的，没有查询任何信息。如仍需要，请联系区温暖办。',
    en: 'This purpose has ended, has not begun, or is not your department’s; nothing was read. If it is still needed, ask the district office.',
  },
} as const;
