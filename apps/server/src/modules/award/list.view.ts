import type { Id } from '@wennuan/basics';
import type { RouteOutput, routes, shapes } from '@wennuan/contract';
import { balances } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { stepsOf } from '../approval/index.ts';
import type { AwardNeeds } from './award.needs.ts';
import { listAwards } from './award.store.ts';
import { opened, programmeView, rowViews } from './award.view.ts';
import { listRecusals, type AwardList } from './list.store.ts';
import { mayDecideObjection } from './notice.service.ts';
import { listObjections, type Notice } from './notice.store.ts';
import { roundsById } from './round.store.ts';
import { boardName } from './award.ts';

type ListView = z.output<typeof shapes.awardList>;
type NoticeView = z.output<typeof shapes.awardNotice>;
type NoticeDetail = RouteOutput<(typeof routes)['award']['readNotice']>;

/** Lists as pages show them, with who has decided and whether the reader may. */
export async function listViews(
  needs: AwardNeeds,
  tx: Scoped,
  lists: readonly AwardList[],
): Promise<ListView[]> {
  const rounds = await roundsById(
    tx,
    lists.map((list) => list.roundId),
  );
  const approvals = await needs.approval.read(
    tx,
    lists.map((list) => list.approvalId),
  );
  const names = await needs.access.names(
    tx,
    lists.map((list) => list.proposerId),
  );
  const fundIds = [...new Set(lists.flatMap((list) => list.fundId ?? []))];
  const funds = new Map(
    (fundIds.length ? await needs.fund.listFunds(tx, { ids: fundIds }) : []).map((one) => [
      one.id,
      one.name,
    ]),
  );
  const held = new Map(
    (await balances(tx.sql, fundIds)).map((one) => [one.accountId, one.available]),
  );
  return lists.map((list) => {
    const round = rounds.get(list.roundId)!;
    const approval = approvals.get(list.approvalId);
    const mayNotWhy = approval?.mayNotWhy ?? null;
    const isApprover = tx.actor.role === 'federation_approver' && list.state === 'proposed';
    return {
      id: list.id,
      number: list.number,
      state: list.state,
      programme: programmeView(tx, round.definition),
      period: round.period,
      area: needs.place.ref(list.areaId),
      count: list.lineCount,
      amount: list.amount,
      fundName: funds.get(list.fundId ?? '') ?? null,
      fundAvailableFen: held.get(list.fundId ?? '') ?? null,
      proposedBy: names.get(list.proposerId) ?? '',
      proposedAt: list.proposedAt.toISOString(),
      setAside: list.setAside,
      steps: stepsOf(approval),
      // Who is a relative may press too: then the line is set aside for others.
      mayDecide:
        isApprover && (mayNotWhy === null || (mayNotWhy === 'approver_related' && !list.setAside)),
      mayNotWhy: isApprover ? mayNotWhy : null,
    };
  });
}

/** One list with its people and who stood aside. */
export async function listDetail(needs: AwardNeeds, tx: Scoped, list: AwardList) {
  const [view] = await listViews(needs, tx, [list]);
  const awards = await listAwards(tx, { listIds: [list.id] });
  const recusals = await listRecusals(
    tx,
    awards.map((award) => award.id),
  );
  const numbers = new Map(awards.map((award) => [award.id, award.number]));
  const names = await needs.access.names(
    tx,
    recusals.map((one) => one.accountId),
  );
  return {
    ...view!,
    awards: await rowViews(needs, tx, awards),
    recusals: recusals.map((one) => ({
      at: one.at.toISOString(),
      awardNumber: numbers.get(one.awardId) ?? '',
      byName: names.get(one.accountId) ?? '',
      role: one.role,
      tie: one.tie,
    })),
  };
}

/** Notices as lists show them. */
export async function noticeViews(
  needs: AwardNeeds,
  tx: Scoped,
  notices: readonly Notice[],
): Promise<NoticeView[]> {
  const ids = notices.map((notice) => notice.id);
  const rounds = await roundsById(
    tx,
    notices.map((notice) => notice.roundId),
  );
  const awards = ids.length === 0 ? [] : await listAwards(tx, { noticeIds: ids });
  const objections =
    ids.length === 0 || tx.actor.login === 'federation'
      ? []
      : await listObjections(tx, { noticeIds: ids });
  return notices.map((notice) => {
    const round = rounds.get(notice.roundId)!;
    const mine = awards.filter((award) => award.noticeId === notice.id);
    return {
      id: notice.id,
      number: notice.number,
      code: notice.code,
      state: notice.state,
      programme: programmeView(tx, round.definition),
      period: round.period,
      area: needs.place.ref(notice.areaId),
      deskTelephone: needs.place.area(notice.areaId).deskTelephone,
      days: notice.days,
      count: mine.length,
      amount: mine.reduce((sum, award) => sum + award.amount, 0),
      postedAt: notice.postedAt?.toISOString() ?? null,
      dueAt: notice.dueAt?.toISOString() ?? null,
      takenDownAt: notice.takenDownAt?.toISOString() ?? null,
      objections: objections.filter((one) => one.noticeId === notice.id && one.state === 'open')
        .length,
    };
  });
}

/** One notice: the lines to print, photos, and objections; what they say only for the level above. */
export async function noticeDetail(
  needs: AwardNeeds,
  tx: Scoped,
  notice: Notice,
): Promise<NoticeDetail> {
  const [view] = await noticeViews(needs, tx, [notice]);
  const awards = await listAwards(tx, { noticeIds: [notice.id] });
  const persons = await needs.resident.people(
    tx,
    awards.map((award) => award.personId),
  );
  const photos = (await needs.attachment.of(tx, [notice.id])).get(notice.id) ?? [];
  const isWorker = tx.actor.role === 'community_worker';
  return {
    ...view!,
    lines: awards
      .map((award) => ({
        place: award.noticePlace ?? 0,
        awardId: award.id,
        shownName: boardName(persons.get(award.personId)?.name ?? ''),
        amount: award.amount,
        paused: award.state === 'paused',
      }))
      .toSorted((one, other) => one.place - other.place),
    unnamed: notice.unnamed,
    photos,
    objectionList: await objectionViews(
      needs,
      tx,
      notice.id,
      new Map(awards.map((one) => [one.id, one.noticePlace])),
    ),
    mayPost: isWorker && notice.state === 'to_post',
    mayTakeDown: isWorker && notice.state === 'posted' && tx.now >= notice.dueAt!,
  };
}

async function objectionViews(
  needs: AwardNeeds,
  tx: Scoped,
  noticeId: Id,
  places: ReadonlyMap<Id, number | null>,
): Promise<NoticeDetail['objectionList']> {
  if (tx.actor.login !== 'staff') return [];
  const objections = await listObjections(tx, { noticeIds: [noticeId] });
  const mayDecide = mayDecideObjection(tx.actor);
  const boxes = mayDecide
    ? await needs.vault.findBoxes(
        tx,
        objections.map((one) => one.id),
      )
    : new Map();
  return objections.map((one) => ({
    id: one.id,
    at: one.at.toISOString(),
    place: one.awardId ? (places.get(one.awardId) ?? null) : null,
    text: opened(boxes.get(one.id), one.textSealed) ?? '',
    contact: opened(boxes.get(one.id), one.contactSealed),
    state: one.state,
    answer: opened(boxes.get(one.id), one.answerSealed),
    mayDecide: mayDecide && one.state === 'open',
  }));
}
