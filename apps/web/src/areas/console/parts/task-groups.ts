import type { Task } from './codes.ts';

export interface TaskGroup {
  building: string | null;
  tasks: Task[];
}

/**
 * Tasks by building, so that a courtyard is done in one walk. The building whose most pressing task comes
 * first in the given order stands first; tasks without a building come last.
 */
export function byBuilding(tasks: readonly Task[]): TaskGroup[] {
  const groups = new Map<string | null, Task[]>();
  for (const task of tasks) {
    const group = groups.get(task.building);
    if (group) group.push(task);
    else groups.set(task.building, [task]);
  }
  const all = [...groups].map(([building, members]) => ({ building, tasks: members }));
  return [
    ...all.filter(({ building }) => building !== null),
    ...all.filter(({ building }) => building === null),
  ];
}
