import { addDays, dateInShanghai, instantInShanghai, type PlainDate } from '@wennuan/basics';
import { isWorkingDay } from '../modules/place/index.ts';

/** A stretch of a day in which things happen: half a working day, or the middle of a day off. */
export interface HalfDay {
  index: number;
  date: PlainDate;
  begins: Date;
  ends: Date;
  isWorking: boolean;
}

const MORNING = ['08:40', '11:45'] as const;
const AFTERNOON = ['13:40', '17:15'] as const;
const DAY_OFF = ['10:00', '16:00'] as const;

/** The half-days from `days` before `now` up to it, none of them in the future. */
export function halfDaysBefore(now: Date, days: number): HalfDay[] {
  const today = dateInShanghai(now);
  const halves: Omit<HalfDay, 'index'>[] = [];
  for (let date = addDays(today, -days); date <= today; date = addDays(date, 1)) {
    const isWorking = isWorkingDay(date);
    for (const [from, to] of isWorking ? [MORNING, AFTERNOON] : [DAY_OFF])
      halves.push({
        date,
        isWorking,
        begins: instantInShanghai(date, from),
        ends: instantInShanghai(date, to),
      });
  }
  return halves.filter(({ ends }) => ends <= now).map((half, index) => ({ ...half, index }));
}

/** What a script waits for: half working days, days of the calendar, or a certain half-day by its index. */
export type Wait = { halfDays: number } | { days: number } | { halfDay: number };

/** Waits so many half working days: the office's time. */
export const office = (halfDays: number): Wait => ({ halfDays });
/** Waits so many days: everybody else's time. */
export const days = (count: number): Wait => ({ days: count });

const HOUR_MILLIS = 3_600_000;

/** Waits for the next half working day, or only for the next day when more hours would go by: before a long holiday. */
export function officeWithin(hours: number, halves: readonly HalfDay[], from: HalfDay): Wait {
  const next = resumesIn(halves, from, office(1));
  const gone = next === null ? 0 : halves[next]!.ends.getTime() - from.begins.getTime();
  return gone > hours * HOUR_MILLIS ? { halfDay: from.index + 1 } : office(1);
}

/** The half-day in which a script that waits from `from` on goes on; null when that is after now. */
export function resumesIn(halves: readonly HalfDay[], from: HalfDay, wait: Wait): number | null {
  if ('halfDay' in wait) return Math.max(wait.halfDay, from.index + 1);
  if ('days' in wait) {
    const date = addDays(from.date, wait.days);
    return halves.find((half) => half.date >= date && half.index > from.index)?.index ?? null;
  }
  let left = Math.max(1, wait.halfDays);
  for (const half of halves.slice(from.index + 1))
    if (half.isWorking && --left === 0) return half.index;
  return null;
}
