import { isOutage } from './database/outage.ts';

/** How commands are gathered. */
export interface Gathering {
  mostAtOnce?: number;
  /** Hands over a full batch while the one before is still worked on: for what works one batch after another. */
  ahead?: boolean;
}

/**
 * Turns a use case for many into one that is called with one command at a time: it takes what came in
 * while the last commit ran (no timer), runs it as one batch, and answers each caller after the
 * commit. When a batch throws, its halves are tried, so that one bad command fails alone; an outage is
 * nobody's fault and is told to all at once.
 */
export function gathered<Command, Outcome>(
  useCase: (commands: Command[]) => Promise<Outcome[]>,
  { mostAtOnce = 2_000, ahead = false }: Gathering = {},
): (command: Command) => Promise<Outcome> {
  interface Waiting {
    command: Command;
    resolve(outcome: Outcome): void;
    reject(reason: unknown): void;
  }
  const rejectAll = (batch: Waiting[], reason: unknown) => {
    for (const one of batch) one.reject(reason);
  };
  let waiting: Waiting[] = [];
  let running = 0;

  const settle = async (batch: Waiting[]): Promise<void> => {
    try {
      const outcomes = await useCase(batch.map((one) => one.command));
      batch.forEach((one, index) => one.resolve(outcomes[index]!));
    } catch (thrown) {
      if (batch.length === 1 || isOutage(thrown)) return rejectAll(batch, thrown);
      const half = batch.length >> 1;
      await settle(batch.slice(0, half));
      await settle(batch.slice(half));
    }
  };
  const mayBegin = () =>
    running === 0 ? waiting.length > 0 : ahead && running === 1 && waiting.length >= mostAtOnce;
  const drain = async (): Promise<void> => {
    while (mayBegin()) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      running += 1;
      await settle(batch);
      running -= 1;
    }
  };
  return (command) =>
    new Promise((resolve, reject) => {
      waiting.push({ command, resolve, reject });
      if (mayBegin()) void drain();
    });
}
