import { newId, type Random } from '@wennuan/basics';
import { Refused } from './client.ts';
import { priceOf } from './model.ts';
import { linesOf } from './till.ts';
import { below, chance, one, type Ordered, type World } from './world.ts';

const PAY_WITHIN_MILLIS = 15 * 60_000;

const isRefused = (thrown: unknown): Refused => {
  if (thrown instanceof Refused) return thrown;
  throw thrown;
};

/** Somebody orders with her telephone: she pays (sometimes told twice), cancels, or forgets about it. */
export async function phoneTurn(world: World, random: Random): Promise<void> {
  const { client, shop, things, model } = world;
  const { rice, oil, tofu, eggs } = things;
  const chosen = [rice, oil, tofu, eggs].filter(() => chance(random, 0.4));
  const lines = (chosen.length > 0 ? chosen : [oil]).map((thing) => ({
    thing,
    quantity: thing === tofu ? 100 + below(random, 900) : 1 + below(random, 3),
    discountFen: 0,
  }));
  const station = below(random, 2);
  const buyer = one(random, world.buyers);
  const body = {
    key: newId(),
    placeId: shop.stations[station]!.id,
    kind: 'pick_up',
    lines: lines.map(({ thing, quantity }) => ({
      variantId: thing.variantId,
      quantity,
      shownPriceFen: thing.fen,
    })),
    delivery: null,
  };
  const call = { module: 'sale' as const, name: 'order', actor: buyer, request: { body } };
  try {
    const { orders } = await client.handle<{ orders: { id: string; goodsFen: number }[] }>(call);
    // Each merchant's goods are an order of their own.
    const parts = [...Map.groupBy(lines, (line) => line.thing.merchantId).values()];
    for (const part of parts) {
      const goodsFen = part.reduce((sum, { thing, quantity }) => sum + priceOf(thing, quantity), 0);
      const made = await orderOf(world, orders, part[0]!.thing.variantId);
      const ordered = { orderId: made, buyer, station, lines: part, goodsFen };
      await payOrNot(world, { ...ordered, placedAt: client.now }, random);
    }
  } catch (thrown) {
    model.refused(isRefused(thrown).code);
  }
}

async function orderOf(world: World, orders: { id: string }[], variantId: string): Promise<string> {
  const rows = await world.client.query<{ id: string }>(
    'select order_id as id from sale_line where order_id = any($1) and variant_id = $2',
    [orders.map((order) => order.id), variantId],
  );
  return rows[0]!.id;
}

async function payOrNot(world: World, ordered: Ordered, random: Random): Promise<void> {
  const { client } = world;
  if (chance(random, 0.7)) {
    const tellings = chance(random, 0.2) ? 2 : 1;
    const states = await Promise.all(
      Array.from({ length: tellings }, () =>
        client.ask('pay', ordered.orderId).catch((thrown: unknown) => isRefused(thrown).code),
      ),
    );
    const isPaid = states.some((state) => state === 'paid' || state === 'order_already_paid');
    if (isPaid) await paid(world, ordered, random);
    else world.problems.push(`an order was not paid: ${states.join()}`);
  } else if (chance(random, 0.4)) await cancel(world, ordered);
  else world.ordered.push(ordered);
}

async function cancel(world: World, ordered: Ordered): Promise<boolean> {
  try {
    await call(world, ordered, 'cancel');
    return true;
  } catch (thrown) {
    const { code, again } = isRefused(thrown);
    // Cancelled before, and only the answer was lost.
    if (again && code === 'order_not_now') return true;
    const [row] = await world.client.query<{ state: string }>(
      'select state from sale_order where id = $1',
      [ordered.orderId],
    );
    world.problems.push(`not cancelled: ${code}, ${ordered.orderId} is ${row!.state}`);
    return false;
  }
}

const call = (world: World, ordered: Ordered, name: string, body?: object) =>
  world.client.handle({
    module: 'sale',
    name,
    actor: ordered.buyer,
    request: { params: { orderId: ordered.orderId }, body },
  });

/** After paying: it is fetched, cancelled, given back in part, or left lying until the end. */
async function paid(world: World, ordered: Ordered, random: Random): Promise<void> {
  const { model } = world;
  const { orderId: key, station, lines, goodsFen } = ordered;
  const payments = [{ means: 'seller' as const, voucher: null, fen: goodsFen }];
  const order = model.sold({ key, station, lines, payments });
  world.busy.add(key);
  const next = random();
  if (next < 0.15) {
    if (await cancel(world, ordered))
      model.givenBack(
        order,
        order.lines.map((line, index) => ({ line: index, quantity: line.left, restock: true })),
      );
  } else if (next < 0.3) {
    const [line] = order.lines;
    const quantity = 1 + below(random, line!.left);
    const back = [{ line: 0, quantity, restock: true }];
    if (model.backFen(order, back) === 0) return;
    const [row] = await linesOf(world, key);
    await call(world, ordered, 'giveBack', {
      key: newId(),
      lines: [{ lineId: row!.id, quantity }],
      reason: '买多了',
    });
    model.givenBack(order, back);
  } else if (next < 0.9) await fetchOrder(world, ordered);
}

/** Somebody says her code at the station. */
export async function fetchOrder(
  world: World,
  { orderId, station }: Pick<Ordered, 'orderId' | 'station'>,
): Promise<void> {
  const [row] = await world.client.query<{ code: string; state: string }>(
    'select pick_up_code as code, state from sale_order where id = $1',
    [orderId],
  );
  if (row!.state !== 'paid') return;
  const till = world.tills.find((known) => known.station === station)!;
  const body = { placeId: world.shop.stations[station]!.id, pickUpCode: row!.code };
  try {
    await world.client.handle({
      module: 'sale',
      name: 'handOver',
      actor: till.cashier,
      request: { body },
    });
  } catch (thrown) {
    const { code, again } = isRefused(thrown);
    if (!again) world.problems.push(`not handed over: ${code}`);
  }
}

/** Orders nobody paid for: some payments arrive after all, too late. */
export async function lateTurn(world: World, random: Random): Promise<void> {
  const now = world.client.now.getTime();
  const over = world.ordered.filter((one) => now - one.placedAt.getTime() > PAY_WITHIN_MILLIS);
  for (const ordered of over) {
    world.ordered.splice(world.ordered.indexOf(ordered), 1);
    if (!chance(random, 0.3)) continue;
    const state = await world.client.ask('payLate', ordered.orderId);
    if (state === 'paid') await paid(world, ordered, random);
    else if (state !== 'cancelled') world.problems.push(`paid too late: ${state}`);
  }
}
