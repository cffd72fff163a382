import type { NeedState, routes, RouteOutput } from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

/** One of one's own matters, as the server tells it. */
export type OwnNeed = RouteOutput<typeof routes.need.readMine>;

/** The tone of a state: what waits for the asker is amber, an end without help red. */
export const stateTone: Record<NeedState, Tone> = {
  submitted: 'running',
  returned: 'warned',
  verified: 'running',
  refused: 'late',
  referred: 'running',
  withdrawn: 'quiet',
  merged: 'quiet',
  matched: 'running',
  under_way: 'running',
  partly_met: 'running',
  fed_back: 'done',
  closed: 'done',
  unconfirmed: 'quiet',
  lapsed: 'quiet',
};

const ended: ReadonlySet<NeedState> = new Set([
  'refused',
  'withdrawn',
  'merged',
  'closed',
  'unconfirmed',
  'lapsed',
]);

/** True when nothing more is going to happen by itself. */
export const hasEnded = (need: Pick<OwnNeed, 'state'>) => ended.has(need.state);

/** What waits for the asker herself, if anything: her word, or more about it. */
export function waitingMove(need: Pick<OwnNeed, 'moves'>): 'confirm' | 'answer' | null {
  const allowed = need.moves.filter((one) => one.allowed).map((one) => one.move);
  return allowed.includes('confirm') ? 'confirm' : allowed.includes('answer') ? 'answer' : null;
}

/** The four stages of the loop (认定 → 对接 → 实施 → 反馈). */
export const stages = ['verify', 'match', 'carry_out', 'feed_back'] as const;

const reached: Record<NeedState, number> = {
  submitted: 0,
  returned: 0,
  refused: 0,
  verified: 1,
  referred: 1,
  matched: 2,
  under_way: 2,
  partly_met: 2,
  fed_back: 4,
  closed: 4,
  unconfirmed: 3,
  withdrawn: 0,
  merged: 0,
  lapsed: 1,
};

/** How many of the four stages are behind it; the clock knows best, else the state says. */
export function stagesDone(need: Pick<OwnNeed, 'state' | 'clock'>): number {
  if (need.clock) return stages.indexOf(need.clock.stage);
  return reached[need.state];
}
