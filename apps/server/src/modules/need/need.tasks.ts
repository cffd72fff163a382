import type { Id } from '@wennuan/basics';
import type { Writing } from '../../platform/database/database.ts';
import type { TaskInput } from '../desk/index.ts';
import type { NeedNeeds } from './need.ports.ts';
import {
  loopTasks,
  stageMinutesLeft,
  stageOfTask,
  waitingIn,
  type Need,
  type Stage,
  type Waiting,
} from './need.ts';

const TITLES: Record<Need['kind'], string> = { micro_wish: '微心愿', help_request: '个人求助' };

/** A task of the loop for a need, on the clock of its stage as far as it is not used up. */
export function taskFor(
  needs: Pick<NeedNeeds, 'place'>,
  need: Need,
  waiting: Waiting,
  context: { now: Date; building: string | null },
): TaskInput {
  const { now, building } = context;
  const { whole, left } = stageMinutesLeft(need, waiting.stage);
  const { add } = needs.place.workingTime;
  return {
    kind: waiting.task,
    subjectKind: 'need',
    subjectId: need.id,
    number: need.number,
    title: TITLES[need.kind],
    detail: null,
    areaId: need.areaId,
    building,
    roles: waiting.roles,
    level: waiting.level,
    dueAt: left > 0 ? add(now, left) : now,
    warnAt: left > whole / 2 ? add(now, left - Math.floor(whole / 2)) : now,
    urgent: false,
    askerAccountId: need.accountId,
    stageMinutes: whole,
  };
}

/**
 * Brings the desk in line with a need's new state: closes the task that waited, keeps what it used of
 * its stage's clock, opens the next. Only waiting for the asker stops a clock. Returns the need with
 * its used minutes and the instant its new clock is due. `creditTo` names the stage whose clock went on
 * although another task was open (an undone move).
 */
export async function settleTasks(
  needs: NeedNeeds,
  tx: Writing,
  change: { before: Need; after: Need; creditTo?: Stage },
): Promise<Need> {
  const { before, after } = change;
  const waited = waitingIn(before);
  const waits = waitingIn(after);
  if (waited && waits && waited.task === waits.task && waited.level === waits.level)
    return await sameTask(needs, tx, before, after);
  const usedMinutes = { ...after.usedMinutes };
  for (const closed of await needs.desk.close(tx, [{ subjectId: after.id, kinds: loopTasks }])) {
    const stage = change.creditTo ?? stageOfTask(closed.kind);
    usedMinutes[stage] = (usedMinutes[stage] ?? 0) + Math.max(0, closed.usedMinutes);
  }
  const settled = { ...after, usedMinutes, dueAt: null };
  if (!waits) return settled;
  const building = await buildingOf(needs, tx, after.personId);
  const task = taskFor(needs, settled, waits, { now: tx.now, building });
  await needs.desk.open(tx, [task]);
  return { ...settled, dueAt: task.dueAt };
}

async function sameTask(needs: NeedNeeds, tx: Writing, before: Need, after: Need): Promise<Need> {
  if (after.state === 'returned' && before.state !== 'returned') {
    await needs.desk.pause(tx, after.id);
    return { ...after, dueAt: null };
  }
  if (before.state === 'returned' && after.state !== 'returned')
    return { ...after, dueAt: await needs.desk.resume(tx, after.id) };
  return { ...after, dueAt: before.dueAt };
}

/** The building of a person on file, as the day's list is walked; null without a file in scope. */
export async function buildingOf(
  needs: NeedNeeds,
  tx: Writing,
  personId: Id | null,
): Promise<string | null> {
  if (personId === null || tx.actor.login === 'resident') return null;
  return (await needs.resident.people(tx, [personId])).get(personId)?.building ?? null;
}
