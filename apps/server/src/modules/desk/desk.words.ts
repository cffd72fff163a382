import { type Said, saidIn } from '../../platform/said-in.ts';

/** What modules call their tasks, in Chinese, and as English readers read it; names within stay as they are. */
const OURS: Said = [
  // What tasks about money were called before their kind stood beside them.
  [/^(?:认捐到期未兑现|认领待到账|待付款|待审批) (¥\S+)$/, '$1'],
  [/^“(.+)”页面$/, 'the page “$1”'],
  [/^举报：(.+)$/, 'Report: $1'],
  [/^投诉：(.+)$/, 'Complaint: $1'],
  [/^应于 (\S+) 前(?:公开|答复)$/, 'due by $1'],
  [/^(\S+) 的 2 % 已过缴款期$/, '2 % of $1 not paid in time'],
  [/^须在 (\d+) 天内答复$/, 'to be answered within $1 days'],
  [/^个人信息请求：(.+)$/, 'Request about personal data: $1'],
  [/^居民迁入待接收（来自(.+)）$/, 'A resident moves in from $1'],
  [/^待决定的政策：(.+)$/, 'Programme to decide on: $1'],
  [/^待审批发放：(.+)$/, 'Distribution to approve: $1'],
  [/^救助名单待审批（(\d+) 人）$/, 'Aid list to approve ($1 people)'],
  [/^收款账户待签字 尾号 (\d+)$/, 'Payee to sign for, account ending in $1'],
  [/^退还捐赠待审批 (\S+)$/, 'Return of a gift to approve, $1'],
  [/^变更用途待审批 (\S+)$/, 'Change of purpose to approve, $1'],
  [/^帮扶入户 (\S+)$/, 'Visit a candidate for aid, $1'],
  [/^帮扶服务 (\S+)$/, 'Help to give, $1'],
  [/^确认收到 (\S+)$/, 'Ask whether it came, $1'],
];
const WORDS: Readonly<Record<string, string>> = {
  更正: 'correct',
  删除: 'erase',
  说明: 'explain',
  转移: 'transfer',
  微心愿: 'Micro-wish',
  心愿墙: 'Wish wall',
  个人求助: 'Help request',
  转介办理结果: 'What became of a referral',
  请把决定告知本人: 'Tell her the decision in person',
  张贴公示: 'Put up a notice',
  公示期满后取下: 'Take a notice down',
  公示异议待答复: 'Objection to answer',
  救助申诉待答复: 'Appeal about aid to answer',
  商城订单送上门: 'Order to bring to the door',
  已故人员仍在名册: 'Dead, and still in a roster',
  已故人员仍在发放: 'Dead, and still being paid',
  同一待遇两处享受: 'One benefit twice',
  互斥待遇同时享受: 'Benefits that exclude each other',
  应享未达: 'Entitled and not reached',
  项目有人未开启: 'A programme with people, not begun',
  已发放未确认: 'Given and not confirmed',
  社区人数突增: 'Sudden growth in a community',
  工作人员亲属受助: 'A relative of staff is helped',
  企业自己人套取配捐: 'An enterprise’s own people drew matching money',
  配捐后资金回流捐赠人: 'Matched money came back to its giver',
};

/** A task's title or detail in the reader's language; what people wrote stays as it is. Pure. */
export const taskWordsIn = saidIn(OURS, WORDS);
