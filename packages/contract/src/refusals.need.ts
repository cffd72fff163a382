/** What the modules `need` and `resource` refuse. */
export const needRefusals = {
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
} as const;
