import { seededRandom } from '@wennuan/basics';
import { needStates, roles, type NeedState } from '@wennuan/contract';
import { describe, expect, it } from 'vitest';
import { ASKER, contented, verdict } from '../../../test-support/contented.ts';
import type { MoveInput } from './need.guards.ts';
import { brokenLaws } from './need.laws.ts';
import { moveRules, type MoveRule } from './need.moves.ts';
import { finalStates, openStates, type LoopMove } from './need.ts';

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
