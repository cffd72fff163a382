import { seededRandom } from '@wennuan/basics';
import { drawIntent } from './test-support/intents.ts';
import { History } from './test-support/history.ts';

const COMMANDS_PER_HISTORY = 400;

/**
 * Runs random histories of the deciding function against the fen-by-fen model until that many commands are
 * decided. Throws at the first difference, naming the seed of its history. Progress goes to stderr.
 */
export async function run(options: { commands: number; seed: number }): Promise<{
  commands: number;
  histories: number;
  rows: number;
}> {
  const done = { commands: 0, histories: 0, rows: 0 };
  while (done.commands < options.commands) {
    const seed = options.seed + done.histories;
    const history = randomHistory(seed);
    done.commands += history.commands;
    done.rows += history.rows.length;
    done.histories += 1;
    if (done.histories % 500 === 0) {
      const percent = Math.floor((done.commands / options.commands) * 100);
      process.stderr.write(`\rledger soak: ${done.commands} commands, ${percent} %`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  process.stderr.write(`\rledger soak: ${done.commands} commands, ${done.histories} histories\n`);
  return done;
}

/** One history of a seed, checked step by step. */
export function randomHistory(seed: number, history: History = new History()): History {
  const random = seededRandom(seed);
  try {
    while (history.commands < COMMANDS_PER_HISTORY) {
      const size = 1 + Math.floor(random() * 8);
      history.step(Array.from({ length: size }, () => drawIntent(random)));
    }
  } catch (error) {
    throw new Error(`history of seed ${seed}, command ${history.commands}: ${String(error)}`, {
      cause: error,
    });
  }
  return history;
}

if (import.meta.main) {
  const [commands = '10000000', seed = '1'] = process.argv.slice(2);
  await run({ commands: Number(commands), seed: Number(seed) });
}
