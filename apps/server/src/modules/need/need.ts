import type { Id } from '@wennuan/basics';
import {
  needKinds,
  type NeedKind,
  type NeedKindCode,
  type NeedMove,
  type NeedState,
  openNeedStates,
  type Role,
} from '@wennuan/contract';
import type { TaskKind } from '../desk/index.ts';

export type Stage = 'verify' | 'match' | 'carry_out' | 'feed_back';
export type NeedLevel = 'community' | 'street';
export type AppealState = 'open' | 'upheld' | 'overturned';
export type Finding = 'true' | 'partly' | 'not_true';

/** What the loop decides by: the coded part of a need. What describes the asker is sealed apart. */
export interface Need {
  id: Id;
  number: string;
  kind: NeedKindCode;
  state: NeedState;
  areaId: number;
  accountId: Id | null;
  personId: Id | null;
  filedById: Id;
  filedAt: Date;
  version: number;
  amountFen: number | null;
  level: NeedLevel;
  assessed: boolean;
  handledById: Id | null;
  finding: Finding | null;
  priceFen: number | null;
  verifiedAt: Date | null;
  expiresOn: string | null;
  deliveredAt: Date | null;
  deliveredById: Id | null;
  refusedAt: Date | null;
  refusedLevel: NeedLevel | null;
  appeal: AppealState | null;
  mergedInto: Id | null;
  itemId: Id | null;
  closedAt: Date | null;
  reopened: number;
  usedMinutes: Partial<Record<Stage, number>>;
  dueAt: Date | null;
  federationSince: Date | null;
}

/** The coded fields a move may change, and its opposite puts back. */
export type NeedChange = Partial<
  Pick<
    Need,
    | 'level'
    | 'assessed'
    | 'handledById'
    | 'finding'
    | 'priceFen'
    | 'verifiedAt'
    | 'expiresOn'
    | 'deliveredAt'
    | 'deliveredById'
    | 'refusedAt'
    | 'refusedLevel'
    | 'appeal'
    | 'mergedInto'
    | 'itemId'
    | 'closedAt'
    | 'reopened'
    | 'usedMinutes'
    | 'dueAt'
  >
>;

/** Moves of the table: those people make, and one that only money makes. */
export type LoopMove = NeedMove | 'gift_complete';
/** The asker herself, an office, or the system when an event says so. */
export type Mover = 'asker' | 'system' | Role;

export const openStates = openNeedStates;
/** States in which nothing waits any more; some can be left again by appeal or reopening. */
export const finalStates: readonly NeedState[] = [
  'closed',
  'unconfirmed',
  'refused',
  'withdrawn',
  'merged',
  'lapsed',
];
export const TRY_DAYS = 3;
export const UNDO_MINUTES = 10;
export const REFERRAL_WORKING_DAYS = 20;

/** True while something still waits to be done. */
export function isOpen(state: NeedState): boolean {
  return openStates.includes(state);
}

/** The kind of a need, as data. */
export function kindOf(need: { kind: NeedKindCode }): NeedKind {
  return needKinds[need.kind];
}

/** The task that waits in a state: what has to be done next, by whom, on which stage's clock. */
export interface Waiting {
  task: TaskKind;
  stage: Stage;
  roles: readonly Role[];
  level: 'community' | 'street' | 'district';
}

const worker: readonly Role[] = ['community_worker'];
const street: readonly Role[] = ['street_officer'];

/** What waits in the need's present state; null when nothing does. */
export function waitingIn(need: Need): Waiting | null {
  const atStreet = need.level === 'street';
  const office = atStreet
    ? ({ roles: [...street, ...worker], level: 'street' } as const)
    : ({ roles: worker, level: 'community' } as const);
  switch (need.state) {
    case 'submitted':
    case 'returned':
      return { task: 'verify', stage: 'verify', roles: worker, level: 'community' };
    case 'verified':
    case 'referred':
    case 'partly_met':
      return atStreet && !need.assessed
        ? { task: 'assess', stage: 'match', roles: street, level: 'street' }
        : { task: 'match', stage: 'match', ...office };
    case 'matched':
    case 'under_way':
      return need.deliveredAt
        ? { task: 'feed_back', stage: 'feed_back', ...office }
        : { task: 'carry_out', stage: 'carry_out', ...office };
    case 'fed_back':
      return { task: 'feed_back', stage: 'feed_back', ...office };
    case 'refused':
      return need.appeal === 'open' ? appealTask(need) : null;
    default:
      return null;
  }
}

function appealTask(need: Need): Waiting {
  return need.refusedLevel === 'street'
    ? { task: 'appeal', stage: 'verify', roles: ['district_officer'], level: 'district' }
    : { task: 'appeal', stage: 'verify', roles: street, level: 'street' };
}

/** The tasks of the loop itself; a referral's answer waits beside them. */
export const loopTasks: readonly TaskKind[] = [
  'verify',
  'match',
  'assess',
  'carry_out',
  'feed_back',
  'appeal',
];

/** The stage a task's clock belongs to. */
export function stageOfTask(kind: TaskKind): Stage {
  if (kind === 'assess' || kind === 'match') return 'match';
  if (kind === 'carry_out' || kind === 'feed_back') return kind;
  return 'verify';
}

/** Minutes of a stage's clock that are left of the first one; 0 or less when it has run out. */
export function stageMinutesLeft(need: Need, stage: Stage): { whole: number; left: number } {
  const whole = kindOf(need).clockHours[stage] * 60;
  return { whole, left: whole - (need.usedMinutes[stage] ?? 0) };
}
