import { randomUUID } from 'node:crypto';
import { addDays, dateInShanghai, type Id } from '@wennuan/basics';
import { systemActor, paymentsActor, type Actor } from '../platform/actor.ts';
import type { Demo } from './index.ts';

const POT_DAYS_LEFT = 20;
const CIRCLE_YUAN = [120, 80];

/** Pots of enterprises, monthly gifts and pledges, as they were agreed eleven weeks ago. */
export async function openGiving(demo: Demo): Promise<void> {
  const { database, money, staff, halves } = demo;
  const [from, today] = [halves[0]!.date, halves.at(-1)!.date];
  const { homes, quilts } = money.campaigns;
  const pots = [
    {
      campaign: homes,
      yuan: '20000',
      untilOn: addDays(today, POT_DAYS_LEFT),
      fund: money.special.id,
    },
    { campaign: quilts, yuan: '1500', untilOn: addDays(today, -30), fund: null },
  ];
  for (const [index, { campaign, yuan, untilOn, fund }] of pots.entries())
    await database.write(staff.get('accountant')!, 'matching.open', (tx) =>
      demo.matching.openPot(tx, {
        campaignId: campaign.id,
        organizationId: money.claimant.organizationId!,
        amountYuan: yuan,
        bankReference: `演示配捐回单 ${index + 1}`,
        paidOn: from,
        agreementNumber: `配捐协议演示第 ${index + 1} 号`,
        ratioPercent: 100,
        capPerGiftYuan: '100',
        capPerPayerYuan: '300',
        fromOn: from,
        untilOn,
        remainderFundId: fund,
      }),
    );
  await promise(demo);
  await planCircles(demo);
}

/** An enterprise and two neighbours promise; the first neighbour gives each month. */
async function promise(demo: Demo): Promise<void> {
  const { homes } = demo.money.campaigns;
  const today = demo.halves.at(-1)!.date;
  const [first, second] = givers(demo);
  const promised: [Actor, string, [number, string][]][] = [
    [
      demo.money.claimant,
      '50000',
      [
        [-12, '20000'],
        [6, '15000'],
        [60, '15000'],
      ],
    ],
    [
      second!,
      '600',
      [
        [-20, '200'],
        [10, '200'],
        [40, '200'],
      ],
    ],
  ];
  for (const [actor, amountYuan, parts] of promised)
    await demo.database.write(actor, 'pledge.promise', (tx) =>
      demo.pledge.promise(tx, {
        campaignId: homes.id,
        amountYuan,
        instalments: parts.map(([days, yuan]) => ({
          dueOn: addDays(today, days),
          amountYuan: yuan,
        })),
        agreementNumber: null,
        displayName: null,
        formId: randomUUID(),
      }),
    );
  for (const [index, actor] of [first!, second!].entries())
    await demo.database.write(actor, 'pledge.start_monthly', (tx) =>
      demo.pledge.startMonthly(tx, {
        campaignId: (index === 0 ? homes : demo.money.campaigns.wishes).id,
        amountYuan: index === 0 ? '20' : '10',
        dayOfMonth: 8,
        displayName: null,
        formId: randomUUID(),
      }),
    );
}

/** Residents with an account in the first community. */
function givers(demo: Demo): Actor[] {
  return [...demo.people.values()][0]!.flatMap(({ account }) => account ?? []);
}

/**
 * What supervision is to find: the matching enterprise's own agent gives and is matched, and so does somebody
 * of the builder whom the campaign pays later.
 */
async function planCircles(demo: Demo): Promise<void> {
  const { homes } = demo.money.campaigns;
  const builder = await demo.database.write(systemActor('demo'), 'demo.builder', async (tx) => {
    const [opened] = await demo.access.openStaff(tx, [
      {
        name: 'builder',
        displayName: '施工单位（演示）经办人',
        role: 'enterprise_agent',
        areaId: null,
        organizationId: demo.money.builder,
        ...demo.signIn('builder'),
      },
    ]);
    return await demo.access.actorFor(tx, opened!.accountId, 'enterprise_agent');
  });
  for (const [index, actor] of [demo.money.claimant, builder].entries())
    demo.gifts.plan(1 + index, [
      {
        projectCode: homes.code,
        amountFen: CIRCLE_YUAN[index]! * 100,
        giverName: null,
        begun: { kind: 'campaign', id: homes.id, actor },
      },
    ]);
}

/** The present: gifts that keep promises, news with pictures, a result, what is written down beside, an emergency. */
export async function bringGiving(demo: Demo): Promise<void> {
  await keepMonths(demo);
  await keepPledge(demo);
  await tellNews(demo);
  await endQuilts(demo);
  await writeDown(demo);
  await openEmergency(demo);
}

/** Of the months that were asked: given, but for the latest, which waits, and one that was skipped. */
async function keepMonths(demo: Demo): Promise<void> {
  for (const actor of givers(demo).slice(0, 2)) {
    const turns = await demo.database.read(actor, (tx) =>
      tx.db.selectFrom('monthly_turn').select(['id', 'month']).orderBy('month').execute(),
    );
    for (const [index, turn] of turns.slice(0, -1).entries())
      if (index === 1)
        await demo.database.write(actor, 'pledge.skip_month', (tx) =>
          demo.pledge.skipMonth(tx, turn.id),
        );
      else
        await arrive(demo, () =>
          demo.database.write(actor, 'pledge.give_month', (tx) =>
            demo.pledge.beginMonth(tx, turn.id),
          ),
        );
  }
}

/** The enterprise's first instalment is paid in part, by a gift that the federation counted towards it. */
async function keepPledge(demo: Demo): Promise<void> {
  const { homes } = demo.money.campaigns;
  const { claimant } = demo.money;
  const gift = await arrive(demo, () =>
    demo.database.write(claimant, 'donation.start_gift', (tx) =>
      demo.donation.startGift(tx, {
        target: { kind: 'campaign', id: homes.id },
        amountYuan: '12000',
        name: {
          displayName: '暖阳制造（演示）',
          hideFromPublic: false,
          hideFromRecipient: false,
          hideFromStaff: false,
        },
        formId: randomUUID(),
      }),
    ),
  );
  await demo.database.write(demo.staff.get('federation')!, 'pledge.link', async (tx) => {
    const { id } = await tx.db
      .selectFrom('pledge')
      .select('id')
      .where('organization_id', '=', claimant.organizationId)
      .executeTakeFirstOrThrow();
    await demo.pledge.linkGift(tx, { pledgeId: id, giftNumber: gift });
  });
}

let orders = 0;

/** A gift begun on our pages is paid at the designated platform; answers its number. */
async function arrive(demo: Demo, begin: () => Promise<{ giftId: Id }>): Promise<string> {
  const { giftId } = await begin();
  const order = await demo.database.read(systemActor('demo'), (tx) =>
    tx.db
      .selectFrom('gift_order')
      .select(['project_code', 'amount_fen'])
      .where('id', '=', giftId)
      .executeTakeFirstOrThrow(),
  );
  const [outcome] = await demo.database.write(
    paymentsActor('公益捐赠平台（沙箱）'),
    'donation.receive',
    (tx) =>
      demo.donation.receiveGifts(tx, [
        {
          platformOrder: `SBXGIVE${String((orders += 1)).padStart(6, '0')}`,
          projectCode: order.project_code,
          amountFen: Number(order.amount_fen),
          paidAt: demo.clock.now().toISOString(),
          giftId,
          giverName: null,
        },
      ]),
  );
  if (outcome!.status === 'refused') throw new Error(outcome!.code);
  return outcome!.giftNumber;
}

async function tellNews(demo: Demo): Promise<void> {
  const { homes } = demo.money.campaigns;
  const told: [title: string, text: string, things: string[]][] = [
    ['第一户完工', '屋面防水和线路都换好了，老人说下雨天不用再摆盆接水。', ['lamp', 'bed']],
    ['材料已进场', '第二、三户的防滑扶手和电线已到，下周一开工。', ['box', 'scissors', 'lamp']],
  ];
  for (const [title, text, things] of told)
    await publish(demo, homes.id, { title, text, things, isResult: false });
}

async function publish(
  demo: Demo,
  campaignId: Id,
  news: { title: string; text: string; things: string[]; isResult: boolean },
): Promise<void> {
  const actor = demo.staff.get('federation')!;
  const pictureIds: Id[] = [];
  for (const thing of news.things) {
    const bytes = demo.things.get(thing);
    if (bytes) pictureIds.push((await demo.attachment.add(actor, bytes)).id);
  }
  const { title, text, isResult } = news;
  await demo.database.write(actor, 'donation.publish_news', (tx) =>
    demo.donation.publishNews(tx, {
      campaignId,
      title,
      text,
      isResult,
      pictureIds,
      tellGivers: !isResult,
    }),
  );
}

/** The campaign that has ended: its rest goes by the filed rule, and its result is published. */
async function endQuilts(demo: Demo): Promise<void> {
  const { quilts, wishes } = demo.money.campaigns;
  const actor = demo.staff.get('federation')!;
  await demo.database.write(actor, 'donation.settle_remainder', (tx) =>
    demo.donation.settleRemainder(tx, {
      campaignId: quilts.id,
      target: { kind: 'campaign', id: wishes.id },
    }),
  );
  await publish(demo, quilts.id, {
    title: '棉被都送到了',
    text: '入冬前已由社区发到环卫劳动者和低收入家庭手里，每一床都有签收。结余按备案规则转入“微心愿”。',
    things: ['quilt', 'box'],
    isResult: true,
  });
}

async function writeDown(demo: Demo): Promise<void> {
  const today = dateInShanghai(demo.clock.now());
  const lines = [
    ['sale_promise', demo.money.suppliers[0]!, '每卖出一床棉被捐 2 元，到年底为止。', '800'],
    ['direct_gift', null, '邻居直接帮一户换了热水器，费用自付。', null],
  ] as const;
  for (const [legalForm, organizationId, text, amountYuan] of lines)
    await demo.database.write(demo.staff.get('federation')!, 'donation.record_giving', (tx) =>
      demo.donation.recordGiving(tx, {
        legalForm,
        organizationId,
        campaignId: null,
        text,
        amountYuan,
        happenedOn: addDays(today, -3),
      }),
    );
}

/** A cold wave is announced: an emergency campaign, not yet filed, so that both its clocks run. */
async function openEmergency(demo: Demo): Promise<void> {
  const actor = demo.staff.get('federation')!;
  await demo.database.write(actor, 'donation.open_emergency', (tx) =>
    demo.donation.openEmergency(tx, {
      kind: 'cold',
      name: '寒潮送暖应急募捐',
      summary: '降温之前，把被褥、棉衣和取暖用品送到需要的人手里。',
      purpose: '帮助困难居民安全过冬。',
      beneficiaries: '独居老人、低收入家庭、街头务工人员。',
      useOfMoney: '采购棉被、棉衣、安全取暖用品，由社区发放并登记。',
      costs: '不从善款中列支管理成本。',
      remainderRule: '结余转入“微心愿”募捐活动，用于冬季心愿。',
      closesOn: addDays(dateInShanghai(demo.clock.now()), 21),
      goalYuan: '60000',
      certificateNumber: '公募证演示第 0001 号',
      listing: '公益捐赠平台（沙箱）',
      ownAccount: '总会募捐专户 尾号 2727',
    }),
  );
}
