import { expect, test } from 'vitest';
import { halfDaysBefore, officeWithin, resumesIn } from './calendar.ts';

test('what was promised is taken up while it is held, also before a long holiday', () => {
  // National Day, a day of rest worked before it, and weekends.
  const halves = halfDaysBefore(new Date('2026-10-20T18:00:00+08:00'), 40);
  const working = halves.filter(({ isWorking, index }) => isWorking && index < halves.length - 3);
  const waits = working.map((from) => {
    const next = resumesIn(halves, from, officeWithin(72, halves, from))!;
    return (halves[next]!.ends.getTime() - from.begins.getTime()) / 3_600_000;
  });
  expect(Math.max(...waits)).toBeLessThanOrEqual(72);
  expect(waits.filter((hours) => hours > 24).length).toBeGreaterThan(3);
});
