import type { RouteOutput, routes } from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

type Batch = RouteOutput<typeof routes.payout.readBatch>;

export const batchTones: Record<Batch['state'], Tone> = {
  made: 'warned',
  exported: 'accent',
  answered: 'done',
  void: 'quiet',
};
export const batchLineTones: Record<Batch['items'][number]['state'], Tone> = {
  waiting: 'accent',
  confirmed: 'done',
  rejected: 'late',
  unknown: 'warned',
  taken_back: 'quiet',
};
export const agreedTones: Record<
  RouteOutput<typeof routes.payout.returns>['items'][number]['state'],
  Tone
> = { proposed: 'accent', approved: 'warned', refused: 'quiet', done: 'done' };
export const payeeTones: Record<
  RouteOutput<typeof routes.payout.payees>['items'][number]['state'],
  Tone
> = { proposed: 'accent', signed: 'done', refused: 'quiet', replaced: 'quiet' };
export const lineTones: Record<
  RouteOutput<typeof routes.fund.proposalLines>['items'][number]['state'],
  Tone
> = {
  proposed: 'accent',
  approved: 'warned',
  in_batch: 'accent',
  paid: 'done',
  rejected: 'late',
  withdrawn: 'quiet',
  refused: 'quiet',
};
export const refundTones: Record<
  NonNullable<RouteOutput<typeof routes.payout.returns>['items'][number]['refund']>['state'],
  Tone
> = { asked: 'accent', processing: 'accent', unknown: 'warned', failed: 'late', done: 'done' };
