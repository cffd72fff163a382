/** Where the present moment comes from. Passed in everywhere; only the outermost layer makes one. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests and the demo district: stands still until it is set or moved on. */
export function fixedClock(start: string | Date) {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    set(to: string | Date) {
      current = new Date(to);
    },
    advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }) {
      const seconds =
        (by.days ?? 0) * 86_400 +
        (by.hours ?? 0) * 3_600 +
        (by.minutes ?? 0) * 60 +
        (by.seconds ?? 0);
      current = new Date(current.getTime() + seconds * 1_000);
    },
  };
}
