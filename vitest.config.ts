import { defineConfig } from 'vitest/config';
import LongestFirst from './tooling/longest-first.ts';

/**
 * Fast tests share workers and run side by side. Tests that kill servers run one after another, after the rest; those that
 * drive a browser come last, two at a time, since each waits for pages most of its time.
 */
export default defineConfig({
  test: {
    globalSetup: ['tooling/test-server.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: [
            'packages/**/*.test.{ts,tsx}',
            'apps/**/*.test.{ts,tsx}',
            'tooling/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.fault.test.ts', 'tooling/probes/**'],
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: ['tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'tests/browser/**', 'tests/fault/**'],
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'one-by-one',
          include: [
            'tests/fault/**/*.test.ts',
            'apps/**/*.fault.test.ts',
            'packages/**/*.fault.test.ts',
          ],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          // A story takes many steps, and each has its own limit.
          testTimeout: 180_000,
        },
      },
    ],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
