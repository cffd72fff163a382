import { Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, routes } from '@wennuan/contract';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Call, Handlers } from '../../platform/http/mount.ts';
import { writeSheet } from '../../platform/sheet.ts';
import { cutPage } from '../../platform/page.ts';
import { filterFor } from './desk.access.ts';
import { clockOf, type Task } from './desk.ts';
import { tellChanged, type DeskNeeds } from './desk.service.ts';
import { countTasks, listTasks, lockTask, updateTask } from './desk.store.ts';
import { taskWordsIn } from './desk.words.ts';

type Routes = Omit<typeof routes.desk, 'live'>;
type TaskView = RouteOutput<Routes['take']>;
type Needs = DeskNeeds & { database: Database };

const SHEET_MOST = 5_000;
const KIND_WORDS: Record<Task['kind'], string> = {
  verify: '认定',
  match: '对接',
  carry_out: '实施',
  feed_back: '反馈',
  assess: '街道评估',
  appeal: '申诉复核',
  approve: '审批',
  pay: '付款',
  answer_request: '等待答复',
  accept_move: '迁入待接收',
  claim_payment: '认领付款',
  pledge_overdue: '认捐逾期',
  disclose: '信息公开',
  answer_complaint: '答复投诉',
  visit: '入户走访',
  post_notice: '公示',
  objection: '异议答复',
  give_part: '服务',
  ask_received: '确认收到',
  review_award: '救助复查',
  tell_decision: '告知决定',
  hand_over: '物资发放',
  supervise: '救助监督',
  share_late: '爱心款逾期',
  group_order: '拼团订货',
  group_collect: '拼团取货',
  charity_agree: '义卖审批',
  charity_settle: '义卖结算',
  find_carrier: '找人送货',
  bring_order: '送货上门',
};

/** The desk's operations, without the live stream, which belongs to all modules. */
export function deskHandlers(needs: Needs): Handlers<Routes> {
  return {
    tasks: ({ actor, query }) =>
      needs.database.read(actor, async (tx) => {
        const tasks = await listTasks(tx, filterFor(actor, query), {
          after: readCursor(query.after),
          limit: query.limit + 1,
        });
        const { shown, next } = cutPage(tasks, query.limit, cursorOf);
        return {
          items: await viewsOf(needs, tx, shown),
          next,
        };
      }),
    counts: ({ actor }) => needs.database.read(actor, (tx) => countsOf(needs, tx)),
    take: (call) =>
      needs.database.write(call.actor, 'desk.take', (tx) => takeTask(needs, tx, call)),
    sheet: async ({ actor, reply }) => {
      const rows = await needs.database.read(actor, async (tx) =>
        viewsOf(
          needs,
          tx,
          await listTasks(tx, filterFor(actor, {}), { after: null, limit: SHEET_MOST }),
        ),
      );
      reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="tasks.xlsx"');
      return reply.send(await sheetOf(rows));
    },
  };
}

async function countsOf(needs: Needs, tx: Scoped): Promise<RouteOutput<Routes['counts']>> {
  const counts = await countTasks(tx, filterFor(tx.actor, {}));
  const sum = (rows: typeof counts, of: 'count' | 'overdue' | 'warned') =>
    rows.reduce((total, row) => total + row[of], 0);
  const kinds = [...new Set(counts.map((row) => row.kind))].toSorted();
  const byArea = Map.groupBy(counts, (row) =>
    tx.actor.role === 'street_officer' || tx.actor.role === 'community_worker'
      ? row.areaId
      : (needs.place.streetOf(row.areaId)?.id ?? row.areaId),
  );
  return {
    asOf: tx.now.toISOString(),
    total: sum(counts, 'count'),
    overdue: sum(counts, 'overdue'),
    warned: sum(counts, 'warned'),
    byKind: kinds.map((kind) => {
      const rows = counts.filter((row) => row.kind === kind);
      return { kind, count: sum(rows, 'count'), overdue: sum(rows, 'overdue') };
    }),
    byArea: [...byArea].map(([areaId, rows]) => ({
      area: needs.place.ref(areaId),
      open: sum(rows, 'count'),
      overdue: sum(rows, 'overdue'),
    })),
  };
}

async function takeTask(
  needs: Needs,
  tx: Writing,
  { actor, params, body }: Call<Routes['take']>,
): Promise<TaskView> {
  const task = await lockTask(tx, params.taskId);
  if (!task) throw new Refusal('not_found');
  if (!actor.role || !task.roles.includes(actor.role)) throw new Refusal('role_not_held');
  const ownerId = body.toAccountName
    ? await colleague(needs, tx, { task, name: body.toAccountName })
    : actor.accountId!;
  await updateTask(tx, task.id, { ownerId });
  tx.touched('task', task.id, 'take');
  await tellChanged(needs, tx, [task]);
  return (await viewsOf(needs, tx, [{ ...task, ownerId }]))[0]!;
}

/** The colleague of that name who holds one of the task's roles in its area; refuses with `role_not_held`. */
async function colleague(
  needs: Needs,
  tx: Scoped,
  { task, name }: { task: Task; name: string },
): Promise<Id> {
  const areaIds = needs.place.above(task.areaId);
  const found = [];
  for (const role of task.roles) found.push(...(await needs.access.holders(tx, role, areaIds)));
  const names = await needs.access.names(
    tx,
    found.map((holder) => holder.accountId),
  );
  const holder = found.find(({ accountId }) => names.get(accountId) === name);
  if (!holder) throw new Refusal('role_not_held', {}, 'toAccountName');
  return holder.accountId;
}

async function viewsOf(needs: Needs, tx: Scoped, tasks: readonly Task[]): Promise<TaskView[]> {
  const subjectIds = [...new Set(tasks.map((task) => task.subjectId))];
  const titles = (await needs.titlesOf?.(tx, subjectIds)) ?? new Map<Id, string>();
  const names = await needs.access.names(
    tx,
    tasks.flatMap((task) => task.ownerId ?? []),
  );
  const { language } = tx.actor;
  return tasks.map((task) => {
    const {
      kind: _kind,
      dueAt,
      escalatedTo,
      ...clock
    } = clockOf(task, tx.now, needs.place.workingTime);
    return {
      id: task.id,
      kind: task.kind,
      subjectKind: task.subjectKind,
      subjectId: task.subjectId,
      number: task.number,
      title: titles.get(task.subjectId) ?? taskWordsIn(task.title, language),
      detail: task.detail && taskWordsIn(task.detail, language),
      area: needs.place.ref(task.areaId),
      building: task.building,
      ownerName: task.ownerId ? (names.get(task.ownerId) ?? null) : null,
      mine: task.ownerId !== null && task.ownerId === tx.actor.accountId,
      clock: { dueAt: dueAt.toISOString(), ...clock },
      escalatedTo,
    };
  });
}

function sheetOf(rows: readonly TaskView[]): Promise<Buffer> {
  return writeSheet<TaskView>({
    name: '待办',
    rows,
    columns: [
      { title: '编号', width: 14, kind: 'text', of: (row) => row.number },
      { title: '事项', width: 30, kind: 'text', of: (row) => row.title },
      { title: '环节', width: 12, kind: 'text', of: (row) => KIND_WORDS[row.kind] },
      { title: '区域', width: 18, kind: 'text', of: (row) => row.area.name },
      { title: '楼院', width: 18, kind: 'text', of: (row) => row.building },
      { title: '经办人', width: 12, kind: 'text', of: (row) => row.ownerName },
      {
        title: '办理时限',
        width: 18,
        kind: 'moment',
        of: (row) => (row.clock ? new Date(row.clock.dueAt) : null),
      },
      {
        title: '剩余工作分钟',
        width: 14,
        kind: 'count',
        of: (row) => row.clock?.workingMinutesLeft ?? null,
      },
      {
        title: '升级',
        width: 8,
        kind: 'text',
        of: ({ escalatedTo }) => escalatedTo && { street: '街道', district: '区级' }[escalatedTo],
      },
    ],
  });
}

function cursorOf(task: Task): string {
  return `${task.dueAt.toISOString()}_${task.id}`;
}

function readCursor(text: string | undefined): { dueAt: Date; id: Id } | null {
  const [at = '', id = ''] = text?.split('_') ?? [];
  const dueAt = new Date(at);
  if (Number.isNaN(dueAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) return null;
  return { dueAt, id };
}
