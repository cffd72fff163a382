import type { Tick } from '../../platform/tick.ts';
import type { SupervisionNeeds } from './supervision.needs.ts';
import { supervisionHandlers } from './supervision.routes.ts';
import { look } from './supervision.service.ts';

export type { SupervisionNeeds } from './supervision.needs.ts';

/** Whether aid went where it should: findings as cases, and coverage. */
export function createSupervision(needs: SupervisionNeeds) {
  const ticks: Tick[] = [
    {
      name: 'supervision.look',
      everySeconds: 6 * 3_600,
      run: async () => void (await look(needs)),
    },
  ];
  return {
    handlers: supervisionHandlers(needs),
    ticks,
    /** Looks through everything now; commands, demo and tests. */
    look: () => look(needs),
  };
}
