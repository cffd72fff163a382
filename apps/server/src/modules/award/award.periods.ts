import { addDays, type PlainDate } from '@wennuan/basics';
import type { Policy } from '@wennuan/policy';

export type Cadence = Policy['cadence'];

/**
 * The name of the period a day is in. It is one half of the key by which nothing is given twice, so it depends on
 * the cadence and the calendar only: never on when somebody looked. `onChangeOf` is the day the award was granted:
 * help that comes on change comes once for each grant.
 */
export function periodOf(cadence: Cadence, on: PlainDate, onChangeOf: PlainDate): string {
  switch (cadence) {
    case 'once':
      return 'once';
    case 'yearly':
      return on.slice(0, 4);
    case 'monthly':
      return on.slice(0, 7);
    case 'weekly':
      return weekOf(on);
    case 'on_change':
      return onChangeOf;
  }
}

/** The first day of the period after the one a day is in; null when there is none. */
export function nextPeriod(cadence: Cadence, on: PlainDate): PlainDate | null {
  switch (cadence) {
    case 'once':
    case 'on_change':
      return null;
    case 'yearly':
      return `${String(Number(on.slice(0, 4)) + 1).padStart(4, '0')}-01-01`;
    case 'monthly':
      return addDays(`${on.slice(0, 7)}-28`, 4).slice(0, 7) + '-01';
    case 'weekly':
      return addDays(mondayOf(on), 7);
  }
}

/**
 * The parts that have fallen due: from `from` to today, none after the day of review. Money that a late machine
 * missed is made up for; a visit or an hour of last week cannot be, so of those only the newest is asked for.
 */
export function partsDue(
  plan: { cadence: Cadence; makesUp: boolean; grantedOn: PlainDate; reviewOn: PlainDate },
  from: PlainDate,
  today: PlainDate,
): { parts: { period: string; dueOn: PlainDate }[]; nextOn: PlainDate | null } {
  const parts: { period: string; dueOn: PlainDate }[] = [];
  let day: PlainDate | null = from;
  while (day !== null && day <= today && day <= plan.reviewOn) {
    parts.push({ period: periodOf(plan.cadence, day, plan.grantedOn), dueOn: day });
    day = nextPeriod(plan.cadence, day);
  }
  return { parts: plan.makesUp ? parts : parts.slice(-1), nextOn: day };
}

/** How many parts fall due from a grant to its review: what two people agree to. */
export function partsUntilReview(
  cadence: Cadence,
  grantedOn: PlainDate,
  reviewOn: PlainDate,
): number {
  const plan = { cadence, makesUp: true, grantedOn, reviewOn };
  return partsDue(plan, grantedOn, reviewOn).parts.length;
}

function mondayOf(on: PlainDate): PlainDate {
  const weekday = (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(on, -weekday);
}

/** ISO 8601: a week belongs to the year its Thursday is in. */
function weekOf(on: PlainDate): string {
  const thursday = addDays(mondayOf(on), 3);
  const first = addDays(mondayOf(`${thursday.slice(0, 4)}-01-04`), 3);
  const weeks = (Date.parse(thursday) - Date.parse(first)) / (7 * 86_400_000) + 1;
  return `${thursday.slice(0, 4)}-W${String(Math.round(weeks)).padStart(2, '0')}`;
}
