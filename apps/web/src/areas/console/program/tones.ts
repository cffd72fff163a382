import type { RouteOutput, routes } from '@wennuan/contract';
import type { Tone } from '../../../shared/ui/index.ts';

export type ProgramState = RouteOutput<typeof routes.program.list>['items'][number]['state'];

/** The tone a state of a programme is shown in. */
export const programTones: Record<ProgramState, Tone> = {
  draft: 'quiet',
  proposed: 'running',
  refused: 'late',
  withdrawn: 'quiet',
  decided: 'accent',
  valid: 'done',
  ended: 'quiet',
};
