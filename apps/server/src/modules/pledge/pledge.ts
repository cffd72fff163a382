import { addDays, type PlainDate } from '@wennuan/basics';

export interface Instalment {
  place: number;
  dueOn: PlainDate;
  amountFen: number;
}

export type InstalmentState = 'coming' | 'due' | 'overdue' | 'met';

/** So many days before an instalment is due its promiser is reminded. */
export const REMIND_DAYS = 7;

/** Instalments as they stand: what was given fills the earliest first, whichever it was given for. */
export function standing(
  instalments: readonly Instalment[],
  givenFen: number,
  today: PlainDate,
): (Instalment & { givenFen: number; state: InstalmentState })[] {
  let left = givenFen;
  return instalments
    .toSorted((one, other) => one.place - other.place)
    .map((one) => {
      const part = Math.min(left, one.amountFen);
      left -= part;
      return { ...one, givenFen: part, state: stateOf(one, part, today) };
    });
}

function stateOf(one: Instalment, givenFen: number, today: PlainDate): InstalmentState {
  if (givenFen >= one.amountFen) return 'met';
  if (one.dueOn < today) return 'overdue';
  return one.dueOn <= addDays(today, REMIND_DAYS) ? 'due' : 'coming';
}

/** The next day from `from` on that is this day of a month. */
export function nextAskOn(dayOfMonth: number, from: PlainDate): PlainDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const two = (value: number) => String(value).padStart(2, '0');
  if (day <= dayOfMonth) return `${year}-${two(month)}-${two(dayOfMonth)}`;
  return month === 12
    ? `${year + 1}-01-${two(dayOfMonth)}`
    : `${year}-${two(month + 1)}-${two(dayOfMonth)}`;
}

/** True when a month is to be asked about: its day has come, and the intention is not younger than that day. */
export function asksNow(
  intention: { dayOfMonth: number; startedOn: PlainDate },
  today: PlainDate,
): boolean {
  const [month, day] = [today.slice(0, 7), Number(today.slice(8))];
  const askOn = `${month}-${String(intention.dayOfMonth).padStart(2, '0')}`;
  return day >= intention.dayOfMonth && askOn >= intention.startedOn;
}
