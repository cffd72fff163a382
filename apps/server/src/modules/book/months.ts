import { addDays, dateInShanghai, instantInShanghai, type PlainDate } from '@wennuan/basics';

/** First day of a month `2026-11`. */
export function firstDay(month: string): PlainDate {
  return `${month}-01`;
}

/** The month after, `2026-12`. */
export function nextMonth(month: string): string {
  return addDays(firstDay(month), 31).slice(0, 7);
}

/** The month before. */
export function monthBefore(month: string): string {
  return addDays(firstDay(month), -1).slice(0, 7);
}

export function monthOfInstant(at: Date): string {
  return dateInShanghai(at).slice(0, 7);
}

/** Days [from, until) as instants of Zhengzhou; the beginning of time when there is no first day. */
export function spanOf(from: PlainDate | null, until: PlainDate): { from: Date; until: Date } {
  return {
    from: from === null ? new Date(0) : instantInShanghai(from),
    until: instantInShanghai(until),
  };
}
