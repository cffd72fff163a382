import type { RouteOutput, routes } from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

type Award = typeof routes.award;
export type AidRound = RouteOutput<Award['readRound']>;
export type AwardRow = RouteOutput<Award['awards']>['items'][number];
export type AwardDetail = RouteOutput<Award['readAward']>;
export type AwardState = AwardRow['state'];
export type AwardPart = AwardDetail['periods'][number];
export type AidList = RouteOutput<Award['lists']>['items'][number];
export type AidNotice = RouteOutput<Award['notices']>['items'][number];

export const awardTones: Record<AwardState, Tone> = {
  candidate: 'warned',
  ready: 'running',
  referred: 'running',
  proposed: 'running',
  approved: 'running',
  on_notice: 'running',
  paused: 'late',
  granted: 'done',
  paid_elsewhere: 'done',
  halted: 'late',
  finished: 'done',
  refused: 'quiet',
  declined: 'quiet',
  died: 'quiet',
  moved: 'quiet',
  stopped: 'quiet',
};

export const partTones: Record<AwardPart['state'], Tone> = {
  due: 'warned',
  sent: 'running',
  delivered: 'warned',
  confirmed: 'done',
  returned: 'quiet',
  cancelled: 'quiet',
};

export const listTones: Record<AidList['state'], Tone> = {
  proposed: 'running',
  approved: 'done',
  refused: 'late',
  split: 'quiet',
};

export const noticeTones: Record<AidNotice['state'], Tone> = {
  to_post: 'warned',
  posted: 'running',
  taken_down: 'done',
};
