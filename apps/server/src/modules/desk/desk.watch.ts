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
  for (const task of due) {
    const { steps, warnedAt, escalatedTo, nextAt } = watch(task, tx.now, needs.place.workingTime);
    await updateTask(tx, task.id, { warnedAt, escalatedTo, nextAt });
    for (const step of steps) await announce(needs, tx, task, step);
  }
  await tellChanged(needs, tx, due);
  return due.length;
}

async function announce(needs: DeskNeeds, tx: Writing, task: Task, step: WatchStep) {
  tx.touched('task', task.id, step);
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: step === 'warned' ? 'desk.warned' : 'desk.escalated',
      subjectKind: task.subjectKind,
      subjectId: task.subjectId,
      areaId: task.areaId,
      body: { subjectKind: task.subjectKind, subjectId: task.subjectId, kind: task.kind, step },
    },
  ]);
  const accountIds = await whoHears(needs, tx, task, step);
  await needs.message.send(
    tx,
    accountIds.map((accountId) => ({ accountId, topic: 'service', ...words(needs, task, step) })),
  );
}

/** A warning goes to the owner, or to all who hold the role in the area; an escalation one level up. */
async function whoHears(needs: DeskNeeds, tx: Writing, task: Task, step: WatchStep) {
  if (step === 'warned' && task.ownerId) return [task.ownerId];
  const { above, streetOf } = needs.place;
  const roles: readonly Role[] =
    step === 'warned' ? task.roles : [step === 'street' ? 'street_officer' : 'district_officer'];
  const areaIds = step === 'street' ? [streetOf(task.areaId)?.id ?? -1] : above(task.areaId);
  const holders = [];
  for (const role of roles) holders.push(...(await needs.access.holders(tx, role, areaIds)));
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
