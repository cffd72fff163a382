import type { Id } from '@wennuan/basics';
import { appendEvents } from '@wennuan/ledger';
import type { Role } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import type { Database, Writing } from '../../platform/database/database.ts';
import { watch, type Task, type WatchStep } from './desk.ts';
import { tellChanged, type DeskNeeds } from './desk.service.ts';
import { lockDue, updateTask } from './desk.store.ts';

const BATCH = 200;

/** Looks at every clock whose moment has come, until none is left. Safe to run in several processes. */
export async function watchDesk(needs: DeskNeeds & { database: Database }): Promise<number> {
  let seen = 0;
  for (;;) {
    const count = await needs.database.write(systemActor('desk.watch'), null, (tx) =>
      watchBatch(needs, tx),
    );
    seen += count;
    if (count < BATCH) return seen;
  }
}

async function watchBatch(needs: DeskNeeds, tx: Writing): Promise<number> {
  const due = await lockDue(tx, BATCH);
  const announcements: Announcement[] = [];
  for (const task of due) {
    const { steps, warnedAt, escalatedTo, nextAt } = watch(task, tx.now, needs.place.workingTime);
    await updateTask(tx, task.id, { warnedAt, escalatedTo, nextAt });
    for (const step of steps) announcements.push({ task, step });
  }
  await announce(needs, tx, announcements);
  await tellChanged(needs, tx, due);
  return due.length;
}

interface Announcement {
  task: Task;
  step: WatchStep;
}

async function announce(needs: DeskNeeds, tx: Writing, all: readonly Announcement[]) {
  for (const { task, step } of all) tx.touched('task', task.id, step);
  await appendEvents(
    tx.sql,
    all.map(({ task: { subjectKind, subjectId, areaId, kind }, step }) => ({
      id: needs.newId(),
      topic: step === 'warned' ? 'desk.warned' : 'desk.escalated',
      subjectKind,
      subjectId,
      areaId,
      body: { subjectKind, subjectId, kind, step },
    })),
  );
  const holders = rememberedHolders(needs, tx);
  const messages = [];
  for (const { task, step } of all)
    for (const accountId of await whoHears(needs, { task, step }, holders))
      messages.push({ accountId, topic: 'service' as const, ...words(needs, task, step) });
  await needs.message.send(tx, messages);
}

type Holders = (role: Role, areaIds: readonly number[]) => Promise<readonly { accountId: Id }[]>;

/** Who holds a role in an area, asked once: many tasks of one area are due at the same moment. */
function rememberedHolders(needs: DeskNeeds, tx: Writing): Holders {
  const known = new Map<string, ReturnType<Holders>>();
  return (role, areaIds) => {
    const key = `${role} ${areaIds.join(' ')}`;
    const holders = known.get(key) ?? needs.access.holders(tx, role, areaIds);
    known.set(key, holders);
    return holders;
  };
}

/** A warning goes to the owner, or to all who hold the role in the area; an escalation one level up. */
async function whoHears(needs: DeskNeeds, { task, step }: Announcement, holdersOf: Holders) {
  if (step === 'warned' && task.ownerId) return [task.ownerId];
  const { above, streetOf } = needs.place;
  const roles: readonly Role[] =
    step === 'warned' ? task.roles : [step === 'street' ? 'street_officer' : 'district_officer'];
  const areaIds = step === 'street' ? [streetOf(task.areaId)?.id ?? -1] : above(task.areaId);
  const holders = [];
  for (const role of roles) holders.push(...(await holdersOf(role, areaIds)));
  return [...new Set(holders.map((holder) => holder.accountId))];
}

function words(needs: DeskNeeds, task: Task, step: WatchStep) {
  const place = needs.place.ref(task.areaId).name;
  const said = {
    warned: { title: '办理时限已过半', body: '时限已过半，请尽快办理。' },
    street: { title: '办理已超时，升级到街道', body: '已超过办理时限，请街道督办。' },
    district: { title: '办理严重超时，升级到区级', body: '升级后仍未办理，请区级督办。' },
  }[step];
  return {
    title: said.title,
    body: `${place}《${task.title}》${task.number}：${said.body}`,
    link: task.subjectKind === 'need' ? `/desk/needs/${task.subjectId}` : '/desk',
  };
}
