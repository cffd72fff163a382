import type { PlainDate } from '@wennuan/basics';
import { type Cell, packedText, plainText } from './plain-text.ts';

/** A date as far as the cell tells it: `date` is null when only the month or the year is known. */
export interface DateReading {
  date: PlainDate | null;
  year: number;
  month: number | null;
}

const SHANGHAI_HOUR_IN_UTC = 16;
const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 86_400_000;
// Day 0 of spreadsheets, one day early because they believe in 29 February 1900.
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
const SERIAL_MIN = 367; // 1901-01-01; smaller numbers are rather ages or counts
const SERIAL_MAX = 73_050; // 2099-12-31
const NUMERALS = '〇一二三四五六七八九';

/**
 * Reads a calendar date from a cell in the ways clerks write it: 1965-07-17, 1965/7/17, 1965.7.17,
 * 1965年7月17日 (also in Chinese numerals), 19650717, a spreadsheet's day number, a Date (read in UTC, or
 * in Shanghai when it stands at midnight there), day last as 17/07/1965, with or without a time. Year and
 * month alone are kept as such. Null for anything that is not a date of the calendar, years 1850 to 2150.
 */
export function readDate(cell: Cell): DateReading | null {
  if (cell instanceof Date) return ofInstant(cell);
  if (typeof cell === 'number') return ofNumber(cell);
  const text = numeralsToDigits(packedText(withoutTime(plainText(cell))));
  if (text === '') return null;
  const digits = /^'?(\d{4})(\d{2})(\d{2})?(\.0+)?$/.exec(text);
  if (digits) return made(digits[1], digits[2], digits[3]);
  if (/^\d{4,5}(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const last = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/.exec(text);
  if (last) return made(last[3], last[2], last[1]) ?? made(last[3], last[1], last[2]);
  const parts = /^(?:公元)?(\d{4}|\d{2})[-/.年_~、](\d{1,2})(?:[-/.月_~、](\d{1,2})?)?(.*)$/.exec(
    text,
  );
  if (parts && parts[1]!.length === 2 && parts[3] === undefined) return null;
  if (parts)
    return timeOfDay(parts[4] ?? '') ? made(fullYear(parts[1]!), parts[2], parts[3]) : null;
  const named = byMonthName(text);
  if (named) return named;
  const year = /^(\d{4})(?:年度?)?$/.exec(text);
  return year ? made(year[1], undefined, undefined) : null;
}

/** The text without a time of day that white space sets apart: packed, its hour would run into the day. */
function withoutTime(text: string): string {
  return text.replace(/(?<=\d日?) (上午|下午)?\d{1,2}[:时]\d{1,2}.*$/, '');
}

const MONTH_NAMES = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

/** A date with its month in English, `5-Jan-26` or `Jan 5, 2026`, as a spreadsheet in English shows it. */
function byMonthName(text: string): DateReading | null {
  const match =
    /^(\d{1,2})[-/.]?([A-Z]{3})[A-Z]*[-/.,]?(\d{4}|\d{2})$/i.exec(text) ??
    /^(?<month>[A-Z]{3})[A-Z]*\.?(?<day>\d{1,2}),(?<year>\d{4})$/i.exec(text);
  if (!match) return null;
  const { day = match[1], month = match[2], year = match[3] } = match.groups ?? {};
  const at = MONTH_NAMES.indexOf(month!.toUpperCase());
  return at % 3 === 0 ? made(fullYear(year!), String(at / 3 + 1), day) : null;
}

/** True for nothing, 日, 份, a time such as T00:00:00 or 00:00 after the day, or a word that says from or until then. */
function timeOfDay(rest: string): boolean {
  return /^[日号]?(份|[初底末]|[上中下]旬)?(T?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?(上午|下午|生|出生|起|始|至今|止|以来)?$/.test(
    rest,
  );
}

/** A year of two digits belongs to the last century unless that would be before 1930. */
function fullYear(text: string): string {
  if (text.length === 4) return text;
  return Number(text) >= 30 ? `19${text}` : `20${text}`;
}

function ofNumber(value: number): DateReading | null {
  if (!Number.isFinite(value)) return null;
  const whole = Math.floor(value);
  if (whole >= 1850_01_01 && whole <= 2150_12_31) {
    const text = String(whole);
    return made(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  }
  if (whole >= 1850_01 && whole <= 2150_12) {
    return made(String(whole).slice(0, 4), String(whole).slice(4), undefined);
  }
  // Below 2151 a number may be a year or a day before 1906; people are rather described by the year.
  if (whole >= 1850 && whole <= 2150) {
    const month = Math.round((value - whole) * 100);
    return made(String(whole), month >= 1 && month <= 12 ? String(month) : undefined, undefined);
  }
  if (whole < SERIAL_MIN || whole > SERIAL_MAX) return null;
  const [year, month, day] = new Date(SERIAL_ZERO + whole * DAY_MILLIS)
    .toISOString()
    .slice(0, 10)
    .split('-');
  return made(year, month, day);
}

function ofInstant(at: Date): DateReading | null {
  if (Number.isNaN(at.getTime())) return null;
  const midnightThere =
    at.getUTCHours() === SHANGHAI_HOUR_IN_UTC && at.getTime() % HOUR_MILLIS === 0;
  const shown = new Date(at.getTime() + (midnightThere ? 8 * HOUR_MILLIS : 0));
  const [year, month, day] = shown.toISOString().slice(0, 10).split('-');
  return made(year, month, day);
}

function made(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): DateReading | null {
  const years = Number(year);
  if (!(years >= 1850 && years <= 2150)) return null;
  const months = month === undefined ? null : Number(month);
  // 00 is how registers write an unknown month or day.
  if (months === null || months === 0) return { date: null, year: years, month: null };
  if (months > 12) return null;
  if (day === undefined || Number(day) === 0) return { date: null, year: years, month: months };
  if (!isDay(years, months, Number(day))) return null;
  const date = `${year}-${String(months).padStart(2, '0')}-${String(Number(day)).padStart(2, '0')}`;
  return { date, year: years, month: months };
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a day of the Gregorian calendar; quicker than asking a Date, for millions of rows. */
export function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= MONTH_DAYS[month - 1]! + (month === 2 && isLeap ? 1 : 0);
}

function numeralsToDigits(text: string): string {
  if (!/[〇零○元一二三四五六七八九十]/.test(text)) return text;
  return text
    .replace('元月', '一月')
    .replace(/[零○]/g, '〇')
    .replace(/([一二三])?十([一二三四五六七八九])?/g, (_, tens: string, ones: string) => {
      return String((tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0));
    })
    .replace(/[〇一二三四五六七八九]/g, (numeral) => String(NUMERALS.indexOf(numeral)));
}
