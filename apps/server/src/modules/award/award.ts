import { addDays, type Id, type PlainDate } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import type { Policy } from '@wennuan/policy';

export type AwardState = shapes.AwardState;
export type AwardAct = shapes.AwardAct;
export type PartState = shapes.PeriodState;
export type Proof = shapes.Proof;
export type Source = Policy['source'];
export type Delivery = Policy['delivery'];
export type Unit = Policy['benefit']['unit'];
export type VisitOutcome = (typeof shapes.awardVisitOutcomes)[number];
/** Who decided something, so that an appeal goes one level above. */
export type Level = 'community' | 'street' | 'district' | 'federation' | 'department';

/** A round: one period of a programme in one area, with the definition as it stood then. */
export interface Round {
  id: Id;
  number: string;
  programCode: string;
  definition: Policy;
  source: Source;
  departmentId: Id | null;
  period: string;
  areaId: number;
  openedAt: Date;
}

/** An award as its rules need it. What describes her matter is sealed with the award's own key. */
export interface Award {
  id: Id;
  number: string;
  roundId: Id;
  programCode: string;
  source: Source;
  beneficiaryId: Id;
  personId: Id;
  accountId: Id | null;
  areaId: number;
  departmentId: Id | null;
  withFederation: boolean;
  state: AwardState;
  amount: number;
  unit: Unit;
  mayBeNamed: boolean;
  listId: Id | null;
  noticeId: Id | null;
  noticePlace: number | null;
  visitedAt: Date | null;
  visitedBy: Id | null;
  tries: number;
  grantedOn: PlainDate | null;
  nextOn: PlainDate | null;
  reviewOn: PlainDate | null;
  reviewAskedOn: PlainDate | null;
  endedOn: PlainDate | null;
  decidedLevel: Level | null;
  appeal: 'open' | 'upheld' | 'overturned' | null;
  appealSealed: Buffer | null;
  answerSealed: Buffer | null;
  reasonSealed: Buffer | null;
  version: number;
}

/** One period's part of an award. */
export interface Part {
  id: Id;
  awardId: Id;
  programCode: string;
  beneficiaryId: Id;
  period: string;
  personId: Id;
  accountId: Id | null;
  areaId: number;
  departmentId: Id | null;
  withFederation: boolean;
  delivery: Delivery;
  amount: number;
  unit: Unit;
  state: PartState;
  dueOn: PlainDate;
  deliveredOn: PlainDate | null;
  deliveredBy: Id | null;
  referenceId: Id | null;
  waits: 'balance' | 'fund' | 'rejected' | 'not_received' | null;
  confirmedAt: Date | null;
  confirmedBy: 'account' | 'call_back' | 'paper_slip' | null;
}

/** Somebody a programme is meant for by what is on file. */
export interface Candidate {
  personId: Id;
  /** Of a benefit that comes once a household. */
  householdId: Id | null;
  areaId: number;
  amount: number;
}

/** Working days a visit may take, and an appeal, an objection, a receipt. */
export const VISIT_DAYS = 7;
export const ANSWER_DAYS = 5;
export const POST_DAYS = 3;
export const RECEIVED_DAYS = 5;
/** Working days in which somebody without an account is told of a decision. */
export const TELL_DAYS = 3;
/** Days after which an award is looked at again by a person. */
const REVIEW_AFTER_DAYS = 365;
/** The day by which a person looks again at what is granted today. */
export function reviewFrom(today: PlainDate): PlainDate {
  return addDays(today, REVIEW_AFTER_DAYS);
}

/** Days before that on which somebody is asked to. */
export const REVIEW_ASKED_DAYS = 30;
/** Days in which a voucher or a meal card can be used. */
export const ENTITLEMENT_DAYS = {
  voucher: 180,
  meal_card: 62,
  coupon: 90,
  pack: 30,
  hours: 31,
} as const;
/** A sum of fewer people than this is never shown by itself. */
export const CELL_LEAST = 5;

const ENDED: readonly AwardState[] = [
  'refused',
  'declined',
  'died',
  'moved',
  'stopped',
  'finished',
];
/** True for states from which nothing more is given; only an appeal leads out of them. */
export function isEnded(state: AwardState): boolean {
  return ENDED.includes(state);
}

/** What happens by itself once a part is due: cash waits for a payment list, work for somebody to do it. */
export function channelOf(delivery: Delivery): 'payment' | 'entitlement' | 'work' {
  if (delivery === 'cash') return 'payment';
  return delivery === 'voucher' || delivery === 'meal_card' ? 'entitlement' : 'work';
}

/** Surname and 某: all that a paper board says. */
export function boardName(name: string): string {
  return `${[...name.trim()][0] ?? ''}某`;
}

/** Groups that are merged until each has at least five people; what is left over is one group without a place. */
export function mergeSmall<Cell extends { people: number; amount: number }>(
  cells: readonly Cell[],
): { shown: Cell[]; rest: { people: number; amount: number } | null } {
  const sorted = cells.toSorted((one, other) => other.people - one.people);
  const shown = sorted.filter((cell) => cell.people >= CELL_LEAST);
  const small = sorted.filter((cell) => cell.people < CELL_LEAST);
  // A remainder of fewer than five would be told by the difference: the smallest shown cell joins it.
  while (small.length > 0 && sum(small, 'people') < CELL_LEAST && shown.length > 0)
    small.push(shown.pop()!);
  const rest = { people: sum(small, 'people'), amount: sum(small, 'amount') };
  return { shown, rest: small.length > 0 ? rest : null };
}

function sum<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
