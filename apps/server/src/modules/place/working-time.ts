import { addDays, dateInShanghai, instantInShanghai, type PlainDate } from '@wennuan/basics';
import calendar from './working-days.json' with { type: 'json' };

/** Office hours of a working day in Zhengzhou; the day ends at 17:30 (rules: clocks count working hours). */
const HOURS = [
  ['08:30', '12:00'],
  ['13:00', '17:30'],
] as const;
/** Minutes of one working day: eight hours. */
export const WORKING_DAY_MINUTES = 480;

const offDays = new Set(Object.values(calendar.years).flatMap((year) => year.daysOff));
const workedWeekends = new Set(
  Object.values(calendar.years).flatMap((year) => year.weekendsWorked),
);
const years = new Set(Object.keys(calendar.years));
const everyYear = new Set(calendar.everyYear);

/**
 * True for a day the State Council's calendar has as a working day. For a year whose notice is not on
 * file yet, weekends and the fixed public holidays are off.
 */
export function isWorkingDay(date: PlainDate): boolean {
  if (workedWeekends.has(date)) return true;
  if (offDays.has(date)) return false;
  if (!years.has(date.slice(0, 4)) && everyYear.has(date.slice(5))) return false;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function spans(date: PlainDate): [number, number][] {
  if (!isWorkingDay(date)) return [];
  return HOURS.map(([from, to]) => [
    instantInShanghai(date, from).getTime(),
    instantInShanghai(date, to).getTime(),
  ]);
}

/** The instant when `minutes` of working time after `from` are over. Minutes must be 0 or more. */
function add(from: Date, minutes: number): Date {
  let left = minutes * 60_000;
  let date = dateInShanghai(from);
  for (let days = 0; days < 4_000; days += 1, date = addDays(date, 1)) {
    for (const [start, end] of spans(date)) {
      const begin = Math.max(start, from.getTime());
      if (begin >= end) continue;
      if (left <= end - begin) return new Date(begin + left);
      left -= end - begin;
    }
  }
  throw new Error(`no working time found within ten years after ${from.toISOString()}`);
}

/** Working minutes from one instant to another, rounded down; negative when `to` is earlier. */
function between(from: Date, to: Date): number {
  if (to < from) return -between(to, from);
  let millis = 0;
  for (let date = dateInShanghai(from); date <= dateInShanghai(to); date = addDays(date, 1))
    for (const [start, end] of spans(date))
      millis += Math.max(0, Math.min(end, to.getTime()) - Math.max(start, from.getTime()));
  return Math.floor(millis / 60_000);
}

/** The one working-day calendar: office hours, holidays and worked weekends. */
export const workingTime = { add, between };
export type WorkingTime = typeof workingTime;
