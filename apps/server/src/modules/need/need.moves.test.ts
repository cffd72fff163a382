import { Refusal, seededRandom, type Id } from '@wennuan/basics';
import { needStates, roles, statutoryAids, type NeedState, type Role } from '@wennuan/contract';
import { describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '../../platform/actor.ts';
import { decide } from './need.decide.ts';
import type { MoveContext, MoveInput } from './need.guards.ts';
import { brokenLaws } from './need.laws.ts';
import { moveRules, type MoveRule } from './need.moves.ts';
import { finalStates, openStates, type LoopMove, type Need } from './need.ts';

const ASKER = 'a0000000-0000-7000-8000-000000000001' as Id;
const OFFICER = 'a0000000-0000-7000-8000-000000000002' as Id;
const NOW = new Date('2026-11-23T09:00:00+08:00');

/** By hand and apart from the table: from which states who may do what, when every guard is content. */
const W = ['community_worker'] as const;
const S = ['street_officer'] as const;
const D = ['district_officer'] as const;
const A = ['asker'] as const;
const OFFICE = [...W, ...S];
type Who = Role | 'asker';
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

function actorAs(who: Who | 'system'): Actor {
  if (who === 'system') return systemActor('test');
  const isAsker = who === 'asker';
  return {
    ...systemActor(''),
    login: isAsker || who === 'resident' || who === 'enterprise_agent' ? 'resident' : 'staff',
    role: isAsker ? 'resident' : who,
    accountId: isAsker ? ASKER : OFFICER,
    areaIds: [1],
  };
}

function needIn(state: NeedState, change: Partial<Need> = {}): Need {
  return {
    id: 'b0000000-0000-7000-8000-000000000001',
    number: 'QZ-000001',
    kind: 'help_request',
    state,
    areaId: 1,
    accountId: ASKER,
    personId: null,
    filedById: ASKER,
    filedAt: NOW,
    version: 0,
    amountFen: 10_000,
    level: 'community',
    assessed: false,
    handledById: null,
    finding: null,
    priceFen: null,
    verifiedAt: null,
    expiresOn: null,
    deliveredAt: null,
    deliveredById: null,
    refusedAt: NOW,
    refusedLevel: 'community',
    appeal: null,
    mergedInto: null,
    itemId: null,
    closedAt: null,
    reopened: 0,
    usedMinutes: {},
    dueAt: null,
    federationSince: null,
    ...change,
  };
}

/** Everything a move could want, so that no guard has a reason of its own to say no. */
function contented(move: LoopMove, state: NeedState, who: Who | 'system'): MoveContext {
  const change: Partial<Need> = {};
  if (move === 'uphold' || move === 'overturn') {
    change.appeal = 'open';
    if (who === 'district_officer') change.refusedLevel = 'street';
  }
  if (move === 'assess') change.level = 'street';
  if (['confirm', 'call_back', 'paper_slip', 'note_try', 'give_up'].includes(move))
    change.deliveredAt = NOW;
  const actor = actorAs(who);
  return {
    need: needIn(state, change),
    actor,
    now: NOW,
    input: {
      move,
      version: 0,
      note: '说明',
      attachmentIds: [OFFICER],
      finding: 'true',
      met: 'yes',
      way: 'fund',
      words: '收到了',
      visitedAt: NOW.toISOString(),
      calledAt: NOW.toISOString(),
      validUntil: '2026-12-31',
      priceYuan: null,
      publicTitle: null,
      publicText: null,
      secondSource: '邻居',
      statutory: statutoryAids.map((aid) => ({ aid, result: 'not_entitled', note: '' })),
      to: 'dibao',
      reason: '符合条件',
      cause: who === 'system' ? 'expired' : 'moved',
      intoNumber: 'QZ-000002',
    } as unknown as MoveInput,
    facts: {
      askerName: '王小芳',
      verification: {
        finding: 'true',
        publicTitle: '风扇',
        publicText: '一台风扇',
        statutory: statutoryAids.map((aid) => ({ aid, result: 'not_entitled' })),
      },
      referrals: move === 'note_referral_result' ? [{ to: 'tekun', done: false }] : [],
      tryDays: ['2026-11-20', '2026-11-21', '2026-11-22'],
      actorIsRelative: false,
      mergeTarget: needIn('verified', { id: 'b0000000-0000-7000-8000-000000000002' }),
      lastEvent: { id: ASKER, move: 'verify', actorId: actor.accountId, undoUntil: NOW },
    },
  };
}

function verdict(context: MoveContext, rules = moveRules): string {
  try {
    return decide(context, rules).to;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.code;
    throw thrown;
  }
}

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

describe('the laws of the table', () => {
  it('hold', () => {
    expect(brokenLaws(moveRules, finalStates)).toEqual([]);
  });

  const planted = (change: Partial<MoveRule> & { move: LoopMove }) => {
    const rules = moveRules.map((rule) =>
      rule.move === change.move ? { ...rule, ...change } : rule,
    );
    return brokenLaws(rules, finalStates);
  };
  it.each<[string, string[]]>([
    [
      'a way to closed without feedback',
      planted({ move: 'close', from: ['fed_back', 'under_way'] }),
    ],
    ['feedback without the asker’s word', planted({ move: 'deliver', to: 'fed_back' })],
    ['giving up without tries', planted({ move: 'give_up', guards: [] })],
    [
      'a state nobody can leave',
      brokenLaws(
        moveRules.filter(
          ({ move }) =>
            move !== 'answer' && move !== 'withdraw' && move !== 'merge' && move !== 'lapse',
        ),
        finalStates,
      ),
    ],
    [
      'a state nobody can reach',
      brokenLaws(
        moveRules.filter(({ move }) => move !== 'return_for_more'),
        finalStates,
      ),
    ],
    ['undoing what would close', planted({ move: 'reopen', undoable: true })],
    ['undoing money', planted({ move: 'match', undoable: true })],
    ['a row for nobody', planted({ move: 'note', by: [] })],
  ])('notice %s', (_what, broken) => {
    expect(broken).not.toEqual([]);
  });
});

describe('closing', () => {
  /** Random moves by everybody: what was closed must have been fed back since it was last opened. */
  function wander(seed: number, rules: readonly MoveRule[]): boolean {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const moves = moveRules.map(({ move }) => move);
    let state: NeedState = 'submitted';
    let said = false;
    for (let step = 0; step < 40; step += 1) {
      const context = contented(pick(moves), state, pick(['asker', 'system', ...roles] as const));
      const to = verdict(
        {
          ...context,
          input: {
            ...context.input,
            met: pick(['yes', 'partly', 'no']),
            way: pick(['fund', 'offer']),
            offerId: ASKER,
          } as unknown as MoveInput,
        },
        rules,
      );
      if (!needStates.includes(to as NeedState)) continue;
      if (['confirm', 'call_back', 'paper_slip'].includes(context.input.move)) said = true;
      if (context.input.move === 'reopen') said = false;
      state = to as NeedState;
      if (state === 'closed' && !said) return false;
    }
    return true;
  }

  it('is never reached without the asker’s word, by no sequence of moves', () => {
    for (let seed = 1; seed <= 600; seed += 1) expect(wander(seed, moveRules)).toBe(true);
  });

  it('and the walk finds a table that would allow it', () => {
    const bad = moveRules.map((rule) =>
      rule.move === 'close' ? { ...rule, from: openStates } : rule,
    );
    const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(seeds.some((seed) => !wander(seed, bad))).toBe(true);
  });
});
