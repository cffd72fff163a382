import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const ORDERS = '100000';
const MINUTES = '170';

/** A hundred thousand orders (`--orders=N`, `--seed=N`, at most `--minutes=N`) with crashes: the test beside it, made large. */
function main(): void {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
    },
    strict: false,
  });
  const seed = String(values['seed'] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/vitest'),
    ['run', 'tests/fault/station/station.test.ts', '--disable-console-intercept'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        SOAK_ORDERS: String(values['orders'] ?? ORDERS),
        SOAK_MINUTES: String(values['minutes'] ?? MINUTES),
        SOAK_SEED: seed,
      },
    },
  );
  process.exitCode = status ?? 1;
}

main();
