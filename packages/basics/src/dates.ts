/** A calendar date `YYYY-MM-DD` without time or zone, so that a birthday cannot shift by a day. */
export type PlainDate = string;

const SHANGHAI_OFFSET_MILLIS = 8 * 3_600_000;

/** True for a date that exists in the calendar. */
export function isPlainDate(text: string): text is PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The calendar date in Zhengzhou (UTC+8, no daylight saving since 1991) at an instant. */
export function dateInShanghai(at: Date): PlainDate {
  return new Date(at.getTime() + SHANGHAI_OFFSET_MILLIS).toISOString().slice(0, 10);
}

/** The instant of a wall-clock time (`HH:MM`) in Zhengzhou on a date. */
export function instantInShanghai(date: PlainDate, time = '00:00'): Date {
  return new Date(`${date}T${time}:00+08:00`);
}

/** The date that many days later; negative goes back. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
