/** What merchants, goods on sale, sales and their settlement may refuse; part of `refusals`. */
export const shopRefusals = {
  // catalogue
  merchant_unknown: {
    status: 404,
    zh: '没有找到这个商家，请先登记。',
    en: 'This merchant was not found. Put it on file first.',
  },
  merchant_on_file: {
    status: 409,
    zh: '这个商家已经登记过了，请直接打开它。',
    en: 'This merchant is on file already. Open it instead.',
  },
  payment_number_taken: {
    status: 409,
    zh: '这个商户号已经登记在另一个商家名下，请核对。',
    en: 'This payment number belongs to another merchant. Please check it.',
  },
  merchant_not_active: {
    status: 409,
    zh: '“{name}”还没有审核通过或已暂停，现在不能销售。',
    en: '“{name}” is not yet approved, or is suspended; it cannot sell now.',
  },
  agreement_missing: {
    status: 409,
    zh: '“{name}”没有有效的合作协议，不能销售。请先把签好的协议存档。',
    en: '“{name}” has no agreement in force, so nothing of it can be sold. File the signed agreement first.',
  },
  licence_lapsed: {
    status: 409,
    zh: '“{name}”的{licence}已经过期或没有登记，商品已停售。请上传新的证照。',
    en: 'The {licence} of “{name}” has lapsed or is not on file; its goods are off sale. Enter the new one.',
  },
  import_papers_missing: {
    status: 409,
    zh: '“{name}”是进口食品，没有报关和检验检疫证明，不能销售。',
    en: '“{name}” is imported food without its customs and inspection papers; it cannot be sold.',
  },
  product_unknown: {
    status: 404,
    zh: '没有找到这件商品，可能已经下架。',
    en: 'This product was not found; it may have been taken off sale.',
  },
  product_off_sale: {
    status: 409,
    zh: '“{name}”已经下架，请从购物车里移出。',
    en: '“{name}” is off sale. Take it out of the cart.',
  },
  price_above_normal: {
    status: 400,
    zh: '会员价和惠民价不能高于普通价，请核对。',
    en: 'Prices for members and for people in hardship cannot be above the normal price. Please check them.',
  },
  variant_twice: {
    status: 400,
    zh: '同一种规格写了两次，请合并。',
    en: 'The same variant stands there twice. Put them into one.',
  },
  // sale
  basket_empty: {
    status: 400,
    zh: '还没有选商品，请先加入购物车。',
    en: 'Nothing is chosen yet. Put something into the cart first.',
  },
  basket_too_long: {
    status: 400,
    zh: '一单最多 {most} 行商品，请分成几单。',
    en: 'An order holds {most} lines at most. Make several orders.',
  },
  price_changed: {
    status: 409,
    zh: '“{name}”的价格变了，现在是 {price} 元。请看清新价格再下单。',
    en: 'The price of “{name}” has changed to ¥{price}. Look at it and order again.',
  },
  discount_too_high: {
    status: 400,
    zh: '优惠不能超过商品金额，请核对。',
    en: 'The discount cannot be more than the goods cost. Please check it.',
  },
  payment_differs: {
    status: 400,
    zh: '付款合计 {paid} 元，应付 {due} 元，请核对。',
    en: 'Payments come to ¥{paid}, but ¥{due} is due. Please check them.',
  },
  vouchers_pay_other: {
    status: 409,
    zh: '券现在能付 {voucher}，还要付 {money}，和您看到的不一样了。请看清再下单。',
    en: 'Vouchers now pay {voucher} and {money} is left to pay, which is not what you saw. Look at it and order again.',
  },
  voucher_not_now: {
    status: 409,
    zh: '这张代金券现在不能用，请到服务台询问。',
    en: 'This voucher cannot be used now. Please ask at the counter.',
  },
  order_not_now: {
    status: 409,
    zh: '这个订单现在是“{state}”，不能这样处理。',
    en: 'This order is now "{state}", so that cannot be done.',
  },
  payment_time_over: {
    status: 409,
    zh: '付款时间已过，订单已取消，请重新下单。',
    en: 'The time to pay is over and the order was cancelled. Please order again.',
  },
  refund_too_high: {
    status: 400,
    zh: '“{name}”最多还能退 {most}，请核对。',
    en: 'Of “{name}” at most {most} can still be given back. Please check it.',
  },
  order_already_paid: {
    status: 409,
    zh: '这个订单已经付过款，不用再付。',
    en: 'This order is paid already; there is nothing more to pay.',
  },
  pick_up_code_unknown: {
    status: 404,
    zh: '没有找到这个取货码，请核对数字，或用订单号查找。',
    en: 'No order here has this pick-up code. Check the digits, or look for the order number.',
  },
  order_on_its_way: {
    status: 409,
    zh: '志愿者已经取货在路上，现在不能取消或自取。送到时可以当面退。',
    en: 'A volunteer is on the way with it, so it can be neither cancelled nor fetched now. Give it back at the door.',
  },
  delivery_taken: {
    status: 409,
    zh: '这一单刚被别人接走了，请看看别的。',
    en: 'Somebody else has just taken this one. Look at the others.',
  },
  delivery_not_yours: {
    status: 409,
    zh: '这一单现在不由您送：您还没有被驿站认可，它是您自己的订单，或已经交给别人。',
    en: 'This is not yours to bring now: the station has not accepted you yet, it is your own order, or somebody else has it.',
  },
  delivery_too_many: {
    status: 409,
    zh: '一次最多送 {most} 单，请先送完手上的。',
    en: 'You can have {most} orders at a time. Bring those first.',
  },
  delivery_in_hand: {
    status: 409,
    zh: '手上还有没送完的订单，请先送到或交回驿站。',
    en: 'There are orders still to be brought. Bring them or give them back first.',
  },
  delivery_code_wrong: {
    status: 409,
    zh: '取货码不对，还可以试 {tries} 次。请本人看着订单念，或写明由谁代收。',
    en: 'The code is wrong; {tries} tries are left. Ask her to read it from the order, or note who takes it for her.',
  },
  delivery_proxy_missing: {
    status: 400,
    zh: '请填取货码；本人不在时，写明由谁代收。',
    en: 'Enter the code, or note who takes it for her.',
  },
  not_a_selling_place: {
    status: 409,
    zh: '这个点位不销售商品，请选择一个慈善驿站。',
    en: 'Nothing is sold at this place. Choose a charity station.',
  },
  // settlement
  period_not_over: {
    status: 409,
    zh: '这个结算期还没有结束，结束后才能结算。',
    en: 'This period is not over yet; it can be settled once it is.',
  },
  nothing_to_settle: {
    status: 409,
    zh: '这个结算期没有需要结算的款项。',
    en: 'There is nothing to settle in this period.',
  },
  settled_already: {
    status: 409,
    zh: '这一笔已经结清，不会重复入账。',
    en: 'This is settled already and is not booked twice.',
  },
  onboarder_may_not_settle: {
    status: 409,
    zh: '商家是您登记的，结算须由另一位工作人员办理。',
    en: 'You put this merchant on file, so somebody else must settle with it.',
  },
  // charity sale
  charity_sale_not_now: {
    status: 409,
    zh: '这场义卖现在是“{state}”，不能这样处理。',
    en: 'This charity sale is now "{state}", so that cannot be done.',
  },
  charity_sale_not_online: {
    status: 409,
    zh: '网上义卖要先满足公开募捐的四个条件，现在只能在驿站现场义卖。',
    en: 'Selling for charity online needs the four conditions of public fundraising; now it can only be held at the station.',
  },
} as const;
