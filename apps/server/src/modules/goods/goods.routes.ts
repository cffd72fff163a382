import { Refusal } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { cutPage } from '../../platform/page.ts';
import { addItem, readStock, receive, receiveCommand } from './catalogue.service.ts';
import { bookCount, countLot, countViews, finishCount, openCount } from './count.service.ts';
import { mayMove } from './goods.ts';
import type { GoodsNeeds } from './goods.needs.ts';
import { listItems } from './goods.store.ts';
import { assemble } from './kit.service.ts';
import { listMovements, recallLot, traceLot } from './lot.service.ts';
import { listCounts, listOrders, listTransfers, listWriteOffs } from './movement.store.ts';
import { orderViews, placeOrder, receiveOrder } from './order.service.ts';
import { sendTransfer, takeInTransfer, transferViews } from './transfer.service.ts';
import { itemViews, lotView, placeView } from './views.ts';
import { decideWriteOff, proposeWriteOff, writeOffViews } from './write-off.service.ts';

type Routes = typeof routes.goods;

/** The operations of stock. */
export function goodsHandlers(needs: GoodsNeeds): Handlers<Routes> {
  return {
    ...catalogueHandlers(needs),
    ...movingHandlers(needs),
    ...countingHandlers(needs),
  };
}

function catalogueHandlers(needs: GoodsNeeds) {
  const { database } = needs;
  return {
    places: ({ actor }) =>
      database.read(actor, async (tx) => {
        const points = [...(await needs.place.servicePoints(tx)).values()];
        return {
          items: points.map((point) => ({
            ...placeView(needs, point),
            mine: mayMove(actor, point),
          })),
        };
      }),
    addPlace: ({ actor, body }) =>
      database.write(actor, 'goods.add_place', async (tx) => {
        const { areaCode, ...point } = body;
        const area = needs.place.areaByCode(areaCode);
        if (!mayMove(actor, { areaId: area.id })) throw new Refusal('area_unknown', {}, 'areaCode');
        const [made] = await needs.place.addServicePoints(tx, [
          { ...point, id: needs.newId(), areaId: area.id },
        ]);
        return placeView(needs, made!);
      }),
    items: ({ actor, query }) =>
      database.read(actor, async (tx) => {
        const rows = await listItems(tx, query);
        const { shown, next } = cutPage(rows, query.limit, (last) => last.name);
        return {
          items: await itemViews(needs, tx, shown),
          next,
        };
      }),
    addItem: ({ actor, body }) =>
      database.write(actor, 'goods.add_item', (tx) => addItem(needs, tx, body)),
    stock: ({ actor, query }) => database.read(actor, (tx) => readStock(needs, tx, query)),
    stockSheet: async ({ actor, reply }) => {
      const stock = await database.read(actor, (tx) => readStock(needs, tx, {}));
      reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="stock.xlsx"');
      return reply.send(await stockSheet(stock));
    },
    movements: ({ actor, params, query }) =>
      database.read(actor, async (tx) => ({
        items: await listMovements(needs, tx, { ...params, ...query }),
      })),
    lotTrace: ({ actor, params }) =>
      database.read(actor, (tx) => traceLot(needs, tx, params.lotId)),
    recall: ({ actor, params, body }) =>
      database.write(actor, 'goods.recall', (tx) =>
        recallLot(needs, tx, { ...params, reason: body.reason }),
      ),
  } satisfies Partial<Handlers<Routes>>;
}

function movingHandlers(needs: GoodsNeeds) {
  const { database } = needs;
  return {
    receive: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'goods.receive', async (tx) =>
          lotView((await receive(needs, tx, [await receiveCommand(needs, tx, body)]))[0]!),
        ),
      ),
    orders: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await orderViews(needs, tx, await listOrders(tx)),
      })),
    order: ({ actor, body }) =>
      sentOnce(() => database.write(actor, 'goods.order', (tx) => placeOrder(needs, tx, body))),
    receiveOrder: ({ actor, params, body }) =>
      database.write(actor, 'goods.receive_order', (tx) =>
        receiveOrder(needs, tx, { ...params, ...body }),
      ),
    transfers: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await transferViews(needs, tx, await listTransfers(tx)),
      })),
    transfer: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'goods.transfer', (tx) => sendTransfer(needs, tx, body)),
      ),
    receiveTransfer: ({ actor, params, body }) =>
      database.write(actor, 'goods.receive_transfer', (tx) =>
        takeInTransfer(needs, tx, { ...params, ...body }),
      ),
    assemble: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'goods.assemble', async (tx) =>
          lotView(await assemble(needs, tx, body)),
        ),
      ),
  } satisfies Partial<Handlers<Routes>>;
}

function countingHandlers(needs: GoodsNeeds) {
  const { database } = needs;
  return {
    counts: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await countViews(needs, tx, await listCounts(tx)),
      })),
    openCount: ({ actor, body }) =>
      database.write(actor, 'goods.open_count', (tx) => openCount(needs, tx, body.placeId)),
    countLot: ({ actor, params, body }) =>
      database.write(actor, 'goods.count', (tx) => countLot(needs, tx, { ...params, ...body })),
    finishCount: ({ actor, params }) =>
      database.write(actor, 'goods.finish_count', (tx) => finishCount(needs, tx, params.countId)),
    bookCount: ({ actor, params }) =>
      database.write(actor, 'goods.book_count', (tx) => bookCount(needs, tx, params.countId)),
    writeOffs: ({ actor }) =>
      database.read(actor, async (tx) => ({
        items: await writeOffViews(needs, tx, await listWriteOffs(tx)),
      })),
    proposeWriteOff: ({ actor, body }) =>
      sentOnce(() =>
        database.write(actor, 'goods.propose_write_off', (tx) => proposeWriteOff(needs, tx, body)),
      ),
    decideWriteOff: ({ actor, params, body }) =>
      database.write(actor, 'goods.decide_write_off', (tx) =>
        decideWriteOff(needs, tx, { ...params, ...body }),
      ),
  } satisfies Partial<Handlers<Routes>>;
}

function stockSheet(stock: Awaited<ReturnType<typeof readStock>>): Promise<Buffer> {
  const rows = stock.items.flatMap(({ item, lines }) => lines.map((line) => ({ item, ...line })));
  return writeSheet<(typeof rows)[number]>({
    name: '库存',
    rows,
    columns: [
      { title: '物资', width: 24, kind: 'text', of: (row) => row.item.name },
      { title: '单位', width: 8, kind: 'text', of: (row) => row.item.unit },
      { title: '点位', width: 24, kind: 'text', of: (row) => row.placeName },
      { title: '批次', width: 16, kind: 'text', of: (row) => row.lot.batch },
      { title: '到期日', width: 12, kind: 'date', of: (row) => row.lot.expiresOn },
      { title: '来源', width: 24, kind: 'text', of: (row) => row.lot.originLabel },
      { title: '数量', width: 10, kind: 'count', of: (row) => row.quantity },
      { title: '可用', width: 10, kind: 'count', of: (row) => row.available },
      { title: '单价', width: 12, kind: 'yuan', of: (row) => row.lot.unitValueFen },
      { title: '金额', width: 14, kind: 'yuan', of: (row) => row.quantity * row.lot.unitValueFen },
    ],
  });
}
