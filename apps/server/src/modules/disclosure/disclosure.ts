import { addDays, type Id, type PlainDate } from '@wennuan/basics';
import type { Language, shapes } from '@wennuan/contract';
import law from './duties.json' with { type: 'json' };

export type DutyKind = (typeof shapes.dutyKinds)[number];
export type DutyState = (typeof shapes.dutyStates)[number];
export type SubjectKind = (typeof shapes.subjectKinds)[number];

interface Span {
  days?: number;
  months?: number;
}

/** A rule of law as data: when a duty of a kind comes, and the words it is told in. */
export interface DutyRule {
  kind: DutyKind;
  /** What it is about; `emergency` are campaigns opened before their filing. */
  subjects: readonly (SubjectKind | 'emergency')[];
  /** Comes again and again while its subject runs. */
  every?: Span;
  afterStart?: Span;
  afterEnd?: Span;
  /** After something that happened: a transaction, or what a person notes. */
  afterEvent?: Span;
  /** Each year by this day (`MM-DD`), about the year before. */
  yearlyBy?: string;
  halfYearlyWithinDays?: number;
  /** How long before it is due it is put on the desk; by default from the day it is about. */
  leadDays?: number;
  title: Record<Language, string>;
  deadline: Record<Language, string>;
  source: Record<Language, string>;
  article: string;
}

/** The rules in force, and from what amount on a transaction is big (the charter's own figure). */
export const rules = law.rules as readonly DutyRule[];
export const BIG_TRANSACTION_FEN = law.bigTransactionFen;

/** The rule of a kind of duty. */
export function ruleOf(kind: DutyKind): DutyRule {
  return rules.find((rule) => rule.kind === kind)!;
}

/** A campaign, fund or charity sale as the rules see it. */
export interface Running {
  kind: 'campaign' | 'fund' | 'charity_sale';
  id: Id;
  code: string;
  name: string;
  startedOn: PlainDate;
  /** The last day; null while it runs. */
  endedOn: PlainDate | null;
  isEmergency: boolean;
}

/** Something big that happened, by its public number. */
export interface Event {
  number: string;
  happenedOn: PlainDate;
}

/** All that duties are reckoned from. */
export interface Facts {
  running: readonly Running[];
  events: readonly Event[];
  charity: { id: Id; name: string; since: PlainDate };
}

/** A duty to be put on the calendar. */
export interface NewDuty {
  kind: DutyKind;
  subjectKind: SubjectKind;
  subjectId: Id;
  subjectCode: string;
  subjectName: string;
  /** What makes it one of its kind: a day, a half-year, a number. */
  period: string;
  coversFrom: PlainDate;
  coversUntil: PlainDate;
  opensOn: PlainDate;
  dueOn: PlainDate;
}

/** The same day of the month some months on; the last of the month where it has no such day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const place = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(place / 12), (place % 12) + 1];
  const last = new Date(Date.UTC(newYear, newMonth, 0)).getUTCDate();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${newYear}-${two(newMonth)}-${two(Math.min(day, last))}`;
}

function after(date: PlainDate, { days = 0, months = 0 }: Span, times = 1): PlainDate {
  return addDays(months === 0 ? date : addMonths(date, months * times), days * times);
}

/** Every duty that has begun by `today`, also those long past: what is known already is passed over by its period. */
export function dutiesBy(today: PlainDate, facts: Facts): NewDuty[] {
  return rules
    .flatMap((rule) => [
      ...facts.running
        .filter((one) => concerns(rule, one))
        .flatMap((one) => ofRunning(rule, one, today)),
      ...(rule.subjects.includes('charity') ? ofCharity(rule, facts, today) : []),
    ])
    .filter((duty) => duty.opensOn <= today);
}

function concerns(rule: DutyRule, one: Running): boolean {
  return (
    rule.subjects.includes(one.kind) || (one.isEmergency && rule.subjects.includes('emergency'))
  );
}

function ofRunning(rule: DutyRule, one: Running, today: PlainDate): NewDuty[] {
  const { kind: subjectKind, id: subjectId, code: subjectCode, name: subjectName } = one;
  const duty = (dueOn: PlainDate, coversFrom: PlainDate, opensOn: PlainDate): NewDuty => ({
    kind: rule.kind,
    subjectKind,
    subjectId,
    subjectCode,
    subjectName,
    period: dueOn,
    coversFrom,
    coversUntil: one.endedOn && one.endedOn < dueOn ? one.endedOn : dueOn,
    opensOn: opensOn > coversFrom ? opensOn : coversFrom,
    dueOn,
  });
  const { startedOn, endedOn } = one;
  if (rule.every) {
    const duties: NewDuty[] = [];
    for (let turn = 1; ; turn += 1) {
      const dueOn = after(startedOn, rule.every, turn);
      const opensOn = addDays(dueOn, -(rule.leadDays ?? 0));
      // What ends before the day is told by the report about its end.
      if (opensOn > today || (endedOn !== null && dueOn > endedOn)) return duties;
      duties.push(duty(dueOn, after(startedOn, rule.every, turn - 1), opensOn));
    }
  }
  if (rule.afterStart) return [duty(after(startedOn, rule.afterStart), startedOn, startedOn)];
  if (rule.afterEnd && endedOn !== null)
    return [duty(after(endedOn, rule.afterEnd), startedOn, addDays(endedOn, 1))];
  return [];
}

function ofCharity(rule: DutyRule, { charity, events }: Facts, today: PlainDate): NewDuty[] {
  const about = {
    kind: rule.kind,
    subjectKind: 'charity' as const,
    subjectId: charity.id,
    subjectCode: '',
    subjectName: charity.name,
  };
  if (rule.kind === 'big_transaction')
    return events.map(({ number, happenedOn }) => ({
      ...about,
      period: number,
      coversFrom: happenedOn,
      coversUntil: happenedOn,
      opensOn: happenedOn,
      dueOn: after(happenedOn, rule.afterEvent!),
    }));
  const [first, last] = [charity.since, today].map((date) => Number(date.slice(0, 4))) as [
    number,
    number,
  ];
  const years = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  if (rule.yearlyBy)
    return years.map((year) => ({
      ...about,
      period: String(year),
      coversFrom: `${year}-01-01`,
      coversUntil: `${year}-12-31`,
      opensOn: addDays(`${year + 1}-${rule.yearlyBy}`, -(rule.leadDays ?? 0)),
      dueOn: `${year + 1}-${rule.yearlyBy}`,
    }));
  if (rule.halfYearlyWithinDays === undefined) return [];
  return years.flatMap((year) =>
    [1, 2].flatMap((half) => {
      const until = half === 1 ? `${year}-06-30` : `${year}-12-31`;
      if (until < charity.since) return [];
      return [
        {
          ...about,
          period: `${year}H${half}`,
          coversFrom: half === 1 ? `${year}-01-01` : `${year}-07-01`,
          coversUntil: until,
          opensOn: addDays(until, 1),
          dueOn: addDays(until, rule.halfYearlyWithinDays!),
        },
      ];
    }),
  );
}

/** A duty as it stands on a day. */
export function stateOf(
  duty: {
    opensOn: PlainDate;
    dueOn: PlainDate;
    doneOn: PlainDate | null;
    voidReason: string | null;
  },
  today: PlainDate,
): DutyState {
  if (duty.voidReason !== null) return 'void';
  if (duty.doneOn !== null) return duty.doneOn > duty.dueOn ? 'done_late' : 'done';
  if (today > duty.dueOn) return 'overdue';
  return today < duty.opensOn ? 'upcoming' : 'due';
}

/** Whole days from one date to another; negative when it is past. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
