import type { Id, PlainDate } from '@wennuan/basics';
import { sql } from 'kysely';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { DutyKind, NewDuty, SubjectKind } from './disclosure.ts';

/** A duty as it is on file. */
export interface DutyRow {
  id: Id;
  serial: number;
  number: string;
  kind: DutyKind;
  subjectKind: SubjectKind;
  subjectId: Id;
  subjectCode: string;
  subjectName: string;
  period: string;
  detail: string | null;
  coversFrom: PlainDate;
  coversUntil: PlainDate;
  opensOn: PlainDate;
  dueOn: PlainDate;
  doneOn: PlainDate | null;
  voidReason: string | null;
  disclosureNumber: string | null;
}

interface Chosen {
  id?: Id;
  ids?: readonly Id[];
  subjectCode?: string;
  /** Only those neither done nor void. */
  open?: boolean;
  /** Due on or after. */
  dueFrom?: PlainDate;
  after?: { dueOn: PlainDate; serial: number };
  limit?: number;
  lock?: boolean;
}

/** Duties, soonest due first. */
export async function listDuties(tx: Scoped, chosen: Chosen): Promise<DutyRow[]> {
  let query = tx.db
    .selectFrom('disclosure_duty as d')
    .selectAll('d')
    .select((select) =>
      select
        .selectFrom('disclosure as p')
        .select('p.number')
        .whereRef('p.duty_id', '=', 'd.id')
        .as('disclosure_number'),
    )
    .orderBy('d.due_on')
    .orderBy('d.serial');
  const { after } = chosen;
  if (chosen.id) query = query.where('d.id', '=', chosen.id);
  if (chosen.ids) query = query.where('d.id', 'in', chosen.ids);
  if (chosen.subjectCode !== undefined)
    query = query.where('d.subject_code', '=', chosen.subjectCode);
  if (chosen.open) query = query.where('d.done_on', 'is', null).where('d.void_reason', 'is', null);
  if (chosen.dueFrom) query = query.where('d.due_on', '>=', chosen.dueFrom);
  if (after)
    query = query.where(
      sql<boolean>`(d.due_on, d.serial) > (${after.dueOn}::date, ${after.serial}::int)`,
    );
  if (chosen.limit) query = query.limit(chosen.limit);
  if (chosen.lock) query = query.forNoKeyUpdate('d');
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    kind: row.kind as DutyKind,
    subjectKind: row.subject_kind as SubjectKind,
    subjectId: row.subject_id,
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    period: row.period,
    detail: row.detail,
    coversFrom: row.covers_from,
    coversUntil: row.covers_until,
    opensOn: row.opens_on,
    dueOn: row.due_on,
    doneOn: row.done_on,
    voidReason: row.void_reason,
    disclosureNumber: row.disclosure_number,
  }));
}

/** Puts duties on the calendar; those known already are passed over. Answers the ids of the new ones. */
export async function insertDuties(
  tx: Writing,
  duties: readonly (NewDuty & { id: Id; detail: string | null })[],
): Promise<Id[]> {
  if (duties.length === 0) return [];
  const rows = await tx.db
    .insertInto('disclosure_duty')
    .values(
      duties.map((duty) => ({
        id: duty.id,
        kind: duty.kind,
        subject_kind: duty.subjectKind,
        subject_id: duty.subjectId,
        subject_code: duty.subjectCode,
        subject_name: duty.subjectName,
        period: duty.period,
        detail: duty.detail,
        covers_from: duty.coversFrom,
        covers_until: duty.coversUntil,
        opens_on: duty.opensOn,
        due_on: duty.dueOn,
        created_at: tx.now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['kind', 'subject_id', 'period']).doNothing())
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** What is on the calendar of each kind, subject and period. */
export async function knownDuties(tx: Scoped): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('disclosure_duty')
    .select(['kind', 'subject_id', 'period'])
    .execute();
  return new Set(rows.map((row) => `${row.kind} ${row.subject_id} ${row.period}`));
}

/** Ends duties: done on a day, or void for a reason. */
export async function endDuty(
  tx: Writing,
  id: Id,
  end: { doneOn: PlainDate } | { voidReason: string },
): Promise<void> {
  await tx.db
    .updateTable('disclosure_duty')
    .set('doneOn' in end ? { done_on: end.doneOn } : { void_reason: end.voidReason })
    .where('id', '=', id)
    .where('done_on', 'is', null)
    .execute();
}

/** The day the charity's record begins: its first campaign, fund or gift; null while there is none. */
export async function recordBegins(tx: Scoped): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(drafted_at) from campaign), (select min(created_at) from fund),
      (select min(at) from gift)) as at`.execute(tx.db);
  return rows[0]?.at ?? null;
}

/** What was published, with every correction. */
export interface DisclosureRow {
  id: Id;
  serial: number;
  number: string;
  title: string;
  text: string;
  figures: unknown;
  publishedAt: Date;
  duty: DutyRow;
  corrections: { at: Date; note: string; text: string }[];
}

/** Publishes the report of a duty; a second one is a unique violation. Answers its number. */
export async function insertDisclosure(
  tx: Writing,
  row: { id: Id; dutyId: Id; title: string; text: string; figures: unknown },
): Promise<string> {
  const { number } = await tx.db
    .insertInto('disclosure')
    .values({
      id: row.id,
      duty_id: row.dutyId,
      title: row.title,
      text: row.text,
      figures: row.figures === null ? null : JSON.stringify(row.figures),
      published_at: tx.now,
      published_by: tx.actor.accountId,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** Adds a correction beside what was published. */
export async function insertCorrection(
  tx: Writing,
  row: { id: Id; disclosureId: Id; note: string; text: string },
): Promise<void> {
  await tx.db
    .insertInto('disclosure_correction')
    .values({
      id: row.id,
      disclosure_id: row.disclosureId,
      at: tx.now,
      note: row.note,
      text: row.text,
      by_account_id: tx.actor.accountId,
    })
    .execute();
}

/** Disclosures, newest first, each with its duty and its corrections in order of time. */
export async function listDisclosures(
  tx: Scoped,
  chosen: { number?: string; subjectCode?: string; before?: number; limit?: number },
): Promise<DisclosureRow[]> {
  let query = tx.db
    .selectFrom('disclosure as p')
    .innerJoin('disclosure_duty as d', 'd.id', 'p.duty_id')
    .select([
      'p.id',
      'p.serial',
      'p.number',
      'p.title',
      'p.text',
      'p.figures',
      'p.published_at',
      'p.duty_id',
    ])
    .orderBy('p.serial', 'desc');
  if (chosen.number !== undefined) query = query.where('p.number', '=', chosen.number);
  if (chosen.subjectCode !== undefined)
    query = query.where('d.subject_code', '=', chosen.subjectCode);
  if (chosen.before !== undefined) query = query.where('p.serial', '<', chosen.before);
  if (chosen.limit) query = query.limit(chosen.limit);
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const duties = new Map(
    (
      await dutiesById(
        tx,
        rows.map((row) => row.duty_id),
      )
    ).map((one) => [one.id, one]),
  );
  const corrections = await tx.db
    .selectFrom('disclosure_correction')
    .select(['disclosure_id', 'at', 'note', 'text'])
    .where(
      'disclosure_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('id')
    .execute();
  const byDisclosure = Map.groupBy(corrections, (one) => one.disclosure_id);
  return rows.map((row) => ({
    id: row.id,
    serial: row.serial,
    number: row.number,
    title: row.title,
    text: row.text,
    figures: row.figures,
    publishedAt: row.published_at,
    duty: duties.get(row.duty_id)!,
    corrections: byDisclosure.get(row.id) ?? [],
  }));
}

async function dutiesById(tx: Scoped, ids: readonly Id[]): Promise<DutyRow[]> {
  return ids.length === 0 ? [] : await listDuties(tx, { ids: [...new Set(ids)] });
}
