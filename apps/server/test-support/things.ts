import { newId, type Id } from '@wennuan/basics';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { testDistrict, type TestDistrict } from './district.ts';

export type TestThings = Awaited<ReturnType<typeof testThings>>;

/** A call of a handler without the bare request and reply. */
export function callOf(
  actor: Actor,
  parts: { params?: object; query?: object; body?: unknown } = {},
) {
  return { actor, params: {}, query: {}, body: undefined, ...parts } as never;
}

/** The test district with the federation's store, a community's counter, and rice, oil and quilts on file. */
export async function testThings() {
  const district = await testDistrict();
  const { database, place, goods, areaId } = district;
  const { store, counter } = await database.write(
    systemActor('test'),
    'test.places',
    async (tx) => {
      const [store, counter] = await place.addServicePoints(tx, [
        { id: newId(), name: '慈善总会仓库', kind: 'store', areaId: areaId('410103'), address: '' },
        {
          id: newId(),
          name: '绿云社区服务大厅',
          kind: 'service_center',
          areaId: areaId(),
          address: '绿云路 1 号',
        },
      ]);
      return { store: store!, counter: counter! };
    },
  );
  const addItem = async (name: string, unit: string, change: object = {}): Promise<Id> =>
    (
      await database.write(systemActor('test'), 'test.item', (tx) =>
        goods.addItem(tx, {
          name,
          unit,
          barCode: null,
          shelfDays: null,
          imported: false,
          papers: null,
          pictureId: null,
          parts: [],
          ...change,
        }),
      )
    ).id;
  const items = {
    rice: await addItem('大米', '袋'),
    oil: await addItem('食用油', '桶'),
    quilt: await addItem('棉被', '床'),
  };
  return {
    ...district,
    store,
    counter,
    items,
    addItem,
    ...stocking(district, store.id),
  };
}

function stocking({ database, goods }: TestDistrict, storeId: Id) {
  return {
    /** Puts pieces of an item into a place; answers the lot. */
    bring: async (
      itemId: Id,
      quantity: number,
      change: { placeId?: Id; expiresOn?: string; batch?: string; unitValueFen?: number } = {},
    ): Promise<Id> => {
      const [lot] = await database.write(systemActor('test'), 'test.bring', (tx) =>
        goods.receive(tx, [
          {
            placeId: storeId,
            itemId,
            quantity,
            batch: '',
            expiresOn: null,
            unitValueFen: 5_000,
            origin: 'opening',
            originLabel: '启用系统前库存',
            sourceId: null,
            formId: null,
            ...change,
          },
        ]),
      );
      return lot!.id;
    },
    /** Pieces of an item at a place, all and free. */
    held: async (actor: Actor, itemId: Id, placeId: Id = storeId) => {
      const view = await goods.handlers.stock(callOf(actor, { query: { placeId, itemId } }));
      const lines = view.items.flatMap((item) => item.lines);
      return {
        quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
        available: lines.reduce((sum, line) => sum + line.available, 0),
      };
    },
  };
}
