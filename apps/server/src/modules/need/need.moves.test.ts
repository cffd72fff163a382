import { needStates, roles, statutoryAids, type NeedState } from '@wennuan/contract';
import { describe, expect, it } from 'vitest';
import {
  actorAs,
  ASKER,
  contented,
  OFFICER,
  verdict,
  type Who,
} from '../../../test-support/contented.ts';
import type { Actor } from '../../platform/actor.ts';
import type { MoveContext } from './need.guards.ts';
import { moveRules } from './need.moves.ts';
import { openStates, type LoopMove } from './need.ts';

/** By hand and apart from the table: from which states who may do what, when every guard is content. */
const W = ['community_worker'] as const;
const S = ['street_officer'] as const;
const D = ['district_officer'] as const;
const A = ['asker'] as const;
const OFFICE = [...W, ...S];
const beforeHelp: NeedState[] = ['verified', 'referred', 'partly_met'];
const expected: Record<string, [from: readonly NeedState[], by: readonly Who[]]> = {
  return_for_more: [['submitted'], OFFICE],
  answer: [['returned'], [...A, ...OFFICE]],
  verify: [['submitted', 'verified'], OFFICE],
  send_up: [['verified'], W],
  assess: [beforeHelp, S],
  refuse: [['submitted', 'verified', 'referred'], OFFICE],
  appeal: [['refused'], [...A, ...W]],
  uphold: [['refused'], [...S, ...D]],
  overturn: [['refused'], [...S, ...D]],
  refer: [beforeHelp, OFFICE],
  note_referral_result: [[...beforeHelp, 'matched', 'under_way'], OFFICE],
  withdraw: [
    ['submitted', 'returned', ...beforeHelp, 'matched'],
    [...A, ...OFFICE],
  ],
  merge: [['submitted', 'returned', 'verified'], OFFICE],
  match: [beforeHelp, OFFICE],
  start: [['matched'], OFFICE],
  deliver: [['matched', 'under_way'], OFFICE],
  confirm: [['under_way', 'referred', 'partly_met'], A],
  call_back: [['under_way', 'referred', 'partly_met'], OFFICE],
  paper_slip: [['under_way', 'referred', 'partly_met'], OFFICE],
  note_try: [['under_way', 'referred'], OFFICE],
  close: [['fed_back'], OFFICE],
  give_up: [['under_way', 'referred'], OFFICE],
  lapse: [openStates.filter((state) => state !== 'fed_back'), OFFICE],
  reopen: [
    ['closed', 'unconfirmed'],
    [...A, ...OFFICE],
  ],
  undo: [needStates, [...OFFICE, ...D]],
  note: [needStates, [...A, ...OFFICE, ...D]],
  gift_complete: [[], []],
};

describe('the walk of the whole state machine', () => {
  const everybody: readonly Who[] = ['asker', ...roles];
  const moves = [...new Set(moveRules.map((rule) => rule.move))];

  it('knows an expectation for every move', () => {
    expect(moves.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(moves)('%s: every state, every role', (move) => {
    const [from, by] = expected[move]!;
    for (const state of needStates)
      for (const who of everybody) {
        const told = verdict(contented(move, state, who));
        const where = `${move} from ${state} by ${who}: ${told}`;
        if (!by.includes(who))
          expect(['move_not_yours', 'move_not_possible'], where).toContain(told);
        else if (!from.includes(state))
          expect(told, where).toBe(
            move === 'close' && openStates.includes(state)
              ? 'feedback_required'
              : 'move_not_possible',
          );
        else expect([...needStates, 'previous'], where).toContain(told);
      }
  });

  it('lets a stranger do nothing, whatever the state', () => {
    const stranger: Actor = { ...actorAs('asker'), accountId: OFFICER };
    for (const move of moves)
      for (const state of needStates) {
        const told = verdict({ ...contented(move, state, 'asker'), actor: stranger });
        expect(['move_not_yours', 'move_not_possible']).toContain(told);
      }
  });

  it('leads where the input says', () => {
    const to = (move: LoopMove, state: NeedState, input: object, who: Who = 'community_worker') => {
      const context = contented(move, state, who);
      return verdict({ ...context, input: { ...context.input, ...input } });
    };
    expect(to('verify', 'submitted', { finding: 'not_true' })).toBe('submitted');
    expect(to('verify', 'submitted', { finding: 'partly' })).toBe('verified');
    expect(to('confirm', 'under_way', { met: 'partly' }, 'asker')).toBe('partly_met');
    expect(to('confirm', 'under_way', { met: 'no' }, 'asker')).toBe('verified');
    expect(to('confirm', 'partly_met', { met: 'partly' }, 'asker')).toBe('fed_back');
    expect(to('match', 'verified', { way: 'offer', offerId: ASKER })).toBe('matched');
    expect(to('match', 'verified', { way: 'fund' })).toBe('verified');
    expect(to('confirm', 'under_way', { met: 'perhaps' }, 'asker')).toBe('input_invalid');
  });
});

describe('guards', () => {
  const refused = (move: LoopMove, state: NeedState, change: (context: MoveContext) => void) => {
    const who = move === 'appeal' ? 'asker' : 'community_worker';
    const context = structuredClone(contented(move, state, who));
    change(context);
    return verdict(context);
  };
  const input = (context: MoveContext) => context.input as unknown as Record<string, unknown>;

  it.each<[string, LoopMove, NeedState, (context: MoveContext) => void]>([
    [
      'relative_must_stand_aside',
      'verify',
      'submitted',
      ({ facts }) => (facts.actorIsRelative = true),
    ],
    [
      'second_source_required',
      'verify',
      'submitted',
      (context) => (input(context)['secondSource'] = ' '),
    ],
    ['statutory_first', 'verify', 'submitted', (context) => (input(context)['statutory'] = [])],
    [
      'input_invalid',
      'verify',
      'submitted',
      (context) => (input(context)['visitedAt'] = '2026-11-24T00:00:00Z'),
    ],
    [
      'input_invalid',
      'verify',
      'submitted',
      (context) => (input(context)['validUntil'] = '2026-11-22'),
    ],
    [
      'input_invalid',
      'verify',
      'submitted',
      (context) => (input(context)['publicText'] = '请帮帮她'),
    ],
    ['amount_invalid', 'verify', 'submitted', (context) => (input(context)['priceYuan'] = '-1')],
    ['reason_required', 'refuse', 'submitted', (context) => (input(context)['note'] = '  ')],
    ['move_not_yours', 'refuse', 'verified', ({ need }) => (need.level = 'street')],
    [
      'appeal_too_late',
      'appeal',
      'refused',
      (context) => (context.now = new Date('2026-12-24T09:00:01+08:00')),
    ],
    ['move_not_possible', 'appeal', 'refused', ({ need }) => (need.appeal = 'upheld')],
    ['statutory_first', 'match', 'verified', ({ facts }) => (facts.verification = null)],
    [
      'statutory_first',
      'match',
      'verified',
      ({ facts }) =>
        (facts.verification = {
          ...facts.verification!,
          statutory: statutoryAids.map((aid) => ({ aid, result: 'refer' })),
        }),
    ],
    ['merge_into_itself', 'merge', 'submitted', ({ facts, need }) => (facts.mergeTarget = need)],
    ['not_found', 'merge', 'submitted', ({ facts }) => (facts.mergeTarget = null)],
    [
      'delivery_photo_required',
      'deliver',
      'under_way',
      (context) => (context.input.attachmentIds = []),
    ],
    [
      'slip_photo_required',
      'paper_slip',
      'under_way',
      (context) => (context.input.attachmentIds = []),
    ],
    [
      'second_worker_required',
      'call_back',
      'under_way',
      ({ need }) => (need.handledById = OFFICER),
    ],
    [
      'second_worker_required',
      'call_back',
      'under_way',
      ({ need }) => (need.deliveredById = OFFICER),
    ],
    [
      'tries_not_enough',
      'give_up',
      'under_way',
      ({ facts }) => (facts.tryDays = ['2026-11-20', '2026-11-20', '2026-11-21']),
    ],
    ['move_not_possible', 'note_try', 'under_way', ({ need }) => (need.deliveredAt = null)],
    ['move_not_possible', 'lapse', 'verified', (context) => (input(context)['cause'] = 'expired')],
    [
      'move_not_possible',
      'undo',
      'verified',
      (context) => (context.now = new Date('2026-11-23T09:00:01+08:00')),
    ],
    ['move_not_possible', 'undo', 'verified', ({ facts }) => (facts.lastEvent!.actorId = ASKER)],
  ])('%s: %s from %s', (code, move, state, change) => {
    expect(refused(move, state, change)).toBe(code);
  });
});
