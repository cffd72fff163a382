/** States of the one loop (需求认定 → 资源对接 → 项目实施 → 结果反馈). */
export const needStates = [
  'submitted',
  'returned',
  'verified',
  'refused',
  'referred',
  'withdrawn',
  'merged',
  'matched',
  'under_way',
  'partly_met',
  'fed_back',
  'closed',
  'unconfirmed',
  'lapsed',
] as const;
export type NeedState = (typeof needStates)[number];
/** States in which something still waits to be done. */
export const openNeedStates: readonly NeedState[] = [
  'submitted',
  'returned',
  'verified',
  'referred',
  'matched',
  'under_way',
  'partly_met',
  'fed_back',
];

/** Everything that can be done to a need; who may do it from which state is one table in the module `need`. */
export const needMoves = [
  'return_for_more',
  'answer',
  'verify',
  'send_up',
  'assess',
  'refuse',
  'appeal',
  'uphold',
  'overturn',
  'refer',
  'note_referral_result',
  'withdraw',
  'merge',
  'match',
  'start',
  'deliver',
  'confirm',
  'call_back',
  'paper_slip',
  'note_try',
  'close',
  'give_up',
  'lapse',
  'reopen',
  'undo',
  'note',
] as const;
export type NeedMove = (typeof needMoves)[number];

export const statutoryAids = [
  'dibao',
  'tekun',
  'temporary_relief',
  'medical_aid',
  'disability_allowance',
  'education_aid',
  'housing_aid',
] as const;
export type StatutoryAid = (typeof statutoryAids)[number];

export interface NeedKind {
  /** Prefix of the number people read out: XY-000123. */
  readonly numberPrefix: string;
  /** Most that can be asked for, in fen; null without limit. */
  readonly mostFen: number | null;
  /** How many open needs of this kind one person may have; null without limit. */
  readonly mostOpen: number | null;
  /** True when the need, in the worker's words, may stand on the public wall. */
  readonly publicWall: boolean;
  /** True when statutory aid must be checked and a second source named before it goes on. */
  readonly statutoryFirst: boolean;
  readonly waysToMeet: readonly ('money' | 'goods' | 'hours')[];
  /** Working hours each stage may take; half-time warns, zero escalates. */
  readonly clockHours: {
    readonly verify: number;
    readonly match: number;
    readonly carry_out: number;
    readonly feed_back: number;
  };
  /** Days a verified need stays open before it lapses. */
  readonly lapseDays: number | null;
  readonly appealDays: number;
  readonly mostStoryCharacters: number;
}

/** Kinds are data: fields, clocks, who verifies, what may satisfy them (architecture, idea 2). */
export const needKinds = {
  micro_wish: {
    numberPrefix: 'XY',
    mostFen: 50_000,
    mostOpen: 1,
    publicWall: true,
    statutoryFirst: false,
    waysToMeet: ['money', 'goods', 'hours'],
    clockHours: { verify: 16, match: 160, carry_out: 40, feed_back: 24 },
    lapseDays: 60,
    appealDays: 30,
    mostStoryCharacters: 500,
  },
  help_request: {
    numberPrefix: 'QZ',
    mostFen: null,
    mostOpen: null,
    publicWall: false,
    statutoryFirst: true,
    waysToMeet: ['money', 'goods', 'hours'],
    clockHours: { verify: 24, match: 80, carry_out: 40, feed_back: 24 },
    lapseDays: null,
    appealDays: 30,
    mostStoryCharacters: 2_000,
  },
} as const satisfies Record<string, NeedKind>;
export type NeedKindCode = keyof typeof needKinds;
export const needKindCodes = Object.keys(needKinds) as [NeedKindCode, ...NeedKindCode[]];
