import { newId, type Random } from '@wennuan/basics';
import { handle, linesOf } from './till.ts';
import { below, chance, one, type TillOfSoak, type World } from './world.ts';

/** Something of an earlier order comes back to a till; the same return may be sent twice. */
export async function giveBackTurn(world: World, till: TillOfSoak, random: Random): Promise<void> {
  if (till.away) return;
  const { model, busy } = world;
  const recent = chance(random, 0.7) ? model.orders.slice(-300) : model.orders;
  const mine = recent.filter(
    (order) => order.station === till.station && order.fromShelf && !busy.has(order.key),
  );
  if (mine.length === 0) return;
  const order = one(random, mine);
  busy.add(order.key);
  const restock = chance(random, 0.85);
  const back = order.lines.flatMap((line, index) =>
    line.left > 0 && chance(random, 0.6)
      ? [{ line: index, quantity: 1 + below(random, line.left), restock }]
      : [],
  );
  if (model.backFen(order, back) === 0) return;
  const rows = await linesOf(world, order.key);
  const body = {
    key: newId(),
    orderId: rows[0]!.orderId,
    lines: back.map(({ line, quantity }) => ({ lineId: rows[line]!.id, quantity })),
    restock,
    reason: '不想要了',
    supervisorCode: till.supervisorCode,
  };
  const sends = chance(random, 0.2) ? 2 : 1;
  const told = await Promise.all(
    Array.from({ length: sends }, () =>
      handle<{ amountFen: number }>(world, till, { name: 'refund', body }),
    ),
  );
  const expected = model.givenBack(order, back, till.id);
  for (const { amountFen } of told)
    if (amountFen !== expected) world.problems.push(`gave back ${amountFen}, not ${expected}`);
}
