import { addDays, type Id, type PlainDate } from '@wennuan/basics';
import type { GoodsCategory, shapes } from '@wennuan/contract';

export type BenefitKind = (typeof shapes.benefitKinds)[number];
export type BenefitState = (typeof shapes.benefitStates)[number];

/** An entitlement to issue: a voucher or a meal card's sum in fen, hours in minutes. */
export interface IssueCommand {
  kind: BenefitKind;
  /** What it is issued for; one entitlement each. */
  subject: { kind: string; id: Id };
  personId: Id;
  accountId: Id | null;
  areaId: number;
  /** The fund that will pay; null for hours, which are a promise. */
  fundId: Id | null;
  /** Fen, or minutes. */
  amount: number;
  /** What it may be used for, in a few words. */
  label: string;
  /** Days in which it may be used. */
  days: number;
  /** What it may pay for; without, what its kind is for. */
  goods?: readonly GoodsCategory[] | undefined;
  /** The name under which the fund set its amount aside. */
  holdName?: string | undefined;
}

export type IssueOutcome =
  | { status: 'issued' | 'already_issued'; entitlementId: Id }
  | { status: 'balance_too_low'; entitlementId: null };

/** An entitlement as it is stored; what is left of it is its account's balance. */
export interface Entitlement {
  id: Id;
  serial: number;
  number: string;
  kind: BenefitKind;
  unit: 'fen' | 'minute';
  subjectId: Id;
  label: string;
  personId: Id;
  accountId: Id | null;
  areaId: number;
  streetId: number;
  sourceId: Id;
  issueId: Id;
  amount: number;
  state: BenefitState;
  issuedOn: PlainDate;
  expiresOn: PlainDate;
  /** Categories it may pay for; empty: all that a station sells but alcohol and tobacco. */
  goods: readonly string[];
  /** Raised when its codes must change; part of the key they come from. */
  codeVersion: number;
  /** What it ends as once the counter that holds it has told what it sold. */
  endsAs: 'expired' | 'cancelled' | null;
}

/** What counts a kind. */
export function unitOf(kind: BenefitKind): 'fen' | 'minute' {
  return kind === 'hours' ? 'minute' : 'fen';
}

/** The first day on which it can no longer be used. */
export function expiryOf(issuedOn: PlainDate, days: number): PlainDate {
  return addDays(issuedOn, days);
}

/** What the public pages call the account of such an entitlement: never a person. */
export function accountLabel(kind: BenefitKind): string {
  return {
    voucher: '困难居民代金券',
    meal_card: '困难居民助餐卡',
    coupon: '困难居民电子券',
    pack: '困难居民慰问包',
    hours: '承诺的服务时间',
  }[kind];
}
