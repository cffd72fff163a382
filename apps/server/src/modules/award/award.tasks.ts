import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { TaskInput } from '../desk/index.ts';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import type { AwardNeeds } from './award.needs.ts';

const TASKS_AT_ONCE = 500;

/** Opens tasks, however many. */
export async function openTasks(
  needs: Pick<AwardNeeds, 'desk'>,
  tx: Writing,
  tasks: readonly TaskInput[],
): Promise<void> {
  for (let start = 0; start < tasks.length; start += TASKS_AT_ONCE)
    await needs.desk.open(tx, tasks.slice(start, start + TASKS_AT_ONCE));
}

/** Something that her community's worker does about an award, or about a part of one. */
interface Errand extends Pick<TaskInput, 'kind' | 'subjectKind' | 'number' | 'title'> {
  subject: { id: Id; areaId: number; accountId: Id | null };
  /** Working days until it is due; half of them until it warns. */
  days: number;
  building?: string | null;
}

/** The errand as a task of the community. */
export function errandTask(
  needs: Pick<AwardNeeds, 'place'>,
  tx: Scoped,
  { subject, days, building = null, ...named }: Errand,
): TaskInput {
  const due = (share: number) =>
    needs.place.workingTime.add(tx.now, days * WORKING_DAY_MINUTES * share);
  return {
    ...named,
    subjectId: subject.id,
    detail: null,
    areaId: subject.areaId,
    building,
    roles: ['community_worker'],
    level: 'community',
    dueAt: due(1),
    warnAt: due(0.5),
    urgent: false,
    askerAccountId: subject.accountId,
  };
}
