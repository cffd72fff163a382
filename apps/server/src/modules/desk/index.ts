import type { Id } from '@wennuan/basics';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { deskHandlers } from './desk.routes.ts';
import {
  clocksOf,
  closeTasks,
  openTasks,
  pauseTasks,
  resumeTasks,
  type DeskNeeds,
} from './desk.service.ts';
import type { TaskInput, TaskKind } from './desk.ts';
import { handOverTasks, moveTasks, setAskerOfTasks } from './desk.store.ts';
import { watchDesk } from './desk.watch.ts';

export type { ClosedTask, Message } from './desk.service.ts';
export type { TaskClock, TaskInput, TaskKind } from './desk.ts';
export type Desk = ReturnType<typeof createDesk>;

/** Work that waits for a role in an area, with a clock that warns and escalates: one mechanism for all. */
export function createDesk(needs: DeskNeeds & { database: Database }) {
  const ticks: Tick[] = [
    { name: 'desk.watch', everySeconds: 30, run: async () => void (await watchDesk(needs)) },
  ];
  return {
    /** All of the desk's operations but `live`, which whoever composes adds. */
    handlers: deskHandlers(needs),
    ticks,
    /** Opens tasks; one already open for the same subject and kind keeps its clock. */
    open: (tx: Writing, tasks: readonly TaskInput[]) => openTasks(needs, tx, tasks),
    /** Closes tasks of subjects (of the kinds, or all) and says how many minutes each used. */
    close: (tx: Writing, commands: readonly { subjectId: Id; kinds?: readonly TaskKind[] }[]) =>
      closeTasks(needs, tx, commands),
    /** Stops the clocks of a subject. */
    pause: (tx: Writing, subjectId: Id) => pauseTasks(needs, tx, subjectId),
    /** Lets them go on; returns when the soonest is due now, null when none was stopped. */
    resume: (tx: Writing, subjectId: Id) => resumeTasks(needs, tx, subjectId),
    /** Hands the open tasks of who leaves to a successor; system login. */
    handOver: (tx: Writing, fromAccountId: Id, toAccountId: Id) =>
      handOverTasks(tx, { fromAccountId, toAccountId }),
    /** Her tasks go where she goes: open tasks of subjects wait in another area from now on; system login. */
    move: (tx: Writing, subjectIds: readonly Id[], areaId: number) =>
      moveTasks(tx, subjectIds, areaId),
    /** Says which account speaks for subjects from now on; system login. */
    setAsker: (tx: Writing, subjectIds: readonly Id[], accountId: Id) =>
      setAskerOfTasks(tx, subjectIds, accountId),
    /** The soonest clock of each subject that has an open task. */
    clockOf: (tx: Scoped, subjectIds: readonly Id[], kinds?: readonly TaskKind[]) =>
      clocksOf(needs, tx, { subjectIds, kinds }),
  };
}
