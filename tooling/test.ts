import { startVitest } from 'vitest/node';
import { buildWeb } from './build.ts';

/**
 * Runs every test there is; arguments narrow it to files whose path holds one of them. The last line is
 * `N passed, N failed`, counting tests. A file that cannot run at all counts as one failed test, and a run
 * without any test fails.
 */
async function main(filters: string[]): Promise<void> {
  let passed = 0;
  let failed = 0;
  try {
    // Tests that need no pages are still worth running when the pages cannot be built.
    await buildWeb({ log: console.log }).catch((error: unknown) => {
      console.error(error);
      failed += 1;
    });
    const vitest = await startVitest('test', filters, { run: true, watch: false });
    for (const module of vitest.state.getTestModules()) {
      const results = Array.from(module.children.allTests(), (test) => test.result().state);
      passed += results.filter((state) => state === 'passed').length;
      const failures = results.filter((state) => state === 'failed').length;
      failed += failures === 0 && !module.ok() ? 1 : failures;
    }
    failed += vitest.state.getUnhandledErrors().length;
    await vitest.close();
  } catch (error) {
    console.error(error);
    failed += 1;
  }
  // A run that found nothing or could not begin proves nothing.
  if (passed + failed === 0) failed = 1;
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  // Everything written before is flushed first, so that this is really the last line.
  await new Promise<void>((resolve) => void process.stderr.write('', () => resolve()));
  await new Promise<void>((resolve) => {
    process.stdout.write(`${passed} passed, ${failed} failed\n`, () => resolve());
  });
  process.exit();
}

await main(process.argv.slice(2));
