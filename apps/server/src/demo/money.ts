import { addDays, seededRandom, type Id, type PlainDate } from '@wennuan/basics';
import { WISH_CAMPAIGN } from '../modules/donation/index.ts';
import type { OrganizationKind } from '../modules/organization/index.ts';
import { systemActor, type Actor } from '../platform/actor.ts';
import type { ComingGift } from './gifts.ts';
import type { Demo } from './index.ts';
import { between, pick } from './names.ts';
import { signPayees } from './payees.ts';
import givers from '../../../../demo/givers.json' with { type: 'json' };

interface Named {
  id: Id;
  code: string;
}
/** Whom money comes from, where it is kept, and who is paid. */
export interface Money {
  suppliers: Id[];
  builder: Id;
  enterprises: Id[];
  /** The account that claims wishes for an enterprise. */
  claimant: Actor;
  campaigns: { wishes: Named; homes: Named; quilts: Named };
  general: Named;
  special: Named;
  /** Mutual-aid funds by community. */
  funds: Map<number, Named>;
}

/** Every organisation of the demo is invented and says so. */
const INVENTED = '（演示）';
const PLATFORM = '公益捐赠平台（沙箱）';
const ENDED_DAYS_AGO = 24;

/** Puts organisations on file, opens funds and campaigns, and lets what was agreed come in. */
export async function openMoney(demo: Demo): Promise<Money> {
  const organizations = await openOrganizations(demo);
  const funds = await openFunds(demo);
  const campaigns = await openCampaigns(demo);
  const money = {
    ...organizations,
    ...funds,
    campaigns,
    claimant: await openClaimant(demo, organizations.claimantId),
  };
  await takeAgreedGifts(demo, money);
  return money;
}

async function openOrganizations(demo: Demo) {
  const list: [OrganizationKind, string][] = [
    ...givers.suppliers.map((name): [OrganizationKind, string] => ['supplier', name]),
    ['supplier', givers.builder],
    ...givers.enterprises.map((name): [OrganizationKind, string] => ['enterprise', name]),
    ['enterprise', givers.claimant],
    ['social_organization', '邻里社工服务中心'],
    ['department', '区民政部门'],
    ['department', '区残疾人联合会'],
  ];
  const made = await demo.database.write(
    demo.staff.get('federation')!,
    'organization.create',
    (tx) =>
      demo.organization.create(
        tx,
        list.map(([kind, name], index) => ({
          kind,
          name: `${name}${INVENTED}`,
          creditCode: null,
          bankAccount: `0000 0000 0000 ${String(1_000 + index)}`,
          // One enterprise gives without wanting to be named.
          namingConsent:
            kind === 'enterprise' && name !== givers.enterprises.at(-1)
              ? { paper: `捐赠协议演示第 ${index} 号第六条`, consentedOn: demo.halves[0]!.date }
              : null,
        })),
      ),
  );
  await signPayees(
    demo,
    made
      .map((one, index) => ({
        kind: 'organization' as const,
        id: one.id,
        holder: one.name,
        number: `0000 0000 0000 ${String(1_000 + index)}`,
        isPaid: list[index]![0] === 'supplier' || list[index]![0] === 'social_organization',
      }))
      .filter(({ isPaid }) => isPaid),
  );
  const ids = made.map(({ id }) => id);
  const suppliers = givers.suppliers.length;
  const enterprises = suppliers + 1 + givers.enterprises.length;
  return {
    suppliers: ids.slice(0, suppliers),
    builder: ids[suppliers]!,
    enterprises: ids.slice(suppliers + 1, enterprises),
    claimantId: ids[enterprises]!,
  };
}

async function openClaimant(demo: Demo, organizationId: Id): Promise<Actor> {
  return await demo.database.write(systemActor('demo'), 'demo.claimant', async (tx) => {
    const [opened] = await demo.access.openStaff(tx, [
      {
        name: 'enterprise',
        displayName: '暖阳制造（演示）公益专员',
        role: 'enterprise_agent',
        areaId: null,
        organizationId,
        ...demo.signIn('enterprise'),
      },
    ]);
    return await demo.access.actorFor(tx, opened!.accountId, 'enterprise_agent');
  });
}

async function openFunds(demo: Demo) {
  const { place } = demo;
  const communities = place.all().filter(({ level }) => level === 'community');
  const street = place.streetOf(communities[0]!.id);
  const federation = demo.staff.get('federation')!;
  const [general] = await demo.database.write(federation, 'fund.create', (tx) =>
    demo.fund.createFunds(tx, [
      { name: `${place.district()!.name}慈善总基金`, kind: 'general', areaId: null },
    ]),
  );
  const special = await demo.database.write(federation, 'fund.create', (tx) =>
    demo.fund.openFund(tx, {
      name: `${street.name}社区公益创投专项基金`,
      kind: 'special',
      areaId: street.id,
      agreement: {
        partnerName: `${street.name}办事处`,
        agreementNumber: '专项基金协议演示第 1 号',
        agreedOn: demo.halves[0]!.date,
        purpose: '资助本街道社区组织的公益项目，按公益创投评审结果分次拨付。',
        remainderRule: '基金终止时，剩余财产由区慈善总会用于本街道同类公益项目。',
        namingPaper: '专项基金协议演示第 1 号第七条',
      },
    }),
  );
  const mutual = await demo.database.write(federation, 'fund.create', (tx) =>
    demo.fund.createFunds(
      tx,
      communities.map(({ id, name }) => ({
        name: `${name}互助基金`,
        kind: 'mutual_aid' as const,
        areaId: id,
      })),
    ),
  );
  return {
    general: general!,
    special,
    funds: new Map(communities.map(({ id }, index) => [id, mutual[index]!])),
  };
}

interface Plan {
  name: string;
  summary: string;
  purpose: string;
  beneficiaries: string;
  useOfMoney: string;
  remainderRule: string;
  closesOn: PlainDate;
  goalYuan: string | null;
  filing: string;
}

async function openCampaigns(demo: Demo): Promise<Money['campaigns']> {
  const today = demo.halves.at(-1)!.date;
  const plans = campaignPlans(demo.place.district()!.name, today);
  const opened: Named[] = [];
  for (const plan of plans) opened.push(await openCampaign(demo, plan));
  return { wishes: opened[0]!, homes: opened[1]!, quilts: opened[2]! };
}

function campaignPlans(district: string, today: PlainDate): Plan[] {
  return [
    {
      name: WISH_CAMPAIGN,
      summary: '把社区认定过的每一个小心愿变成一件真正送到手里的东西。',
      purpose: `帮助${district}困难居民解决日常生活中的小困难。`,
      beneficiaries: '经社区入户认定的困难居民，不限户籍。',
      useOfMoney: '按心愿逐项采购实物或服务，每项不超过 500 元，由社区送达并回访。',
      remainderRule: '多出的善款用于同一社区下一个最早的心愿；没有时留在“微心愿”募捐活动。',
      closesOn: addDays(today, 280),
      goalYuan: null,
      filing: '演示备字第 2601 号',
    },
    {
      name: '五户老人安居改造',
      summary: '为五户独居老人修好屋顶、换掉旧线路、装上扶手。',
      purpose: '改善独居老人的居住安全。',
      beneficiaries: '经街道评估的五户独居老人。',
      useOfMoney: '屋面防水、线路更换、防滑与扶手安装；按工程进度分次支付。',
      remainderRule: '结余用于下一批安居改造。',
      closesOn: addDays(today, 100),
      goalYuan: '250000',
      filing: '演示备字第 2602 号',
    },
    {
      name: '一床棉被过暖冬',
      summary: '给街头清扫的劳动者和低收入家庭备好过冬的被褥。',
      purpose: '入冬前发放棉被。',
      beneficiaries: '环卫劳动者与低收入家庭。',
      useOfMoney: '集中采购棉被并由社区发放。',
      remainderRule: '结余转入“微心愿”募捐活动。',
      closesOn: addDays(today, -ENDED_DAYS_AGO),
      goalYuan: '20000',
      filing: '演示备字第 2603 号',
    },
  ];
}

async function openCampaign(demo: Demo, { filing, ...plan }: Plan): Promise<Named> {
  const begins = demo.halves[0]!.date;
  return await demo.database.write(
    demo.staff.get('federation')!,
    'donation.open_campaign',
    async (tx) => {
      const { campaignId } = await demo.donation.draftCampaign(tx, {
        ...plan,
        legalForm: 'public_fundraising',
        costs: '不从善款中列支管理成本，采购运费由总会承担。',
        opensOn: begins,
      });
      const filedOn = addDays(begins, -21);
      const ticks = [
        ['qualified_charity', '公募证演示第 0001 号'],
        ['filed_plan', filing],
        ['live_listing', PLATFORM],
        ['own_account', '总会募捐专户 尾号 2727'],
      ] as const;
      for (const [tick, detail] of ticks)
        await demo.donation.setTick(tx, { campaignId, tick, detail, filedOn });
      await demo.donation.openCampaign(tx, campaignId);
      const { code } = await tx.db
        .selectFrom('campaign')
        .select('code')
        .where('id', '=', campaignId)
        .executeTakeFirstOrThrow();
      return { id: campaignId, code };
    },
  );
}

/** What enterprises agreed to give to the general fund and the street's special fund. */
async function takeAgreedGifts(demo: Demo, money: Money): Promise<void> {
  const paidOn = demo.halves[0]!.date;
  const yuan = [80_000, 50_000, 30_000, 20_000, 160_000, 100_000];
  await demo.database.write(demo.staff.get('accountant')!, 'donation.record_agreed', (tx) =>
    demo.donation.recordAgreedGifts(
      tx,
      yuan.map((amount, index) => ({
        fundId: (index < 4 ? money.general : money.special).id,
        organizationId: money.enterprises[index % money.enterprises.length]!,
        amountFen: amount * 100,
        bankReference: `演示回单 ${String(index + 1).padStart(4, '0')}`,
        paidOn,
      })),
    ),
  );
}

/** A sum people give: often one yuan or five, seldom some hundred. In fen. */
export function usualGiftFen(random: () => number): number {
  const yuan = pick(
    random,
    [1, 1, 1, 2, 5, 5, 6, 8, 10, 10, 10, 18, 20, 20, 20, 30, 50, 50, 66, 100, 100, 200, 500],
  );
  return random() < 0.04 ? yuan * 100 + between(random, 1, 99) : yuan * 100;
}

/** The name a giver chose, or null for 爱心人士. */
export function chosenName(random: () => number): string | null {
  return random() < 0.3 ? pick(random, givers.names) : null;
}

/** Gifts that come to the campaigns and to the communities' funds, whoever asks for them. */
export function planGeneralGifts(demo: Demo, seed: number): void {
  const random = seededRandom(seed);
  const { campaigns } = demo.money;
  const half = () => between(random, 1, demo.halves.length - 1);
  const give = (campaign: Named, count: number, last = demo.halves.length - 1) => {
    for (let index = 0; index < Math.round(count * demo.scale); index += 1) {
      const at = Math.min(half(), last - (index % 7));
      demo.gifts.plan(Math.max(0, at), [campaignGift(random, campaign)]);
    }
  };
  const ended = demo.halves.findLastIndex(
    ({ date }) => date <= addDays(demo.halves.at(-1)!.date, -ENDED_DAYS_AGO),
  );
  give(campaigns.wishes, 720);
  give(campaigns.homes, 760);
  give(campaigns.quilts, 320, Math.max(1, ended));
  planMutualAid(demo, random);
  const { id, code: projectCode } = campaigns.wishes;
  const begun = { kind: 'campaign', id, actor: null } as const;
  for (let index = 0; index < 6; index += 1)
    demo.gifts.plan(half(), [
      { projectCode, amountFen: usualGiftFen(random), giverName: null, begun, isAbandoned: true },
    ]);
}

function campaignGift(random: () => number, campaign: Named): ComingGift {
  const gift = {
    projectCode: campaign.code,
    amountFen: usualGiftFen(random),
    giverName: chosenName(random),
  };
  return random() < 0.05
    ? { ...gift, begun: { kind: 'campaign', id: campaign.id, actor: null } }
    : gift;
}

/** Residents with an account give to the fund of their own community. */
function planMutualAid(demo: Demo, random: () => number): void {
  for (const [areaId, fund] of demo.money.funds)
    for (const { account } of demo.people.get(areaId) ?? []) {
      if (!account || random() < 0.1) continue;
      demo.gifts.plan(between(random, 0, Math.min(24, demo.halves.length - 1)), [
        {
          projectCode: fund.code,
          amountFen: pick(random, [20, 50, 100, 100, 200, 300, 500]) * 100,
          giverName: null,
          begun: { kind: 'fund', id: fund.id, actor: account },
        },
      ]);
    }
}
