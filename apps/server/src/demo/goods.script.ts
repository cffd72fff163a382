import { addDays, dateInShanghai, newId, seededRandom, type Id } from '@wennuan/basics';
import sharp from 'sharp';
import type { Actor } from '../platform/actor.ts';
import { days, office, type Wait } from './calendar.ts';
import { callOf } from './call.ts';
import {
  announceGift,
  fillShelves,
  openShelves,
  takeGiftIn,
  valueGift,
  type Shelves,
} from './goods.shelves.ts';
import type { Demo } from './index.ts';
import { inventFullName } from './names.ts';
import { workerOf } from './people.ts';
import type { Script } from './walk.ts';

type Story = AsyncGenerator<Wait, void, void>;

const FAMILIES = 70;
const STREET_CLEANERS = 40;
const TODAYS = 26;
const TICKED_TODAY = 9;
/** Half-days before the end at which the story of the goods begins. */
const BEGINS_BEFORE = 56;

/** Goods of the federation: a gift in kind, a finished distribution, transfers, a count, a write-off. */
export function goodsScripts(demo: Demo): Script[] {
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  return [
    {
      group: 'goods',
      order: 0,
      startsIn: Math.max(0, demo.halves.length - BEGINS_BEFORE),
      tell: () => winterGoods(demo, area.id),
    },
  ];
}

async function* winterGoods(demo: Demo, areaId: number): Story {
  const shelves = await openShelves(demo, areaId);
  demo.shelves = shelves;
  await fillShelves(demo, shelves);
  const gift = await announceGift(demo);
  yield office(2);
  await valueGift(demo, shelves, gift);
  yield office(1);
  await takeGiftIn(demo, shelves, gift);
  yield office(1);
  const planId = await makePlan(demo, areaId, {
    shelves,
    name: '绿云冬日慰问：米、油、棉被',
    things: ['大米', '食用油', '棉被'],
    onDay: addDays(dateInShanghai(demo.clock.now()), 3),
  });
  await listFamilies(demo, areaId, { planId, from: 0, count: FAMILIES });
  await listCleaners(demo, areaId, planId);
  await submitAndApprove(demo, areaId, planId);
  yield days(3);
  await handOut(demo, areaId, { planId, count: FAMILIES + STREET_CLEANERS - 3 });
  yield office(1);
  await putBack(demo, areaId, planId);
  yield office(2);
  await moveAround(demo, areaId, shelves);
}

/** A plan of the community's first worker for persons, out of the federation's store. */
async function makePlan(
  demo: Demo,
  areaId: number,
  plan: { shelves: Shelves; name: string; things: readonly string[]; onDay: string },
): Promise<Id> {
  const area = demo.place.area(areaId);
  const made = await demo.distribution.handlers.create(
    callOf(workerOf(demo, area), {
      body: {
        name: plan.name,
        areaCode: area.code,
        basis: 'person',
        onDay: plan.onDay,
        fromTime: '09:00',
        untilTime: '11:30',
        way: 'place',
        placeId: plan.shelves.counter,
        stockPlaceId: plan.shelves.store,
        giverLabel: '区慈善总会、爱心企业捐赠',
        lines: plan.things.map((name) => ({
          itemId: plan.shelves.items.get(name),
          quantity: 1,
          perHead: false,
        })),
        formId: newId(),
      },
    }),
  );
  return made.id;
}

async function listFamilies(
  demo: Demo,
  areaId: number,
  chosen: { planId: Id; from: number; count: number },
): Promise<void> {
  const personIds = demo.people
    .get(areaId)!
    .slice(chosen.from, chosen.from + chosen.count)
    .map((one) => one.personId);
  await demo.distribution.handlers.addRecipients(
    callOf(workerOf(demo, demo.place.area(areaId)), {
      params: { planId: chosen.planId },
      body: { from: 'persons', personIds },
    }),
  );
}

async function listCleaners(demo: Demo, areaId: number, planId: Id): Promise<void> {
  const random = seededRandom(demo.seed + 77);
  const names = new Set<string>();
  while (names.size < STREET_CLEANERS) names.add(inventFullName(random));
  await demo.distribution.handlers.addRecipients(
    callOf(workerOf(demo, demo.place.area(areaId)), {
      params: { planId },
      body: { from: 'names', unitName: '环卫三班', names: [...names] },
    }),
  );
}

async function submitAndApprove(demo: Demo, areaId: number, planId: Id): Promise<void> {
  const worker = workerOf(demo, demo.place.area(areaId));
  const { handlers } = demo.distribution;
  const { version } = await handlers.read(callOf(worker, { params: { planId } }));
  await handlers.submit(callOf(worker, { params: { planId }, body: { version } }));
  demo.moment();
  await handlers.decide(
    callOf(demo.staff.get('approver')!, {
      params: { planId },
      body: { decision: 'approve', note: '' },
    }),
  );
}

/** Ticks the first of a list: most sign, some send somebody, one is away and one does not want it. */
async function handOut(
  demo: Demo,
  areaId: number,
  chosen: { planId: Id; count: number },
): Promise<void> {
  const area = demo.place.area(areaId);
  const workers = [workerOf(demo, area), workerOf(demo, area, 'b')];
  const { items } = await demo.distribution.handlers.recipients(
    callOf(workers[0]!, { params: { planId: chosen.planId } }),
  );
  const signature = await drawSignature();
  for (const [place, one] of items.slice(0, chosen.count).entries()) {
    const worker = workers[place % 2]!;
    const isProxy = place % 17 === 5;
    const outcome =
      place === 11 ? 'absent' : place === 23 ? 'refused' : isProxy ? 'proxy' : 'handed';
    await tick(demo, worker, {
      planId: chosen.planId,
      signature: outcome === 'handed' || isProxy ? signature : null,
      body: {
        recipientId: one.id,
        outcome,
        proxy: isProxy ? { name: '家属', relation: 'family', reason: '本人行动不便' } : null,
        note: outcome === 'refused' ? '家里还有，让给别人' : '',
      },
    });
  }
}

async function tick(
  demo: Demo,
  worker: Actor,
  given: { planId: Id; signature: Buffer | null; body: Record<string, unknown> },
): Promise<void> {
  const signed = given.signature ? await demo.attachment.add(worker, given.signature) : null;
  await demo.distribution.handlers.handOver(
    callOf(worker, {
      params: { planId: given.planId },
      body: { ...given.body, tickId: newId(), signatureId: signed?.id ?? null, pictureIds: [] },
    }),
  );
}

/** A line of a pen, as a finger draws it. */
function drawSignature(): Promise<Buffer> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="110"><rect width="300" height="110" fill="#fff"/><path d="M20 70 q30-60 45 0 t40-10 q10 40 40-20 t60 20 q20-50 50-10" fill="none" stroke="#000" stroke-width="4"/></svg>';
  return sharp(Buffer.from(svg)).png().toBuffer();
}

async function putBack(demo: Demo, areaId: number, planId: Id): Promise<void> {
  const worker = workerOf(demo, demo.place.area(areaId));
  const plan = await demo.distribution.handlers.read(callOf(worker, { params: { planId } }));
  await demo.distribution.handlers.close(
    callOf(worker, {
      params: { planId },
      body: {
        lines: plan.ready.map((one) => ({ readyId: one.id, returned: one.left })),
        reason: '',
      },
    }),
  );
}

/** A transfer that waits to be taken in, a write-off that waits for its second person, and a stock-take. */
async function moveAround(demo: Demo, areaId: number, shelves: Shelves): Promise<void> {
  const federation = demo.staff.get('federation')!;
  const worker = workerOf(demo, demo.place.area(areaId));
  const lotOf = async (name: string) => {
    const stock = await demo.goods.handlers.stock(
      callOf(federation, {
        query: { placeId: shelves.store, itemId: shelves.items.get(name) },
      }),
    );
    return stock.items[0]!.lines[0]!.lot.id;
  };
  const send = (lotId: Id, quantity: number) =>
    demo.goods.handlers.transfer(
      callOf(federation, {
        body: {
          fromPlaceId: shelves.store,
          toPlaceId: shelves.counter,
          lines: [{ lotId, quantity }],
          formId: newId(),
        },
      }),
    );
  const water = await lotOf('饮用水');
  const arrived = await send(water, 48);
  await demo.goods.handlers.receiveTransfer(
    callOf(worker, {
      params: { transferId: arrived.id },
      body: { lines: [{ lotId: water, received: 47 }], reason: '路上破损一瓶' },
    }),
  );
  await send(await lotOf('应急包'), 20);
  await demo.goods.handlers.proposeWriteOff(
    callOf(worker, {
      body: {
        placeId: shelves.counter,
        lotId: water,
        quantity: 2,
        cause: 'damaged',
        note: '瓶盖松动，不能饮用',
        attachmentIds: [],
        formId: newId(),
      },
    }),
  );
  const { id: countId } = await demo.goods.handlers.openCount(
    callOf(worker, { body: { placeId: shelves.counter } }),
  );
  await demo.goods.handlers.countLot(
    callOf(worker, { params: { countId }, body: { lotId: water, counted: 47, reason: '' } }),
  );
  await demo.goods.handlers.finishCount(callOf(worker, { params: { countId } }));
}

/** A distribution that is open at this very moment: some have theirs, the others are in the queue. */
export async function openTodaysDistribution(demo: Demo): Promise<void> {
  if (!demo.shelves) return;
  const area = demo.place.all().find(({ level }) => level === 'community')!;
  const planId = await makePlan(demo, area.id, {
    shelves: demo.shelves,
    name: '重阳后回访：米和油',
    things: ['大米', '食用油'],
    onDay: dateInShanghai(demo.clock.now()),
  });
  await listFamilies(demo, area.id, { planId, from: 0, count: TODAYS });
  await submitAndApprove(demo, area.id, planId);
  await demo.events.settle();
  await handOut(demo, area.id, { planId, count: TICKED_TODAY });
}
