/** What goods and their distribution may refuse; part of `refusals`. */
export const goodsRefusals = {
  // goods
  place_name_taken: {
    status: 409,
    zh: '这个区域已有同名的点位，请换一个名字或使用原有的。',
    en: 'A place of this name exists in the area. Choose another name, or use that one.',
  },
  place_unknown: {
    status: 404,
    zh: '没有找到这个点位，请重新选择。',
    en: 'This place was not found. Choose again.',
  },
  place_not_yours: {
    status: 403,
    zh: '这个点位不在您的辖区，不能动它的物资。请联系该点位的工作人员。',
    en: 'This place is not in your area, so its goods are not yours to move. Ask its own staff.',
  },
  item_unknown: {
    status: 404,
    zh: '没有找到这种物资，请先登记品类。',
    en: 'This kind of thing was not found. Put it on file first.',
  },
  item_name_taken: {
    status: 409,
    zh: '已有同名同单位的物资，请直接使用。',
    en: 'A thing of this name and unit is on file already. Use that one.',
  },
  bar_code_taken: {
    status: 409,
    zh: '这个条码已经登记在“{name}”上，请核对。',
    en: 'This bar code is already that of “{name}”. Please check it.',
  },
  papers_required: {
    status: 400,
    zh: '“{name}”是进口食品，请先填写报关和检验检疫证明编号，才能发放。',
    en: '“{name}” is imported food: enter the numbers of its customs and inspection papers before it is handed out.',
  },
  goods_expired: {
    status: 400,
    zh: '到期日已过，不能入库。请核对日期，或退回对方。',
    en: 'It is past its date and cannot be taken in. Check the date, or send it back.',
  },
  stock_too_low: {
    status: 409,
    zh: '“{name}”不够：需要 {needed}，可用 {available}。请减少数量，或先入库、调拨。',
    en: 'Not enough of “{name}”: {needed} needed, {available} available. Take fewer, or bring some in first.',
  },
  lot_recalled: {
    status: 409,
    zh: '批次 {batch} 已召回，不能再发出。请按召回处理。',
    en: 'Batch {batch} is recalled and must not go out. Treat it as recalled.',
  },
  same_place: {
    status: 400,
    zh: '调出和调入是同一个点位，请重新选择。',
    en: 'From and to are the same place. Choose again.',
  },
  line_twice: {
    status: 400,
    zh: '同一种物资写了两行，请合并成一行。',
    en: 'The same thing stands on two lines. Put them into one.',
  },
  transfer_received: {
    status: 409,
    zh: '这批调拨已经收过，不会重复入库。',
    en: 'This transfer was taken in already and is not taken in twice.',
  },
  pieces_too_many: {
    status: 400,
    zh: '“{name}”最多 {most}，请核对数量。',
    en: 'Of “{name}” there are {most} at most. Check the number.',
  },
  order_not_paid: {
    status: 409,
    zh: '这笔采购还没有付款，付款后才能收货入库。',
    en: 'This order is not yet paid; it is taken in once it is.',
  },
  order_value_differs: {
    status: 400,
    zh: '物资合计 {value} 元，与支出申请的 {amount} 元不一致，请核对单价和数量。',
    en: 'The goods come to ¥{value}, the proposal to ¥{amount}. Check prices and numbers.',
  },
  count_open: {
    status: 409,
    zh: '这个点位正在盘点（{number}），请先完成它。',
    en: 'A stock-take of this place is under way ({number}). Finish it first.',
  },
  count_closed: {
    status: 409,
    zh: '这次盘点已经不能再改了。',
    en: 'This stock-take can no longer be changed.',
  },
  second_person_required: {
    status: 409,
    zh: '须由另一位工作人员确认，不能是提出的人。',
    en: 'A second person must agree, not the one who proposed it.',
  },
  not_a_kit: {
    status: 400,
    zh: '“{name}”不是组合包，没有可以装配的内容。',
    en: '“{name}” is not a kit; there is nothing to pack it from.',
  },
  kind_gift_not_now: {
    status: 409,
    zh: '这份实物捐赠现在是“{state}”，不能这样处理。请看最新进展。',
    en: 'This gift in kind is now "{state}", so that cannot be done. Look at its latest state.',
  },
  legal_form_not_for_goods: {
    status: 400,
    zh: '这种募捐形式不适用于实物，请选择协议捐赠、直接赠与或公开募捐。',
    en: 'This legal form does not fit goods. Choose agreed gift, direct gift or public fundraising.',
  },
  // distribution
  plan_not_open: {
    status: 409,
    zh: '这份发放方案现在是“{state}”，不能再改。',
    en: 'This plan is now "{state}" and can no longer be changed.',
  },
  plan_not_approved: {
    status: 409,
    zh: '这份发放方案现在是“{state}”，不能登记领取。',
    en: 'This plan is now "{state}", so nothing can be handed over.',
  },
  day_in_past: {
    status: 400,
    zh: '发放日期已经过去，请重新选择。',
    en: 'The day is in the past. Choose another.',
  },
  not_yet_the_day: {
    status: 409,
    zh: '发放日是 {day}，到那天才能登记领取。',
    en: 'The day is {day}; handing over begins then.',
  },
  list_empty: {
    status: 400,
    zh: '名单还是空的，请先添加领取人。',
    en: 'The list is empty. Add people first.',
  },
  list_too_long: {
    status: 400,
    zh: '一份名单最多 {most} 人，请分成几份方案。',
    en: 'A list holds {most} people at most. Make several plans.',
  },
  group_unknown: {
    status: 400,
    zh: '没有这个群体类别，请从列表里选。',
    en: 'There is no such group. Choose one of the list.',
  },
  programme_unknown: {
    status: 404,
    zh: '没有找到这个帮扶项目，或它还没有拟救助名单。',
    en: 'This programme was not found, or has no candidates yet.',
  },
  sheet_unreadable: {
    status: 400,
    zh: '这个文件打不开。请上传 .xlsx 表格（不加密码），最多 {mostRows} 行。',
    en: 'This file cannot be read. Send an .xlsx sheet without a password, {mostRows} rows at most.',
  },
  sheet_without_names: {
    status: 400,
    zh: '表里没有找到“姓名”这一列。请在第一行写上列名。',
    en: 'No column “姓名” (name) was found. Put the names of the columns into the first row.',
  },
  handed_over_already: {
    status: 409,
    zh: '已经有 {count} 份发出，不能取消，请在发放后办理剩余退库。',
    en: '{count} have been handed over, so it cannot be cancelled. Close it and return what is left.',
  },
  already_handed: {
    status: 409,
    zh: '{serial} 号在 {at} 已由{by}登记，没有重复发放。',
    en: 'Number {serial} was noted at {at} by {by}; nothing was handed over twice.',
  },
  signature_required: {
    status: 400,
    zh: '请领取人在屏幕上签名；不便签名的，拍一张实物照片。',
    en: 'Have the person sign on the screen; who cannot sign: take a picture of the thing.',
  },
  proxy_required: {
    status: 400,
    zh: '代领须写明代领人姓名、关系和原因。',
    en: 'A proxy needs name, relation and reason.',
  },
} as const;
