import type { Id } from '@wennuan/basics';
import type { FindingKind, Role } from '@wennuan/contract';
import { WORKING_DAY_MINUTES } from '../place/index.ts';

/** Who looks into a kind of finding first, and within how many working minutes. */
interface Handling {
  roles: readonly Role[];
  level: 'community' | 'street' | 'district';
  minutes: number;
  title: string;
}

/** One line a kind: the whole difference between kinds outside the query that finds them. */
export const handling: Record<FindingKind, Handling> = {
  dead_in_roster: {
    roles: ['community_worker'],
    level: 'community',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '已故人员仍在名册',
  },
  dead_paid: {
    roles: ['street_officer'],
    level: 'street',
    minutes: 3 * WORKING_DAY_MINUTES,
    title: '已故人员仍在发放',
  },
  same_benefit_twice: {
    roles: ['street_officer'],
    level: 'street',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '同一待遇两处享受',
  },
  exclusive_benefits: {
    roles: ['street_officer'],
    level: 'street',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '互斥待遇同时享受',
  },
  never_reached: {
    roles: ['community_worker'],
    level: 'community',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '应享未达',
  },
  never_opened: {
    roles: ['district_officer'],
    level: 'district',
    minutes: 10 * WORKING_DAY_MINUTES,
    title: '项目有人未开启',
  },
  paid_unconfirmed: {
    roles: ['community_worker'],
    level: 'community',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '已发放未确认',
  },
  sudden_jump: {
    roles: ['street_officer'],
    level: 'street',
    minutes: 10 * WORKING_DAY_MINUTES,
    title: '社区人数突增',
  },
  relative_of_staff: {
    roles: ['district_officer'],
    level: 'district',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '工作人员亲属受助',
  },
  matched_own_people: {
    roles: ['district_officer'],
    level: 'district',
    minutes: 5 * WORKING_DAY_MINUTES,
    title: '企业自己人套取配捐',
  },
  matched_paid_back: {
    roles: ['district_officer'],
    level: 'district',
    minutes: 3 * WORKING_DAY_MINUTES,
    title: '配捐后资金回流捐赠人',
  },
};

/** After how many days something becomes a finding. */
export const limits = {
  reachedWithinDays: 30,
  openedWithinDays: 60,
  confirmedWithinDays: 30,
  /** A community's group jumps when in so many days it grows by the share and by at least so many people. */
  jumpDays: 30,
  jumpShare: 0.3,
  jumpPeople: 10,
  /** Money out of a campaign that goes to a giver it was matched for, within so many days, went in a circle. */
  paidBackWithinDays: 90,
} as const;

/** Groups of which the law lets a person be in one only (Social Assistance Interim Measures 9 and 14). */
export const exclusiveGroups = [['minimum_living', 'destitute']] as const;

/** A row that a look answers. */
export interface FindingSql {
  kind: FindingKind;
  subject_key: string;
  person_id: Id | null;
  area_id: number;
  department_id: Id | null;
  evidence: [string, string | number][];
}
