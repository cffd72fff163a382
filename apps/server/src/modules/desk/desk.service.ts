import type { Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Access } from '../access/index.ts';
import type { Place } from '../place/index.ts';
import {
  clockOf,
  minutesLeft,
  resumed,
  timeOf,
  type Task,
  type TaskClock,
  type TaskInput,
  type TaskKind,
} from './desk.ts';
import {
  closeRows,
  insertTasks,
  listOfSubjects,
  lockOfSubjects,
  updateTask,
} from './desk.store.ts';

/** Tells accounts something: the message module. */
export interface Message {
  send(
    tx: Writing,
    messages: readonly {
      accountId: Id;
      topic: 'service';
      title: string;
      body: string;
      link: string | null;
    }[],
  ): Promise<unknown>;
}

export interface DeskNeeds {
  place: Pick<Place, 'workingTime' | 'above' | 'streetOf' | 'ref' | 'area'>;
  access: Pick<Access, 'names' | 'holders'>;
  message: Message;
  newId: () => Id;
  /**
   * Port: what subjects are about, in words that may be personal, for those who may see the list.
   * Subjects without words keep the task's own title.
   */
  titlesOf?: (tx: Scoped, subjectIds: readonly Id[]) => Promise<Map<Id, string>>;
}

/** What a closed task used of its stage's clock. */
export interface ClosedTask {
  subjectId: Id;
  kind: TaskKind;
  usedMinutes: number;
}

/** Opens tasks; one already open for the same subject and kind stays as it is, with its clock. */
export async function openTasks(
  needs: DeskNeeds,
  tx: Writing,
  inputs: readonly TaskInput[],
): Promise<void> {
  const tasks = inputs.map((input) => {
    const left = timeOf(input, needs.place.workingTime).between(tx.now, input.dueAt);
    return {
      ...input,
      id: needs.newId(),
      givenMinutes: left,
      stageMinutes: Math.max(1, input.stageMinutes ?? left),
    };
  });
  await insertTasks(tx, tasks);
  await tellChanged(needs, tx, tasks);
}

/** Closes the open tasks of subjects, of the given kinds or all; says what each used of its clock. */
export async function closeTasks(
  needs: DeskNeeds,
  tx: Writing,
  commands: readonly { subjectId: Id; kinds?: readonly TaskKind[] }[],
): Promise<ClosedTask[]> {
  const bySubject = new Map(commands.map((command) => [command.subjectId, command.kinds]));
  const open = await lockOfSubjects(tx, [...bySubject.keys()]);
  const closing = open.filter((task) => bySubject.get(task.subjectId)?.includes(task.kind) ?? true);
  await closeRows(
    tx,
    closing.map((task) => task.id),
  );
  await tellChanged(needs, tx, closing);
  return closing.map((task) => ({
    subjectId: task.subjectId,
    kind: task.kind,
    usedMinutes: task.givenMinutes - minutesLeft(task, tx.now, needs.place.workingTime),
  }));
}

/** Stops the clocks of a subject while it waits for the asker; what is left stays. */
export async function pauseTasks(needs: DeskNeeds, tx: Writing, subjectId: Id): Promise<void> {
  const running = (await lockOfSubjects(tx, [subjectId])).filter((task) => !task.pausedAt);
  for (const task of running)
    await updateTask(tx, task.id, {
      pausedAt: tx.now,
      leftMinutes: minutesLeft(task, tx.now, needs.place.workingTime),
    });
  await tellChanged(needs, tx, running);
}

/** Lets the stopped clocks of a subject go on with what was left; returns the soonest due instant. */
export async function resumeTasks(
  needs: DeskNeeds,
  tx: Writing,
  subjectId: Id,
): Promise<Date | null> {
  const stopped = (await lockOfSubjects(tx, [subjectId])).filter((task) => task.pausedAt);
  const dues: Date[] = [];
  for (const task of stopped) {
    const { dueAt, nextAt } = resumed(task, tx.now, needs.place.workingTime);
    await updateTask(tx, task.id, { pausedAt: null, leftMinutes: null, dueAt, nextAt });
    dues.push(dueAt);
  }
  await tellChanged(needs, tx, stopped);
  return dues.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** The clock of each subject that has an open task: the soonest, of the given kinds or any. */
export async function clocksOf(
  needs: DeskNeeds,
  tx: Scoped,
  search: { subjectIds: readonly Id[]; kinds?: readonly TaskKind[] | undefined },
): Promise<Map<Id, TaskClock>> {
  const clocks = new Map<Id, TaskClock>();
  for (const task of await listOfSubjects(tx, search.subjectIds))
    if (!clocks.has(task.subjectId) && (search.kinds?.includes(task.kind) ?? true))
      clocks.set(task.subjectId, clockOf(task, tx.now, needs.place.workingTime));
  return clocks;
}

/** One event for each area whose list changed: live pages read it again. */
export async function tellChanged(
  needs: DeskNeeds,
  tx: Writing,
  tasks: readonly Pick<Task, 'areaId' | 'subjectId'>[],
): Promise<void> {
  const byArea = new Map(tasks.map((task) => [task.areaId, task]));
  await appendEvents(
    tx.sql,
    [...byArea.values()].map(({ areaId, subjectId }) => ({
      id: needs.newId(),
      topic: 'desk.changed',
      subjectKind: 'area',
      subjectId,
      areaId,
      body: { areaId },
    })),
  );
}
