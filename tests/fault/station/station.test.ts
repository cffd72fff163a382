import { expect, test } from 'vitest';
import { stationSoak } from './run.ts';

/** The soak runs the same with a hundred thousand (`npm run soak -- station`). */
const ORDERS = Number(process.env['SOAK_ORDERS'] ?? 80);
const SEED = Number(process.env['SOAK_SEED'] ?? 3);
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 170);
const HOURS_MILLIS = 10_800_000;

test(
  'tills, telephones, group-buys, returns and closed months, with kills in between: every sum is exact and nothing is stuck',
  async () => {
    const begin = Date.now();
    const say = process.env['SOAK_ORDERS']
      ? (line: string) =>
          process.stderr.write(`${Math.round((Date.now() - begin) / 1000)} s: ${line}\n`)
      : () => undefined;
    const told = await stationSoak({ orders: ORDERS, seed: SEED, minutes: MINUTES, say });
    say(JSON.stringify({ seed: SEED, ...told }));
    expect(told.problems).toEqual([]);
    expect(told.servers).toBeGreaterThan(0);
  },
  HOURS_MILLIS,
);
