import type { Actor } from '../../platform/actor.ts';
import type { TaskKind } from './desk.ts';
import type { TaskFilter } from './desk.store.ts';

/**
 * What an actor's list shows. A worker sees what waits for her role in her area; a street also what is
 * late in its communities; the district everything; the federation what waits for its roles.
 * Row-level security holds underneath.
 */
export function filterFor(
  actor: Actor,
  chosen: {
    kind?: TaskKind | undefined;
    overdue?: boolean | undefined;
    mine?: boolean | undefined;
  },
): TaskFilter {
  const { kind, overdue, mine } = chosen;
  return {
    sees:
      actor.role === 'district_officer'
        ? { everything: true }
        : { role: actor.role ?? 'resident', alsoLate: actor.role === 'street_officer' },
    areaIds: actor.login === 'staff' ? actor.areaIds : null,
    kind,
    overdue,
    ownerId: mine ? (actor.accountId ?? undefined) : undefined,
  };
}
