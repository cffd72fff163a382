import { parseArgs } from 'node:util';
import { randomOrders } from '../../../test-support/random-orders.ts';

const ORDERS = 100_000;

/** Runs the random orders for long and stops with an error at the first sum that is not exact. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { orders: { type: 'string' }, seed: { type: 'string' } },
    strict: false,
  });
  const told = await randomOrders({
    orders: Number(values['orders'] ?? ORDERS),
    seed: Number(values['seed'] ?? Date.now()),
  });
  console.log(JSON.stringify(told));
  const exact =
    told.broken.length === 0 &&
    told.fundFen === told.expectedFen &&
    told.sold === told.expectedSold &&
    told.voucherFen === told.expectedVoucherFen;
  if (!exact) process.exitCode = 1;
}

await main();
