import { randomUUID } from 'node:crypto';
import { addDays, dateInShanghai, type Id } from '@wennuan/basics';
import { systemActor } from '../platform/actor.ts';
import type { DutyOnFile } from '../modules/disclosure/index.ts';
import { days, type Wait } from './calendar.ts';
import type { Demo } from './index.ts';
import type { Script } from './walk.ts';

const EMERGENCY_DAYS_AGO = 46;
const EMERGENCY_LASTS_DAYS = 12;
const NOTED_DAYS_AGO = 44;
const COMPLAINT_DAYS_AGO = 33;

/** What the federation owes the public, and what the public tells it. */
export function recordScripts(demo: Demo): Script[] {
  return [
    script(demo, { order: 1, daysAgo: EMERGENCY_DAYS_AGO, tell: () => emergency(demo) }),
    script(demo, { order: 2, daysAgo: NOTED_DAYS_AGO, tell: () => noteDeals(demo) }),
    script(demo, { order: 3, daysAgo: COMPLAINT_DAYS_AGO, tell: () => complaints(demo) }),
  ];
}

interface Planned {
  order: number;
  daysAgo: number;
  tell: Script['tell'];
}

function script(demo: Demo, { order, daysAgo, tell }: Planned): Script {
  const date = addDays(demo.halves.at(-1)!.date, -daysAgo);
  const startsIn = demo.halves.findIndex((half) => half.date >= date && half.isWorking);
  return { group: 'record', order, startsIn, tell };
}

const federation = (demo: Demo) => demo.staff.get('federation')!;

/** Heavy rain: a campaign opened at once, filed after, told every five days, once corrected, once late. */
async function* emergency(demo: Demo): AsyncGenerator<Wait, void, void> {
  demo.moment();
  const today = dateInShanghai(demo.clock.now());
  const id = await demo.database.write(federation(demo), 'donation.open_campaign', async (tx) => {
    const { campaignId } = await demo.donation.draftCampaign(tx, {
      name: '暴雨应急救助',
      legalForm: 'public_fundraising',
      summary: '给暴雨中进水的低洼楼院送去抽水设备、被褥和米面油。',
      purpose: '帮助受暴雨影响的居民渡过难关。',
      beneficiaries: '低洼楼院的受灾居民。',
      useOfMoney: '集中采购抽水泵、被褥和米面油，由社区发放到户。',
      costs: '不从善款中列支管理成本。',
      remainderRule: '结余转入“微心愿”募捐活动。',
      opensOn: today,
      closesOn: addDays(today, EMERGENCY_LASTS_DAYS),
      goalYuan: '50000',
      isEmergency: true,
    });
    for (const [tick, detail] of [
      ['qualified_charity', '公募证演示第 0001 号'],
      ['live_listing', '公益捐赠平台（沙箱）'],
      ['own_account', '总会募捐专户 尾号 2727'],
    ] as const)
      await demo.donation.setTick(tx, { campaignId, tick, detail, filedOn: null });
    await demo.donation.openCampaign(tx, campaignId);
    return campaignId;
  });
  giveTo(demo, await codeOf(demo, id));
  yield days(5);
  await publish(demo, { subjectId: id, kind: 'emergency_receipts' });
  yield days(2);
  await correctLast(demo);
  await demo.database.write(federation(demo), 'donation.set_tick', (tx) =>
    demo.donation.setTick(tx, {
      campaignId: id,
      tick: 'filed_plan',
      detail: '演示备字第 2604 号',
      filedOn: dateInShanghai(demo.clock.now()),
    }),
  );
  yield days(5);
  await publish(demo, { subjectId: id, kind: 'emergency_receipts' });
}

async function codeOf(demo: Demo, id: Id): Promise<string> {
  const campaigns = await demo.database.read(systemActor('demo'), demo.donation.openedCampaigns);
  return campaigns.find((one) => one.id === id)!.code;
}

function giveTo(demo: Demo, projectCode: string): void {
  const amounts = [100, 500, 1_000, 2_000, 5_000, 10_000, 20_000];
  for (let index = 0; index < Math.max(8, Math.round(60 * demo.scale)); index += 1)
    demo.gifts.plan(demo.half.index + 1 + (index % 16), [
      { projectCode, amountFen: amounts[index % amounts.length]!, giverName: null },
    ]);
}

/** Publishes the soonest report that waits, as its draft has it. */
async function publish(demo: Demo, wanted: { subjectId: Id; kind: string }): Promise<void> {
  demo.moment();
  const system = systemActor('demo');
  await demo.database.write(system, null, (tx) => demo.disclosure.openDuties(tx));
  const duty = await demo.database.read(system, async (tx): Promise<DutyOnFile | undefined> =>
    (await demo.disclosure.duties(tx, { open: true })).find(
      (one) => one.subjectId === wanted.subjectId && one.kind === wanted.kind,
    ),
  );
  if (!duty) return;
  const { figures, text } = await demo.database.read(system, (tx) =>
    demo.disclosure.draft(tx, duty.id),
  );
  await demo.database.write(federation(demo), 'disclosure.publish', (tx) =>
    demo.disclosure.publish(tx, {
      dutyId: duty.id,
      title: `${duty.subjectName}收支公布（截至 ${dayInWords(duty.coversUntil)}）`,
      text,
      figures,
    }),
  );
}

async function correctLast(demo: Demo): Promise<void> {
  demo.moment();
  const number = 'GS-000001';
  const { text } = await demo.disclosure.handlers.disclosure({
    actor: federation(demo),
    params: { number },
  } as Parameters<typeof demo.disclosure.handlers.disclosure>[0]);
  await demo.database.write(federation(demo), 'disclosure.correct', (tx) =>
    demo.disclosure.correct(tx, {
      number,
      note: '补充发放物资的数量：原文只写了金额。',
      text: `${text}\n已发放抽水泵 3 台、被褥 26 套、米面油 40 份。`,
    }),
  );
}

/** A deal that no figure shows was noted, and its day has passed. */
async function* noteDeals(demo: Demo): AsyncGenerator<Wait, void, void> {
  demo.moment();
  await demo.database.write(federation(demo), 'disclosure.add_duty', (tx) =>
    demo.disclosure.addDuty(tx, {
      kind: 'partner_assessment',
      subjectCode: null,
      happenedOn: dateInShanghai(demo.clock.now()),
      what: '邻里社工服务中心（演示）年度评估',
    }),
  );
  yield days(1);
}

/** One report answered in public, one that waits, one complaint to civil affairs. */
async function* complaints(demo: Demo): AsyncGenerator<Wait, void, void> {
  const first = await complain(demo, {
    route: 'federation',
    subject: { kind: 'campaign', code: demo.money.campaigns.quilts.code },
    text: '活动页面上写的棉被数量和小区公告上的不一样，请核对。',
  });
  yield days(3);
  demo.moment();
  await demo.database.write(federation(demo), 'complaint.answer', async (tx) => {
    const [row] = await demo.complaint.list(tx, { number: first });
    await demo.complaint.answer(tx, {
      id: row!.id,
      answer:
        '已核对：公告写的是第一批 60 床，活动页面写的是全部 100 床。已请社区在公告上补一句说明。',
      isPublic: true,
      act: 'none',
      tellDonors: false,
    });
  });
  yield days(26);
  await complain(demo, {
    route: 'federation',
    subject: { kind: 'page', code: '/wall' },
    text: '有一个心愿的照片很模糊，看不清是什么。',
  });
  await complain(demo, {
    route: 'civil_affairs',
    subject: { kind: 'charity', code: null },
    text: '合作方评估结果一直没有公布，请督促。',
  });
}

/** A day as the federation writes it in a title. */
function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
}

async function complain(
  demo: Demo,
  said: {
    route: 'federation' | 'civil_affairs';
    subject: { kind: 'campaign' | 'page' | 'charity'; code: string | null };
    text: string;
  },
): Promise<string> {
  demo.moment();
  const { number } = await demo.database.write(systemActor('demo'), 'complaint.complain', (tx) =>
    demo.complaint.complain(tx, {
      body: { ...said, contact: null, formId: randomUUID() },
      accountId: null,
    }),
  );
  return number;
}
