import { createHash } from 'node:crypto';
import { dateInShanghai, Refusal, type Id } from '@wennuan/basics';
import type { RouteOutput, RouteRequest, routes } from '@wennuan/contract';
import { appendEvents } from '@wennuan/ledger';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import { mustNameNobody } from '../../platform/public-text.ts';
import { codeFrom, typedCode } from '../../platform/spoken-code.ts';
import { cutPage } from '../../platform/page.ts';
import {
  pageName,
  answerClock,
  subjectIn,
  type ComplaintAct,
  type ComplaintSubject,
} from './complaint.ts';
import type { ComplaintNeeds } from './complaint.needs.ts';
import {
  type ComplaintRow,
  countComplaints,
  insertComplaint,
  insertPause,
  lastPauses,
  listComplaints,
  listPublic,
  writeAnswer,
} from './complaint.store.ts';

type Body = RouteRequest<(typeof routes.complaint)['complain']>['body'];
type RowView = RouteOutput<typeof routes.complaint.answerComplaint>;

/** The code that follows a complaint: known from its id by us alone. */
function codeOf(needs: Pick<ComplaintNeeds, 'vault'>, id: Id): string {
  return codeFrom(needs.vault.hash('complaint-code', id));
}

/**
 * Takes a complaint, from anybody: answers its number, the code that follows it and when it must be answered. The same
 * form again answers the same. Refuses an unknown subject. System login.
 */
export async function complain(
  needs: ComplaintNeeds,
  tx: Writing,
  { body, accountId }: { body: Body; accountId: Id | null },
): Promise<{ number: string; code: string; answerBy: string }> {
  const [again] = await listComplaints(tx, { formId: body.formId });
  if (again)
    return { number: again.number, code: codeOf(needs, again.id), answerBy: again.answerBy };
  const district = needs.place.district();
  if (!district) throw new Refusal('not_found');
  const subject = await subjectOf(needs, tx, body.subject);
  const id = needs.newId();
  const box = (await needs.vault.boxes(tx, [id])).get(id)!;
  const clock = answerClock(body.route, tx.now, needs.place.workingTime);
  const code = codeOf(needs, id);
  const answerBy = dateInShanghai(clock.dueAt);
  const number = await insertComplaint(tx, {
    ...subject,
    id,
    formId: body.formId,
    codeHash: createHash('sha256').update(code).digest(),
    route: body.route,
    areaId: district.id,
    subjectKind: body.subject.kind,
    subjectCode: body.subject.code,
    textSealed: box.seal(body.text),
    contactSealed: body.contact ? box.seal(body.contact) : null,
    accountId,
    answerBy,
  });
  const isOurs = body.route === 'federation';
  await needs.desk.open(tx, [
    {
      kind: 'answer_complaint',
      subjectKind: 'complaint',
      subjectId: id,
      number,
      title: `${isOurs ? '举报' : '投诉'}：${subject.subjectName}`,
      detail: `应于 ${answerBy} 前答复`,
      areaId: district.id,
      building: null,
      roles: [isOurs ? 'federation_officer' : 'district_officer'],
      level: 'district',
      ...clock,
      urgent: false,
      askerAccountId: null,
    },
  ]);
  tx.touched('complaint', number);
  return { number, code, answerBy };
}

async function subjectOf(
  needs: ComplaintNeeds,
  tx: Scoped,
  subject: { kind: ComplaintSubject; code: string | null },
): Promise<{ subjectName: string; campaignId: Id | null }> {
  const charity = `${needs.place.district()?.name ?? ''}慈善总会`;
  const { kind, code } = subject;
  if (kind === 'charity') return { subjectName: charity, campaignId: null };
  if (kind === 'page') {
    if (!code?.startsWith('/')) throw new Refusal('not_found', {}, 'subject');
    return { subjectName: pageName(code), campaignId: null };
  }
  const campaign =
    kind === 'campaign'
      ? (await needs.donation.openedCampaigns(tx)).find((one) => one.code === code)
      : undefined;
  if (campaign) return { subjectName: campaign.name, campaignId: campaign.id };
  const [fund] = kind === 'fund' && code ? await needs.fund.listFunds(tx, { code }) : [];
  if (!fund) throw new Refusal('not_found', {}, 'subject');
  return { subjectName: fund.name, campaignId: null };
}

function rowView(row: ComplaintRow, { now, actor }: Scoped): RowView {
  const today = dateInShanghai(row.answeredAt ?? now);
  return {
    id: row.id,
    number: row.number,
    route: row.route,
    subject: { kind: row.subjectKind, code: row.subjectCode },
    subjectName: subjectIn(row, actor.language),
    askedAt: row.askedAt.toISOString(),
    answerBy: row.answerBy,
    state: row.answeredAt ? 'answered' : 'open',
    late: today > row.answerBy,
  };
}

/** How far a complaint has got, for whoever has its number and code; refuses any other pair. System login. */
export async function followComplaint(
  needs: ComplaintNeeds,
  tx: Scoped,
  asked: { number: string; code: string },
) {
  const [row] = await listComplaints(tx, { number: asked.number.trim().toUpperCase() });
  if (!row || codeOf(needs, row.id) !== typedCode(asked.code))
    throw new Refusal('check_code_wrong', {}, 'code');
  const box = (await needs.vault.findBoxes(tx, [row.id])).get(row.id)!;
  const { id: _, ...view } = rowView(row, tx);
  return {
    ...view,
    text: box.open(row.textSealed),
    answer: row.answerSealed ? box.open(row.answerSealed) : row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    act: row.act,
  };
}

/** Complaints answered in public, and how many wait or are late. */
export async function readPublicComplaints(tx: Scoped, page: { after?: string; limit: number }) {
  const rows = await listPublic(tx, {
    limit: page.limit + 1,
    ...(page.after !== undefined && { before: Number(page.after) || 0 }),
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  return {
    ...(await countComplaints(tx, dateInShanghai(tx.now))),
    items: shown.map((row) => ({
      number: row.number,
      route: row.route as RowView['route'],
      subjectName: row.subject_name,
      askedAt: row.asked_at.toISOString(),
      answeredAt: row.answered_at!.toISOString(),
      answer: row.answer!,
      act: row.act as ComplaintAct,
    })),
    next,
  };
}

/** A page of complaints of the caller's route, newest first. Office login. */
export async function readComplaints(
  tx: Scoped,
  page: { after?: string; limit: number; state?: 'open' | 'answered' },
) {
  const rows = await listComplaints(tx, {
    limit: page.limit + 1,
    ...(page.after !== undefined && { after: Number(page.after) || 0 }),
    ...(page.state && { isOpen: page.state === 'open' }),
  });
  const { shown, next } = cutPage(rows, page.limit, (last) => last.serial);
  return {
    items: shown.map((row) => rowView(row, tx)),
    next,
  };
}

/** One complaint with its text; refuses `not_found`. Office login. */
export async function readComplaint(needs: ComplaintNeeds, tx: Scoped, id: Id) {
  const [row] = await listComplaints(tx, { id });
  const box = row && (await needs.vault.findBoxes(tx, [id])).get(id);
  if (!row || !box) throw new Refusal('not_found');
  const paused = row.campaignId && (await lastPauses(tx, [row.campaignId])).get(row.campaignId);
  return {
    ...rowView(row, tx),
    text: box.open(row.textSealed),
    contact: row.contactSealed ? box.open(row.contactSealed) : null,
    answer: row.answerSealed ? box.open(row.answerSealed) : row.answer,
    isPublic: row.isPublic,
    act: row.act,
    campaignPaused: row.campaignId === null ? null : Boolean(paused && paused.act !== 'resume'),
  };
}

/**
 * Answers a complaint, closes its task and tells its writer; may pause, take down or resume the campaign, and have its
 * givers told. Refuses one that is answered, an act without a campaign, and a public answer that names a person.
 */
export async function answerComplaint(
  needs: ComplaintNeeds,
  tx: Writing,
  given: { id: Id; answer: string; isPublic: boolean; act: ComplaintAct; tellDonors: boolean },
): Promise<void> {
  const [known] = await listComplaints(tx, { id: given.id });
  if (!known) throw new Refusal('not_found');
  // What is answered can no longer be locked, also if it was answered only just now.
  const [row] = await listComplaints(tx, { id: given.id, lock: true });
  if (!row || row.answeredAt) throw new Refusal('complaint_answered');
  if (given.act !== 'none' && row.campaignId === null)
    throw new Refusal('input_invalid', {}, 'act');
  if (given.isPublic) mustNameNobody(given.answer, 'answer');
  const box = (await needs.vault.boxes(tx, [row.id])).get(row.id)!;
  const sealed = given.isPublic ? null : box.seal(given.answer);
  await writeAnswer(tx, row.id, { ...given, text: given.answer, sealed });
  await needs.desk.close(tx, [{ subjectId: row.id }]);
  tx.touched('complaint', row.number, given.act);
  if (given.act !== 'none') await act(needs, tx, { row, given });
  if (row.accountId)
    await needs.message.send(tx, [
      {
        accountId: row.accountId,
        topic: 'service',
        title: `您的${row.route === 'federation' ? '举报' : '投诉'} ${row.number} 已有答复`,
        body: given.answer,
        link: '/complaints',
        text: `您的投诉 ${row.number} 已有答复，请登录查看。`,
      },
    ]);
}

async function act(
  needs: ComplaintNeeds,
  tx: Writing,
  {
    row,
    given,
  }: {
    row: ComplaintRow;
    given: { act: ComplaintAct; tellDonors: boolean; answer: string; isPublic: boolean };
  },
): Promise<void> {
  const campaignId = row.campaignId!;
  const reason = given.isPublic ? given.answer.slice(0, 200) : '正在核实有关情况';
  await insertPause(tx, {
    id: needs.newId(),
    campaignId,
    act: given.act,
    reason,
    complaintId: row.id,
  });
  tx.touched('campaign', campaignId, given.act);
  if (!given.tellDonors) return;
  await appendEvents(tx.sql, [
    {
      id: needs.newId(),
      topic: 'complaint.acted',
      subjectKind: 'campaign',
      subjectId: campaignId,
      areaId: null,
      body: { campaignId, act: given.act },
    },
  ]);
}
