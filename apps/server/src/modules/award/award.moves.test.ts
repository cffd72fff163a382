import { roles, shapes } from '@wennuan/contract';
import { describe, expect, test } from 'vitest';
import { isEnded, type AwardState, type Source } from './award.ts';
import { moveRules, moves, ruleFor, type Move, type Mover } from './award.moves.ts';

const states = shapes.awardStates;
const sources: Source[] = ['statutory', 'department', 'charity'];
const movers: Mover[] = [...roles.filter((role) => role !== 'resident'), 'herself', 'system'];

interface Way {
  move: Move;
  from: AwardState;
  to: AwardState;
  by: Mover;
  source: Source;
  granted: boolean;
}

/** Every way the table allows: walked whole, each state with each move, mover, source and past. */
const ways: Way[] = states.flatMap((from) =>
  moves.flatMap((move) =>
    movers.flatMap((by) =>
      sources.flatMap((source) =>
        [true, false].flatMap((granted) => {
          const award = { state: from, source, grantedOn: granted ? '2026-11-23' : null };
          const rule = ruleFor(award, move, [by]);
          return rule ? [{ move, from, to: rule.to, by, source, granted }] : [];
        }),
      ),
    ),
  ),
);
const where = (some: Partial<Way>) =>
  ways.filter((way) =>
    Object.entries(some).every(([key, value]) => way[key as keyof Way] === value),
  );

/** States that can be reached from another, by awards of a source. */
function reach(from: AwardState, source: Source): Set<AwardState> {
  const seen = new Set<AwardState>([from]);
  for (const state of seen) for (const way of where({ from: state, source })) seen.add(way.to);
  return seen;
}

describe('the table of moves, walked whole', () => {
  test('every row is used, and every state can be come to', () => {
    const used = moveRules.filter((rule) => where({ move: rule.move, to: rule.to }).length > 0);
    expect(used).toHaveLength(moveRules.length);
    const reached = new Set(sources.flatMap((source) => [...reach('candidate', source)]));
    expect([...states].filter((state) => !reached.has(state))).toEqual([]);
  });

  test('from every state that is not an end there is a way to an end', () => {
    for (const source of sources)
      for (const state of reach('candidate', source))
        expect([...reach(state, source)].some(isEnded), `${source} ${state}`).toBe(true);
  });

  test('an end is left by an appeal only', () => {
    const leaving = ways.filter((way) => isEnded(way.from));
    expect([...new Set(leaving.map((way) => way.move))]).toEqual(['overturn']);
    expect(new Set(leaving.map((way) => way.by))).toEqual(
      new Set(['street_officer', 'district_officer']),
    );
  });

  test('whatever an office ended, an appeal can take up again', () => {
    for (const source of sources)
      for (const state of reach('candidate', source))
        if (isEnded(state) && state !== 'finished')
          expect(where({ from: state, source, move: 'overturn' }).length, state).toBeGreaterThan(0);
  });

  test('charity is granted only by way of two people of the federation', () => {
    const into = where({ to: 'granted', source: 'charity' }).filter((way) => !way.granted);
    expect(new Set(into.map((way) => way.from))).toEqual(
      new Set(['approved', 'on_notice', 'granted']),
    );
    expect(new Set(where({ to: 'approved' }).map((way) => way.by))).toEqual(
      new Set(['federation_approver']),
    );
    const proposing = where({ to: 'proposed' }).filter((way) => way.from !== 'proposed');
    expect(new Set(proposing.map((way) => way.source))).toEqual(new Set(['charity']));
  });

  test('what others decide is never granted here', () => {
    for (const source of ['statutory', 'department'] as const) {
      const reached = reach('candidate', source);
      for (const state of ['proposed', 'approved', 'on_notice', 'granted'] as const)
        expect(reached.has(state), `${source} ${state}`).toBe(false);
      expect(reached.has('paid_elsewhere')).toBe(true);
    }
    expect(reach('candidate', 'charity').has('paid_elsewhere')).toBe(false);
  });

  test('the system refuses, stops and grants nobody', () => {
    const own = where({ by: 'system' });
    expect(new Set(own.map((way) => way.move))).toEqual(new Set(['object', 'halt', 'finish']));
  });

  test('she herself only gives up, or says that all has come', () => {
    expect(new Set(where({ by: 'herself' }).map((way) => way.move))).toEqual(
      new Set(['give_up', 'finish']),
    );
  });

  test('whatever is decided against her has a reason', () => {
    for (const rule of moveRules)
      if (rule.to === 'refused' || rule.to === 'stopped') expect(rule.reason, rule.move).toBe(true);
  });
});
