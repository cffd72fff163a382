import { Refusal, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { systemActor, type Actor } from '../../platform/actor.ts';
import type { Writing } from '../../platform/database/database.ts';
import type { Role } from '@wennuan/contract';
import { WORKING_DAY_MINUTES } from '../place/index.ts';
import { ANSWER_DAYS, POST_DAYS, type Award, type Round } from './award.ts';
import { moveAwards, roundOf } from './award.engine.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { grantAwards } from './delivery.service.ts';
import {
  closeObjection,
  insertNotice,
  insertObjection,
  listNotices,
  listObjections,
  updateNotice,
  type Notice,
} from './notice.store.ts';

/**
 * What follows the second approver's word: lines whose names may stand on a board go there, one sheet for each
 * community; all others are granted at once and stand on it as a number, or nowhere.
 */
export async function afterApproval(
  needs: AwardNeeds,
  tx: Writing,
  { listId, approved }: { listId: Id; approved: readonly Award[] },
): Promise<void> {
  if (approved.length === 0) return;
  const round = await roundOf(tx, approved[0]!.roundId);
  const named = approved.filter((award) => award.mayBeNamed);
  const unnamed = approved.filter((award) => !award.mayBeNamed);
  await grantAwards(needs, tx, unnamed);
  for (const [areaId, awards] of Map.groupBy(named, (award) => award.areaId)) {
    const others = unnamed.filter((award) => award.areaId === areaId).length;
    await prepareNotice(needs, tx, { round, listId, areaId, awards, unnamed: others });
  }
}

async function prepareNotice(
  needs: AwardNeeds,
  tx: Writing,
  given: {
    round: Round;
    listId: Id;
    areaId: number;
    awards: readonly Award[];
    unnamed: number;
  },
): Promise<void> {
  const { round, listId, areaId, awards, unnamed } = given;
  const { notice } = round.definition;
  const id = needs.newId();
  const number = await insertNotice(tx, {
    id,
    code: needs.newCode(),
    listId,
    roundId: round.id,
    areaId,
    days: notice.kind === 'paper_board' ? notice.days : 1,
    unnamed,
  });
  await sql`
    update award a set notice_id = ${id}, notice_place = given.place
    from unnest(${awards.map((award) => award.id)}::uuid[]) with ordinality as given(award, place)
    where a.id = given.award`.execute(tx.db);
  tx.touched('award_notice', id);
  await openNoticeTask(needs, tx, {
    id,
    number,
    areaId,
    title: '张贴公示',
    dueAt: needs.place.workingTime.add(tx.now, POST_DAYS * WORKING_DAY_MINUTES),
    kind: 'post_notice',
  });
}

async function openNoticeTask(
  needs: AwardNeeds,
  tx: Writing,
  task: {
    id: Id;
    number: string;
    areaId: number;
    title: string;
    dueAt: Date;
    kind: 'post_notice' | 'objection';
  },
): Promise<void> {
  const isObjection = task.kind === 'objection';
  const roles: Role[] = isObjection ? ['street_officer'] : ['community_worker'];
  await needs.desk.open(tx, [
    {
      kind: task.kind,
      subjectKind: 'award_notice',
      subjectId: task.id,
      number: task.number,
      title: task.title,
      detail: null,
      areaId: task.areaId,
      building: null,
      roles,
      level: isObjection ? 'street' : 'community',
      dueAt: task.dueAt,
      warnAt: new Date((tx.now.getTime() + task.dueAt.getTime()) / 2),
      urgent: false,
      askerAccountId: null,
    },
  ]);
}

/** The sheet hangs: its days begin, counted in working time. Refuses `not_found`, `award_state_wrong`, `attachment_unknown`. */
export async function postNotice(
  needs: AwardNeeds,
  tx: Writing,
  command: { noticeId: Id; attachmentId: Id },
): Promise<void> {
  const notice = await lockNotice(tx, command.noticeId);
  if (notice.state !== 'to_post') throw new Refusal('award_state_wrong', { state: notice.number });
  const dueAt = needs.place.workingTime.add(tx.now, notice.days * WORKING_DAY_MINUTES);
  await updateNotice(tx, notice.id, {
    state: 'posted',
    posted_at: tx.now,
    posted_by: tx.actor.accountId,
    due_at: dueAt,
  });
  await keepPhoto(needs, tx, notice, command.attachmentId);
  const awards = await listAwards(tx, { noticeIds: [notice.id], states: ['approved'], lock: true });
  await moveAwards(needs, tx, { awards, move: 'post' });
  await needs.desk.close(tx, [{ subjectId: notice.id, kinds: ['post_notice'] }]);
  await openNoticeTask(needs, tx, {
    ...notice,
    title: '公示期满后取下',
    dueAt: needs.place.workingTime.add(dueAt, WORKING_DAY_MINUTES),
    kind: 'post_notice',
  });
  tx.touched('award_notice', notice.id, 'post');
}

/**
 * The sheet was taken down after its days: who nobody objected to is granted. Refuses `not_found`,
 * `award_state_wrong`, `notice_still_runs`, `attachment_unknown`.
 */
export async function takeDownNotice(
  needs: AwardNeeds,
  tx: Writing,
  command: { noticeId: Id; attachmentId: Id },
): Promise<void> {
  const notice = await lockNotice(tx, command.noticeId);
  if (notice.state !== 'posted') throw new Refusal('award_state_wrong', { state: notice.number });
  if (tx.now < notice.dueAt!)
    throw new Refusal('notice_still_runs', { until: shortMoment(notice.dueAt!) });
  await updateNotice(tx, notice.id, {
    state: 'taken_down',
    taken_down_at: tx.now,
    taken_down_by: tx.actor.accountId,
  });
  await keepPhoto(needs, tx, notice, command.attachmentId);
  await needs.desk.close(tx, [{ subjectId: notice.id, kinds: ['post_notice'] }]);
  tx.touched('award_notice', notice.id, 'take_down');
  const awards = await listAwards(tx, {
    noticeIds: [notice.id],
    states: ['on_notice'],
    lock: true,
  });
  await grantAwards(needs, tx, awards);
}

function shortMoment(at: Date): string {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

async function keepPhoto(
  needs: AwardNeeds,
  tx: Writing,
  notice: Notice,
  attachmentId: Id,
): Promise<void> {
  await needs.attachment.adopt(tx, [attachmentId], {
    subjectKind: 'award_notice',
    subjectId: notice.id,
    areaId: notice.areaId,
  });
}

async function lockNotice(tx: Writing, noticeId: Id): Promise<Notice> {
  const [notice] = await listNotices(tx, { ids: [noticeId], lock: true });
  if (!notice) throw new Refusal('not_found');
  return notice;
}

export interface ObjectionInput {
  place: number | null;
  text: string;
  contact: string;
}

/** Writes an objection down: the line (or all of the sheet) waits, and the street answers. */
export async function objectTo(
  needs: AwardNeeds,
  tx: Writing,
  command: ObjectionInput & { noticeId: Id },
): Promise<void> {
  const notice = await lockNotice(tx, command.noticeId);
  if (notice.state !== 'posted') throw new Refusal('notice_not_posted');
  const awards = await listAwards(tx, { noticeIds: [notice.id], lock: true });
  const line =
    command.place === null ? null : awards.find((one) => one.noticePlace === command.place);
  if (line === undefined) throw new Refusal('not_found', {}, 'place');
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  await insertObjection(tx, {
    id,
    noticeId: notice.id,
    awardId: line?.id ?? null,
    areaId: notice.areaId,
    textSealed: box.seal(command.text),
    contactSealed: command.contact.trim() ? box.seal(command.contact.trim()) : null,
  });
  const concerned = (line ? [line] : awards).filter((award) => award.state === 'on_notice');
  await moveAwards(needs, tx, { awards: concerned, move: 'object' });
  tx.touched('award_objection', id);
  await openNoticeTask(needs, tx, {
    ...notice,
    title: '公示异议待答复',
    dueAt: needs.place.workingTime.add(tx.now, ANSWER_DAYS * WORKING_DAY_MINUTES),
    kind: 'objection',
  });
}

/** The same by the code printed on the sheet, without saying who one is. */
export async function objectByCode(
  needs: AwardNeeds,
  command: ObjectionInput & { code: string },
): Promise<void> {
  await needs.database.write(systemActor('notice board'), 'award.object', async (tx) => {
    const [notice] = await listNotices(tx, { code: command.code.trim().toUpperCase() });
    if (!notice) throw new Refusal('not_found');
    await objectTo(needs, tx, { ...command, noticeId: notice.id });
  });
}

/**
 * Decides about an objection, one level above the community: dismissed, the line goes on where it was; upheld, it ends
 * with the reason. Refuses `not_found`, `appeal_level_wrong`, `award_state_wrong`.
 */
export async function decideObjection(
  needs: AwardNeeds,
  tx: Writing,
  command: { objectionId: Id; decision: 'dismiss' | 'uphold'; answer: string },
): Promise<void> {
  if (!mayDecideObjection(tx.actor)) throw new Refusal('appeal_level_wrong');
  const [objection] = await listObjections(tx, { ids: [command.objectionId], lock: true });
  if (!objection) throw new Refusal('not_found');
  if (objection.state !== 'open')
    throw new Refusal('award_state_wrong', { state: objection.state });
  const notice = await lockNotice(tx, objection.noticeId);
  const box = (await needs.vault.boxes(tx, [objection.id])).get(objection.id)!;
  await closeObjection(tx, objection.id, {
    state: command.decision === 'dismiss' ? 'dismissed' : 'upheld',
    answerSealed: box.seal(command.answer),
  });
  tx.touched('award_objection', objection.id, command.decision);
  const open = (await listObjections(tx, { noticeIds: [notice.id] })).filter(
    (one) => one.state === 'open',
  );
  if (open.length === 0)
    await needs.desk.close(tx, [{ subjectId: notice.id, kinds: ['objection'] }]);
  await endPause(needs, tx, { notice, objection, open, command });
}

/** Lines that no other objection holds go on, or end. */
async function endPause(
  needs: AwardNeeds,
  tx: Writing,
  given: {
    notice: Notice;
    objection: { awardId: Id | null };
    open: readonly { awardId: Id | null }[];
    command: { decision: 'dismiss' | 'uphold'; answer: string };
  },
): Promise<void> {
  const { notice, objection, open, command } = given;
  const paused = (
    await listAwards(tx, { noticeIds: [notice.id], states: ['paused'], lock: true })
  ).filter((award) => objection.awardId === null || award.id === objection.awardId);
  if (command.decision === 'uphold') {
    await moveAwards(needs, tx, { awards: paused, move: 'uphold_objection', note: command.answer });
    return;
  }
  const free = paused.filter(
    (award) => !open.some((one) => one.awardId === null || one.awardId === award.id),
  );
  const on = await moveAwards(needs, tx, { awards: free, move: 'dismiss_objection' });
  if (notice.state === 'taken_down') await grantAwards(needs, tx, on);
}

/** Objections are answered above the community. */
export function mayDecideObjection(actor: Pick<Actor, 'role'>): boolean {
  return actor.role === 'street_officer' || actor.role === 'district_officer';
}
