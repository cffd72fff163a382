import { needKindCodes, needStates, type NeedKindCode, type NeedState } from '@wennuan/contract';
import type { GuardName } from './need.guards.ts';
import { openStates, type LoopMove, type Mover } from './need.ts';
import type { NoticeName } from './need.sentences.ts';

/** Where a move leads: a state, the same one, the one before (undo), or by what was put in. */
export type Target =
  | NeedState
  | 'same'
  | 'previous'
  | {
      readonly field: 'finding' | 'met' | 'way';
      readonly cases: Readonly<Record<string, NeedState | 'same'>>;
    };

/** One row of the loop's one table: who may move what, from where, to where, and on which conditions. */
export interface MoveRule {
  readonly move: LoopMove;
  readonly from: readonly NeedState[];
  readonly to: Target;
  readonly by: readonly Mover[];
  readonly kinds: readonly NeedKindCode[];
  readonly guards: readonly GuardName[];
  /** The message the asker gets; it waits ten minutes when the move can be undone. */
  readonly notice: NoticeName | null;
  /** True for acts without money that the next ten minutes may take back. */
  readonly undoable: boolean;
}

const office = ['community_worker', 'street_officer'] as const;
const wish = ['micro_wish'] as const;
const help = ['help_request'] as const;
const answered = ['under_way', 'referred'] as const;
const byWord = {
  field: 'met',
  cases: { yes: 'fed_back', partly: 'partly_met', no: 'verified' },
} as const;
/** Who was partly helped may leave it at that: her word ends it as well. */
const byLastWord = {
  field: 'met',
  cases: { yes: 'fed_back', partly: 'fed_back', no: 'verified' },
} as const;

type Row = Omit<MoveRule, 'kinds' | 'guards' | 'notice' | 'undoable'> & Partial<MoveRule>;
const row = (given: Row): MoveRule => ({
  kinds: needKindCodes,
  guards: [],
  notice: null,
  undoable: false,
  ...given,
});

/** The whole loop. Everything that can be done to a need stands here, and nothing else can. */
export const moveRules: readonly MoveRule[] = [
  row({
    move: 'return_for_more',
    from: ['submitted'],
    to: 'returned',
    by: office,
    guards: ['note_given'],
    notice: 'returned',
    undoable: true,
  }),
  row({
    move: 'answer',
    from: ['returned'],
    to: 'submitted',
    by: ['asker', ...office],
    guards: ['note_or_picture'],
  }),
  row({
    move: 'verify',
    from: ['submitted', 'verified'],
    to: {
      field: 'finding',
      cases: { true: 'verified', partly: 'verified', not_true: 'submitted' },
    },
    by: office,
    notice: 'verified',
    undoable: true,
    guards: [
      'not_relative',
      'visit_dates',
      'price_in_limit',
      'second_source',
      'statutory_listed',
      'public_words',
    ],
  }),
  row({
    move: 'send_up',
    from: ['verified'],
    to: 'same',
    by: ['community_worker'],
    kinds: help,
    guards: ['not_sent_up', 'note_given'],
    undoable: true,
  }),
  row({
    move: 'assess',
    from: ['verified', 'referred', 'partly_met'],
    to: 'same',
    by: ['street_officer'],
    kinds: help,
    guards: ['waits_for_street', 'not_relative', 'note_given'],
    undoable: true,
  }),
  row({
    move: 'refuse',
    from: ['submitted', 'verified', 'referred'],
    to: 'refused',
    by: office,
    guards: ['own_level', 'note_given'],
    notice: 'refused',
    undoable: true,
  }),
  row({
    move: 'appeal',
    from: ['refused'],
    to: 'same',
    by: ['asker', 'community_worker'],
    guards: ['appeal_unused', 'appeal_in_time', 'note_given'],
  }),
  row({
    move: 'uphold',
    from: ['refused'],
    to: 'same',
    by: ['street_officer', 'district_officer'],
    guards: ['appeal_open', 'above_refuser', 'not_relative', 'note_given'],
    notice: 'upheld',
    undoable: true,
  }),
  row({
    move: 'overturn',
    from: ['refused'],
    to: 'verified',
    by: ['street_officer', 'district_officer'],
    guards: ['appeal_open', 'above_refuser', 'not_relative', 'note_given'],
    notice: 'overturned',
    undoable: true,
  }),
  row({
    move: 'refer',
    from: ['verified', 'referred', 'partly_met'],
    to: 'referred',
    by: office,
    kinds: help,
    guards: ['statutory_checked', 'referred_once', 'platform_last'],
    notice: 'referred',
    undoable: true,
  }),
  row({
    move: 'note_referral_result',
    from: ['verified', 'referred', 'partly_met', 'matched', 'under_way'],
    to: 'same',
    by: office,
    kinds: help,
    guards: ['referral_waits', 'note_given'],
  }),
  row({
    move: 'withdraw',
    from: ['submitted', 'returned', 'verified', 'referred', 'matched', 'partly_met'],
    to: 'withdrawn',
    by: ['asker', ...office],
    guards: ['office_notes_why'],
  }),
  row({
    move: 'merge',
    from: ['submitted', 'returned', 'verified'],
    to: 'merged',
    by: office,
    guards: ['merge_target'],
    notice: 'merged',
    undoable: true,
  }),
  row({
    move: 'match',
    from: ['verified', 'referred', 'partly_met'],
    to: { field: 'way', cases: { item: 'same', offer: 'matched', fund: 'same' } },
    by: office,
    guards: ['way_fits', 'statutory_checked', 'aids_referred'],
  }),
  row({
    move: 'match',
    from: ['verified', 'referred', 'partly_met'],
    to: 'matched',
    by: ['system'],
    notice: 'matched',
  }),
  row({
    move: 'gift_complete',
    from: ['verified', 'partly_met'],
    to: 'matched',
    by: ['system'],
    kinds: wish,
    notice: 'matched',
  }),
  row({ move: 'start', from: ['matched'], to: 'under_way', by: [...office, 'system'] }),
  row({
    move: 'deliver',
    from: ['matched', 'under_way'],
    to: 'under_way',
    by: office,
    guards: ['not_delivered', 'delivery_picture'],
    notice: 'delivered',
  }),
  row({ move: 'confirm', from: answered, to: byWord, by: ['asker'], guards: ['something_done'] }),
  row({ move: 'confirm', from: ['partly_met'], to: byLastWord, by: ['asker'] }),
  row({
    move: 'call_back',
    from: answered,
    to: byWord,
    by: office,
    guards: ['something_done', 'second_worker', 'call_dates'],
  }),
  row({
    move: 'call_back',
    from: ['partly_met'],
    to: byLastWord,
    by: office,
    guards: ['second_worker', 'call_dates'],
  }),
  row({
    move: 'paper_slip',
    from: answered,
    to: byWord,
    by: office,
    guards: ['something_done', 'slip_picture'],
  }),
  row({
    move: 'paper_slip',
    from: ['partly_met'],
    to: byLastWord,
    by: office,
    guards: ['slip_picture'],
  }),
  row({
    move: 'note_try',
    from: answered,
    to: 'same',
    by: office,
    guards: ['something_done'],
  }),
  row({
    move: 'give_up',
    from: answered,
    to: 'unconfirmed',
    by: office,
    guards: ['something_done', 'tries_enough'],
  }),
  row({ move: 'close', from: ['fed_back'], to: 'closed', by: office, notice: 'closed' }),
  row({
    move: 'lapse',
    from: openStates.filter((state) => state !== 'fed_back'),
    to: 'lapsed',
    by: [...office, 'system'],
    guards: ['lapse_cause'],
    notice: 'lapsed',
  }),
  row({
    move: 'reopen',
    from: ['closed', 'unconfirmed'],
    to: 'verified',
    by: ['asker', ...office],
    guards: ['note_given'],
  }),
  row({
    move: 'undo',
    from: needStates,
    to: 'previous',
    by: [...office, 'district_officer'],
    guards: ['undo_in_time'],
  }),
  row({
    move: 'undo',
    from: ['matched'],
    to: 'verified',
    by: ['system'],
    notice: 'searching_again',
  }),
  row({
    move: 'note',
    from: needStates,
    to: 'same',
    by: ['asker', ...office, 'district_officer', 'system'],
    guards: ['note_given'],
  }),
];

/** The states a row can lead to from a state; for undo nothing that could be said beforehand. */
export function targetsFrom(rule: MoveRule, from: NeedState): NeedState[] {
  if (rule.to === 'previous') return [];
  const targets = typeof rule.to === 'object' ? Object.values(rule.to.cases) : [rule.to];
  return [...new Set(targets.map((target) => (target === 'same' ? from : target)))];
}
