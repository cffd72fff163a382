import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '../../../../..');
const VOUCHERS = '10000';

/** Ten thousand vouchers (`--vouchers=N`), fifty tries each at sixteen counters: the test beside it, made large. */
function main(): void {
  const { values } = parseArgs({ options: { vouchers: { type: 'string' } }, strict: false });
  const test = 'apps/server/src/modules/benefit/redeem.race.test.ts';
  const { status } = spawnSync(
    join(ROOT, 'node_modules/.bin/vitest'),
    ['run', test, '--maxWorkers=1'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, RACE_VOUCHERS: String(values['vouchers'] ?? VOUCHERS) },
    },
  );
  process.exitCode = status ?? 1;
}

main();
