import { addDays, dateInShanghai, newId, type Id } from '@wennuan/basics';
import { clerk } from '../modules/catalogue/index.ts';
import { pickUpCodes } from '../modules/group-buy/index.ts';
import { systemActor } from '../platform/actor.ts';
import { days, office, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { workerOf } from './people.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

interface Plan {
  title: string;
  description: string;
  minimumPieces: number;
  limitPieces: number;
  closesInDays: number;
  /** How many neighbours join and pay. */
  joiners: number;
  /** The first of them among the neighbours with an account. */
  from: number;
}

const FAILED: Plan = {
  title: '山药 2.5 kg 装',
  description: '产地直供，整箱到站后分装。',
  minimumPieces: 20,
  limitPieces: 60,
  closesInDays: 3,
  joiners: 4,
  from: 2,
};
const REACHED: Plan = {
  title: '东北大米 5 kg',
  description: '当年新米，真空包装。拼满 12 袋更便宜。',
  minimumPieces: 8,
  limitPieces: 40,
  closesInDays: 3,
  joiners: 12,
  from: 6,
};
const OPEN: Plan = {
  title: '燕麦片 1.5 kg',
  description: '独立小包，到站自取，邻居可代取。',
  minimumPieces: 15,
  limitPieces: 30,
  closesInDays: 9,
  joiners: 9,
  from: 3,
};

/** Group-buys of the first community's station: one that failed, one that is being fetched, one that is open. */
export function groupBuyScripts(demo: Demo): Script[] {
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  const begin = (halfDaysBefore: number) => Math.max(1, demo.halves.length - halfDaysBefore);
  const stories = [
    { at: 20, tell: () => failed(demo, area.id) },
    { at: 26, tell: () => reached(demo, area.id) },
    { at: 8, tell: () => open(demo, area.id) },
  ];
  return stories.map(({ at, tell }, order) => ({
    group: 'group-buy',
    order,
    startsIn: begin(at),
    tell,
  }));
}

async function* failed(demo: Demo, areaId: number): Story {
  await openAndJoin(demo, areaId, FAILED);
  yield office(1);
}

async function* reached(demo: Demo, areaId: number): Story {
  const { id, code, shares } = await openAndJoin(demo, areaId, REACHED);
  yield days(5);
  const worker = workerOf(demo, demo.place.area(areaId));
  const note = (what: string, work: Parameters<typeof demo.database.write>[2]) =>
    demo.database.write(clerk(worker), `group_buy.${what}`, work);
  await note('order', (tx) =>
    demo.groupBuy.noteOrder(tx, { groupId: id, reference: 'DH-20261104' }),
  );
  yield office(3);
  await note('arrive', (tx) => demo.groupBuy.noteArrival(tx, id));
  yield office(1);
  const codes = pickUpCodes(demo.vault.hash);
  for (const [nth, share] of shares.slice(0, 7).entries()) {
    demo.moment();
    await note('hand_over', (tx) =>
      demo.groupBuy.pickUp(tx, {
        code: codes.of({ code }, share),
        note: nth === 2 ? '同单元邻居代取' : '',
      }),
    );
  }
  yield days(1);
  await note('chase', (tx) => demo.groupBuy.chase(tx, id));
}

async function* open(demo: Demo, areaId: number): Story {
  await openAndJoin(demo, areaId, OPEN);
  yield office(1);
}

/** Opens a group-buy as the community's worker; neighbours join and pay. */
async function openAndJoin(demo: Demo, areaId: number, plan: Plan) {
  const { groupBuy, database, clock } = demo;
  const worker = workerOf(demo, demo.place.area(areaId));
  const { placeId, variantId } = await whatIsSold(demo, areaId);
  const today = dateInShanghai(clock.now());
  const group = await database.write(clerk(worker), 'group_buy.open', (tx) =>
    groupBuy.open(tx, {
      placeId,
      variantId,
      title: plan.title,
      description: plan.description,
      minimumPieces: plan.minimumPieces,
      limitPieces: plan.limitPieces,
      householdPieces: 2,
      holdMinutes: 10,
      steps: [
        { fromPieces: 1, priceYuan: '32.00' },
        { fromPieces: 12, priceYuan: '29.80' },
        { fromPieces: 24, priceYuan: '27.50' },
      ],
      closesAt: `${addDays(today, plan.closesInDays)}T12:00:00+08:00`,
      pickUpOn: addDays(today, plan.closesInDays + 4),
      pickUpHours: '09:00–17:00',
      formId: newId(),
    }),
  );
  const shares: { id: Id; place: number }[] = [];
  const neighbours = demo.people
    .get(areaId)!
    .flatMap((one) => one.account ?? [])
    .slice(plan.from, plan.from + plan.joiners);
  for (const neighbour of neighbours) {
    demo.moment();
    const accountId = neighbour.accountId!;
    const joined = await groupBuy.join({
      groupId: group.id,
      accountId,
      householdKey: accountId,
      wanted: 1,
    });
    if (joined.outcome !== 'held') continue;
    const { shareId, place } = joined;
    shares.push({ id: shareId, place });
    await groupBuy.handlers.payInSandbox(callOf(neighbour, { params: { shareId } }));
  }
  return { ...group, shares };
}

/** The community's station and something on sale; what is not there yet is put there. */
async function whatIsSold(demo: Demo, areaId: number): Promise<{ placeId: Id; variantId: Id }> {
  const { database, place, catalogue } = demo;
  const system = systemActor('demo');
  return await database.write(system, 'demo.group_buy', async (tx) => {
    const points = [...(await place.servicePoints(tx)).values()];
    let station = points.find((one) => one.kind === 'station' && one.areaId === areaId);
    station ??= (
      await place.addServicePoints(tx, [
        { id: newId(), name: '慈善驿站', kind: 'station', areaId, address: '社区服务大厅东侧' },
      ])
    )[0]!;
    tx.touched('service_point', station.id);
    const [variant] = await catalogue.variants(tx, {});
    return {
      placeId: station.id,
      variantId: variant?.id ?? (await putOnSale(demo, tx)),
    };
  });
}

type Writing = Parameters<Parameters<Demo['database']['write']>[2]>[0];

async function putOnSale(demo: Demo, tx: Writing): Promise<Id> {
  const { catalogue, goods, money } = demo;
  const merchantId = await catalogue.addMerchant(tx, {
    organizationId: money.enterprises[0]!,
    paymentNumber: 'SANDBOX-88000001',
    contactTelephone: '',
    formId: newId(),
  });
  const since = addDays(dateInShanghai(tx.now), -30);
  const until = addDays(since, 365);
  await catalogue.addAgreement(tx, {
    merchantId,
    paperId: newId(),
    shareBasisPoints: 200,
    signedOn: since,
    validFrom: since,
    validUntil: until,
  });
  for (const kind of ['business', 'food'] as const)
    await catalogue.addLicence(tx, {
      merchantId,
      kind,
      number: `演示-${kind}`,
      validUntil: until,
      paperId: null,
    });
  await catalogue.decideMerchant(tx, { merchantId, agree: true });
  const item = await goods.addItem(tx, {
    name: '团购粮油',
    unit: '份',
    barCode: null,
    shelfDays: 180,
    imported: false,
    papers: null,
    pictureId: null,
    parts: [],
  });
  const productId = await catalogue.addProduct(tx, {
    merchantId,
    title: '团购粮油',
    detail: '社区拼团专供',
    category: 'grain_oil',
    needsFoodLicence: true,
    pictureId: null,
    variants: [
      {
        itemId: item.id,
        label: '',
        perQuantity: 1,
        priceYuan: '35.00',
        memberPriceYuan: null,
        hardshipPriceYuan: null,
        barCode: null,
      },
    ],
    formId: newId(),
  });
  const [variant] = await catalogue.variants(tx, { productIds: [productId] });
  return variant!.id;
}
