/** Work that time brings: run again and again, safe to run twice and in several processes. */
export interface Tick {
  readonly name: string;
  readonly everySeconds: number;
  run(): Promise<void>;
}

/** Runs ticks until stopped; one that fails is told and tried again at its next turn. */
export function startTicks(
  ticks: readonly Tick[],
  failed: (name: string, reason: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  const running = new Set<Promise<void>>();
  const timers = ticks.map((tick) => {
    let busy = false;
    return setInterval(() => {
      if (busy || stopped) return;
      busy = true;
      const turn = tick
        .run()
        .catch((reason: unknown) => failed(tick.name, reason))
        .finally(() => {
          busy = false;
          running.delete(turn);
        });
      running.add(turn);
    }, tick.everySeconds * 1_000);
  });
  return {
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
