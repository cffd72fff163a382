import type { Id } from '@wennuan/basics';
import type { Role, shapes } from '@wennuan/contract';
import type { z } from 'zod';
import type { WorkingTime } from '../place/index.ts';

export type TaskKind = (typeof shapes.taskKinds)[number];
export type TaskLevel = 'community' | 'street' | 'district';
export type SubjectKind = z.output<typeof shapes.task>['subjectKind'];
export type ClockState = 'running' | 'warned' | 'overdue' | 'paused';

/** A task to open. `title` and `detail` hold no personal data: tasks are not sealed. */
export interface TaskInput {
  kind: TaskKind;
  subjectKind: SubjectKind;
  subjectId: Id;
  /** What people read out: XY-000123. */
  number: string;
  title: string;
  detail: string | null;
  areaId: number;
  building: string | null;
  /** The roles any of whose holders in the area may do it. */
  roles: readonly Role[];
  level: TaskLevel;
  dueAt: Date;
  warnAt: Date;
  /** True when the clock runs day and night. */
  urgent: boolean;
  askerAccountId: Id | null;
  /** The whole stage in minutes of the clock; what is left until `dueAt` when not given. */
  stageMinutes?: number;
}

/** A task as it is stored. */
export interface Task extends Omit<TaskInput, 'warnAt' | 'askerAccountId' | 'stageMinutes'> {
  id: Id;
  ownerId: Id | null;
  openedAt: Date;
  stageMinutes: number;
  givenMinutes: number;
  pausedAt: Date | null;
  leftMinutes: number | null;
  warnedAt: Date | null;
  escalatedTo: 'street' | 'district' | null;
  nextAt: Date | null;
}

/** What a clock shows. `workingMinutesLeft` is negative when overdue and stands still while paused. */
export interface TaskClock {
  kind: TaskKind;
  dueAt: Date;
  workingMinutesLeft: number;
  state: ClockState;
  escalatedTo: 'street' | 'district' | null;
}

/** A clock that runs day and night, for urgent kinds. */
const plainTime: WorkingTime = {
  add: (from, minutes) => new Date(from.getTime() + minutes * 60_000),
  between: (from, to) => Math.trunc((to.getTime() - from.getTime()) / 60_000),
};

/** The time a task's clock counts: working minutes, or plain ones when it is urgent. */
export function timeOf(task: { urgent: boolean }, workingTime: WorkingTime): WorkingTime {
  return task.urgent ? plainTime : workingTime;
}

/**
 * Minutes left at `now`. Never more than the task was given: a machine clock that jumps back before
 * the opening must not make time.
 */
export function minutesLeft(task: Task, now: Date, workingTime: WorkingTime): number {
  if (task.leftMinutes !== null) return task.leftMinutes;
  return Math.min(timeOf(task, workingTime).between(now, task.dueAt), task.givenMinutes);
}

/** The clock as a person reads it. What was warned or escalated stays so, whatever the machine's clock says. */
export function clockOf(task: Task, now: Date, workingTime: WorkingTime): TaskClock {
  const left = minutesLeft(task, now, workingTime);
  return {
    kind: task.kind,
    dueAt: task.dueAt,
    workingMinutesLeft: left,
    state: stateOf(task, left, now),
    escalatedTo: task.escalatedTo,
  };
}

function stateOf(task: Task, left: number, now: Date): ClockState {
  if (task.pausedAt) return 'paused';
  if (task.escalatedTo || left < 0 || now >= task.dueAt) return 'overdue';
  return task.warnedAt || left <= warnedFrom(task.stageMinutes) ? 'warned' : 'running';
}

/** Minutes left at half-time of a stage. */
export function warnedFrom(stageMinutes: number): number {
  return Math.floor(stageMinutes / 2);
}

export type WatchStep = 'warned' | 'street' | 'district';

/** What the watch does to a task. */
export interface Watched {
  steps: WatchStep[];
  warnedAt: Date | null;
  escalatedTo: 'street' | 'district' | null;
  nextAt: Date | null;
}

/**
 * What is due by `now`: half-time warns, zero escalates one level up, one more stage length brings it
 * to the district. A watch that was away for long does all the steps it missed, each once.
 */
export function watch(task: Task, now: Date, workingTime: WorkingTime): Watched {
  const time = timeOf(task, workingTime);
  const done: Watched = {
    steps: [],
    warnedAt: task.warnedAt,
    escalatedTo: task.escalatedTo,
    nextAt: task.nextAt,
  };
  while (done.nextAt && done.nextAt <= now) {
    if (!done.warnedAt) {
      done.warnedAt = now;
      done.steps.push('warned');
      done.nextAt = task.dueAt;
    } else if (!done.escalatedTo && task.level === 'community') {
      done.escalatedTo = 'street';
      done.steps.push('street');
      done.nextAt = time.add(task.dueAt, task.stageMinutes);
    } else {
      done.escalatedTo = 'district';
      done.steps.push('district');
      done.nextAt = null;
    }
  }
  return done;
}

/** When a clock that goes on after a pause is due, and when the watch has to look again. */
export function resumed(
  task: Task,
  now: Date,
  workingTime: WorkingTime,
): { dueAt: Date; nextAt: Date | null } {
  const time = timeOf(task, workingTime);
  // A machine clock that fell back during the pause must not give the time between twice.
  const from = task.pausedAt && task.pausedAt > now ? task.pausedAt : now;
  const left = task.leftMinutes ?? 0;
  const dueAt = time.add(from, Math.max(0, left));
  if (task.escalatedTo === 'district') return { dueAt, nextAt: null };
  if (task.escalatedTo) return { dueAt, nextAt: time.add(dueAt, task.stageMinutes) };
  if (task.warnedAt) return { dueAt, nextAt: dueAt };
  return { dueAt, nextAt: time.add(from, Math.max(0, left - warnedFrom(task.stageMinutes))) };
}
