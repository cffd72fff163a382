import { zhCampaign } from './zh.campaign.ts';
import { zhLog } from './zh.log.ts';
import { zhMoney } from './zh.money.ts';
import { zhPay } from './zh.pay.ts';
import { zhAid } from './zh.aid.ts';
import { zhPolicies } from './zh.policies.ts';
import { zhRecord } from './zh.record.ts';
import { zhService } from './zh.service.ts';
import charity from './zh.charity.ts';
import station from './zh.station.ts';
import { zhWish } from './zh.wish.ts';

/** Words of the public area. Chinese is the original; en.ts must have the same keys. */
export default {
  ...station,
  ...charity,
  federation: '{{district}}慈善总会',
  asOf: '截至 {{at}}',
  more: '下一页',
  first: '回到第一页',
  nav: {
    wall: '心愿墙',
    campaigns: '募捐活动',
    funds: '善款账本',
    responses: '办理时效',
    policies: '政策清单',
    slips: '查进度',
    help: '求助电话',
    about: '怎么办事',
    open: '公开数据',
    disclosures: '信息公开',
    complaints: '投诉举报',
    check: '核对凭证',
    log: '公开账本',
    my: '我的',
    desk: '工作台',
    menu: '主要页面',
    foot: '全部页面',
    preferences: '字号和语言',
  },
  footer: {
    answer: '信息和善款由{{federation}}负责，需求由社区核实。',
    demo: '这是演示数据：人物、单位、心愿和捐赠都是虚构的。',
    contact: '有疑问或要投诉：{{federation}}，或拨打 12345。',
  },
  home: {
    title: '有呼必应，一分一厘都可查',
    description: '{{brand}}：有难处请说出来，想帮忙从一元开始，每笔善款善物都查得到去处。',
    lead: '有难处请说出来；想帮忙，从一元开始。',
    ask: '我有难处',
    askHint: '说给社区听，不收费，不公开',
    give: '我想帮忙',
    giveHint: '一元钱、一件物品、两小时都行',
    near: '我身边',
    nearHint: '社区电话，附近的心愿',
    slip: '查进度',
    slipHint: '用回执上的查询码',
    figures: '现在的情况',
    open: '正在等的心愿',
    met: '已办结的心愿',
    in: '基金收入',
    out: '基金支出',
    pieces: '件',
    newest: '最近的心愿',
    wholeWall: '看全部心愿',
    noneTitle: '现在没有等着的心愿',
    noneBody: '新的心愿经社区核实后会出现在这里。',
    how: '一件事怎样办成',
    speed: '我们答复得有多快',
    speedLead: '从登记到认定、到办结，取中位数：一半的事更快，一半更慢。',
    speedStreets: '看各街道',
  },
  loop: {
    verify: '需求认定',
    verifyBody: '社区工作者上门看实情、查价格，2 个工作日内答复。',
    match: '资源对接',
    matchBody: '善款、物品或时间，哪样合适用哪样。',
    carryOut: '项目实施',
    carryOutBody: '买好送到家，只拍东西，不拍人。',
    feedBack: '结果反馈',
    feedBackBody: '本人说办好了才算办好，捐赠人看得到每一分的去处。',
  },
  ...zhWish,
  ...zhCampaign,
  ...zhMoney,
  ...zhPay,
  ...zhLog,
  ...zhRecord,
  ...zhService,
  ...zhAid,
  ...zhPolicies,
} as const;
