import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gathered } from './gathered.ts';

test('what came while the last batch ran goes together, in order, and each gets its own answer', async () => {
  const batches: number[][] = [];
  const double = gathered(async (commands: number[]) => {
    batches.push(commands);
    await sleep(5);
    return commands.map((command) => command * 2);
  });
  const answers = await Promise.all([1, 2, 3, 4].map(double));
  expect(answers).toEqual([2, 4, 6, 8]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('one bad command fails alone', async () => {
  const useCase = gathered(async (commands: number[]) => {
    if (commands.includes(13)) throw new Error('thirteen');
    return commands;
  });
  const settled = await Promise.allSettled([1, 2, 13, 4, 5].map(useCase));
  expect(settled.map((one) => one.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});

test('an outage is told to all at once instead of being tried for every half', async () => {
  let tries = 0;
  const useCase = gathered(async (_commands: number[]): Promise<number[]> => {
    tries += 1;
    throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
  });
  const settled = await Promise.allSettled(Array.from({ length: 500 }, (_, n) => useCase(n)));
  expect(settled.every((one) => one.status === 'rejected')).toBe(true);
  expect(tries).toBe(2);
});

test('no batch is larger than allowed', async () => {
  const sizes: number[] = [];
  const useCase = gathered(
    async (commands: number[]) => {
      sizes.push(commands.length);
      await sleep(1);
      return commands;
    },
    { mostAtOnce: 10 },
  );
  await Promise.all(Array.from({ length: 35 }, (_, n) => useCase(n)));
  expect(sizes).toEqual([1, 10, 10, 10, 4]);
});

test('ahead, one full batch is handed over while another is worked on, and never a third or a short one', async () => {
  const sizes: number[] = [];
  let atWork = 0;
  let mostAtWork = 0;
  const useCase = gathered(
    async (commands: number[]) => {
      sizes.push(commands.length);
      mostAtWork = Math.max(mostAtWork, (atWork += 1));
      await sleep(1);
      atWork -= 1;
      return commands;
    },
    { mostAtOnce: 10, ahead: true },
  );
  const numbers = Array.from({ length: 36 }, (_, n) => n);
  expect(await Promise.all(numbers.map(useCase))).toEqual(numbers);
  expect(mostAtWork).toBe(2);
  expect(sizes).toEqual([1, 10, 10, 10, 5]);
});
