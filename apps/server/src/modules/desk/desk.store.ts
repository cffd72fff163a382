import type { Id } from '@wennuan/basics';
import type { Role } from '@wennuan/contract';
import { sql } from 'kysely';
import { type Scoped, writeUnhurried } from '../../platform/database/database.ts';
import type { Task, TaskInput, TaskKind, TaskLevel, SubjectKind } from './desk.ts';

const columns = [
  'id',
  'kind',
  'subject_kind as subjectKind',
  'subject_id as subjectId',
  'number',
  'title',
  'detail',
  'area_id as areaId',
  'building',
  'roles',
  'level',
  'owner_id as ownerId',
  'urgent',
  'opened_at as openedAt',
  'due_at as dueAt',
  'stage_minutes as stageMinutes',
  'given_minutes as givenMinutes',
  'paused_at as pausedAt',
  'left_minutes as leftMinutes',
  'warned_at as warnedAt',
  'escalated_to as escalatedTo',
  'next_at as nextAt',
] as const;

function selectTasks(tx: Scoped) {
  return tx.db.selectFrom('task').select(columns).where('closed_at', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTasks>['execute']>>[number];

function taskOf(row: Row): Task {
  return {
    ...row,
    kind: row.kind as TaskKind,
    subjectKind: row.subjectKind as SubjectKind,
    roles: row.roles as Role[],
    level: row.level as TaskLevel,
    escalatedTo: row.escalatedTo as Task['escalatedTo'],
  };
}

/** Adds tasks; one that is already open for its subject and kind stays as it is. */
export async function insertTasks(
  tx: Scoped,
  tasks: readonly (TaskInput & { id: Id; stageMinutes: number; givenMinutes: number })[],
): Promise<void> {
  if (tasks.length === 0) return;
  await writeUnhurried(
    tx,
    tx.db
      .insertInto('task')
      .values(
        tasks.map((task) => ({
          id: task.id,
          kind: task.kind,
          subject_kind: task.subjectKind,
          subject_id: task.subjectId,
          number: task.number,
          title: task.title,
          detail: task.detail,
          area_id: task.areaId,
          building: task.building,
          roles: [...task.roles],
          level: task.level,
          account_id: task.askerAccountId,
          urgent: task.urgent,
          opened_at: tx.now,
          due_at: task.dueAt,
          stage_minutes: task.stageMinutes,
          given_minutes: task.givenMinutes,
          next_at: task.warnAt,
        })),
      )
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Open tasks of subjects, soonest first. */
export async function listOfSubjects(tx: Scoped, subjectIds: readonly Id[]): Promise<Task[]> {
  if (subjectIds.length === 0) return [];
  const rows = await selectTasks(tx)
    .where('subject_id', 'in', [...new Set(subjectIds)])
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.map(taskOf);
}

/** Open tasks of subjects, locked in order of id. */
export async function lockOfSubjects(tx: Scoped, subjectIds: readonly Id[]): Promise<Task[]> {
  if (subjectIds.length === 0) return [];
  const rows = await selectTasks(tx)
    .where('subject_id', 'in', [...new Set(subjectIds)])
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(taskOf);
}

/** Open tasks by id, locked. */
export async function lockTask(tx: Scoped, id: Id): Promise<Task | undefined> {
  const row = await selectTasks(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && taskOf(row);
}

/** Tasks whose next moment has come; those another process is at are left to it. */
export async function lockDue(tx: Scoped, limit: number): Promise<Task[]> {
  const rows = await selectTasks(tx)
    .where('paused_at', 'is', null)
    .where('next_at', '<=', tx.now)
    .orderBy('next_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(taskOf);
}

export interface TaskChange {
  ownerId?: Id | null;
  dueAt?: Date;
  pausedAt?: Date | null;
  leftMinutes?: number | null;
  nextAt?: Date | null;
  closedAt?: Date;
  warnedAt?: Date | null;
  escalatedTo?: 'street' | 'district' | null;
}

/** Changes one task that the caller has locked. */
export async function updateTask(tx: Scoped, id: Id, change: TaskChange): Promise<void> {
  await writeUnhurried(
    tx,
    tx.db
      .updateTable('task')
      .set({
        ...('ownerId' in change && { owner_id: change.ownerId }),
        ...('dueAt' in change && { due_at: change.dueAt }),
        ...('pausedAt' in change && { paused_at: change.pausedAt }),
        ...('leftMinutes' in change && { left_minutes: change.leftMinutes }),
        ...('nextAt' in change && { next_at: change.nextAt }),
        ...('closedAt' in change && { closed_at: change.closedAt }),
        ...('warnedAt' in change && { warned_at: change.warnedAt }),
        ...('escalatedTo' in change && { escalated_to: change.escalatedTo }),
      })
      .where('id', '=', id),
  );
}

/** Closes tasks the caller has locked. */
export async function closeRows(tx: Scoped, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  await writeUnhurried(
    tx,
    tx.db.updateTable('task').set({ closed_at: tx.now, next_at: null }).where('id', 'in', ids),
  );
}

/** Which tasks a list shows. */
export interface TaskFilter {
  /** Everything in scope, or what waits for the role and (for a street) what was late. */
  sees: { everything: true } | { role: Role; alsoLate: boolean };
  areaIds: readonly number[] | null;
  kind?: TaskKind | undefined;
  overdue?: boolean | undefined;
  ownerId?: Id | undefined;
}

const isOverdue = (now: Date) => sql<boolean>`(paused_at is null and due_at <= ${now})`;

function visible(tx: Scoped, filter: TaskFilter) {
  const { sees, areaIds, kind, overdue, ownerId } = filter;
  let query = tx.db.selectFrom('task').where('closed_at', 'is', null);
  if (areaIds) query = query.where('area_id', 'in', areaIds.length ? areaIds : [-1]);
  if ('role' in sees) {
    const waits = sql<boolean>`roles @> array[${sees.role}]::text[]`;
    query = sees.alsoLate
      ? query.where((where) =>
          where.or([waits, where('escalated_to', 'is not', null), isOverdue(tx.now)]),
        )
      : query.where(waits);
  }
  if (kind) query = query.where('kind', '=', kind);
  if (overdue) query = query.where(isOverdue(tx.now));
  if (ownerId) query = query.where('owner_id', '=', ownerId);
  return query;
}

/** A page of tasks, soonest clock first; `after` is the last one seen. */
export async function listTasks(
  tx: Scoped,
  filter: TaskFilter,
  page: { after: { dueAt: Date; id: Id } | null; limit: number },
): Promise<Task[]> {
  let query = visible(tx, filter).select(columns).orderBy('due_at').orderBy('id').limit(page.limit);
  if (page.after) {
    const { dueAt, id } = page.after;
    query = query.where((where) =>
      where.or([
        where('due_at', '>', dueAt),
        where.and([where('due_at', '=', dueAt), where('id', '>', id)]),
      ]),
    );
  }
  return (await query.execute()).map(taskOf);
}

export interface TaskCount {
  kind: TaskKind;
  areaId: number;
  count: number;
  overdue: number;
  warned: number;
}

/** Open tasks by kind and area. */
export async function countTasks(tx: Scoped, filter: TaskFilter): Promise<TaskCount[]> {
  const late = isOverdue(tx.now);
  const rows = await visible(tx, filter)
    .select([
      'kind',
      'area_id as areaId',
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(count(*) filter (where ${late}))::int`.as('overdue'),
      sql<number>`(count(*) filter (where warned_at is not null and not ${late}))::int`.as(
        'warned',
      ),
    ])
    .groupBy(['kind', 'area_id'])
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as TaskKind }));
}

/** Makes the open tasks of one account another's. */
export async function handOverTasks(
  tx: Scoped,
  { fromAccountId, toAccountId }: { fromAccountId: Id; toAccountId: Id },
): Promise<void> {
  await tx.db
    .updateTable('task')
    .set({ owner_id: toAccountId })
    .where('owner_id', '=', fromAccountId)
    .where('closed_at', 'is', null)
    .execute();
}

/** Lets an account's own moves close, stop and start the tasks of subjects. */
export async function setAskerOfTasks(
  tx: Scoped,
  subjectIds: readonly Id[],
  accountId: Id,
): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.db
    .updateTable('task')
    .set({ account_id: accountId })
    .where('subject_id', 'in', subjectIds)
    .execute();
}

/** Open tasks of subjects wait in another area from now on, for nobody in particular; system login. */
export async function moveTasks(
  tx: Scoped,
  subjectIds: readonly Id[],
  areaId: number,
): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.db
    .updateTable('task')
    .set({ area_id: areaId, owner_id: null, building: null })
    .where('subject_id', 'in', subjectIds)
    .where('closed_at', 'is', null)
    .execute();
}
