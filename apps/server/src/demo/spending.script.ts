import { office, type Wait } from './calendar.ts';
import type { Demo } from './index.ts';
import { availableIn, decide, pay, proposeFor, type Proposed } from './life.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

/** One payment of campaigns and funds that is for no single need. */
interface Spending {
  from: 'homes' | 'quilts' | 'special' | 'general';
  /** Half-days before the end. */
  before: number;
  /** Which part of what is available, and how far it comes. */
  share: number;
  until: 'proposed' | 'approved_once' | 'approved' | 'paid' | 'refused' | 'cancelled';
  payee: number | 'builder';
  purpose: string;
}

const spendings: readonly Spending[] = [
  {
    from: 'homes',
    before: 60,
    share: 0.4,
    until: 'paid',
    payee: 'builder',
    purpose: '第一户屋面防水与线路改造',
  },
  {
    from: 'homes',
    before: 30,
    share: 0.5,
    until: 'paid',
    payee: 'builder',
    purpose: '第二户屋面与扶手安装',
  },
  {
    from: 'homes',
    before: 4,
    share: 0.6,
    until: 'proposed',
    payee: 'builder',
    purpose: '第三户改造首付',
  },
  { from: 'quilts', before: 40, share: 0.7, until: 'paid', payee: 4, purpose: '棉被集中采购' },
  { from: 'quilts', before: 20, share: 1, until: 'paid', payee: 4, purpose: '棉被第二批' },
  {
    from: 'special',
    before: 70,
    share: 0.08,
    until: 'paid',
    payee: 1,
    purpose: '助老项目首期拨付',
  },
  {
    from: 'special',
    before: 5,
    share: 0.02,
    until: 'approved_once',
    payee: 2,
    purpose: '辅具共享角',
  },
  { from: 'general', before: 50, share: 0.03, until: 'paid', payee: 1, purpose: '应急物资储备' },
  { from: 'general', before: 26, share: 0.3, until: 'refused', payee: 0, purpose: '办公电器' },
  { from: 'general', before: 12, share: 0.01, until: 'cancelled', payee: 3, purpose: '爱心文具包' },
  { from: 'general', before: 6, share: 0.01, until: 'approved', payee: 3, purpose: '爱心文具包' },
];

/** Money that leaves campaigns and funds for more than one person: agreed to by two, above ¥10,000 by three. */
export function spendingScripts(demo: Demo): Script[] {
  return spendings.map((spending) => {
    const startsIn = Math.max(0, demo.halves.length - spending.before);
    return {
      group: `spending ${spending.from}`,
      order: startsIn,
      startsIn,
      tell: () => spend(demo, spending),
    };
  });
}

async function* spend(demo: Demo, spending: Spending): Story {
  const { campaigns, general, special, builder, suppliers } = demo.money;
  const { id } = { ...campaigns, general, special }[spending.from];
  const available = await availableIn(demo, id);
  const proposed = await proposeFor(demo, demo.staff.get('federation')!, {
    source: { kind: spending.from in campaigns ? 'campaign' : 'fund', id },
    payee: {
      kind: 'organization',
      id: spending.payee === 'builder' ? builder : suppliers[spending.payee]!,
    },
    amountFen: Math.max(100, Math.floor((available * spending.share) / 100) * 100),
    purpose: spending.purpose,
    needId: null,
  });
  yield* agreed(demo, proposed, spending.until);
}

async function* agreed(demo: Demo, proposed: Proposed, until: Spending['until']): Story {
  if (until === 'proposed') return;
  yield office(2);
  const { proposalId, approvalId } = proposed;
  if (until === 'cancelled')
    return await demo.database.write(demo.staff.get('federation')!, 'fund.cancel', (tx) =>
      demo.fund.cancelProposal(tx, { proposalId, reason: '数量有误，重新申报。' }),
    );
  if (until === 'refused')
    return await decide(demo, 'approver', { approvalId, refuse: '不属于章程规定的用途。' });
  await decide(demo, 'approver', { approvalId });
  if (until === 'approved_once') return;
  yield office(1);
  await decide(demo, 'approver2', { approvalId });
  if (await isOpen(demo, approvalId)) {
    yield office(1);
    await decide(demo, 'approver3', { approvalId });
  }
  if (until === 'approved') return;
  yield office(1);
  await pay(demo, proposalId);
}

async function isOpen(demo: Demo, approvalId: string): Promise<boolean> {
  const views = await demo.database.read(demo.staff.get('federation')!, (tx) =>
    demo.approval.read(tx, [approvalId]),
  );
  return views.get(approvalId)?.state === 'open';
}
