import type { Id } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { ComplaintAct, ComplaintRoute, ComplaintSubject } from './complaint.ts';

/** A complaint as it is on file; its words are sealed with its own key. */
export interface ComplaintRow {
  id: Id;
  serial: number;
  number: string;
  route: ComplaintRoute;
  subjectKind: ComplaintSubject;
  subjectCode: string | null;
  subjectName: string;
  campaignId: Id | null;
  textSealed: Buffer;
  contactSealed: Buffer | null;
  accountId: Id | null;
  askedAt: Date;
  answerBy: string;
  answeredAt: Date | null;
  isPublic: boolean | null;
  answer: string | null;
  answerSealed: Buffer | null;
  act: ComplaintAct | null;
}

const columns = [
  'id',
  'serial',
  'number',
  'route',
  'subject_kind as subjectKind',
  'subject_code as subjectCode',
  'subject_name as subjectName',
  'campaign_id as campaignId',
  'text_sealed as textSealed',
  'contact_sealed as contactSealed',
  'account_id as accountId',
  'asked_at as askedAt',
  'answer_by as answerBy',
  'answered_at as answeredAt',
  'is_public as isPublic',
  'answer',
  'answer_sealed as answerSealed',
  'act',
] as const;

interface Chosen {
  id?: Id;
  number?: string;
  formId?: Id;
  isOpen?: boolean;
  after?: number;
  limit?: number;
  lock?: boolean;
}

/** Complaints the caller may see: those waiting first, each by its serial. Office or system login. */
export async function listComplaints(tx: Scoped, chosen: Chosen): Promise<ComplaintRow[]> {
  let query = tx.db.selectFrom('complaint').select(columns).orderBy('serial', 'desc');
  if (chosen.id) query = query.where('id', '=', chosen.id);
  if (chosen.number !== undefined) query = query.where('number', '=', chosen.number);
  if (chosen.formId) query = query.where('form_id', '=', chosen.formId);
  if (chosen.isOpen !== undefined)
    query = query.where('answered_at', chosen.isOpen ? 'is' : 'is not', null);
  if (chosen.after !== undefined) query = query.where('serial', '<', chosen.after);
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate();
  const rows = await query.execute();
  return rows.map((row) => ({
    ...row,
    route: row.route as ComplaintRoute,
    subjectKind: row.subjectKind as ComplaintSubject,
    act: row.act as ComplaintAct | null,
  }));
}

/** Notes a complaint; answers its number. System login. */
export async function insertComplaint(
  tx: Writing,
  row: Pick<
    ComplaintRow,
    | 'id'
    | 'route'
    | 'subjectKind'
    | 'subjectCode'
    | 'subjectName'
    | 'campaignId'
    | 'textSealed'
    | 'contactSealed'
    | 'accountId'
    | 'answerBy'
  > & { formId: Id; codeHash: Buffer; areaId: number },
): Promise<string> {
  const { number } = await tx.db
    .insertInto('complaint')
    .values({
      id: row.id,
      form_id: row.formId,
      code_hash: row.codeHash,
      route: row.route,
      area_id: row.areaId,
      subject_kind: row.subjectKind,
      subject_code: row.subjectCode,
      subject_name: row.subjectName,
      campaign_id: row.campaignId,
      text_sealed: row.textSealed,
      contact_sealed: row.contactSealed,
      account_id: row.accountId,
      asked_at: tx.now,
      answer_by: row.answerBy,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** Notes the answer: in the clear when it is public, else sealed. */
export async function writeAnswer(
  tx: Writing,
  id: Id,
  answer: { isPublic: boolean; text: string; sealed: Buffer | null; act: ComplaintAct },
): Promise<void> {
  await tx.db
    .updateTable('complaint')
    .set({
      answered_at: tx.now,
      answered_by: tx.actor.accountId,
      is_public: answer.isPublic,
      answer: answer.isPublic ? answer.text : null,
      answer_sealed: answer.isPublic ? null : answer.sealed,
      act: answer.act,
    })
    .where('id', '=', id)
    .execute();
}

/** Complaints answered in public, newest first, as everybody reads them. */
export async function listPublic(tx: Scoped, page: { before?: number; limit: number }) {
  let query = tx.db
    .selectFrom('complaint')
    .select([
      'serial',
      'number',
      'route',
      'subject_name',
      'asked_at',
      'answered_at',
      'answer',
      'act',
    ])
    .where('is_public', '=', true)
    .orderBy('serial', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('serial', '<', page.before);
  return await query.execute();
}

/** How many wait, are late and were answered. */
export async function countComplaints(tx: Scoped, today: string) {
  const { rows } = await sql<{ open: number; late: number; answered: number }>`
    select * from complaint_counts(${today}::date)`.execute(tx.db);
  return rows[0]!;
}

/** Notes that a campaign was paused, taken down or resumed. */
export async function insertPause(
  tx: Writing,
  row: { id: Id; campaignId: Id; act: ComplaintAct; reason: string; complaintId: Id },
): Promise<void> {
  await tx.db
    .insertInto('campaign_pause')
    .values({
      id: row.id,
      campaign_id: row.campaignId,
      act: row.act,
      reason: row.reason,
      at: tx.now,
      complaint_id: row.complaintId,
      by_account_id: tx.actor.accountId,
    })
    .execute();
}

/** What was last done with campaigns; one that was never touched is absent. */
export async function lastPauses(
  tx: Scoped,
  campaignIds: readonly Id[],
): Promise<Map<Id, { act: ComplaintAct; reason: string; at: Date }>> {
  if (campaignIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('campaign_pause')
    .distinctOn('campaign_id')
    .select(['campaign_id', 'act', 'reason', 'at'])
    .where('campaign_id', 'in', campaignIds)
    .orderBy('campaign_id')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.campaign_id,
      { act: row.act as ComplaintAct, reason: row.reason, at: row.at },
    ]),
  );
}
