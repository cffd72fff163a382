import { newId } from '@wennuan/basics';
import { Refused } from './client.ts';
import { decideGroups } from './group.ts';
import { priceOf } from './model.ts';
import { sellPlain } from './till.ts';
import type { World } from './world.ts';

const QUARTER_MILLIS = 15 * 60_000;
const ROUNDS_MOST = 100;
/** Pieces that are enough to take from it all that came back of closed months. */
const MANY = 500;

const ignoreDone =
  (...codes: string[]) =>
  (thrown: unknown): void => {
    // Done by an earlier try whose answer was lost.
    if (!(thrown instanceof Refused && codes.includes(thrown.code))) throw thrown;
  };

/** Closes the month that is over, and takes in every merchant's share; tills may sell meanwhile. */
export async function closeMonth(world: World): Promise<void> {
  const { client, shop } = world;
  const month = client.now.toISOString().slice(0, 7);
  const [year, number] = month.split('-').map(Number) as [number, number];
  client.now = new Date(Date.UTC(year, number, 5, 2));
  const settlement = { module: 'settlement' as const, actor: shop.actors['accountant']! };
  await client
    .handle({ ...settlement, name: 'freeze', request: { body: { month } } })
    .catch(ignoreDone('settled_already'));
  const rows = await client.query<{ id: string; number: string }>(
    `select id, number::text from settlement where share_state = 'due'`,
  );
  for (const { id, number: bankReference } of rows) {
    const body = { bankReference, paidOn: client.now.toISOString().slice(0, 10) };
    await client
      .handle({ ...settlement, name: 'pay', request: { params: { settlementId: id }, body } })
      .catch(ignoreDone('settled_already'));
  }
}

/** Lets time pass and what runs by itself run, until every group has its end; something is sold at each place. */
export async function rest(world: World): Promise<void> {
  const { client, things } = world;
  // Who waits gets what others let go, and has her time to pay: a queue takes as many rounds as it is long.
  for (let round = 0; round === 0 || (world.groups.length > 0 && round < ROUNDS_MOST); round += 1) {
    client.now = new Date(client.now.getTime() + QUARTER_MILLIS);
    await client.ask('tick', undefined);
    await decideGroups(world);
  }
  if (world.groups.length > 0) world.problems.push(`${world.groups.length} groups have no end`);
  for (const till of world.tills.slice(0, 2))
    for (const thing of [things.oil, things.milk]) {
      const fen = priceOf(thing, MANY);
      await sellPlain(world, till, {
        key: newId(),
        station: till.station,
        lines: [{ thing, quantity: MANY, discountFen: 0 }],
        payments: [{ means: 'cash', voucher: null, fen }],
      });
    }
}

/** Counts every drawer: what a shift says was rung up is what the model says. */
export async function closeShifts(world: World): Promise<void> {
  for (const till of world.tills) {
    const report = await world.client.handle<{
      sums: { means: string; expectedFen: number }[];
    }>({
      module: 'counter',
      name: 'closeShift',
      actor: till.cashier,
      request: { params: { tillId: till.id }, body: { counted: [], note: '' } },
    });
    const drawer = world.model.drawers.get(till.id);
    for (const { means, expectedFen } of report.sums)
      if (expectedFen !== (drawer?.get(means) ?? 0))
        world.problems.push(
          `drawer ${till.id} ${means}: ${expectedFen}, not ${drawer?.get(means)}`,
        );
  }
}
