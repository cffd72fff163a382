import { newId, type Id } from '@wennuan/basics';
import { systemActor, type Actor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { pictureOf } from './pictures.ts';

/** Something neighbours gave, and what it is sold for. */
export interface Given {
  title: string;
  unit: string;
  quantity: number;
  valueYuan: string;
  priceYuan: string;
  leftover: 'stock' | 'next_sale';
}

/** What the sale that is over, the one at a station and the one online have. */
export const FIRST: readonly Given[] = [
  {
    title: '手工布老虎',
    unit: '只',
    quantity: 24,
    valueYuan: '15',
    priceYuan: '20',
    leftover: 'stock',
  },
  {
    title: '旧书（儿童绘本）',
    unit: '本',
    quantity: 60,
    valueYuan: '6',
    priceYuan: '5',
    leftover: 'next_sale',
  },
  {
    title: '毛线围巾',
    unit: '条',
    quantity: 30,
    valueYuan: '28',
    priceYuan: '30',
    leftover: 'stock',
  },
];
export const SECOND: readonly Given[] = [
  {
    title: '陶瓷茶杯',
    unit: '只',
    quantity: 40,
    valueYuan: '12',
    priceYuan: '15',
    leftover: 'stock',
  },
  {
    title: '手抄春联',
    unit: '副',
    quantity: 80,
    valueYuan: '5',
    priceYuan: '8.80',
    leftover: 'stock',
  },
];
export const ONLINE: readonly Given[] = [
  {
    title: '剪纸装饰画',
    unit: '幅',
    quantity: 30,
    valueYuan: '30',
    priceYuan: '36',
    leftover: 'next_sale',
  },
  {
    title: '手工香囊',
    unit: '个',
    quantity: 50,
    valueYuan: '8',
    priceYuan: '9.90',
    leftover: 'stock',
  },
];

/** What neighbours gave, one gift each, valued and taken in; the last place has a part of nothing. */
export async function takeIn(
  demo: Demo,
  given: readonly Given[],
  placeIds: readonly Id[],
): Promise<Id[]> {
  const { kindGiftHandlers: gifts } = demo.goods;
  const givers = [...demo.people.values()].flat().filter((one) => one.account !== null);
  const lots: Id[] = [];
  for (const [index, one] of given.entries()) {
    const giver: Actor = givers[(index + placeIds.length) % givers.length]!.account!;
    const gift = await gifts.offer(
      callOf(giver, {
        body: {
          lines: [{ title: one.title, quantity: one.quantity, unit: one.unit, expiresOn: null }],
          purpose: '愿意义卖，钱给需要的人',
          name: {
            displayName: index === 0 ? '爱做手工的邻居' : null,
            hideFromPublic: index !== 0,
            hideFromRecipient: true,
            hideFromStaff: false,
          },
          formId: newId(),
        },
      }),
    );
    await valueAndTakeIn(demo, { gift, one, placeId: placeIds.at(-1)! });
    lots.push(await lotOf(demo, gift.id));
    demo.moment();
  }
  return lots;
}

type Gift = Awaited<ReturnType<Demo['goods']['kindGiftHandlers']['offer']>>;

/** It is valued, and comes to a station. */
async function valueAndTakeIn(
  demo: Demo,
  { gift, one, placeId }: { gift: Gift; one: Given; placeId: Id },
): Promise<void> {
  const federation = demo.staff.get('federation')!;
  const { kindGiftHandlers: gifts } = demo.goods;
  const params = { giftId: gift.id };
  const lineId = gift.lines[0]!.id;
  const { id: itemId } = await demo.database.write(systemActor('demo'), 'goods.add_item', (tx) =>
    demo.goods.addItem(tx, {
      name: one.title,
      unit: one.unit,
      barCode: null,
      shelfDays: null,
      imported: false,
      papers: null,
      pictureId: null,
      parts: [],
    }),
  );
  const paper = await demo.attachment.add(federation, pictureOf(demo.things, 'paper'));
  await gifts.value(
    callOf(federation, {
      params,
      body: {
        basis: 'fair_value',
        paperNumber: `GJ-${gift.number}`,
        lines: [{ lineId, itemId, unitValueYuan: one.valueYuan }],
        attachmentIds: [paper.id],
      },
    }),
  );
  await gifts.receive(
    callOf(federation, {
      params,
      body: {
        placeId: placeId,
        lines: [{ lineId, received: one.quantity, batch: '' }],
        reason: '',
      },
    }),
  );
}

async function lotOf(demo: Demo, giftId: Id): Promise<Id> {
  const row = await demo.database.read(systemActor('demo'), (tx) =>
    tx.db
      .selectFrom('goods_lot')
      .select('id')
      .where('source_id', '=', giftId)
      .executeTakeFirstOrThrow(),
  );
  return row.id;
}
