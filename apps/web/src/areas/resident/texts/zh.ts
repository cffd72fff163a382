import account from './zh.account.ts';
import aid from './zh.aid.ts';
import entitled from './zh.entitled.ts';
import filing from './zh.filing.ts';
import giving from './zh.giving.ts';
import handouts from './zh.handouts.ts';
import need from './zh.need.ts';
import vouchers from './zh.vouchers.ts';

/** Words of the resident area. Chinese is the original; en.ts must have the same keys. */
export default {
  ...account,
  ...aid,
  ...entitled,
  ...filing,
  ...need,
  ...giving,
  ...handouts,
  ...vouchers,
  nav: { home: '首页', wall: '心愿墙', ask: '求助', messages: '消息', me: '我的' },
  call: { label: '打电话给社区', to: '打电话给{{name}}', find: '找您社区的电话' },
  home: {
    title: '您好',
    titleNamed: '{{name}}，您好',
    lead: '有难处请说出来，想帮忙从一元开始。',
    ask: '我要求助',
    wish: '许个微心愿',
    wishHint: '500 元以内的一件东西或一次帮忙',
    help: '有难处求助',
    helpHint: '看病、住房、上学、生活困难，不公开',
    give: '我能帮忙',
    wall: '看心愿墙',
    wallHint: '一元起捐，也可以送东西、出时间',
    offer: '捐物出力',
    offerHint: '登记您的东西或时间，有人需要时联系您',
    mine: '我的进展',
    mineAll: '看全部',
    mineNone: '您还没有提出过事情。',
    signInFirst: '登录后可以看到您的事情办到哪一步。',
    near: '身边的心愿',
    nearNone: '您的社区现在没有公开的心愿。',
    nearAll: '全区的心愿',
    chooseArea: '告诉我们您住在哪个社区，就能看到身边的事。',
    chooseAreaDo: '选择社区',
    stillNeeds: '还差 {{amount}}',
    unread: '您有 {{count}} 条新消息',
  },
} as const;
