import { newId, type Id, type Random } from '@wennuan/basics';
import { Refused } from './client.ts';
import { basketOf, handle, type Payment, rungOf, sellOnce, send, totalOf } from './till.ts';
import { below, chance, one, type SoldAway, type TillOfSoak, type World } from './world.ts';

const SALES_MOST = 3;
const DAY_MILLIS = 86_400_000;

/** What a till does in a turn: sells, gives back, goes away from the network, and comes back. */
export async function tillTurn(world: World, till: TillOfSoak, random: Random): Promise<void> {
  if (till.away) {
    for (let count = 1 + below(random, 6); count > 0; count -= 1) sellAway(world, till, random);
    till.away.turns -= 1;
    if (till.away.turns > 0) return;
    if (chance(random, 0.1)) await lose(world, till, random);
    else await comeBack(world, till, random);
    return;
  }
  for (let count = 1 + below(random, SALES_MOST); count > 0; count -= 1)
    await sellOnce(world, till, random);
  if (chance(random, 0.1)) await goAway(world, till, random);
}

interface Loaded {
  reserve: { itemId: Id; left: number }[];
  vouchers: { entitlementId: Id; leftFen: number }[];
  awaySince: string | null;
}

/** Takes goods and vouchers along. When the answer is lost, what it has is looked up, as a till does when it starts. */
async function goAway(world: World, till: TillOfSoak, random: Random): Promise<void> {
  const { rice, tofu, eggs } = world.things;
  const lines = [
    { itemId: rice.itemId, quantity: 5 + below(random, 30) },
    { itemId: tofu.itemId, quantity: 3_000 },
    ...(chance(random, 0.5) ? [{ itemId: eggs.itemId, quantity: 1 + below(random, 15) }] : []),
  ];
  try {
    await handle(world, till, {
      name: 'takeAlong',
      body: { lines, vouchers: chance(random, 0.4) },
      once: true,
    });
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    world.model.refused(thrown.code);
  }
  const loaded = await handle<Loaded>(world, till, { name: 'load' });
  if (loaded.awaySince === null) {
    if (loaded.vouchers.length > 0) await handle(world, till, { name: 'giveBack' });
    return;
  }
  till.scanned = [];
  till.away = {
    turns: 1 + below(random, 4),
    reserve: new Map(loaded.reserve.map(({ itemId, left }) => [itemId, left])),
    vouchers: loaded.vouchers.map(({ entitlementId, leftFen }) => ({
      voucher: world.model.vouchers.find((known) => known.id === entitlementId)!,
      leftFen,
    })),
    journal: [],
  };
}

/** Rings something up out of what the till has with it. */
function sellAway(world: World, till: TillOfSoak, random: Random): void {
  const away = till.away!;
  const lines = basketOf(world, random).flatMap((line) => {
    const there = away.reserve.get(line.thing.itemId) ?? 0;
    const quantity = Math.min(line.quantity, there);
    // What is taken off a price away from the network is not tried here.
    return quantity > 0 ? [{ ...line, quantity, discountFen: 0 }] : [];
  });
  const total = totalOf(lines);
  if (total === 0) return;
  for (const { thing, quantity } of lines)
    away.reserve.set(thing.itemId, away.reserve.get(thing.itemId)! - quantity);
  const payments: Payment[] = [];
  const held = away.vouchers.filter((voucher) => voucher.leftFen > 0);
  let left = total;
  if (held.length > 0 && chance(random, 0.6)) {
    const shown = one(random, held);
    const fen = Math.min(shown.leftFen, 1 + below(random, left));
    shown.leftFen -= fen;
    left -= fen;
    const { voucher } = shown;
    payments.push({ means: 'voucher', voucher, fen, codePaymentId: null, scanId: null });
  }
  if (left > 0)
    payments.push({ means: 'cash', voucher: null, fen: left, codePaymentId: null, scanId: null });
  // Now and then the till's clock is a day off.
  const off = chance(random, 0.1) ? (chance(random, 0.5) ? DAY_MILLIS : -DAY_MILLIS) : 0;
  const at = new Date(world.client.now.getTime() + off);
  away.journal.push({ sold: { key: newId(), station: till.station, lines, payments }, at });
}

const rungAway = (till: TillOfSoak, { sold, at }: SoldAway) =>
  rungOf(till, sold, {
    at,
    isOffline: true,
    payments: sold.payments.map(
      (payment) => ({ ...payment, codePaymentId: null, scanId: null }) as Payment,
    ),
  });

/** Sends all it rang up, some of it twice, and gives back the rest: nothing of it may be refused. */
export async function comeBack(world: World, till: TillOfSoak, random: Random): Promise<void> {
  const { journal } = till.away!;
  const sales = journal.map((rung) => rungAway(till, rung));
  const half = sales.slice(0, Math.ceil(sales.length / 2));
  if (half.length > 0 && chance(random, 0.4)) await send(world, till, half);
  const outcomes = sales.length > 0 ? await send(world, till, sales) : [];
  for (const [index, outcome] of outcomes.entries())
    if (outcome.state === 'recorded') world.model.sold(journal[index]!.sold, till.id);
    else world.problems.push(`refused after coming back: ${outcome.refusal}`);
  await handle(world, till, { name: 'giveBack' });
  till.away = null;
}

/** The till is lost and written off; what it sold may turn up later, out of goods and vouchers that it has no more. */
async function lose(world: World, till: TillOfSoak, random: Random): Promise<void> {
  const { journal, reserve } = till.away!;
  const taken = new Map(reserve);
  for (const { sold } of journal)
    for (const { thing, quantity } of sold.lines)
      taken.set(thing.itemId, taken.get(thing.itemId)! + quantity);
  await handle(world, till, { name: 'writeOff', body: { reason: '平板丢失' } });
  world.model.counts.writeOffs += 1;
  for (const [itemId, quantity] of taken) world.model.lost(till.station, itemId, quantity);
  till.away = null;
  if (journal.length === 0 || chance(random, 0.5)) return;
  const outcomes = await send(
    world,
    till,
    journal.map((rung) => rungAway(till, rung)),
  );
  for (const [index, outcome] of outcomes.entries())
    if (outcome.state === 'recorded') world.model.sold(journal[index]!.sold, till.id);
    else world.model.refused(`after a write-off: ${outcome.refusal}`);
}
