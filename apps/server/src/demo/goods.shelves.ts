import { addDays, dateInShanghai, newId, type Id } from '@wennuan/basics';
import { systemActor } from '../platform/actor.ts';
import { callOf } from './call.ts';
import type { Demo } from './index.ts';
import { pictureOf } from './pictures.ts';

/** Where goods lie and what they are, as the demo's parts know them. */
export interface Shelves {
  store: Id;
  counter: Id;
  items: Map<string, Id>;
}

const THINGS: readonly [
  name: string,
  unit: string,
  picture: string,
  yuan: number,
  stock: number,
][] = [
  ['大米', '袋', 'sack', 6_500, 90],
  ['食用油', '桶', 'kettle', 5_800, 220],
  ['棉被', '床', 'quilt', 12_000, 190],
  ['饮用水', '瓶', 'kettle', 200, 3_000],
  ['手电筒', '支', 'lamp', 1_500, 720],
  ['压缩饼干', '包', 'box', 800, 1_500],
];

/** The store, the community's counter, and the kinds of things with their pictures. */
export async function openShelves(demo: Demo, areaId: number): Promise<Shelves> {
  const federation = demo.staff.get('federation')!;
  const area = demo.place.area(areaId);
  const ids = await demo.database.write(systemActor('demo'), 'goods.add_place', async (tx) => {
    const made = await demo.place.addServicePoints(tx, [
      {
        id: newId(),
        name: '慈善总会物资仓库',
        kind: 'store',
        areaId: demo.place.district()!.id,
        address: '区政务大院 3 号库',
      },
      {
        id: newId(),
        name: `${area.name}服务大厅`,
        kind: 'service_center',
        areaId,
        address: `${area.name}居委会一楼`,
      },
    ]);
    return made.map((one) => one.id);
  });
  const items = new Map<string, Id>();
  const add = async (name: string, unit: string, picture: string, parts: object[] = []) => {
    const { id: pictureId } = await demo.attachment.add(
      federation,
      pictureOf(demo.things, picture),
    );
    const body = {
      name,
      unit,
      barCode: null,
      shelfDays: null,
      imported: false,
      papers: null,
      pictureId,
      parts,
    };
    const item = await demo.goods.handlers.addItem(callOf(federation, { body }));
    items.set(name, item.id);
  };
  for (const [name, unit, picture] of THINGS) await add(name, unit, picture);
  await add('应急包', '个', 'bag', [
    { itemId: items.get('饮用水'), quantity: 4 },
    { itemId: items.get('手电筒'), quantity: 1 },
    { itemId: items.get('压缩饼干'), quantity: 2 },
  ]);
  return { store: ids[0]!, counter: ids[1]!, items };
}

/** What was there when the record began, the oldest oil about to expire, and 700 emergency packs. */
export async function fillShelves(demo: Demo, shelves: Shelves): Promise<void> {
  const federation = demo.staff.get('federation')!;
  const today = dateInShanghai(demo.clock.now());
  await demo.database.write(federation, 'goods.receive', (tx) =>
    demo.goods.receive(
      tx,
      THINGS.flatMap(([name, , , unitValueFen, stock]) => {
        const food = name === '食用油' || name === '压缩饼干';
        const lot = (quantity: number, expiresOn: string | null, batch: string) => ({
          placeId: shelves.store,
          itemId: shelves.items.get(name)!,
          quantity,
          batch,
          expiresOn,
          unitValueFen,
          origin: 'opening' as const,
          originLabel: '启用系统前库存',
          sourceId: null,
          formId: null,
        });
        if (!food) return [lot(stock, null, '')];
        return [lot(stock - 30, addDays(today, 300), 'A2'), lot(30, addDays(today, 42), 'A1')];
      }),
    ),
  );
  await demo.goods.handlers.assemble(
    callOf(federation, {
      body: {
        placeId: shelves.store,
        itemId: shelves.items.get('应急包'),
        count: 700,
        formId: newId(),
      },
    }),
  );
}

/** An enterprise announces rice by letter, and shoes that are still to be valued. */
export async function announceGift(demo: Demo) {
  const federation = demo.staff.get('federation')!;
  const line = (title: string, quantity: number, unit: string) => ({
    title,
    quantity,
    unit,
    expiresOn: title === '大米' ? addDays(dateInShanghai(demo.clock.now()), 240) : null,
  });
  const register = (lines: object[], purpose: string) =>
    demo.goods.kindGiftHandlers.register(
      callOf(federation, {
        body: {
          organizationId: demo.money.claimant.organizationId,
          legalForm: 'agreed_gift',
          lines,
          purpose,
          name: {
            displayName: null,
            hideFromPublic: false,
            hideFromRecipient: false,
            hideFromStaff: false,
          },
          formId: newId(),
        },
      }),
    );
  const gift = await register([line('大米', 120, '袋')], '给困难家庭过冬');
  await register([line('棉鞋', 60, '双')], '给环卫工人');
  return gift;
}

type Gift = Awaited<ReturnType<typeof announceGift>>;

/** The accountant values it by its invoice. */
export async function valueGift(demo: Demo, shelves: Shelves, gift: Gift): Promise<void> {
  const accountant = demo.staff.get('accountant')!;
  const paper = await demo.attachment.add(accountant, pictureOf(demo.things, 'paper'));
  await demo.goods.kindGiftHandlers.value(
    callOf(accountant, {
      params: { giftId: gift.id },
      body: {
        basis: 'invoice',
        paperNumber: 'FP-20261101',
        lines: gift.lines.map((line) => ({
          lineId: line.id,
          itemId: shelves.items.get('大米'),
          unitValueYuan: '65',
        })),
        attachmentIds: [paper.id],
      },
    }),
  );
}

/** It comes to the store. */
export async function takeGiftIn(demo: Demo, shelves: Shelves, gift: Gift): Promise<void> {
  await demo.goods.kindGiftHandlers.receive(
    callOf(demo.staff.get('federation')!, {
      params: { giftId: gift.id },
      body: {
        placeId: shelves.store,
        lines: gift.lines.map((line) => ({ lineId: line.id, received: 120, batch: 'SW-1' })),
        reason: '',
      },
    }),
  );
}
