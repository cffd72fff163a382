import type { Role } from '@wennuan/contract';
import type { Award, AwardState, Source } from './award.ts';

/** Everything that can happen to an award. */
export const moves = [
  'visit',
  'away',
  'refuse',
  'decline',
  'note_death',
  'note_move',
  'refer',
  'note_paid',
  'refuse_elsewhere',
  'propose',
  'set_aside',
  'take_off',
  'approve',
  'refuse_list',
  'post',
  'object',
  'dismiss_objection',
  'uphold_objection',
  'grant',
  'halt',
  'resume',
  'renew',
  'stop',
  'give_up',
  'finish',
  'overturn',
] as const;
export type Move = (typeof moves)[number];
/** Who may move it: a role, she herself, or the system; the system never refuses, stops or grants by itself. */
export type Mover = Role | 'herself' | 'system';

/** One row of the table: from where to where, by whom. */
export interface MoveRule {
  move: Move;
  from: readonly AwardState[];
  to: AwardState;
  by: readonly Mover[];
  /** Only programmes of these sources; all when absent. */
  source?: readonly Source[];
  /** Only awards that were granted before, or never were. */
  granted?: boolean;
  /** A reason must be given, and she is told it. */
  reason?: true;
}

const OFFICE = ['community_worker', 'street_officer', 'district_officer'] as const;
const HIGHER = ['street_officer', 'district_officer'] as const;
const ELSEWHERE = ['statutory', 'department'] as const;
const BEFORE: readonly AwardState[] = ['candidate', 'ready', 'referred'];
const RUNNING: readonly AwardState[] = ['granted', 'paid_elsewhere'];
const LISTED: readonly AwardState[] = ['proposed', 'approved', 'on_notice', 'paused'];
const OPEN: readonly AwardState[] = [...BEFORE, ...LISTED, ...RUNNING];
/** Ends that an office wrote down, and that an appeal leads out of. */
const MISTAKEN: readonly AwardState[] = ['refused', 'declined', 'died', 'moved'];

/** The one table of who may do what with an award. What is not here cannot happen. */
export const moveRules: readonly MoveRule[] = [
  { move: 'visit', from: ['candidate'], to: 'ready', by: ['community_worker'] },
  { move: 'away', from: ['candidate'], to: 'candidate', by: ['community_worker'] },
  { move: 'refuse', from: ['candidate', 'ready'], to: 'refused', by: OFFICE, reason: true },
  { move: 'decline', from: BEFORE, to: 'declined', by: OFFICE },
  { move: 'note_death', from: [...OPEN, 'halted'], to: 'died', by: OFFICE },
  { move: 'note_move', from: [...OPEN, 'halted'], to: 'moved', by: OFFICE, reason: true },

  { move: 'refer', from: ['ready'], to: 'referred', by: HIGHER, source: ELSEWHERE },
  {
    move: 'note_paid',
    from: ['candidate', 'ready', 'referred', 'paid_elsewhere'],
    to: 'paid_elsewhere',
    by: ['department_officer', ...HIGHER],
    source: ELSEWHERE,
  },
  {
    move: 'refuse_elsewhere',
    from: ['referred'],
    to: 'refused',
    by: ['department_officer', ...HIGHER],
    source: ELSEWHERE,
    reason: true,
  },

  { move: 'propose', from: ['ready'], to: 'proposed', by: HIGHER, source: ['charity'] },
  // To a list that others decide; or off every list, when it is its proposer who is tied to her.
  { move: 'set_aside', from: ['proposed'], to: 'proposed', by: ['federation_approver'] },
  { move: 'take_off', from: ['proposed'], to: 'ready', by: ['federation_approver'] },
  { move: 'approve', from: ['proposed'], to: 'approved', by: ['federation_approver'] },
  {
    move: 'refuse_list',
    from: ['proposed'],
    to: 'refused',
    by: ['federation_approver'],
    reason: true,
  },
  { move: 'post', from: ['approved'], to: 'on_notice', by: ['community_worker'] },
  { move: 'object', from: ['on_notice'], to: 'paused', by: ['community_worker', 'system'] },
  { move: 'dismiss_objection', from: ['paused'], to: 'on_notice', by: HIGHER },
  { move: 'uphold_objection', from: ['paused'], to: 'refused', by: HIGHER, reason: true },
  // Without a board for her name, the second approver's word is the grant.
  { move: 'grant', from: ['approved'], to: 'granted', by: ['federation_approver'] },
  { move: 'grant', from: ['on_notice'], to: 'granted', by: ['community_worker', ...HIGHER] },

  // A registered death only stops what would come next; a person looks and decides.
  { move: 'halt', from: OPEN, to: 'halted', by: ['system'] },
  {
    move: 'resume',
    from: ['halted'],
    to: 'granted',
    by: OFFICE,
    source: ['charity'],
    granted: true,
    reason: true,
  },
  {
    move: 'resume',
    from: ['halted'],
    to: 'paid_elsewhere',
    by: OFFICE,
    source: ELSEWHERE,
    granted: true,
    reason: true,
  },
  { move: 'resume', from: ['halted'], to: 'candidate', by: OFFICE, granted: false, reason: true },
  { move: 'renew', from: ['granted'], to: 'granted', by: OFFICE, reason: true },
  { move: 'renew', from: ['paid_elsewhere'], to: 'paid_elsewhere', by: OFFICE, reason: true },
  { move: 'stop', from: RUNNING, to: 'stopped', by: OFFICE, reason: true },
  { move: 'give_up', from: OPEN, to: 'declined', by: ['herself'] },
  // Who has no telephone says it to somebody of the office, who writes down what she said and tells her so.
  { move: 'give_up', from: [...LISTED, ...RUNNING], to: 'declined', by: OFFICE, reason: true },
  { move: 'finish', from: RUNNING, to: 'finished', by: [...OFFICE, 'herself', 'system'] },
  {
    move: 'overturn',
    from: MISTAKEN,
    to: 'candidate',
    by: HIGHER,
    granted: false,
    reason: true,
  },
  {
    move: 'overturn',
    from: ['stopped', ...MISTAKEN],
    to: 'granted',
    by: HIGHER,
    source: ['charity'],
    granted: true,
    reason: true,
  },
  {
    move: 'overturn',
    from: ['stopped', ...MISTAKEN],
    to: 'paid_elsewhere',
    by: HIGHER,
    source: ELSEWHERE,
    granted: true,
    reason: true,
  },
];

/** The rule by which a move is possible now; undefined when there is none. */
export function ruleFor(
  award: Pick<Award, 'state' | 'source' | 'grantedOn'>,
  move: Move,
  by: readonly Mover[],
): MoveRule | undefined {
  return moveRules.find(
    (rule) =>
      rule.move === move &&
      rule.from.includes(award.state) &&
      rule.by.some((one) => by.includes(one)) &&
      (rule.source?.includes(award.source) ?? true) &&
      (rule.granted === undefined || rule.granted === (award.grantedOn !== null)),
  );
}
