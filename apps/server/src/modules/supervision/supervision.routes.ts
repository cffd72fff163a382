import type { routes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import { readCoverage } from './coverage.ts';
import type { SupervisionNeeds } from './supervision.needs.ts';
import { endCase, look, noteFinding } from './supervision.service.ts';
import { readFinding, readFindings, readKinds } from './supervision.view.ts';

/** Cases of aid supervision, and coverage. */
export function supervisionHandlers(needs: SupervisionNeeds): Handlers<typeof routes.supervision> {
  return {
    findings: ({ actor, query }) => readFindings(needs, actor, query),
    summary: ({ actor }) => readKinds(needs, actor),
    readFinding: ({ actor, params }) => readFinding(needs, actor, params.findingId),
    note: async ({ actor, params, body }) => {
      await noteFinding(needs, actor, { ...params, ...body });
      return { ok: true };
    },
    end: async ({ actor, params, body }) => {
      await endCase(needs, actor, { ...params, ...body });
      return { ok: true };
    },
    look: () => look(needs),
    coverage: ({ actor }) => readCoverage(needs, actor),
  };
}
